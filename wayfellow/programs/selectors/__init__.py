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
from wayfellow.programs.selectors.emergency import (
    Review,
    break_glass_request,
    break_glass_requests,
    break_glass_reviews,
    open_glass,
)
from wayfellow.programs.selectors.queue import (
    Load,
    Waiting,
    assignment,
    assignments_of,
    episode,
    queue,
    waiting,
    worker_loads,
)
from wayfellow.programs.selectors.settings import (
    ProgramLine,
    StaffLine,
    StaffProfile,
    agency,
    colleagues,
    management,
    membership,
    memberships,
    program,
    programs,
    programs_to_choose,
    role,
    site,
    sites,
    staff_lines,
    staff_list,
    staff_profile,
    supervision,
    team,
)
from wayfellow.programs.selectors.staff import actor_of_staff, actor_of_user, role_codes, staff_names, staff_of

__all__ = [
    "Load", "ProgramLine", "Review", "StaffLine", "StaffProfile", "Waiting", "actor_of_staff", "actor_of_user",
    "agency", "assignment", "assignments_of", "break_glass_request", "break_glass_requests", "break_glass_reviews",
    "care_team", "caseload", "colleagues", "cover", "coverable", "covered_staff_ids", "covering_choices", "covers",
    "covers_in_force", "episode", "episode_to_write_in", "episodes", "management", "may_arrange_for", "membership",
    "memberships", "open_episodes", "open_glass", "primary_workers", "program", "programs", "programs_to_choose",
    "queue", "role", "role_codes", "site", "sites", "staff_ids_i_stand_in_for", "staff_lines", "staff_list", "staff_names", "staff_of",
    "staff_profile", "supervised_episodes", "supervision", "team", "waiting", "worker_loads",
]  # fmt: skip
