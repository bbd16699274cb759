"""The pages of this package, one module a subject."""

from wayfellow.programs.views.cover import cover_end, cover_make, covers
from wayfellow.programs.views.emergency import break_glass, break_glass_review, break_glass_reviews
from wayfellow.programs.views.episodes import (
    assignment_end,
    episode,
    episode_assign,
    episode_change,
    episode_close,
    episode_open,
    episodes,
    queue,
)
from wayfellow.programs.views.settings import (
    agency_change,
    management_end,
    management_start,
    program,
    program_add,
    program_change,
    settings,
    site_add,
    site_change,
    team,
    team_add,
    team_change,
    team_join,
    team_leave,
)
from wayfellow.programs.views.staff import (
    role_end,
    role_grant,
    staff,
    staff_change,
    staff_deactivate,
    staff_invite,
    staff_link,
    staff_list,
    staff_reactivate,
    supervision_end,
    supervision_start,
)

__all__ = [
    "agency_change", "assignment_end", "break_glass", "break_glass_review", "break_glass_reviews", "cover_end",
    "cover_make", "covers", "episode", "episode_assign", "episode_change", "episode_close", "episode_open", "episodes",
    "management_end", "management_start", "program", "program_add", "program_change", "queue", "role_end", "role_grant",
    "settings", "site_add", "site_change", "staff", "staff_change", "staff_deactivate", "staff_invite", "staff_link",
    "staff_list", "staff_reactivate", "supervision_end", "supervision_start", "team", "team_add", "team_change",
    "team_join", "team_leave",
]  # fmt: skip
