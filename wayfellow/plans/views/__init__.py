"""Views: the plan as a whole, and the parts of its board."""

from wayfellow.plans.views.board import (
    goal_close,
    goal_reopen,
    goal_write,
    intervention_end,
    intervention_write,
    objective_close,
    objective_write,
)
from wayfellow.plans.views.plan import plan, plan_sign, plan_start, plan_write, version

__all__ = [
    "goal_close", "goal_reopen", "goal_write", "intervention_end", "intervention_write", "objective_close",
    "objective_write", "plan", "plan_sign", "plan_start", "plan_write", "version",
]  # fmt: skip
