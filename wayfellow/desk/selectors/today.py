"""Today: what is due by person, who had a hard time, what is to finish."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from wayfellow import access
from wayfellow.access import Actor
from wayfellow.desk.selectors import caseload as caseloads
from wayfellow.desk.selectors.caseload import CaseloadRow
from wayfellow.notes.models import Note
from wayfellow.programs import selectors as programs
from wayfellow.programs import verbs as program_verbs
from wayfellow.programs.models import BreakGlassOpening, Cover
from wayfellow.safety import selectors as safety
from wayfellow.safety.models import SafetyStep
from wayfellow.schedule.selectors import DueWords

SHOWN = 8
AFTER_CRISIS_DAYS = 7


@dataclass(frozen=True)
class DuePerson:
    """Someone for whom something is late, due today or soon."""

    row: CaseloadRow
    items: tuple[DueWords, ...]


@dataclass(frozen=True)
class ToFinish:
    """A note that is not signed. row: whose, if they are on the caseload."""

    note: Note
    row: CaseloadRow


@dataclass(frozen=True)
class AfterCrisis:
    """A safety step that is open, or was this week."""

    step: SafetyStep
    row: CaseloadRow


@dataclass(frozen=True)
class Today:
    """One look: the whole page. day: the agency's date. due: the nearest first; due_total counts all of them.

    waiting: people in the queue of the programs one manages. to_review: openings in an emergency that wait for the privacy lead.
    """

    day: date
    due: Sequence[DuePerson]
    due_total: int
    crises: Sequence[AfterCrisis]
    to_finish: Sequence[ToFinish]
    caseload: Sequence[CaseloadRow]
    covering: Sequence[Cover]
    opened_in_emergency: Sequence[BreakGlassOpening]
    waiting: int
    to_review: int

    @property
    def late_total(self) -> int:
        return sum(1 for person in self.due if person.items[0].state == "late")

    @property
    def nothing_due(self) -> bool:
        return not (self.due or self.crises or self.to_finish)


def today(*, actor: Actor, everything: bool = False) -> Today:
    """The worker's day. everything: all that is due, not only the first eight people."""
    known = caseloads.known(actor=actor)
    episodes = programs.caseload(actor=actor)
    covers = programs.covers_in_force(actor=actor)
    rows = caseloads.rows_of(
        actor=actor,
        episodes=episodes,
        known=known,
        workers=programs.primary_workers(actor=actor, episodes=episodes),
        covered=frozenset(cover.covered_id for cover in covers),
    )
    by_client = {row.client.pk: row for row in rows}
    due = [DuePerson(row, items) for row in rows if (items := _near(row))]
    steps = safety.recent(actor=actor, since=actor.at - timedelta(days=AFTER_CRISIS_DAYS))
    return Today(
        day=actor.today,
        due=due if everything else due[:SHOWN],
        due_total=len(due),
        crises=[AfterCrisis(step, by_client[step.client_id]) for step in steps if step.client_id in by_client],
        to_finish=[ToFinish(note, by_client[note.client_id]) for note in known.unsigned if note.client_id in by_client],
        caseload=rows,
        covering=covers,
        opened_in_emergency=programs.open_glass(actor=actor),
        waiting=programs.queue(actor=actor).count() if access.may(actor, program_verbs.QUEUE_READ) else 0,
        to_review=_to_review(actor),
    )


def _to_review(actor: Actor) -> int:
    if not access.may(actor, program_verbs.BREAKGLASS_REVIEW):
        return 0
    return programs.break_glass_requests(actor=actor).count()


def _near(row: CaseloadRow) -> tuple[DueWords, ...]:
    """What is late, due today or coming up. A note to sign stands under "Notes to finish" instead."""
    return tuple(item for item in row.due if item.state and item.due.rule != "note-signing")
