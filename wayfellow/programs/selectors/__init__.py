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
from wayfellow.programs.selectors.staff import actor_of_staff, actor_of_user, role_codes, staff_names

__all__ = [
    "actor_of_staff", "actor_of_user", "care_team", "caseload", "covered_staff_ids", "covers_in_force",
    "episode_to_write_in", "episodes", "open_episodes", "primary_workers", "role_codes", "staff_names",
    "supervised_episodes",
]  # fmt: skip
