"""Writes: the agency and its staff, episodes and who works in them, cover, emergencies."""

from wayfellow.programs.services.agency import (
    NoSuchTimeZone,
    Part2Stays,
    WeakPassword,
    agency_change,
    agency_create,
    program_add,
    program_change,
    site_add,
    site_change,
    team_add,
    team_change,
)
from wayfellow.programs.services.changing import EndsBeforeStart
from wayfellow.programs.services.cover import CannotCover, cover_end, cover_make
from wayfellow.programs.services.emergency import (
    MedicalEmergency,
    NotYoursToReview,
    ReviewedAlready,
    TooManyToday,
    break_glass,
    break_glass_review,
)
from wayfellow.programs.services.episodes import (
    AssignedMeanwhile,
    EpisodeIsClosed,
    NotAssignable,
    StandsInOnly,
    assignment_end,
    episode_assign,
    episode_change,
    episode_close,
    episode_open,
)
from wayfellow.programs.services.roles import (
    OfThemselves,
    RoleMissing,
    management_end,
    management_start,
    role_end,
    role_grant,
    supervision_end,
    supervision_start,
    team_join,
    team_leave,
)
from wayfellow.programs.services.staff import (
    EmailInUse,
    LastAdministrator,
    NoAccount,
    staff_change,
    staff_deactivate,
    staff_invite,
    staff_link,
    staff_reactivate,
)

__all__ = [
    "AssignedMeanwhile", "CannotCover", "EmailInUse", "EndsBeforeStart", "EpisodeIsClosed", "LastAdministrator", "MedicalEmergency",
    "NoAccount", "NoSuchTimeZone", "NotAssignable", "NotYoursToReview", "OfThemselves", "Part2Stays",
    "ReviewedAlready", "RoleMissing", "StandsInOnly", "TooManyToday", "WeakPassword",
    "agency_change", "agency_create", "assignment_end", "break_glass", "break_glass_review", "cover_end", "cover_make", "episode_assign", "episode_change",
    "episode_close", "episode_open", "management_end", "management_start", "program_add", "program_change", "role_end",
    "role_grant", "site_add", "site_change", "staff_change", "staff_deactivate", "staff_invite", "staff_link",
    "staff_reactivate", "supervision_end", "supervision_start", "team_add", "team_change", "team_join", "team_leave",
]  # fmt: skip
