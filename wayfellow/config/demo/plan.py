"""The thread of a story: needs, goals, objectives, actions, and the plan as it was signed over time."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from wayfellow.assessments.models import Need
from wayfellow.config.demo.cast import ADULT
from wayfellow.config.demo.tale import NINE, Tale, Thread
from wayfellow.config.demo.words import arcs, read, told
from wayfellow.plans import rules
from wayfellow.plans.models import CarePlan, Goal, Intervention, Objective, PlanVersion, Signature
from wayfellow.plans.selectors import Board
from wayfellow.plans.selectors.thread import Parts, ThreadNeed, weave

# A first plan takes some weeks; a stay that is younger may have none yet.
FIRST_PLAN_DAYS = 14
STAGGERED_DAYS = 400
ELEVEN = 11 * 60


def thread_made(tale: Tale, names: Sequence[tuple[str, int | None]]) -> None:
    """Needs, and for a stay of some weeks the plan with all that hangs on it and its signed versions."""
    signings = _signings(tale)
    for place, (name, variant) in enumerate(names):
        since = _since(tale, place, len(names))
        tale.threads.append(_need(tale, name, variant, place, since))
    if not tale.workers or tale.start < FIRST_PLAN_DAYS:
        return
    at = tale.days.at(max(tale.start - 4, tale.end), ELEVEN)
    last = tale.days.at(signings[-1], ELEVEN) if signings else None
    plan = tale.add(
        CarePlan,
        at,
        own_words=tale.person.own_words,
        title="",
        created_at=at,
        created_by=tale.worker_on(tale.start).pk,
        changed_at=last or at,
    )
    for thread in tale.threads:
        _goal(tale, plan, thread, signings)
    _gaps(tale)
    _endings(tale)
    for number, ago in enumerate(signings, start=1):
        _sign(tale, plan, number, ago, signings)


def _since(tale: Tale, place: int, count: int) -> int:
    """When a need came up: at the start, or one after another in a story of years."""
    if tale.start > STAGGERED_DAYS and place:
        return max(tale.end + 20, tale.start - place * (tale.start - tale.end) // count)
    return max(tale.end, 1, tale.start - 1 - 2 * place)


def _signings(tale: Tale) -> list[int]:
    """On which days (ago) the plan was signed, the first one first."""
    if tale.start < FIRST_PLAN_DAYS + 10 or not tale.workers:
        return []
    every = rules.review_rule_on(tale.days.today).days_for(tale.program.kind)
    review = tale.person.review_days if tale.person.review_days is not None else 40
    newest = min(every - min(review, every - 1), tale.start - 9)
    newest = max(newest, tale.end + 5) if tale.end else max(newest, 1)
    found, ago = [], newest
    while ago <= tale.start - 9:
        found.append(ago)
        ago += every - tale.random.randint(0, 5)
    first = tale.start - tale.random.randint(10, 26)
    if found and first - found[-1] > FIRST_PLAN_DAYS:
        found.append(first)
    return found[::-1]


def _need(tale: Tale, name: str, variant: int | None, place: int, since: int) -> Thread:
    arc = arcs()[name]
    row = arc["needs"][variant] if variant is not None else tale.random.choice(arc["needs"])
    at = tale.days.at(since, NINE + 30)
    need = tale.add(
        Need,
        at,
        domain=arc["domain"],
        title=row["title"],
        words=told(row, language=tale.person.language),
        place=place,
        raised_at=at,
        raised_by=tale.worker_on(since).pk if tale.workers else None,
    )
    return Thread(name, arc, need, since)


def _goal(tale: Tale, plan: CarePlan, thread: Thread, signings: Sequence[int]) -> None:
    """The goal that answers a need, its objectives and who does what, written just before the next signing."""
    following = [ago for ago in signings if ago <= thread.since]
    since = min(thread.since, (following[0] if following else max(tale.end, thread.since - 5)) + 1)
    at, random, arc = tale.days.at(since, NINE + 45), tale.random, thread.arc
    row = arc["goals"][0] if random.random() < 0.5 else random.choice(arc["goals"])
    goal = thread.goal = tale.add(
        Goal,
        at,
        plan=plan,
        need=thread.need,
        domain=arc["domain"],
        title=tale.fill(row["title"]),
        words=told(row, language=tale.person.language),
        place=thread.need.place,
        target_date=tale.days.day(max(tale.end, 0) - random.randint(20, 150)),
        created_at=at,
        created_by=tale.worker_on(since).pk,
    )
    for place, step in enumerate(
        random.sample(arc["objectives"], min(len(arc["objectives"]), random.choice((1, 2, 2))))
    ):
        thread.objectives.append(_objective(tale, goal, step, place, at))
    chosen = sorted(random.sample(range(len(arc["actions"])), min(len(arc["actions"]), random.choice((2, 2, 3)))))
    for place, number in enumerate(chosen):
        objective = thread.objectives[place % len(thread.objectives)] if random.random() < 0.85 else None
        thread.actions.append(_action(tale, goal, objective, arc["actions"][number], place, at))


def _objective(tale: Tale, goal: Goal, row: dict[str, str], place: int, at: datetime) -> Objective:
    values = {name: row.get(name, "") for name in ("measure", "baseline", "aim", "instrument")}
    due = tale.days.day(tale.end - tale.random.randint(8, 100))
    made: Objective = tale.add(
        Objective, at, goal=goal, title=tale.fill(row["title"]), due_date=due, place=place, created_at=at, **values
    )
    made.met_words = row["met"]  # type: ignore[attr-defined]
    return made


def _action(
    tale: Tale, goal: Goal, objective: Objective | None, row: dict[str, str], place: int, at: datetime
) -> Intervention:
    about = {"title": row["title"], "how_often": row["how_often"], "where": row["where"]}
    who = _doer(tale, row["who"], tale.days.ago(at.date()))
    made: Intervention = tale.add(
        Intervention, at, goal=goal, objective=objective, place=place, created_at=at, **about, **who
    )
    return made


def _doer(tale: Tale, who: str, ago: int) -> dict[str, Any]:
    """Who does it: one of ours by key and name, the person, someone of theirs, or another house by its name."""
    ours = tale.worker_on(ago) if who == "worker" else tale.helpers.get(who)
    if ours is not None:
        return {"staff_id": ours.pk, "who": ours.name}
    if who == "client":
        return {"who": tale.person.first_name}
    if who == "family":
        return {"who": tale.circle[0].name if tale.circle else "Family"}
    elsewhere = {
        "prescriber": "Psychiatry, Casco Clinic",
        "nurse": "Nurse, Casco Clinic",
        "peer": "Peer drop-in, Harbor Street",
    }
    return {"who": elsewhere.get(who, who)}


def _gaps(tale: Tale) -> None:
    """Where real life left something open: a need without a goal, an action without an owner, a step past its day."""
    if "gap" not in tale.person.flags or tale.end:
        return
    last = tale.threads[-1]
    if len(tale.threads) > 1 and last.goal is not None:
        for model, rows in ((Goal, [last.goal]), (Objective, last.objectives), (Intervention, last.actions)):
            waiting = tale.rows.of(model)
            waiting[:] = [row for row in waiting if all(row is not gone for gone in rows)]
        last.goal, last.objectives, last.actions = None, [], []
    first = tale.threads[0]
    if first.actions:
        first.actions[-1].staff_id, first.actions[-1].who = None, ""
    if first.objectives:
        first.objectives[0].due_date = tale.days.day(tale.random.randint(3, 25))


def _endings(tale: Tale) -> None:
    """What came of it: steps met, goals reached, needs closed, as far as the time allows."""
    for number, thread in enumerate(tale.threads):
        if thread.goal is None:
            continue
        lasted = thread.since - tale.end
        if lasted > 120 and thread.objectives and not tale.person.is_stuck:
            _met(tale, thread.objectives[0], tale.end + int(lasted * tale.random.uniform(0.1, 0.4)))
        is_reached = lasted > 300 and number < len(tale.threads) - 1 and not tale.person.is_stuck
        if tale.end or is_reached:
            _closed(tale, thread, tale.end + (int(lasted * 0.08) if is_reached and not tale.end else 1))


def _met(tale: Tale, objective: Objective, ago: int) -> None:
    objective.status, objective.closed_at = Objective.Status.MET, tale.days.at(ago, 14 * 60)
    objective.outcome = objective.met_words  # type: ignore[attr-defined]


def _closed(tale: Tale, thread: Thread, ago: int) -> None:
    assert thread.goal is not None
    at, words = tale.days.at(ago, 15 * 60), tale.fill(tale.random.choice(thread.arc["talk"]["closed"]))
    is_met = not tale.person.is_stuck
    thread.until = ago
    thread.goal.status, thread.goal.closed_at = (Goal.Status.MET if is_met else Goal.Status.ENDED), at
    thread.goal.closed_because = words if is_met else "Ended with the stay; not reached yet."
    for objective in thread.objectives:
        if objective.status == Objective.Status.ACTIVE:
            objective.status, objective.closed_at = (Objective.Status.MET if is_met else Objective.Status.PARTLY), at
            objective.outcome = objective.met_words if is_met else "Part of the way."  # type: ignore[attr-defined]
    for action in thread.actions:
        action.ended_at = at
    if is_met:
        thread.need.closed_at, thread.need.closed_because = at, words


# The plan as signed ---------------------------------------------------------------------------------------------------


def _sign(tale: Tale, plan: CarePlan, number: int, ago: int, signings: Sequence[int]) -> None:
    at, worker = tale.days.at(ago, ELEVEN + 5), tale.worker_on(ago)
    is_last = ago == signings[-1]
    review = rules.review_date(signed_on=tale.days.day(ago), kind=tale.program.kind)
    if is_last and tale.person.review_days is not None and not tale.end:
        review = tale.days.day(-tale.person.review_days)
    before = tale.days.at(signings[number - 2], ELEVEN + 5) if number > 1 else None
    board = _board(tale, plan, at, before)
    facts = {"number": number, "review_date": review, "signed_at": at, "signed_by": worker.name}
    content = rules.frozen_board(board) | rules.plain(facts)
    version = tale.add(
        PlanVersion,
        at,
        plan=plan,
        number=number,
        content=content,
        content_hash=rules.content_hash(content),
        review_date=review,
        signed_at=at,
    )
    plan.signed_number, plan.signed_at, plan.review_date = number, at, review
    plan.changed_at = at
    _signatures(tale, version, worker, ago)


def _board(tale: Tale, plan: CarePlan, at: datetime, before: datetime | None) -> Board:
    """The plan as it stood at that moment: what came later isn't there, what ended later goes on."""
    then = copy.copy(plan)
    then.signed_at = before
    needs = [_as_of(thread.need, at, closed="closed_at") for thread in tale.threads if thread.need.raised_at <= at]
    goals = [
        _as_of(thread.goal, at, closed="closed_at")
        for thread in tale.threads
        if thread.goal and thread.goal.created_at <= at
    ]
    steps = [
        _as_of(one, at, closed="closed_at")
        for thread in tale.threads
        for one in thread.objectives
        if one.created_at <= at
    ]
    actions = [
        _as_of(one, at, closed="ended_at") for thread in tale.threads for one in thread.actions if one.created_at <= at
    ]
    parts = Parts(goals=goals, objectives=steps, interventions=actions, today=tale.days.today, may_mend=False)
    woven = weave(needs=[need for need in needs if not need.closed_at], found=parts)
    going_on = [
        ThreadNeed(row.need, tuple(goal for goal in row.goals if goal.goal.closed_at is None), ()) for row in woven
    ]
    ended = [goal for row in woven for goal in row.goals if goal.goal.closed_at]
    newest = sorted(ended, key=lambda row: (row.goal.closed_at, str(row.goal.pk)), reverse=True)
    kept = tuple(row for row in going_on if row.need or row.goals)
    return Board(plan=then, needs=kept, ended=tuple(newest), gaps=(), checks=())


def _as_of(row: Any, at: datetime, *, closed: str) -> Any:
    """A copy of the row as it was at the moment."""
    then = copy.copy(row)
    ended = getattr(row, closed)
    if ended is not None and ended > at:
        setattr(then, closed, None)
        for name, value in (("status", "active"), ("closed_because", ""), ("outcome", "")):
            if hasattr(then, name):
                setattr(then, name, value)
    return then


def _signatures(tale: Tale, version: PlanVersion, worker: Any, ago: int) -> None:
    general, random = read("general"), tale.random
    at = version.signed_at

    def signed(signer: str, how: str, name: str, **values: Any) -> None:
        values.setdefault("signed_at", at)
        tale.add(Signature, at, plan_version=version, signer=signer, how=how, name=name, **values)

    signed("worker", "typed", worker.name, staff_id=worker.pk)
    chance = random.random()
    if tale.person.age < ADULT and tale.circle:
        signed("guardian", "paper", tale.circle[0].name)
    if chance < 0.84:
        signed("client", random.choice(general["why_signed"]), tale.person.name)
    elif chance < 0.95:
        signed("client", "not_yet", tale.person.name, words=random.choice(general["not_yet"]))
    else:
        signed("client", "disagrees", tale.person.name, words=random.choice(general["disagrees"]))
    if random.random() < 0.4 and not tale.program.is_part2 and ago > 3:
        patrice = tale.crew.staff["patrice"]
        later = tale.days.at(ago - 2, 16 * 60)
        signed("supervisor", "typed", patrice.name, staff_id=patrice.pk, signed_at=later)
