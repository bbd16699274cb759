"""Writes: a safety step opens at once, and stays open until what was done is written down."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID, uuid5

from django.utils.translation import gettext as _

from wayfellow import access
from wayfellow.access import Actor, drafts
from wayfellow.assessments.events import SelfHarmEndorsed
from wayfellow.kernel.refusal import Refusal
from wayfellow.people.models import Client
from wayfellow.programs import selectors as programs
from wayfellow.safety import rules, verbs
from wayfellow.safety.models import SafetyStep


class StepClosed(Refusal):
    """What was done is written down already; it isn't changed afterwards."""


class NothingDone(Refusal):
    """A step closes with what was done."""


def draft_form(*, step_id: UUID) -> str:
    """The code of the draft of one step."""
    return f"safety-{step_id}"


@access.service
def step_open(*, actor: Actor, client: Client, key: UUID, why_words: str, at: datetime) -> SafetyStep:
    """Begin to look after someone's safety because of what they said or did. The same `key` twice is one step."""
    return _opened(actor, client.pk, key, at, why=SafetyStep.Why.WORDS, why_words=why_words)


@access.service
def step_open_for_answer(*, actor: Actor, event: SelfHarmEndorsed) -> SafetyStep:
    """The step that a positive answer about self-harm opens, in the transaction that keeps the answer. One step a response."""
    response = event.response
    key = uuid5(response.pk, "safety-step")  # the same response always has the same step
    return _opened(
        actor, response.client_id, key, event.at,
        why=SafetyStep.Why.ANSWER, response_id=response.pk, episode=response.episode,
    )  # fmt: skip


def _opened(actor: Actor, client_id: UUID, key: UUID, at: datetime, **values: object) -> SafetyStep:
    access.require(actor, verbs.STEP_OPEN, client_id)
    if "episode" not in values:
        values["episode"] = programs.episode_to_write_in(actor=actor, client_id=client_id)
    same = SafetyStep.objects.for_actor(actor).filter(client_id=client_id, key=key)
    step, is_new = access.made_once(
        actor, SafetyStep, same, client_id=client_id, key=key, opened_at=at, opened_by=actor.staff_id, **values
    )
    if is_new:
        access.record(actor, verbs.STEP_OPEN, step)
    return step


@access.service
def step_write(
    *,
    actor: Actor,
    step: SafetyStep,
    version: int,
    answers: Mapping[str, str],
    called: str,
    done: str,
    next_contact_date: date | None,
    at: datetime,
    close: bool,
) -> SafetyStep:
    """Keep what was asked, whom one called and what was done; with `close`, that is all of it. answers: linkId -> yes, no, refused.

    Raises StepClosed, NothingDone (closing without saying what was done), Changed, rules.NotAnAnswer.
    """
    access.require(actor, verbs.STEP_WRITE, step)
    if step.closed_at:
        raise StepClosed(_("What was done is written down already. Begin a new step for what has happened since."))
    if close and not done.strip():
        raise NothingDone(
            _("Write in a few words what was done. Until then the step stays open; your answers stand below.")
        )
    kept = rules.checked(answers)
    step.acting(actor).save_if_current(
        version=version,
        answers=kept,
        outcome=rules.outcome(kept),
        called=called,
        done=done,
        next_contact_date=next_contact_date,
        **({"closed_at": at, "closed_by": actor.staff_id} if close else {}),
    )
    access.record(actor, verbs.STEP_WRITE, step)
    drafts.clear(actor=actor, form=draft_form(step_id=step.pk), client_id=step.client_id)
    return step
