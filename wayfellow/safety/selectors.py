"""Reads: safety steps of one person, and of everyone a worker looks after."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import Q

from wayfellow.access import Actor, Hidden
from wayfellow.safety.models import SafetyStep

STEPS_READ = 50


def steps(*, actor: Actor) -> list[SafetyStep]:
    """On a client's page: their safety steps, the newest first, at most 50."""
    return list(SafetyStep.objects.for_actor(actor).order_by("-opened_at", "-pk")[:STEPS_READ])


def step(*, actor: Actor, step_id: UUID) -> SafetyStep:
    """On a client's page: one step. Raises Hidden."""
    found: SafetyStep | None = SafetyStep.objects.for_actor(actor).filter(pk=step_id).first()
    if found is None:
        raise Hidden
    return found


def recent(*, actor: Actor, since: datetime) -> list[SafetyStep]:
    """Of everyone the actor may read about: steps that are open, or were opened since then; open ones first, then the newest."""
    rows = SafetyStep.objects.for_actor(actor).filter(Q(closed_at=None) | Q(opened_at__gte=since))
    found = list(rows.order_by("-opened_at", "-pk"))
    return sorted(found, key=lambda one: one.closed_at is not None)
