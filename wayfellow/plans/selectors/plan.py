"""Reads: the plans of a client, the board of one, and what can be chosen on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from wayfellow.access import Actor, Hidden
from wayfellow.assessments import selectors as assessments
from wayfellow.assessments.models import Need
from wayfellow.plans import rules, wording
from wayfellow.plans.models import CarePlan, Goal, Intervention, Objective
from wayfellow.plans.selectors.thread import Gap, ThreadGoal, ThreadNeed, parts, weave
from wayfellow.programs import selectors as programs
from wayfellow.programs.models import Staff


@dataclass(frozen=True, slots=True)
class Check:
    """One line of "before you sign". It never blocks. gaps: what is open, each with the page that mends it."""

    code: str
    words: str
    gaps: Sequence[Gap]

    @property
    def is_well(self) -> bool:
        return not self.gaps


@dataclass(frozen=True, slots=True)
class Board:
    """One plan as it is now. needs: in the person's order, with the goals worked on; goals without a need under None, last.

    ended: goals that were reached or ended, the newest first. is_changed: since it was last signed.
    """

    plan: CarePlan
    needs: Sequence[ThreadNeed]
    ended: Sequence[ThreadGoal]
    gaps: Sequence[Gap]
    checks: Sequence[Check]

    @property
    def goals(self) -> list[ThreadGoal]:
        return [goal for need in self.needs for goal in need.goals]

    @property
    def is_received(self) -> bool:
        return bool(self.plan.origin)

    @property
    def is_changed(self) -> bool:
        return bool(self.plan.signed_at and self.plan.changed_at > self.plan.signed_at)

    def ended_since(self, at: datetime | None) -> list[ThreadGoal]:
        """The goals that ended since the moment; all of them when there is none."""
        return [row for row in self.ended if at is None or (row.goal.closed_at and row.goal.closed_at >= at)]


@dataclass(frozen=True, slots=True)
class ReviewHint:
    """After how many days this program looks at a plan again, and whose rule that is."""

    days: int
    source: str
    is_verified: bool


def plan(*, actor: Actor, client_id: UUID) -> CarePlan | None:
    """The client's plan where this actor works with them (programs.episode_to_write_in); None before it is begun."""
    episode = programs.episode_to_write_in(actor=actor, client_id=client_id)
    rows = CarePlan.objects.for_actor(actor).filter(client=client_id, episode=episode, origin_id="")
    found: CarePlan | None = rows.select_related("episode__program").order_by("created_at", "pk").first()
    return found


def plans(*, actor: Actor) -> list[CarePlan]:
    """On a client's page: all their plans, ours first (the newest first), then those received from elsewhere; each with its program."""
    rows = CarePlan.objects.for_actor(actor).select_related("episode__program")
    return list(rows.order_by("origin", "-created_at", "pk"))


def may_begin(*, actor: Actor, client_id: UUID, plans: Sequence[CarePlan]) -> bool:
    """Whether a plan is still to be begun: none where this actor works with the client. plans: all that the actor knows.

    Somebody whose stay is over keeps their old plan, and no new one is offered.
    """
    episode = programs.episode_to_write_in(actor=actor, client_id=client_id)
    ours = [one for one in plans if not one.origin]
    return not any(one.episode == episode for one in ours) if episode else not ours


def plan_by_id(*, actor: Actor, plan_id: UUID) -> CarePlan:
    """One plan, with its program. Raises Hidden."""
    rows = CarePlan.objects.for_actor(actor).select_related("episode__program")
    found: CarePlan | None = rows.filter(pk=plan_id).first()
    if found is None:
        raise Hidden
    return found


def board(*, actor: Actor, plan: CarePlan) -> Board:
    """The plan as it is now, on the client's page; five statements, however large."""
    found = parts(actor=actor)
    of_plan = [goal for goal in found.goals if goal.plan_id == plan.pk]
    named = {goal.need_id for goal in of_plan if goal.status == Goal.Status.ACTIVE}
    fitting = [
        need
        for need in needs_for(actor=actor, plan=plan)
        if need.pk in named or (not plan.origin and not need.closed_at)
    ]
    goals_elsewhere = {goal.need_id for goal in found.goals}
    woven = weave(needs=fitting, found=found.of_goals(of_plan))
    needs = [_with_open_goals(row, row.need.pk in goals_elsewhere if row.need else False) for row in woven]
    ended = [row for need in woven for row in need.goals if row.goal.closed_at]
    gaps = [gap for need in needs for gap in (*need.gaps, *(one for goal in need.goals for one in goal.gaps))]
    return Board(
        plan=plan,
        needs=tuple(row for row in needs if row.need or row.goals),
        ended=tuple(sorted(ended, key=lambda row: (row.goal.closed_at, str(row.goal.pk)), reverse=True)),
        gaps=tuple(gaps),
        checks=tuple(_check(code, gaps) for code in rules.CHECKS),
    )


def _with_open_goals(row: ThreadNeed, is_answered: bool) -> ThreadNeed:
    """The need with the goals that are worked on. One that a goal of another plan answers lacks nothing."""
    going_on = tuple(goal for goal in row.goals if goal.goal.status == Goal.Status.ACTIVE)
    return ThreadNeed(row.need, going_on, () if is_answered else row.gaps)


def _check(code: str, gaps: Sequence[Gap]) -> Check:
    open_gaps = tuple(gap for gap in gaps if gap.code in rules.CHECKS[code])
    return Check(code, wording.check_words(code, is_well=not open_gaps), open_gaps)


def needs_for(*, actor: Actor, plan: CarePlan | None) -> list[Need]:
    """The needs that a goal of this plan may name: not those of another Part 2 episode, which would tell of it. Two statements."""
    protected = {one.pk for one in programs.episodes(actor=actor) if one.program.is_part2}
    here = plan.episode_id if plan else None
    needs = assessments.needs(actor=actor)
    return [need for need in needs if need.episode_id in (None, here) or need.episode_id not in protected]


def goal(*, actor: Actor, goal_id: UUID | None) -> Goal:
    """One goal, with its plan. Raises Hidden, for None, too."""
    found: Goal | None = Goal.objects.for_actor(actor).select_related("plan").filter(pk=goal_id).first()
    if found is None:
        raise Hidden
    return found


def objective(*, actor: Actor, objective_id: UUID) -> Objective:
    """One objective, with its goal. Raises Hidden."""
    rows = Objective.objects.for_actor(actor).select_related("goal")
    found: Objective | None = rows.filter(pk=objective_id).first()
    if found is None:
        raise Hidden
    return found


def objectives_of(*, actor: Actor, goal: Goal) -> list[Objective]:
    """The objectives of a goal that are worked on, in their order."""
    rows = Objective.objects.for_actor(actor).filter(goal=goal, status=Objective.Status.ACTIVE)
    return list(rows.order_by("place", "created_at", "pk"))


def intervention(*, actor: Actor, intervention_id: UUID) -> Intervention:
    """One action, with its goal and its objective (or None). Raises Hidden."""
    rows = Intervention.objects.for_actor(actor).select_related("goal", "objective")
    found: Intervention | None = rows.filter(pk=intervention_id).first()
    if found is None:
        raise Hidden
    return found


def doers(*, actor: Actor) -> list[Staff]:
    """On a client's page: the staff who can be named for an action: the care team, and the actor; each once."""
    team = {one.staff_id: one.staff for one in programs.care_team(actor=actor)}
    if actor.staff_id not in team:
        team |= {one.pk: one for one in programs.colleagues(actor=actor) if one.pk == actor.staff_id}
    return list(team.values())


def review_dates_by_episode(*, actor: Actor) -> dict[UUID, date]:
    """The review date of each signed plan of ours, by episode, for everyone whom the actor may read about. One statement."""
    rows = CarePlan.objects.for_actor(actor).filter(origin_id="", signed_number__gt=0)
    rows = rows.filter(episode__isnull=False, review_date__isnull=False).order_by("pk")
    return dict(rows.values_list("episode_id", "review_date"))


def review_default(*, actor: Actor, plan: CarePlan) -> date:
    """The day that the program's rule sets for looking at the plan again, if it is signed now (rules.review_date)."""
    return rules.review_date(signed_on=actor.today, kind=_kind(plan))


def review_rule(*, actor: Actor, plan: CarePlan) -> ReviewHint:
    """The rule behind review_default, for the words beside the day. Source: data/review.toml."""
    rule = rules.review_rule_on(actor.today)
    return ReviewHint(rule.days_for(_kind(plan)), rule.source, rule.is_verified)


def _kind(plan: CarePlan) -> str:
    return str(plan.episode.program.kind) if plan.episode else ""
