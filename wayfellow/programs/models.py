"""Programs: the agency, who works in it, and who works with whom, all of it dated."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wayfellow.access import Guard, GuardedModel, OpenManager, WatchedQuerySet
from wayfellow.access.models import User
from wayfellow.kernel.ids import new_id
from wayfellow.people.models import Client
from wayfellow.programs import verbs


def in_force(at: datetime, prefix: str = "") -> Q:
    """Rows whose half-open period [starts_at, ends_at) holds the moment; an open end is NULL."""
    return Q(**{f"{prefix}starts_at__lte": at}) & (Q(**{f"{prefix}ends_at": None}) | Q(**{f"{prefix}ends_at__gt": at}))


class Dated:
    """Something with an end, or none yet."""

    ends_at: datetime | None

    @property
    def last_moment(self) -> datetime | None:
        """The last moment that still counts: the end itself is the first that doesn't, often the midnight after the last day."""
        return self.ends_at - timedelta(microseconds=1) if self.ends_at else None


class OpenModel(models.Model):
    """A row about no client."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)

    objects = OpenManager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return getattr(self, "name", "") or str(self.pk)


class Keyed(OpenModel):
    """A row made by a form that can be sent twice: the same `key` is the same row."""

    key = models.UUIDField(unique=True, null=True, editable=False)

    class Meta:
        abstract = True


class Agency(OpenModel):
    """An organisation that uses this installation; its people never see another's. timezone: an IANA name, for deadlines."""

    name = models.CharField(_("name"), max_length=160)
    timezone = models.CharField(_("time zone"), max_length=60, default="America/New_York")
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    on_call_phone = models.CharField(_("on-call phone"), max_length=40, blank=True)
    crisis_line = models.CharField(_("local crisis line"), max_length=120, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name_plural = "agencies"


class Site(Keyed):
    """A place the agency works from."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="sites")
    name = models.CharField(_("name"), max_length=160)
    address = models.CharField(_("address"), max_length=240, blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    is_active = models.BooleanField(default=True)
    version = models.PositiveIntegerField(default=1)


class Program(Keyed):
    """A service line with its own rules. is_part2: 42 CFR Part 2 (substance use), so its rows need a reason of their own."""

    class Kind(models.TextChoices):
        ACT = "act", _("Assertive community treatment")
        ICM = "icm", _("Intensive case management")
        HOUSING = "housing", _("Supportive housing")
        SUD = "sud", _("Substance use treatment (Part 2)")
        HOSPITAL = "hospital", _("Hospital transitions")
        COMMUNITY = "community", _("Community case management")
        OTHER = "other", _("Something else, in my words")

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="programs")
    site = models.ForeignKey(Site, on_delete=models.PROTECT, null=True, blank=True, related_name="programs")
    name = models.CharField(_("name"), max_length=160)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices, default=Kind.COMMUNITY)
    is_part2 = models.BooleanField(_("Part 2 program"), default=False)
    has_shared_caseload = models.BooleanField(_("the whole team shares the caseload"), default=False)
    is_active = models.BooleanField(default=True)
    version = models.PositiveIntegerField(default=1)


class Team(Keyed):
    """People who work a program together."""

    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="teams")
    name = models.CharField(_("name"), max_length=160)
    is_active = models.BooleanField(default=True)
    version = models.PositiveIntegerField(default=1)


class StaffRoleCode(models.TextChoices):
    """The roles of access/data/roles.toml that staff can have."""

    CASE_MANAGER = "case_manager", _("Case manager")
    SOCIAL_WORKER = "social_worker", _("Social worker")
    PEER_SUPPORT = "peer_support", _("Peer support")
    NURSE = "nurse", _("Nurse")
    PRESCRIBER = "prescriber", _("Prescriber")
    THERAPIST = "therapist", _("Therapist")
    SUPERVISOR = "supervisor", _("Supervisor")
    PROGRAM_MANAGER = "program_manager", _("Program manager")
    PRIVACY_LEAD = "privacy_lead", _("Privacy lead")
    ADMINISTRATOR = "administrator", _("Administrator")


class Staff(Keyed):
    """Someone who works here. Leaving makes them inactive, which ends their sessions at the next request."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="staff")
    user = models.OneToOneField(User, on_delete=models.PROTECT, null=True, blank=True, related_name="staff")
    name = models.CharField(_("name"), max_length=120)
    job_title = models.CharField(_("job title"), max_length=120, blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    is_active = models.BooleanField(default=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name_plural = "staff"


class PeriodQuerySet(WatchedQuerySet):
    """Rows with starts_at and ends_at."""

    def in_force(self, at: datetime) -> Self:
        """Those that hold at the moment."""
        return self.filter(in_force(at))


class Period(Dated, OpenModel):
    """A dated fact about staff: half-open [starts_at, ends_at), never deleted, ended by its end."""

    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)

    objects = OpenManager.from_queryset(PeriodQuerySet)()

    class Meta:
        abstract = True


class StaffRole(Period):
    """A role somebody has for a time."""

    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="staff_roles")
    role = models.CharField(max_length=20, choices=StaffRoleCode.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["staff", "role"], condition=Q(ends_at=None), name="programs_staffrole_once_open"
            ),
        ]


class TeamMembership(Period):
    """Being on a team for a time."""

    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="memberships")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="memberships")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["staff", "team"], condition=Q(ends_at=None), name="programs_membership_once_open"
            ),
        ]


class Supervision(Period):
    """Who supervises whom for a time."""

    supervisor = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="supervises")
    supervised = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="supervised_by")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(supervisor=models.F("supervised")), name="programs_supervision_of_another"
            ),
            models.UniqueConstraint(
                fields=["supervisor", "supervised"], condition=Q(ends_at=None), name="programs_supervision_once_open"
            ),
        ]


class Management(Period):
    """Who manages a program for a time."""

    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="management")
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="manages")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["program", "staff"], condition=Q(ends_at=None), name="programs_management_once_open"
            ),
        ]


class Cover(Period):
    """`covering` stands in for `covered`: sees what they see, and what is due comes along. It ends by its date.

    One that was called off before it began is an empty period: it ends where it starts.
    """

    covered = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="covered_by")
    covering = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="covers")
    why = models.CharField(_("why"), max_length=160, blank=True)
    made_by = models.UUIDField()
    key = models.UUIDField(unique=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(covered=models.F("covering")), name="programs_cover_of_another"),
            models.CheckConstraint(condition=Q(ends_at__isnull=False), name="programs_cover_ends"),
            models.CheckConstraint(
                condition=Q(ends_at__gte=models.F("starts_at")), name="programs_cover_ends_not_before_start"
            ),
        ]


class SupportLevel(models.TextChoices):
    """How much support an episode has: of the support, not of the person. Weights stand in data/support-levels.toml."""

    LIGHT = "light", _("Light touch")
    STEADY = "steady", _("Steady")
    ACTIVE = "active", _("Active")
    INTENSIVE = "intensive", _("Intensive")


class Episode(Dated, GuardedModel):
    """One stay of a client in one program, from referral in to discharge. A Part 2 program's episodes are protected."""

    guard = Guard(read=verbs.EPISODE_READ, episode="id", joins=frozenset({"client"}))

    class Status(models.TextChoices):
        WAITING = "waiting", _("Waiting for a worker")
        OPEN = "open", _("Open")
        CLOSED = "closed", _("Closed")

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="episodes")
    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="episodes")
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.WAITING)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)
    support_level = models.CharField(
        _("support level"), max_length=10, choices=SupportLevel.choices, default=SupportLevel.STEADY
    )
    contact_every_days = models.PositiveSmallIntegerField(_("contact rhythm"), null=True, blank=True)
    referred_by = models.CharField(_("who referred them"), max_length=160, blank=True)
    came_because = models.TextField(_("what brought them here"), blank=True)
    closed_because = models.CharField(_("why it closed"), max_length=200, blank=True)
    key = models.UUIDField(unique=True, null=True, editable=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["client", "program"], condition=~Q(status="closed"), name="programs_episode_one_open_a_program"
            ),
            models.CheckConstraint(
                condition=Q(status="closed", ends_at__isnull=False) | (~Q(status="closed") & Q(ends_at=None)),
                name="programs_episode_closed_has_end",
            ),
        ]
        indexes = [
            models.Index(fields=["program", "status"], name="programs_episode_program"),
            models.Index(fields=["client"], name="programs_episode_client"),
        ]


class Assignment(Dated, GuardedModel):
    """A worker's responsibility for an episode. Rows are dated and never deleted, so that who had whom stays known."""

    guard = Guard(read=verbs.EPISODE_READ, joins=frozenset({"client", "episode"}))

    class Kind(models.TextChoices):
        PRIMARY = "primary", _("Primary")
        SECONDARY = "secondary", _("Also works with them")

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="assignments")
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="assignments")
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="assignments")
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.PRIMARY)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)
    made_by = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["episode"], condition=Q(kind="primary", ends_at=None), name="programs_assignment_one_primary"
            ),
            models.UniqueConstraint(
                fields=["episode", "staff"], condition=Q(ends_at=None), name="programs_assignment_once_open"
            ),
        ]
        indexes = [
            models.Index(fields=["staff", "ends_at", "client"], name="programs_assignment_staff"),
            models.Index(fields=["client"], name="programs_assignment_client"),
        ]


class BreakGlassRequest(OpenModel):
    """Someone asked to open a record in an emergency. The same row whether there was a match, none, or a block.

    asked_sealed: what was typed to find the person (sealed). emergency_facts: what 42 CFR 2.51(c) has written down, for a
    medical emergency. Reviewed by the privacy lead within 3 business days.
    """

    class Outcome(models.TextChoices):
        NEEDED = "needed", _("It was needed")
        NOT_NEEDED = "not_needed", _("It was not needed")
        UNCLEAR = "unclear", _("Not clear, I will talk with them")

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="break_glass_requests")
    key = models.UUIDField(unique=True)
    at = models.DateTimeField()
    asked_sealed = models.TextField()
    why = models.TextField(_("why"))
    is_medical_emergency = models.BooleanField(default=False)
    emergency_facts = models.JSONField(default=dict)
    was_opened = models.BooleanField(default=False)
    reviewed_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")
    reviewed_at = models.DateTimeField(null=True)
    review_outcome = models.CharField(max_length=12, choices=Outcome.choices, blank=True)
    review_words = models.TextField(blank=True)


class BreakGlassOpening(GuardedModel):
    """What a request opened: one client for 4 hours; with an episode, that protected episode too (medical emergency, § 2.51)."""

    guard = Guard(read=verbs.BREAKGLASS_REVIEW, joins=frozenset({"client"}))

    request = models.ForeignKey(BreakGlassRequest, on_delete=models.PROTECT, related_name="openings")
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="break_glass_openings")
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, null=True, related_name="+")
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["staff", "ends_at"], name="programs_breakglass_staff")]
