"""Medications: the list as told, seen or received. We record and relay; nobody prescribes here."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wayfellow.access import Guard, GuardedModel
from wayfellow.medications import verbs
from wayfellow.people.models import Client
from wayfellow.programs.models import Episode


class Medication(GuardedModel):
    """One medicine (FHIR MedicationRequest where received). dose: in the words of its source, never calculated.

    origin, origin_id: where it was received from and under which key ("" for what was written down here).
    """

    guard = Guard(read=verbs.MEDICATION_READ, joins=frozenset({"client", "episode"}))

    class Status(models.TextChoices):
        ACTIVE = "active", _("Taking it")
        STOPPED = "stopped", _("Stopped")
        UNKNOWN = "unknown", _("Not known")

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="medications")
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, null=True, related_name="medications")
    key = models.UUIDField(unique=True)
    name = models.CharField(_("medicine"), max_length=300)
    dose = models.CharField(_("dose, as written"), max_length=300, blank=True)
    what_for = models.CharField(_("what for"), max_length=200, blank=True)
    prescriber = models.CharField(_("who prescribes it"), max_length=160, blank=True)
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.ACTIVE)
    since_date = models.DateField(_("since"), null=True, blank=True)
    ended_date = models.DateField(_("until"), null=True, blank=True)
    ended_because = models.CharField(_("why it stopped"), max_length=200, blank=True)
    told_by = models.CharField(_("who told us"), max_length=160, blank=True)
    code = models.CharField(max_length=60, blank=True)
    code_system = models.CharField(max_length=200, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.UUIDField(null=True)
    origin = models.CharField(max_length=200, blank=True)
    origin_id = models.CharField(max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [models.Index(fields=["client", "status"], name="medications_medication_client")]
        constraints = [
            models.UniqueConstraint(
                fields=["client", "origin", "origin_id"],
                condition=~Q(origin_id=""),
                name="medications_medication_origin_once",
            ),
            models.CheckConstraint(condition=~Q(name=""), name="medications_medication_has_a_name"),
            models.CheckConstraint(
                condition=Q(since_date=None) | Q(ended_date=None) | Q(ended_date__gte=models.F("since_date")),
                name="medications_medication_ends_after_start",
                violation_error_message=_("It stopped before it began. Look at both days."),
            ),
        ]
