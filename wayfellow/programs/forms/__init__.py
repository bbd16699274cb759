"""Forms: they clean and explain, and never save."""

from wayfellow.programs.forms.care import CoverMake, EpisodeAssign, EpisodeChange, EpisodeClose, EpisodeOpen
from wayfellow.programs.forms.emergency import BreakGlass, BreakGlassReview
from wayfellow.programs.forms.settings import (
    AgencyForm,
    ProgramAdd,
    ProgramChange,
    SiteAdd,
    SiteChange,
    TeamAdd,
    TeamChange,
)
from wayfellow.programs.forms.staff import (
    RoleGrant,
    StaffChange,
    StaffInvite,
    StaffPick,
    SupervisionStart,
    VersionOnly,
)

__all__ = [
    "AgencyForm", "BreakGlass", "BreakGlassReview", "CoverMake", "EpisodeAssign", "EpisodeChange", "EpisodeClose",
    "EpisodeOpen", "ProgramAdd", "ProgramChange", "RoleGrant", "SiteAdd", "SiteChange", "StaffChange", "StaffInvite",
    "StaffPick", "SupervisionStart", "TeamAdd", "TeamChange", "VersionOnly",
]  # fmt: skip
