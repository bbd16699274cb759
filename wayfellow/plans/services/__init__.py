"""Writes: the board of a plan, signing it, and what came from elsewhere."""

from wayfellow.plans.services.board import (
    draft_form,
    goal_close,
    goal_reopen,
    goal_write,
    intervention_end,
    intervention_write,
    objective_close,
    objective_write,
    plan_start,
    plan_write,
)
from wayfellow.plans.services.receiving import goals_receive, plans_receive
from wayfellow.plans.services.refusals import (
    ActionEnded,
    GoalClosed,
    NothingToSign,
    ObjectiveClosed,
    OtherPrograms,
    OutcomeMissing,
    PlanRefusal,
    ReceivedIsReadOnly,
    ReviewDatePassed,
    SignedNameDiffers,
    TheirWordsMissing,
)
from wayfellow.plans.services.signing import plan_sign

__all__ = [
    "ActionEnded", "GoalClosed", "NothingToSign", "ObjectiveClosed", "OtherPrograms", "OutcomeMissing", "PlanRefusal",
    "ReceivedIsReadOnly", "ReviewDatePassed", "SignedNameDiffers", "TheirWordsMissing", "draft_form", "goal_close",
    "goal_reopen", "goal_write", "goals_receive", "intervention_end", "intervention_write", "objective_close",
    "objective_write", "plan_sign", "plan_start", "plan_write", "plans_receive",
]  # fmt: skip
