"""Reads: the plan and its board, the thread, the signed versions."""

from wayfellow.plans.selectors.plan import (
    Board,
    Check,
    ReviewHint,
    board,
    doers,
    goal,
    intervention,
    may_begin,
    needs_for,
    objective,
    objectives_of,
    plan,
    plan_by_id,
    plans,
    review_dates_by_episode,
    review_default,
    review_rule,
)
from wayfellow.plans.selectors.thread import Gap, ThreadGoal, ThreadNeed, ThreadObjective, open_interventions, thread
from wayfellow.plans.selectors.versions import SignedVersion, version, versions

__all__ = [
    "Board", "Check", "Gap", "ReviewHint", "SignedVersion", "ThreadGoal", "ThreadNeed", "ThreadObjective", "board", "doers", "goal",
    "intervention", "may_begin", "needs_for", "objective", "objectives_of", "open_interventions", "plan", "plan_by_id", "plans",
    "review_dates_by_episode", "review_default", "review_rule", "thread", "version", "versions",
]  # fmt: skip
