"""Reads: the agency and its staff, who works with whom, who covers, what waits, what was opened in an emergency."""

from wayfellow.programs.selectors.caseload import (
    care_team,
    caseload,
    covered_staff_ids,
    covers_in_force,
    episode_to_write_in,
    episodes,
    open_episodes,
    primary_workers,
    supervised_episodes,
)
from wayfellow.programs.selectors.cover import (
    cover,
    coverable,
    covering_choices,
    covers,
    may_arrange_for,
    staff_ids_i_stand_in_for,
)
from wayfellow.programs.selectors.emergency import Review, break_glass_request, break_glass_reviews, open_glass
from wayfellow.programs.selectors.staff import actor_of_staff, actor_of_user, role_codes, staff_names

__all__ = [
    "Review", "actor_of_staff", "actor_of_user", "break_glass_request", "break_glass_reviews", "care_team", "caseload",
    "cover", "coverable", "covered_staff_ids", "covering_choices", "covers", "covers_in_force", "episode_to_write_in",
    "episodes", "may_arrange_for", "open_episodes", "open_glass", "primary_workers", "role_codes",
    "staff_ids_i_stand_in_for", "staff_names", "supervised_episodes",
]  # fmt: skip
