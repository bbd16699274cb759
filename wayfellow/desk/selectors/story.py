"""A person's story: who they are, the thread, what has happened, how they are doing, what is due."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from wayfellow import access
from wayfellow.access import Actor
from wayfellow.assessments import selectors as assessments
from wayfellow.assessments import verbs as assessment_verbs
from wayfellow.assessments.models import Diagnosis, Response
from wayfellow.desk.selectors import caseload as caseloads
from wayfellow.desk.selectors.caseload import CaseloadRow, Known
from wayfellow.desk.selectors.chart import Line, score_line
from wayfellow.kernel import clock
from wayfellow.medications import selectors as medications
from wayfellow.medications.models import Medication
from wayfellow.notes import selectors as notes
from wayfellow.notes.models import Note
from wayfellow.people import selectors as people
from wayfellow.people.models import Allergy, Client, RelatedPerson
from wayfellow.plans import selectors as plans
from wayfellow.plans.selectors import ThreadNeed
from wayfellow.programs import selectors as programs
from wayfellow.programs.models import Assignment
from wayfellow.safety import selectors as safety
from wayfellow.safety.models import SafetyStep

HAPPENINGS = 25


@dataclass(frozen=True)
class Happening:
    """One thing on the timeline. kind: note, attempt, result, plan or safety. thing: the row it stands for."""

    at: datetime
    kind: str
    thing: Any


@dataclass(frozen=True)
class ScoreLine:
    """How one instrument's total went. line: None for a single result."""

    instrument: str
    title: str
    latest: Response
    trend: Any
    line: Line | None


@dataclass(frozen=True)
class Story:
    """The whole page. latest: by intervention, the newest signed note that served it."""

    client: Client
    row: CaseloadRow | None
    thread: Sequence[ThreadNeed]
    latest: dict[UUID, Note]
    happenings: Sequence[Happening]
    has_more: bool
    scores: Sequence[ScoreLine]
    diagnoses: Sequence[Diagnosis]
    medications: Sequence[Medication]
    allergies: Sequence[Allergy]
    care_team: Sequence[Assignment]
    related: Sequence[RelatedPerson]
    open_steps: Sequence[SafetyStep]
    unserved: Sequence[Note]


def story(*, actor: Actor, client: Client, only: str = "") -> Story:
    """The story of the client whose page this is. only: "notes" or "changes" narrow the timeline; "" shows everything."""
    all_notes = notes.notes(actor=actor)
    results = assessments.results(actor=actor) if access.may(actor, assessment_verbs.RESULT_READ, client) else []
    steps = safety.steps(actor=actor)
    versions = plans.versions(actor=actor)
    happenings = _happenings(all_notes, results, steps, versions, only)
    served = notes.by_intervention(actor=actor)
    served_ids = {note.pk for many in served.values() for note in many}
    return Story(
        client=client,
        row=_row(actor, all_notes),
        thread=plans.thread(actor=actor),
        latest={key: many[0] for key, many in served.items() if many},
        happenings=happenings[:HAPPENINGS],
        has_more=len(happenings) > HAPPENINGS,
        scores=_scores(actor, results),
        diagnoses=assessments.diagnoses(actor=actor),
        medications=medications.medications(actor=actor),
        allergies=people.allergies(actor=actor),
        care_team=programs.care_team(actor=actor),
        related=people.related_people(actor=actor),
        open_steps=[step for step in steps if step.closed_at is None],
        unserved=[note for note in all_notes if note.is_contact and note.signed_at and note.pk not in served_ids],
    )


def _row(actor: Actor, all_notes: Iterable[Note]) -> CaseloadRow | None:
    """The client's row as on the caseload, from what this page has read already."""
    contacts = [note.happened_at for note in all_notes if note.is_contact and note.signed_at]
    unsigned = [note for note in all_notes if not note.signed_at]
    focus = actor.focus
    assert focus is not None
    known = Known(
        last_contacts={focus: max(contacts)} if contacts else {},
        reviews=plans.review_dates_by_episode(actor=actor),
        unsigned={focus: [clock.local_date(note.happened_at, actor.timezone) for note in unsigned]},
    )
    rows = caseloads.rows_of(actor=actor, episodes=programs.open_episodes(actor=actor), known=known)
    return rows[0] if rows else None


def _happenings(
    all_notes: Iterable[Note],
    results: Iterable[Response],
    steps: Iterable[SafetyStep],
    versions: Iterable[Any],
    only: str,
) -> list[Happening]:
    found: list[Happening] = []
    if only != "changes":
        found += [Happening(note.happened_at, "note" if note.is_contact else "attempt", note) for note in all_notes]
    if only != "notes":
        found += [Happening(result.taken_at, "result", result) for result in results]
        found += [Happening(step.opened_at, "safety", step) for step in steps]
        found += [Happening(version.signed_at, "plan", version) for version in versions]
    return sorted(found, key=lambda one: (one.at, str(one.thing.pk)), reverse=True)


def _scores(actor: Actor, results: Sequence[Response]) -> list[ScoreLine]:
    """Each instrument that has a total, with its line and its trend in words."""
    found = []
    for instrument in sorted({result.instrument for result in results if result.total is not None}):
        scored = [result for result in results if result.instrument == instrument and result.total is not None]
        dated = [(clock.local_date(one.taken_at, actor.timezone), one.total) for one in reversed(scored)]
        about = assessments.instrument(code=instrument)
        found.append(
            ScoreLine(
                instrument=instrument,
                title=about.short_title,
                latest=scored[0],
                trend=assessments.trend_of(instrument=instrument, results=scored),
                line=score_line(dated, about.highest_total),
            )
        )
    return found


def day_of(at: datetime, actor: Actor) -> date:
    """The day in the agency's time zone."""
    return clock.local_date(at, actor.timezone)
