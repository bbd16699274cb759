"""Plans: the agreement about needs, goals, objectives and who does what; signed as versions that never change."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wayfellow.access import Guard, GuardedModel
from wayfellow.assessments.models import LifeDomain, Need
from wayfellow.people.models import Client
from wayfellow.plans import verbs
from wayfellow.programs.models import Episode


class PlanRow(GuardedModel):
    """A row of one client's plan. `key` makes sending it twice one row."""

    key = models.UUIDField(unique=True)

    class Meta:
        abstract = True


class CarePlan(PlanRow):
    """The living plan of one episode; what was agreed stands in its versions. origin: received from elsewhere, read only.

    signed_number, signed_at, review_date: of the newest signed version (0 and null before the first). changed_at: last change of the board.
    """

    guard = Guard(read=verbs.PLAN_READ, joins=frozenset({"client", "episode"}))

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="care_plans")
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, null=True, related_name="care_plans")
    own_words = models.TextField(_("what they want, in their words"), blank=True)
    title = models.CharField(max_length=200, blank=True)
    signed_number = models.PositiveIntegerField(default=0)
    signed_at = models.DateTimeField(null=True)
    review_date = models.DateField(_("review date"), null=True, blank=True)
    created_at = models.DateTimeField()
    created_by = models.UUIDField(null=True)
    changed_at = models.DateTimeField()
    origin = models.CharField(max_length=200, blank=True)
    origin_id = models.CharField(max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [models.Index(fields=["client"], name="plans_careplan_client")]
        constraints = [
            models.UniqueConstraint(
                fields=["client", "episode"], condition=Q(origin_id=""), name="plans_careplan_one_an_episode"
            ),
            models.UniqueConstraint(
                fields=["client", "origin", "origin_id"], condition=~Q(origin_id=""), name="plans_careplan_origin_once"
            ),
        ]


class Goal(PlanRow):
    """Where the person wants to get to, in their words. need: what it answers; none is a gap of the thread, shown kindly."""

    guard = Guard(read=verbs.PLAN_READ, joins=frozenset({"client", "episode", "plan", "need"}))

    class Status(models.TextChoices):
        ACTIVE = "active", _("Working on it")
        MET = "met", _("Reached")
        ENDED = "ended", _("Ended")

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="goals")
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, null=True, related_name="goals")
    plan = models.ForeignKey(CarePlan, on_delete=models.PROTECT, related_name="goals")
    need = models.ForeignKey(Need, on_delete=models.PROTECT, null=True, blank=True, related_name="goals")
    domain = models.CharField(_("part of life"), max_length=16, choices=LifeDomain.choices, blank=True)
    title = models.CharField(_("goal"), max_length=300)
    words = models.TextField(_("in their words"), blank=True)
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.ACTIVE)
    place = models.PositiveSmallIntegerField(default=0)
    target_date = models.DateField(_("by when"), null=True, blank=True)
    created_at = models.DateTimeField()
    created_by = models.UUIDField(null=True)
    closed_at = models.DateTimeField(null=True)
    closed_because = models.CharField(_("how it ended"), max_length=300, blank=True)
    origin = models.CharField(max_length=200, blank=True)
    origin_id = models.CharField(max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [models.Index(fields=["client", "status"], name="plans_goal_client")]
        constraints = [
            models.CheckConstraint(
                condition=Q(status="active", closed_at=None) | (~Q(status="active") & Q(closed_at__isnull=False)),
                name="plans_goal_closed_has_a_moment",
            ),
            models.UniqueConstraint(
                fields=["client", "origin", "origin_id"], condition=~Q(origin_id=""), name="plans_goal_origin_once"
            ),
        ]


class Objective(PlanRow):
    """A step to a goal that can be seen to happen: a measure, where it stands, the aim, a date.

    instrument: code of a scale whose total is the measure ("" for none). outcome: what came of it, in words, once closed.
    """

    guard = Guard(read=verbs.PLAN_READ, joins=frozenset({"client", "episode", "goal"}))

    class Status(models.TextChoices):
        ACTIVE = "active", _("Working on it")
        MET = "met", _("Met")
        PARTLY = "partly", _("Partly met")
        NOT_MET = "not_met", _("Not met")
        ENDED = "ended", _("Ended")

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="objectives")
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, null=True, related_name="objectives")
    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, related_name="objectives")
    title = models.CharField(_("objective"), max_length=300)
    measure = models.CharField(_("how we will see it"), max_length=200, blank=True)
    baseline = models.CharField(_("where it stands now"), max_length=120, blank=True)
    aim = models.CharField(_("the aim"), max_length=120, blank=True)
    instrument = models.CharField(max_length=60, blank=True)
    due_date = models.DateField(_("by when"), null=True, blank=True)
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.ACTIVE)
    place = models.PositiveSmallIntegerField(default=0)
    outcome = models.CharField(_("what came of it"), max_length=300, blank=True)
    created_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [models.Index(fields=["client"], name="plans_objective_client")]
        constraints = [
            models.CheckConstraint(
                condition=Q(status="active", closed_at=None) | (~Q(status="active") & Q(closed_at__isnull=False)),
                name="plans_objective_closed_has_a_moment",
            ),
        ]


class Intervention(PlanRow):
    """Who does what, how often, where. objective: the step it serves; none: the goal as a whole.

    staff_id: who of ours does it; `who` names them, or says who else does.
    """

    guard = Guard(read=verbs.PLAN_READ, joins=frozenset({"client", "episode", "goal", "objective"}))

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="interventions")
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, null=True, related_name="interventions")
    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, related_name="interventions")
    objective = models.ForeignKey(
        Objective, on_delete=models.PROTECT, null=True, blank=True, related_name="interventions"
    )
    title = models.CharField(_("what is done"), max_length=300)
    staff_id = models.UUIDField(null=True, blank=True)
    who = models.CharField(_("who does it"), max_length=160, blank=True)
    how_often = models.CharField(_("how often"), max_length=120, blank=True)
    where = models.CharField(_("where"), max_length=120, blank=True)
    place = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [models.Index(fields=["client", "ended_at"], name="plans_intervention_client")]


class PlanVersion(PlanRow):
    """What was agreed on one day. Never changed. content: the whole board as signed; content_hash: SHA-256 of its canonical text."""

    guard = Guard(read=verbs.PLAN_READ, joins=frozenset({"client", "episode", "plan"}))

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="plan_versions")
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, null=True, related_name="plan_versions")
    plan = models.ForeignKey(CarePlan, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    content_hash = models.CharField(max_length=64)
    review_date = models.DateField()
    signed_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["client", "-signed_at"], name="plans_planversion_client")]
        constraints = [models.UniqueConstraint(fields=["plan", "number"], name="plans_planversion_number")]


class Signature(PlanRow):
    """One name under a version. how: typed by the signed-in worker, on paper, said aloud with a witness, or "disagrees, because"."""

    guard = Guard(read=verbs.PLAN_READ, joins=frozenset({"client", "episode", "plan_version"}))

    class Signer(models.TextChoices):
        WORKER = "worker", _("Worker")
        CLIENT = "client", _("The person")
        GUARDIAN = "guardian", _("Guardian")
        SUPERVISOR = "supervisor", _("Supervisor")

    class How(models.TextChoices):
        TYPED = "typed", _("Name typed, signed in")
        PAPER = "paper", _("On paper")
        SPOKEN = "spoken", _("Agreed aloud")
        DISAGREES = "disagrees", _("Disagrees, because")
        NOT_YET = "not_yet", _("Not signed yet, because")

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="signatures")
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, null=True, related_name="signatures")
    plan_version = models.ForeignKey(PlanVersion, on_delete=models.PROTECT, related_name="signatures")
    signer = models.CharField(max_length=10, choices=Signer.choices)
    how = models.CharField(max_length=10, choices=How.choices)
    name = models.CharField(max_length=160)
    staff_id = models.UUIDField(null=True)
    words = models.CharField(max_length=300, blank=True)
    signed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan_version", "signer", "name"], name="plans_signature_once")]
