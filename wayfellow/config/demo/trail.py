"""Who opened which record in the last weeks, as it would stand in the audit had people worked here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from wayfellow.access import Actor, GuardedModel, Verb, chain
from wayfellow.access.trail import Entry
from wayfellow.config.demo.crew import Crew
from wayfellow.config.demo.days import SATURDAY, Days
from wayfellow.config.demo.tale import Tale
from wayfellow.desk import verbs as desk_verbs
from wayfellow.notes import verbs as note_verbs
from wayfellow.plans import verbs as plan_verbs
from wayfellow.programs import selectors as programs
from wayfellow.programs import verbs as program_verbs
from wayfellow.programs.models import Staff

NOTE_DAYS, LIST_DAYS = 30, 10
MORNING = 8 * 60 + 45
REASON, GLASS = "assignment", "break-glass"


@dataclass(frozen=True)
class Look:
    """What somebody saw or did at one moment."""

    at: datetime
    staff_id: UUID
    entries: tuple[Entry, ...]


def looks_of_rows(
    rows: Mapping[type[Any], Sequence[Any]], days: Days, models: Mapping[str, type[Any]]
) -> Iterator[Look]:
    """The looks that the notes, plans and openings among these rows tell of."""
    since = days.at(NOTE_DAYS, 0)
    for note in rows[models["note"]]:
        if note.created_at >= since and note.author_id:
            done = note_verbs.NOTE_SIGN if note.signed_at and note.signed_name else note_verbs.NOTE_WRITE
            opened = _entry(desk_verbs.STORY_READ, note, plain=True)
            yield Look(note.signed_at or note.created_at, note.author_id, (opened, _entry(done, note)))
    for signature in rows[models["signature"]]:
        if signature.signed_at >= since and signature.staff_id:
            yield Look(signature.signed_at, signature.staff_id, (_entry(plan_verbs.PLAN_SIGN, signature),))
    for opening in rows[models["opening"]]:
        asked = _entry(program_verbs.BREAKGLASS_ASK, opening, reason=GLASS)
        seen = _entry(desk_verbs.STORY_READ, opening, plain=True, reason=GLASS)
        yield Look(opening.starts_at, opening.staff_id, (asked,))
        yield Look(opening.starts_at + timedelta(minutes=2), opening.staff_id, (seen,))


def looks_at_lists(tales: Iterable[Tale], days: Days) -> Iterator[Look]:
    """Each worker reads their caseload on the mornings of the last days."""
    people: dict[UUID, set[UUID]] = {}
    for tale in tales:
        if tale.workers and not tale.end:
            people.setdefault(tale.worker.pk, set()).add(tale.client.pk)
    for ago in range(LIST_DAYS, 0, -1):
        if days.day(ago).weekday() >= SATURDAY:
            continue
        for place, (staff_id, clients) in enumerate(people.items()):
            entry = Entry(verb=desk_verbs.LIST_READ.code, clients=frozenset(clients))
            yield Look(days.at(ago, MORNING + place), staff_id, (entry,))


def _entry(verb: Verb, row: GuardedModel, *, plain: bool = False, reason: str = REASON) -> Entry:
    client_id, episode_id = row.about()
    record: dict[str, Any] = {} if plain else {"record_type": row._meta.label_lower, "record_id": row.pk}
    return Entry(verb=verb.code, client_id=client_id, episode_id=None if plain else episode_id, reason=reason, **record)


def trail_written(crew: Crew, looks: Iterable[Look], now: datetime) -> None:
    """Append them to the audit's chains in the order of time."""
    staff = {person.pk: person for person in crew.staff.values()}
    for look in sorted(looks, key=lambda one: (one.at, str(one.staff_id))):
        if look.at < now:
            chain.append(_actor(staff[look.staff_id], look.at), look.entries)


def _actor(person: Staff, at: datetime) -> Actor:
    roles = programs.role_codes(staff=person, at=at)
    return programs.actor_of_staff(staff=person, roles=roles, at=at, source="web 10.0.0.7")
