"""Who has opened a record: the audit's lines with the names of colleagues, by day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import groupby
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from wayfellow.access import Actor, opened_lines
from wayfellow.access.models import AuditRow
from wayfellow.access.opened_lines import Line
from wayfellow.kernel import clock
from wayfellow.people import selectors as people
from wayfellow.people.models import Client
from wayfellow.programs import selectors as programs


@dataclass(frozen=True)
class Look:
    """One line as it is read: who, what they did, when, why."""

    who: str
    staff_id: UUID | None
    sentence: str
    at: datetime
    why: str
    times: int
    was_refused: bool


@dataclass(frozen=True)
class Day:
    """The lines of one day of the agency."""

    day: date
    looks: Sequence[Look]


@dataclass(frozen=True)
class Opened:
    """today: the agency's date. days: what was opened and changed. lists: whose lists they were on."""

    today: date
    days: Sequence[Day]
    lists: Sequence[Look]


def opened_rows(*, actor: Actor, client: Client) -> QuerySet[AuditRow]:
    """The rows to page through, the newest first."""
    return opened_lines.rows(actor=actor, client_id=client.pk)


def opened(*, actor: Actor, client: Client, rows: Sequence[AuditRow]) -> Opened:
    """These rows in words, by day, and the lists the client was on."""
    names = programs.staff_names(agency_id=actor.agency_id)
    # One act that touched several rows (a person and their intake) is one line.
    acts = groupby(opened_lines.lines(rows=rows), key=lambda line: replace(line, reason=""))
    looks = [_look(next(of_act), names) for _act, of_act in acts]
    days = groupby(looks, key=lambda look: clock.local_date(look.at, actor.timezone))
    known = programs.staff_ids_of_client(actor=actor)
    lists = opened_lines.listed(actor=actor, client_id=client.pk, staff_ids=known)
    return Opened(
        today=actor.today,
        days=[Day(day, list(of_day)) for day, of_day in days],
        lists=[_look(line, names) for line in lists],
    )


@dataclass(frozen=True)
class Done:
    """One line of the agency's audit: the look, and whom it was about (None: nobody, or a whole list)."""

    look: Look
    client: Client | None


def audit_rows(*, actor: Actor, staff_id: UUID | None, refused_only: bool) -> QuerySet[AuditRow]:
    """The agency's rows to page through, the newest first."""
    return opened_lines.agency_rows(actor=actor, staff_id=staff_id, refused_only=refused_only)


def audit(*, actor: Actor, rows: Sequence[AuditRow]) -> list[Done]:
    """These rows in words, with the names of colleagues and clients."""
    names = programs.staff_names(agency_id=actor.agency_id)
    clients = people.clients_by_key(actor=actor, client_ids={row.client_id for row in rows if row.client_id})
    return [
        Done(_look(line, names), clients.get(row.client_id) if row.client_id else None)
        for row, line in zip(rows, opened_lines.lines(rows=rows), strict=True)
    ]


def _look(line: Line, names: dict[UUID, str]) -> Look:
    nobody = _("Wayfellow itself") if line.actor_kind == "system" else _("Someone")
    who = names.get(line.staff_id, nobody) if line.staff_id else nobody
    return Look(
        who=who,
        staff_id=line.staff_id,
        sentence=line.sentence if line.outcome == "done" else _("tried to open your record and was not let in"),
        at=line.at,
        why=line.reason,
        times=line.times,
        was_refused=line.outcome != "done",
    )
