"""The thread: need, goal, objective, action, woven from four statements however long the record is, with its gaps in words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.urls import reverse

from wayfellow import access
from wayfellow.access import Actor
from wayfellow.assessments import selectors as assessments
from wayfellow.assessments.models import Need
from wayfellow.plans import rules, verbs, wording
from wayfellow.plans.models import Goal, Intervention, Objective


@dataclass(frozen=True, slots=True)
class Gap:
    """Something the thread still lacks. code: of rules. url_name, kwargs, query: the page where one tap mends it.

    words: a sentence that stands by itself; short: for beside the need or goal that lacks it.
    """

    code: str
    words: str
    short: str
    url_name: str
    kwargs: dict[str, Any]
    query: str = ""

    @property
    def url(self) -> str:
        return reverse(self.url_name, kwargs=self.kwargs) + self.query


@dataclass(frozen=True, slots=True)
class ThreadObjective:
    """One objective, and what is done for it; gaps of both."""

    objective: Objective
    interventions: Sequence[Intervention] = ()
    gaps: Sequence[Gap] = ()


@dataclass(frozen=True, slots=True)
class ThreadGoal:
    """One goal. steps: its objectives with what is done for each. loose: what is done for the goal as a whole. gaps: its own, and all below it."""

    goal: Goal
    steps: Sequence[ThreadObjective] = ()
    loose: Sequence[Intervention] = ()
    gaps: Sequence[Gap] = ()

    @property
    def objectives(self) -> list[Objective]:
        return [step.objective for step in self.steps]

    @property
    def interventions(self) -> list[Intervention]:
        """Everything that is done for the goal, step by step, then what serves it as a whole."""
        return [one for step in self.steps for one in step.interventions] + list(self.loose)


@dataclass(frozen=True, slots=True)
class ThreadNeed:
    """One need with its goals; None: the goals that name no need (that this reader may know of). gaps: its own only."""

    need: Need | None
    goals: Sequence[ThreadGoal] = ()
    gaps: Sequence[Gap] = ()


@dataclass(frozen=True)
class Parts:
    """The rows a thread is woven from. may_mend: whether the reader may write here; else no gap is shown."""

    goals: Sequence[Goal]
    objectives: Sequence[Objective]
    interventions: Sequence[Intervention]
    today: date
    may_mend: bool
    steps_of: dict[UUID, list[Objective]] = field(init=False, default_factory=lambda: defaultdict(list))
    actions_of: dict[tuple[UUID, UUID | None], list[Intervention]] = field(
        init=False, default_factory=lambda: defaultdict(list)
    )

    def __post_init__(self) -> None:
        for objective in self.objectives:
            self.steps_of[objective.goal_id].append(objective)
        for action in self.interventions:
            self.actions_of[action.goal_id, action.objective_id].append(action)

    def of_goals(self, goals: Iterable[Goal]) -> Parts:
        """The same for these goals alone."""
        return replace(self, goals=tuple(goals))


def thread(*, actor: Actor) -> list[ThreadNeed]:
    """On a client's page: everything this actor may know, over all plans, in the person's own order; goals without a need last.

    Four statements, however large. Gaps only for who may mend them; never about what has ended or was received from elsewhere.
    """
    return weave(needs=assessments.needs(actor=actor), found=parts(actor=actor))


def open_interventions(*, actor: Actor) -> list[Intervention]:
    """On a client's page: what is done at present, each with its goal and its objective (or None), in the order of the plan.

    Actions of a goal or an objective that has ended, and of plans received from elsewhere, are not among them.
    """
    rows = Intervention.objects.for_actor(actor).filter(ended_at=None, goal__status=Goal.Status.ACTIVE, goal__origin="")
    rows = rows.exclude(objective__closed_at__isnull=False).select_related("goal", "objective")
    return list(rows.order_by("goal__place", "goal__created_at", "goal_id", "place", "created_at", "pk"))


def parts(*, actor: Actor) -> Parts:
    """The rows of a thread, three statements."""
    assert actor.focus is not None
    order = ("place", "created_at", "pk")
    return Parts(
        goals=list(Goal.objects.for_actor(actor).select_related("plan").order_by(*order)),
        objectives=list(Objective.objects.for_actor(actor).order_by(*order)),
        interventions=list(Intervention.objects.for_actor(actor).order_by(*order)),
        today=actor.today,
        may_mend=access.may(actor, verbs.GOAL_WRITE, actor.focus),
    )


def weave(*, needs: Iterable[Need], found: Parts) -> list[ThreadNeed]:
    """The thread of these needs and of all goals in `found`; a goal whose need is not among them stands under None, the last."""
    needs = list(needs)
    known = {need.pk for need in needs}
    by_need: dict[UUID | None, list[ThreadGoal]] = defaultdict(list)
    for goal in found.goals:
        by_need[goal.need_id if goal.need_id in known else None].append(_goal(goal, found))
    woven = [ThreadNeed(need, tuple(by_need[need.pk]), _need_gaps(need, by_need[need.pk], found)) for need in needs]
    return [*woven, ThreadNeed(None, tuple(by_need[None]))] if by_need[None] else woven


def _goal(goal: Goal, found: Parts) -> ThreadGoal:
    is_open = goal.status == Goal.Status.ACTIVE and not goal.origin
    steps = tuple(_step(objective, found, is_open) for objective in found.steps_of[goal.pk])
    loose = tuple(found.actions_of[goal.pk, None])
    done = [*loose, *(one for step in steps for one in step.interventions)]
    going_on = sum(one.ended_at is None for one in done)
    codes = rules.goal_gaps(is_open=is_open, has_need=goal.need_id is not None, objectives=len(steps), actions=going_on)
    gaps = [_gap(code, goal) for code in codes]
    gaps += [gap for step in steps for gap in step.gaps] + _action_gaps(loose, is_open)
    return ThreadGoal(goal, steps, loose, tuple(gaps) if found.may_mend else ())


def _step(objective: Objective, found: Parts, is_open: bool) -> ThreadObjective:
    actions = tuple(found.actions_of[objective.goal_id, objective.pk])
    is_open = is_open and objective.status == Objective.Status.ACTIVE
    codes = rules.objective_gaps(
        is_open=is_open,
        is_measured=bool(objective.measure or objective.aim or objective.instrument),
        due_date=objective.due_date,
        today=found.today,
    )
    gaps = [_gap(code, objective) for code in codes] + _action_gaps(actions, is_open)
    return ThreadObjective(objective, actions, tuple(gaps) if found.may_mend else ())


def _action_gaps(actions: Iterable[Intervention], is_open: bool) -> list[Gap]:
    return [
        _gap(code, action)
        for action in actions
        for code in rules.action_gaps(
            goes_on=is_open and action.ended_at is None, has_owner=bool(action.staff_id or action.who)
        )
    ]


def _need_gaps(need: Need, goals: Sequence[ThreadGoal], found: Parts) -> tuple[Gap, ...]:
    codes = rules.need_gaps(is_open=need.closed_at is None, goals=len(goals)) if found.may_mend else ()
    return tuple(_gap(code, need) for code in codes)


def _gap(code: str, row: Any) -> Gap:
    url_name, kwargs, query = _mended_at(code, row)
    kwargs = {"client_id": row.client_id} | kwargs
    return Gap(code, wording.gap_words(code, row.title), wording.gap_short(code, row.title), url_name, kwargs, query)


def _mended_at(code: str, row: Any) -> tuple[str, dict[str, Any], str]:
    """The page that mends it: URL name, its keys but the client's, and the query."""
    match code:
        case rules.NEED_WITHOUT_GOAL:
            return "plans:goal_write", {}, f"?need={row.pk}"
        case rules.GOAL_WITHOUT_NEED:
            return "plans:goal_write", {"goal_id": row.pk}, ""
        case rules.GOAL_WITHOUT_OBJECTIVE:
            return "plans:objective_write", {"goal_id": row.pk}, ""
        case rules.GOAL_WITHOUT_ACTION:
            return "plans:intervention_write", {"goal_id": row.pk}, ""
        case rules.OBJECTIVE_PAST_DATE:
            return "plans:objective_close", {"objective_id": row.pk}, ""
        case rules.OBJECTIVE_WITHOUT_MEASURE | rules.OBJECTIVE_WITHOUT_DATE:
            return "plans:objective_write", {"objective_id": row.pk}, ""
        case _:
            return "plans:intervention_write", {"intervention_id": row.pk}, ""
