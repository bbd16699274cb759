"""Assessments: what stands in the way, what the person already has, and what the scales say."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wayfellow.access import Guard, GuardedModel
from wayfellow.assessments import verbs
from wayfellow.people.models import Client
from wayfellow.programs.models import Episode


class LifeDomain(models.TextChoices):
    """Parts of a life, used by needs, strengths, goals and services."""

    MENTAL_HEALTH = "mental_health", _("Mental health")
    PHYSICAL_HEALTH = "physical_health", _("Physical health")
    SUBSTANCE_USE = "substance_use", _("Substance use")
    MEDICATION = "medication", _("Medication")
    SAFETY = "safety", _("Safety")
    HOUSING = "housing", _("Housing")
    MONEY = "money", _("Money and benefits")
    WORK = "work", _("Work")
    EDUCATION = "education", _("Education")
    LEGAL = "legal", _("Legal")
    FAMILY = "family", _("Family and friends")
    DAILY_LIVING = "daily_living", _("Daily living")
    TRANSPORT = "transport", _("Transport")
    FOOD = "food", _("Food")
    IDENTITY = "identity", _("Identity documents")
    CULTURE = "culture", _("Culture and faith")
    MEANING = "meaning", _("Meaning and leisure")
    OTHER = "other", _("Something else")


class EpisodeRow(GuardedModel):
    """A row of one client, made within one episode (null: within none). `key` makes sending it twice one row."""

    key = models.UUIDField(unique=True)

    class Meta:
        abstract = True


class Need(EpisodeRow):
    """What stands in the way. place: the person's own order, 0 first. closed_because says how a closed need ended."""

    guard = Guard(read=verbs.NEED_READ, joins=frozenset({"client", "episode"}))

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="needs")
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, null=True, related_name="needs")
    domain = models.CharField(_("part of life"), max_length=16, choices=LifeDomain.choices)
    title = models.CharField(_("need"), max_length=200)
    words = models.TextField(_("in their words"), blank=True)
    place = models.PositiveSmallIntegerField(default=0)
    raised_at = models.DateTimeField()
    raised_by = models.UUIDField(null=True)
    closed_at = models.DateTimeField(null=True)
    closed_because = models.CharField(_("how it ended"), max_length=300, blank=True)
    origin = models.CharField(max_length=200, blank=True)
    origin_id = models.CharField(max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [models.Index(fields=["client", "closed_at"], name="assessments_need_client")]
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_at=None) | ~Q(closed_because=""), name="assessments_need_closed_says_how"
            )
        ]


class Strength(EpisodeRow):
    """What the person already has: a skill, someone, a place, a habit."""

    guard = Guard(read=verbs.NEED_READ, joins=frozenset({"client", "episode"}))

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="strengths")
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, null=True, related_name="strengths")
    domain = models.CharField(_("part of life"), max_length=16, choices=LifeDomain.choices)
    title = models.CharField(_("strength"), max_length=200)
    words = models.TextField(_("in their words"), blank=True)
    noted_at = models.DateTimeField()
    noted_by = models.UUIDField(null=True)
    ended_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [models.Index(fields=["client"], name="assessments_strength_client")]


class Diagnosis(EpisodeRow):
    """A diagnosis as someone who may make one said it, or as received. code, code_system: as received (ICD-10-CM, SNOMED CT)."""

    guard = Guard(read=verbs.DIAGNOSIS_READ, joins=frozenset({"client", "episode"}))

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="diagnoses")
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, null=True, related_name="diagnoses")
    title = models.CharField(_("diagnosis"), max_length=300)
    code = models.CharField(_("code"), max_length=60, blank=True)
    code_system = models.CharField(max_length=200, blank=True)
    said_by = models.CharField(_("who said it"), max_length=160, blank=True)
    since_date = models.DateField(_("since"), null=True, blank=True)
    ended_date = models.DateField(_("until"), null=True, blank=True)
    is_active = models.BooleanField(default=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.UUIDField(null=True)
    origin = models.CharField(max_length=200, blank=True)
    origin_id = models.CharField(max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name_plural = "diagnoses"
        indexes = [models.Index(fields=["client", "is_active"], name="assessments_diagnosis_client")]
        constraints = [
            models.UniqueConstraint(
                fields=["client", "origin", "origin_id"],
                condition=~Q(origin_id=""),
                name="assessments_diagnosis_origin_once",
            )
        ]


class Response(EpisodeRow):
    """One instrument gone through once (FHIR QuestionnaireResponse). Never changed afterwards.

    instrument, instrument_version: which published scale, in which version of its file. answers: linkId -> ordinal; a missing answer
    is not in it. total: by the published rule; None while an item is missing. band: code of the severity band, "" for none.
    """

    guard = Guard(read=verbs.RESULT_READ, joins=frozenset({"client", "episode"}))

    class Way(models.TextChoices):
        TOGETHER = "together", _("Together")
        ALOUD = "aloud", _("Read aloud")
        PHONE = "phone", _("By phone")
        ALONE = "alone", _("By the person alone")
        RECEIVED = "received", _("Received from elsewhere")

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="responses")
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, null=True, related_name="responses")
    instrument = models.CharField(max_length=60)
    instrument_version = models.CharField(max_length=20, blank=True)
    way = models.CharField(_("how"), max_length=10, choices=Way.choices, default=Way.TOGETHER)
    taken_at = models.DateTimeField()
    taken_by = models.UUIDField(null=True)
    answers = models.JSONField(default=dict)
    total = models.SmallIntegerField(null=True)
    band = models.CharField(max_length=40, blank=True)
    origin = models.CharField(max_length=200, blank=True)
    origin_id = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(fields=["client", "instrument", "-taken_at"], name="assessments_response_client")]
        constraints = [
            models.UniqueConstraint(
                fields=["client", "origin", "origin_id"],
                condition=~Q(origin_id=""),
                name="assessments_response_origin_once",
            )
        ]
