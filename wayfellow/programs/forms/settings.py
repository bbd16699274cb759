"""Forms for the agency, its sites, programs and teams."""

from __future__ import annotations

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.utils.translation import gettext_lazy as _

from wayfellow.programs.forms.base import RowChoice, VersionedForm
from wayfellow.programs.models import Program
from wayfellow.ui.forms import KeyedForm

NAME = {"required": _("Give it a name.")}
# The zones of most who use this, before the other six hundred.
NEAR = (
    "America/New_York", "America/Chicago", "America/Denver", "America/Phoenix", "America/Los_Angeles",
    "America/Anchorage", "Pacific/Honolulu", "America/Puerto_Rico",
)  # fmt: skip


def timezones() -> list[Any]:
    """The IANA zones to choose from, those nearby first."""
    others = sorted(zone for zone in available_timezones() if "/" in zone and zone not in NEAR)
    return [(_("Often used"), [(zone, zone) for zone in NEAR]), (_("All others"), [(zone, zone) for zone in others])]


class AgencyForm(VersionedForm):
    """The agency."""

    name = forms.CharField(label=_("Name"), max_length=160, error_messages=NAME)
    timezone = forms.ChoiceField(label=_("Time zone"), choices=timezones, help_text=_("Deadlines count its days."))
    phone = forms.CharField(label=_("Phone"), max_length=40, required=False)
    on_call_phone = forms.CharField(
        label=_("On-call phone"), max_length=40, required=False, help_text=_("Shown on the safety page, day and night.")
    )
    crisis_line = forms.CharField(
        label=_("Local crisis line"),
        max_length=120,
        required=False,
        help_text=_("Beside 988 on the safety page: its name and number."),
    )


class SiteAdd(KeyedForm):
    """A new place."""

    name = forms.CharField(label=_("Name"), max_length=160, error_messages=NAME)
    address = forms.CharField(label=_("Address"), max_length=240, required=False)
    phone = forms.CharField(label=_("Phone"), max_length=40, required=False)


class SiteChange(SiteAdd, VersionedForm):
    """A place that exists."""

    key = None  # type: ignore[assignment]
    is_active = forms.BooleanField(label=_("We work from here"), required=False)


class ProgramAdd(KeyedForm):
    """A new program."""

    name = forms.CharField(label=_("Name"), max_length=160, error_messages=NAME)
    kind = forms.ChoiceField(label=_("Kind"), choices=Program.Kind.choices)
    site = RowChoice(label=_("Where"), required=False)
    is_part2 = forms.BooleanField(
        label=_("Part 2 program"),
        required=False,
        help_text=_(
            "Substance use treatment under 42 CFR Part 2. Only those who work in it know who is in it. This can’t be taken back."
        ),
    )
    has_shared_caseload = forms.BooleanField(
        label=_("The whole team shares the caseload"),
        required=False,
        help_text=_("Everyone on a team of this program sees all its clients."),
    )

    def __init__(self, *args: Any, sites: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["site"].offer(sites, _("No one place"))  # type: ignore[attr-defined]


class ProgramChange(ProgramAdd, VersionedForm):
    """A program that exists."""

    key = None  # type: ignore[assignment]
    is_active = forms.BooleanField(label=_("It takes new people"), required=False)


class TeamAdd(KeyedForm):
    """A new team."""

    name = forms.CharField(label=_("Name"), max_length=160, error_messages=NAME)


class TeamChange(TeamAdd, VersionedForm):
    """A team that exists."""

    key = None  # type: ignore[assignment]
    is_active = forms.BooleanField(label=_("This team works now"), required=False)
