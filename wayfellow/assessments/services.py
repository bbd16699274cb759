"""Writes: needs, strengths, diagnoses, and scales gone through. A result never changes; a need that ends says how."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID, uuid5

from django.utils.translation import gettext as _

from wayfellow import access
from wayfellow.access import Actor, Verb, drafts
from wayfellow.access.received import FromElsewhere, Kept, keep
from wayfellow.assessments import rules, verbs
from wayfellow.assessments.events import NextStep, SelfHarmEndorsed
from wayfellow.assessments.models import Diagnosis, EpisodeRow, Need, Response, Strength
from wayfellow.kernel import events
from wayfellow.kernel.refusal import Refusal
from wayfellow.people.models import Client
from wayfellow.programs import selectors as programs
from wayfellow.programs.models import Episode

Row = TypeVar("Row", bound=EpisodeRow)


class NeedClosed(Refusal):
    """A need that has ended is opened again before it is changed."""


class NothingAnswered(Refusal):
    """A scale without one answer is no result."""


@dataclass(frozen=True)
class Recorded:
    """A result, and where the request goes on because of it (None: nowhere in particular)."""

    response: Response
    next_step: NextStep | None


def draft_form(*, instrument: str) -> str:
    """The code of the draft of a scale that is being gone through."""
    return f"assessment-{instrument}"


def _once(actor: Actor, verb: Verb, model: type[Row], client: Client, key: UUID, **values: Any) -> tuple[Row, bool]:
    """The row with this key, and whether it was made just now: sent twice, it is one row."""
    access.require(actor, verb, client)
    values.setdefault("episode", programs.episode_to_write_in(actor=actor, client_id=client.pk))
    same = model.objects.for_actor(actor).filter(key=key, client=client)
    return access.made_once(actor, model, same, client=client, key=key, **values)


@access.service
def need_write(
    *,
    actor: Actor,
    client: Client,
    key: UUID,
    domain: str,
    title: str,
    words: str,
    at: datetime,
    need: Need | None = None,
    version: int | None = None,
) -> Need:
    """Write down a need, last in their order; or change `need`, of which `version` was seen. domain: a code of LifeDomain.

    The same `key` twice is one row. Raises NeedClosed, Changed.
    """
    if need is not None:
        access.require(actor, verbs.NEED_WRITE, need)
        if need.closed_at:
            raise NeedClosed(_("This need has ended. Open it again to change it; your words are kept below."))
        need.acting(actor).save_if_current(version=version or 0, domain=domain, title=title, words=words)
        access.record(actor, verbs.NEED_WRITE, need)
        return need
    place = Need.objects.for_actor(actor).filter(client=client).count()
    made, is_new = _once(
        actor, verbs.NEED_WRITE, Need, client, key,
        domain=domain, title=title, words=words, place=place, raised_at=at, raised_by=actor.staff_id,
    )  # fmt: skip
    if is_new:
        access.record(actor, verbs.NEED_WRITE, made)
    return made


@access.service
def need_close(*, actor: Actor, need: Need, version: int, because: str, at: datetime) -> Need:
    """End a need and say how (met, no longer wanted …). Closing twice changes nothing. Raises Changed."""
    access.require(actor, verbs.NEED_CLOSE, need)
    if need.closed_at is None:
        need.acting(actor).save_if_current(version=version, closed_at=at, closed_because=because)
        access.record(actor, verbs.NEED_CLOSE, need)
    return need


@access.service
def need_reopen(*, actor: Actor, need: Need, version: int) -> Need:
    """Take up a need again that had ended. Raises Changed."""
    access.require(actor, verbs.NEED_CLOSE, need)
    if need.closed_at is not None:
        need.acting(actor).save_if_current(version=version, closed_at=None, closed_because="")
        access.record(actor, verbs.NEED_CLOSE, need)
    return need


@access.service
def need_first(*, actor: Actor, need: Need) -> Need:
    """Put a need first in the person's order; the others follow as they were."""
    access.require(actor, verbs.NEED_WRITE, need)
    others = Need.objects.for_actor(actor).filter(client_id=need.client_id).exclude(pk=need.pk)
    for place, row in enumerate([need, *others.order_by("place", "raised_at", "pk")]):
        if row.place != place or row.pk == need.pk:
            row.acting(actor).save_if_current(version=row.version, place=place)
            access.record(actor, verbs.NEED_WRITE, row)
    return need


@access.service
def strength_write(
    *,
    actor: Actor,
    client: Client,
    key: UUID,
    domain: str,
    title: str,
    words: str,
    at: datetime,
    strength: Strength | None = None,
    version: int | None = None,
) -> Strength:
    """Write down what the person has, or change `strength`, of which `version` was seen. The same `key` twice is one row. Raises Changed."""
    if strength is not None:
        access.require(actor, verbs.STRENGTH_WRITE, strength)
        strength.acting(actor).save_if_current(version=version or 0, domain=domain, title=title, words=words)
        access.record(actor, verbs.STRENGTH_WRITE, strength)
        return strength
    made, is_new = _once(
        actor, verbs.STRENGTH_WRITE, Strength, client, key,
        domain=domain, title=title, words=words, noted_at=at, noted_by=actor.staff_id,
    )  # fmt: skip
    if is_new:
        access.record(actor, verbs.STRENGTH_WRITE, made)
    return made


@access.service
def strength_end(*, actor: Actor, strength: Strength, version: int, at: datetime) -> Strength:
    """Take a strength off the list because it no longer holds. Raises Changed."""
    access.require(actor, verbs.STRENGTH_WRITE, strength)
    if strength.ended_at is None:
        strength.acting(actor).save_if_current(version=version, ended_at=at)
        access.record(actor, verbs.STRENGTH_WRITE, strength)
    return strength


@access.service
def diagnosis_write(
    *,
    actor: Actor,
    client: Client,
    key: UUID,
    title: str,
    at: datetime,
    code: str = "",
    said_by: str = "",
    since_date: date | None = None,
) -> Diagnosis:
    """Write down a working diagnosis and who made it; nobody makes one here. The same `key` twice is one row."""
    made, is_new = _once(
        actor, verbs.DIAGNOSIS_WRITE, Diagnosis, client, key,
        title=title, code=code, said_by=said_by, since_date=since_date, recorded_at=at, recorded_by=actor.staff_id,
    )  # fmt: skip
    if is_new:
        access.record(actor, verbs.DIAGNOSIS_WRITE, made)
    return made


@access.service
def diagnosis_end(*, actor: Actor, diagnosis: Diagnosis, version: int, on: date) -> Diagnosis:
    """Say that a diagnosis no longer holds since that day. Raises Changed."""
    access.require(actor, verbs.DIAGNOSIS_WRITE, diagnosis)
    if diagnosis.is_active:
        diagnosis.acting(actor).save_if_current(version=version, is_active=False, ended_date=on)
        access.record(actor, verbs.DIAGNOSIS_WRITE, diagnosis)
    return diagnosis


@access.service
def diagnosis_resume(*, actor: Actor, diagnosis: Diagnosis, version: int) -> Diagnosis:
    """Say that a diagnosis holds after all. Raises Changed."""
    access.require(actor, verbs.DIAGNOSIS_WRITE, diagnosis)
    if not diagnosis.is_active:
        diagnosis.acting(actor).save_if_current(version=version, is_active=True, ended_date=None)
        access.record(actor, verbs.DIAGNOSIS_WRITE, diagnosis)
    return diagnosis


@access.service
def response_record(
    *,
    actor: Actor,
    client: Client,
    key: UUID,
    instrument: str,
    answers: Mapping[str, int],
    way: str,
    at: datetime,
    episode: Episode | None = None,
) -> Recorded:
    """Keep one going-through of a scale with its total by the published rule; the same `key` and answers twice are one row.

    answers: linkId -> number; a question left out stays out, and then there is no total. A positive answer about self-harm opens the
    safety step in this very transaction, and `next_step` says where to go. Raises NothingAnswered, rules.NotAnAnswer.
    """
    scale = rules.instruments()[instrument]
    kept = rules.checked(scale, answers)
    if not kept:
        raise NothingAnswered(_("No question is answered yet. Answer one, or leave the page; nothing is lost."))
    found = rules.score(scale, kept)
    where = {} if episode is None else {"episode": episode}
    values = {
        "instrument": instrument, "instrument_version": scale.version, "way": way, "taken_at": at, "taken_by": actor.staff_id,
        "answers": kept, "total": found.total, "band": found.band,
    } | where  # fmt: skip
    made, is_new = _once(actor, verbs.RESULT_TAKE, Response, client, key, **values)
    if not is_new and made.answers != kept:
        # Somebody went back in the browser and answered otherwise. A result never changes, so what they say now is one of its own.
        made, is_new = _once(actor, verbs.RESULT_TAKE, Response, client, _key_of_answers(key, kept), **values)
    if is_new:
        access.record(actor, verbs.RESULT_TAKE, made)
    drafts.clear(actor=actor, form=draft_form(instrument=instrument), client_id=client.pk)
    steps: Sequence[NextStep] = []
    if rules.tells_of_self_harm(scale, kept):
        steps = events.publish(SelfHarmEndorsed(actor=actor, response=made, at=at))
    return Recorded(made, steps[0] if steps else None)


def _key_of_answers(key: UUID, answers: Mapping[str, int]) -> UUID:
    """The key of other answers that came with a key which is taken: the same answers always have the same one."""
    return uuid5(key, json.dumps(answers, sort_keys=True))


@access.service
def diagnoses_receive(
    *, actor: Actor, client: Client, episode: Episode | None, at: datetime, origin: str, rows: Iterable[FromElsewhere]
) -> dict[str, Kept]:
    """Take in diagnoses from `origin`, each under its `origin_id`: made once, brought up to date while nobody changed them here."""
    access.require(actor, verbs.DIAGNOSIS_RECEIVE, episode or client)
    return keep(
        actor, verbs.DIAGNOSIS_RECEIVE, Diagnosis, rows, origin=origin, client=client, episode=episode, recorded_at=at
    )


@access.service
def results_receive(
    *, actor: Actor, client: Client, episode: Episode | None, at: datetime, origin: str, rows: Iterable[FromElsewhere]
) -> dict[str, Kept]:
    """Take in totals of scales as their source counted them (`instrument`, `total`, `taken_at`), without answers.

    The band is by our scale's published rule. A result never changes, whatever its source says later.
    """
    access.require(actor, verbs.RESULT_RECEIVE, episode or client)
    banded = [replace(row, once=dict(row.once) | {"band": _band_of(row.values)}) for row in rows]
    return keep(
        actor,
        verbs.RESULT_RECEIVE,
        Response,
        banded,
        origin=origin,
        client=client,
        is_final=True,
        episode=episode,
        way=Response.Way.RECEIVED,
    )


def _band_of(values: Mapping[str, Any]) -> str:
    scale = rules.instruments().get(values["instrument"])
    return rules.band_of(scale, values["total"]) if scale else ""
