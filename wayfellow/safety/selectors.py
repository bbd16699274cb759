"""Reads: safety steps of one person, and of everyone a worker looks after."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wayfellow.access import Actor, Hidden
from wayfellow.safety import rules
from wayfellow.safety.models import SafetyStep

ANSWERS = {rules.YES: _("Yes"), rules.NO: _("No"), rules.REFUSED: _("Rather not say")}
STEPS_READ = 50


@dataclass(frozen=True)
class AnswerWords:
    """One ASQ question with the answer that was given, in words."""

    question: str
    answer: Any


def answers_in_words(*, step: SafetyStep) -> list[AnswerWords]:
    """What was asked in a step and answered, in the order of the questions."""
    return [
        AnswerWords(question.text, ANSWERS[step.answers[question.link_id]])
        for question in rules.questions()
        if question.link_id in step.answers
    ]


def steps(*, actor: Actor) -> list[SafetyStep]:
    """On a client's page: their safety steps, the newest first, at most 50."""
    return list(SafetyStep.objects.for_actor(actor).order_by("-opened_at", "-pk")[:STEPS_READ])


def open_steps(*, actor: Actor) -> list[SafetyStep]:
    """On a client's page: their safety steps that are still open, the newest first."""
    return list(SafetyStep.objects.for_actor(actor).filter(closed_at=None).order_by("-opened_at", "-pk"))


def closed_steps(*, actor: Actor) -> list[SafetyStep]:
    """On a client's page: what was done before, the newest first, at most 50."""
    rows = SafetyStep.objects.for_actor(actor).exclude(closed_at=None)
    return list(rows.order_by("-opened_at", "-pk")[:STEPS_READ])


def step(*, actor: Actor, step_id: UUID) -> SafetyStep:
    """On a client's page: one step. Raises Hidden."""
    found: SafetyStep | None = SafetyStep.objects.for_actor(actor).filter(pk=step_id).first()
    if found is None:
        raise Hidden
    return found


def recent(*, actor: Actor, since: datetime) -> list[SafetyStep]:
    """Of everyone whom the actor may read about: steps that are open, or were opened since then; open ones first, then the newest."""
    rows = SafetyStep.objects.for_actor(actor).filter(Q(closed_at=None) | Q(opened_at__gte=since))
    found = list(rows.order_by("-opened_at", "-pk"))
    return sorted(found, key=lambda one: one.closed_at is not None)
