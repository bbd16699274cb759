"""Safety: the step that opens when someone says they want to die, and what was done then."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wayfellow.access import Guard, GuardedModel
from wayfellow.people.models import Client
from wayfellow.programs.models import Episode
from wayfellow.safety import verbs


class SafetyStep(GuardedModel):
    """Opened in the request in which someone said it; it stays open until what was done is written down.

    response_id: the questionnaire that opened it (package assessments), if one did. answers: the ASQ questions asked here,
    linkId -> "yes", "no" or "refused". outcome: of the ASQ by its published rule, never a computed risk score.
    """

    guard = Guard(read=verbs.STEP_READ, joins=frozenset({"client", "episode"}))

    class Why(models.TextChoices):
        ANSWER = "answer", _("An answer in a questionnaire")
        WORDS = "words", _("Something they said or did")

    class Outcome(models.TextChoices):
        NOT_ASKED = "not_asked", _("Not asked yet")
        NEGATIVE = "negative", _("No to all four")
        POSITIVE = "positive", _("Yes, or not answered: not acute now")
        ACUTE = "acute", _("Yes to thoughts right now: acute")

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="safety_steps")
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, null=True, related_name="safety_steps")
    key = models.UUIDField(unique=True)
    why = models.CharField(max_length=8, choices=Why.choices, default=Why.WORDS)
    why_words = models.CharField(_("what they said"), max_length=500, blank=True)
    response_id = models.UUIDField(null=True)
    opened_at = models.DateTimeField()
    opened_by = models.UUIDField(null=True)
    answers = models.JSONField(default=dict)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, default=Outcome.NOT_ASKED)
    called = models.CharField(_("whom you called"), max_length=300, blank=True)
    done = models.TextField(_("what was done"), blank=True)
    next_contact_date = models.DateField(_("when you are in touch again"), null=True, blank=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.UUIDField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [models.Index(fields=["client", "-opened_at"], name="safety_safetystep_client")]
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_at=None) | ~Q(done=""), name="safety_safetystep_closed_says_what"
            ),
            models.UniqueConstraint(
                fields=["response_id"], condition=Q(response_id__isnull=False), name="safety_safetystep_once_a_response"
            ),
        ]
