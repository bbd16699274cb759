"""The story of one client: the thread, what has happened, how it goes. Bounded, whatever the length of the record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
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
from wayfellow.notes import verbs as note_verbs
from wayfellow.notes.models import Note
from wayfellow.notes.selectors import ServedBy
from wayfellow.people import selectors as people
from wayfellow.people.models import Client, RelatedPerson
from wayfellow.plans import selectors as plans
from wayfellow.plans.models import CarePlan, Intervention
from wayfellow.plans.selectors import ThreadGoal, ThreadNeed
from wayfellow.programs import selectors as programs
from wayfellow.programs.models import Assignment
from wayfellow.safety import selectors as safety
from wayfellow.safety.models import SafetyStep

HAPPENINGS = 25


@dataclass(frozen=True)
class Happening:
    """One thing on the timeline. kind: note, attempt, result, plan or safety. thing: the row it stands for."""

    at: datetime
    day: date
    kind: str
    thing: Any


@dataclass(frozen=True)
class ScoreLine:
    """How one instrument's total went. line: None for a single result."""

    title: str
    latest: Response
    trend: Any
    line: Line | None


@dataclass(frozen=True)
class Doing:
    """One intervention, how often a contact served it, and when last (None: not yet)."""

    intervention: Intervention
    served: ServedBy | None


@dataclass(frozen=True)
class ThreadRow:
    """One line of the thread: a need with one of its goals. is_first: the need's first line, the one that names it aloud.

    goal: None for a need without one. latest: the newest note that served any of `doing`.
    """

    need: ThreadNeed
    is_first: bool
    goal: ThreadGoal | None
    doing: Sequence[Doing]
    latest: ServedBy | None


@dataclass(frozen=True)
class Story:
    """The whole page. today: the agency's date. received_plans: how many plans came from elsewhere."""

    client: Client
    today: date
    row: CaseloadRow | None
    thread: Sequence[ThreadRow]
    happenings: Sequence[Happening]
    has_more: bool
    scores: Sequence[ScoreLine]
    diagnoses: Sequence[Diagnosis]
    medications: Sequence[Medication]
    care_team: Sequence[Assignment]
    related: Sequence[RelatedPerson]
    open_steps: Sequence[SafetyStep]
    received_plans: int


def story(*, actor: Actor, client: Client, only: str = "") -> Story:
    """The story of the client whose page this is. only: "notes" or "changes" narrow the timeline; "" shows everything."""
    thread = plans.thread(actor=actor)
    recent = notes.notes(actor=actor, limit=HAPPENINGS + 1)
    results = assessments.results(actor=actor) if access.may(actor, assessment_verbs.RESULT_READ, client) else []
    steps = safety.steps(actor=actor)
    signed = {goal.goal.plan_id: goal.goal.plan for need in thread for goal in need.goals}
    happenings = _happenings(actor, recent, results, steps, signed.values(), only)
    return Story(
        client=client,
        today=actor.today,
        row=_row(actor, recent if access.may(actor, note_verbs.NOTE_READ, client) else [], signed.values()),
        thread=_thread_rows(thread, notes.by_intervention(actor=actor)),
        happenings=happenings[:HAPPENINGS],
        has_more=len(happenings) > HAPPENINGS,
        scores=_scores(actor, results),
        diagnoses=assessments.diagnoses(actor=actor),
        medications=medications.medications(actor=actor),
        care_team=programs.care_team(actor=actor),
        related=people.related_people(actor=actor),
        open_steps=[step for step in steps if step.closed_at is None],
        received_plans=sum(1 for plan in signed.values() if plan.origin_id),
    )


def _thread_rows(thread: Iterable[ThreadNeed], served: Mapping[UUID, ServedBy]) -> list[ThreadRow]:
    found = []
    for need in thread:
        for place, goal in enumerate(need.goals or [None]):
            done = goal.interventions if goal else ()
            doing = [Doing(one, served.get(one.pk)) for one in done]
            known = [one.served for one in doing if one.served]
            latest = max(known, key=lambda one: one.latest.happened_at, default=None)
            found.append(ThreadRow(need, place == 0, goal, doing, latest))
    return found


def _row(actor: Actor, recent: Sequence[Note], signed: Iterable[CarePlan]) -> CaseloadRow | None:
    """The client's row as on the caseload, from what this page has read already."""
    focus = actor.focus
    assert focus is not None
    contacts = [note.happened_at for note in recent if note.is_contact]
    # Only attempts among the newest, or notes that may not all be read: the last contact has to be asked for.
    last = {focus: max(contacts)} if contacts else notes.last_contacts(actor=actor)
    known = Known(
        last_contacts=last,
        reviews={plan.episode_id: plan.review_date for plan in signed if plan.episode_id and plan.review_date},
        unsigned=(),
    )
    rows = caseloads.rows_of(
        actor=actor,
        episodes=programs.open_episodes(actor=actor),
        known=known,
        workers={},
        covered=frozenset(),
    )
    return rows[0] if rows else None


def _happenings(
    actor: Actor,
    recent: Iterable[Note],
    results: Iterable[Response],
    steps: Iterable[SafetyStep],
    signed: Iterable[CarePlan],
    only: str,
) -> list[Happening]:
    found: list[tuple[datetime, str, Any]] = []
    if only != "changes":
        found += [(note.happened_at, "attempt" if note.attempt else "note", note) for note in recent]
    if only != "notes":
        found += [(result.taken_at, "result", result) for result in results]
        found += [(step.opened_at, "safety", step) for step in steps]
        found += [(plan.signed_at, "plan", plan) for plan in signed if plan.signed_at]
    newest = sorted(found, key=lambda one: (one[0], str(one[2].pk)), reverse=True)[: HAPPENINGS + 1]
    return [Happening(at, clock.local_date(at, actor.timezone), kind, thing) for at, kind, thing in newest]


def _scores(actor: Actor, results: Sequence[Response]) -> list[ScoreLine]:
    """Each instrument that has a total, with its line and its trend in words."""
    found = []
    for code in sorted({result.instrument for result in results if result.total is not None}):
        scored = [result for result in results if result.instrument == code and result.total is not None]
        dated = [(clock.local_date(one.taken_at, actor.timezone), one.total or 0) for one in reversed(scored)]
        about = assessments.instrument(code=code)
        found.append(
            ScoreLine(
                title=about.short_title,
                latest=scored[0],
                trend=assessments.trend_of(actor=actor, instrument=code, results=scored),
                line=score_line(results=dated, highest=about.highest_total),
            )
        )
    return found
