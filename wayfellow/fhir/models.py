"""What others have sent us, as they sent it, and what it became here."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wayfellow.access import Guard, GuardedModel
from wayfellow.fhir import verbs
from wayfellow.people.models import Client
from wayfellow.programs.models import Episode


class Received(GuardedModel):
    """One FHIR resource about a client, from `origin`, known there as `origin_id` (Type/id).

    content: the resource without narrative and markup; empty for a Patient, whose numbers and addresses stand sealed with
    people. print: keyed fingerprint of what came last. became: the kind of our row it turned into ("" for none yet), with the
    fingerprints of those rows' values by their origin_id in `prints`: they tell whether somebody changed a row here since.
    """

    guard = Guard(read=verbs.RECEIVED_READ, joins=frozenset({"client", "episode"}))

    class Became(models.TextChoices):
        CLIENT = "client", _("Details")
        DIAGNOSIS = "diagnosis", _("Diagnoses")
        MEDICATION = "medication", _("Medicines")
        ALLERGY = "allergy", _("Allergies")
        RESULT = "result", _("Results")
        PLAN = "plan", _("Plan")
        GOAL = "goal", _("Goals")
        HELPER = "helper", _("People around them")

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="received")
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, null=True, related_name="received")
    resource_type = models.CharField(max_length=60)
    title = models.CharField(max_length=200, blank=True)
    happened_date = models.DateField(null=True)
    origin = models.CharField(max_length=200)
    origin_id = models.CharField(max_length=200)
    content = models.JSONField(default=dict)
    print = models.CharField(max_length=64)
    became = models.CharField(max_length=12, choices=Became.choices, blank=True)
    prints = models.JSONField(default=dict)
    received_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name_plural = "received"
        indexes = [models.Index(fields=["client", "resource_type", "-happened_date"], name="fhir_received_client")]
        constraints = [
            models.CheckConstraint(condition=~Q(origin_id=""), name="fhir_received_has_a_key"),
            models.UniqueConstraint(fields=["client", "origin", "origin_id"], name="fhir_received_once"),
        ]
