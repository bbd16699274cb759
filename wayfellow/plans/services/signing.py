"""Writes: signing. A version is made once and never changed; no service touches one that stands."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid5

from django.utils.translation import gettext as _

from wayfellow import access
from wayfellow.access import Actor, drafts
from wayfellow.kernel import clock
from wayfellow.kernel.refusal import Changed
from wayfellow.kernel.texts import is_same_name, tidy
from wayfellow.plans import rules, selectors, verbs
from wayfellow.plans.models import CarePlan, PlanVersion, Signature
from wayfellow.plans.selectors import Board
from wayfellow.plans.services.board import draft_form
from wayfellow.plans.services.refusals import (
    NothingToSign,
    ReceivedIsReadOnly,
    ReviewDatePassed,
    SignedNameDiffers,
    TheirWordsMissing,
)

_SECOND_NAME = UUID("3f1c9a54-2a63-4d0e-8a51-7f2b6f0f9d10")
NEEDS_WORDS = (Signature.How.DISAGREES, Signature.How.NOT_YET)


@access.service
def plan_sign(
    *,
    actor: Actor,
    plan: CarePlan,
    key: UUID,
    version: int,
    signed_name: str,
    review_date: date,
    client_how: str,
    client_name: str,
    at: datetime,
    client_words: str = "",
    client_signer: str = Signature.Signer.CLIENT,
) -> PlanVersion:
    """Freeze the board as the plan's next version, with the worker's typed name and how the person stands to it; publishes nothing.

    version: of the plan, as the signer saw it. client_how: paper, spoken, disagrees or not_yet, the last two with `client_words`.
    client_signer: client or guardian. review_date: a day ahead in the agency's calendar. The same `key` twice is one version.
    Raises ReceivedIsReadOnly, SignedNameDiffers, ReviewDatePassed, TheirWordsMissing, NothingToSign, Changed.
    """
    access.require(actor, verbs.PLAN_SIGN, plan)
    here = actor if actor.focus == plan.client_id else actor.focused(plan.client_id)
    before: PlanVersion | None = PlanVersion.objects.for_actor(here).filter(plan=plan, key=key).first()
    if before is not None:
        return before
    board = selectors.board(actor=here, plan=plan)
    today = clock.local_date(at, actor.timezone)
    _signable(actor, board, signed_name, review_date, today, client_how, client_words)
    number = plan.signed_number + 1
    made = _freeze(here, board, key, number, review_date, at)
    signed = {"signed_number": number, "signed_at": at, "review_date": review_date}
    try:
        plan.acting(here).save_if_current(version=version, **signed)
    except Changed as refusal:
        words = _(
            "The plan has changed since you opened this page. Look at it again, then sign; nothing is signed yet."
        )
        raise Changed(words, theirs=refusal.theirs, mine=refusal.mine) from None
    _sign(here, made, key, Signature.Signer.WORKER, Signature.How.TYPED, actor.name, at, staff_id=actor.staff_id)
    words = tidy(client_words) if client_how in NEEDS_WORDS else ""
    _sign(here, made, uuid5(_SECOND_NAME, str(key)), client_signer, client_how, client_name, at, words=words)
    access.record(actor, verbs.PLAN_SIGN, made)
    drafts.clear(actor=actor, form=draft_form(kind="sign", row_id=plan.pk), client_id=plan.client_id)
    return made


def _signable(
    actor: Actor, board: Board, signed_name: str, review_date: date, today: date, client_how: str, client_words: str
) -> None:
    if board.is_received:
        raise ReceivedIsReadOnly(_("This plan came from elsewhere, so it is not signed here."))
    if not is_same_name(signed_name, actor.name):
        raise SignedNameDiffers(_("Sign with your name as it stands here: %(name)s.") % {"name": actor.name})
    if review_date <= today:
        raise ReviewDatePassed(_("Choose a day that is still ahead."))
    if client_how in NEEDS_WORDS and not tidy(client_words):
        raise TheirWordsMissing(_("Write down why, as far as you can in their words."))
    if not (board.goals or board.ended or board.plan.own_words):
        raise NothingToSign(_("There is nothing in this plan yet. Write their words or a goal, then sign."))


def _freeze(actor: Actor, board: Board, key: UUID, number: int, review_date: date, at: datetime) -> PlanVersion:
    plan = board.plan
    facts = {"number": number, "review_date": review_date, "signed_at": at, "signed_by": actor.name}
    content: dict[str, Any] = rules.frozen_board(board) | rules.plain(facts)
    same = PlanVersion.objects.for_actor(actor).filter(plan=plan, number=number)
    made, is_new = access.made_once(
        actor,
        PlanVersion,
        same,
        client_id=plan.client_id,
        episode_id=plan.episode_id,
        plan=plan,
        key=key,
        number=number,
        content=content,
        content_hash=rules.content_hash(content),
        review_date=review_date,
        signed_at=at,
    )
    if not is_new:
        raise Changed(_changed_words(), theirs=made, mine={})
    return made


def _changed_words() -> str:
    return _("The plan has changed since you opened this page. Look at it again, then sign; nothing is signed yet.")


def _sign(
    actor: Actor,
    version: PlanVersion,
    key: UUID,
    signer: str,
    how: str,
    name: str,
    at: datetime,
    *,
    staff_id: UUID | None = None,
    words: str = "",
) -> None:
    Signature.objects.for_writing(actor).create(
        client_id=version.client_id,
        episode_id=version.episode_id,
        plan_version=version,
        key=key,
        signer=signer,
        how=how,
        name=tidy(name),
        staff_id=staff_id,
        words=words,
        signed_at=at,
    )
