"""Forms for colleagues: who they are, and the dated facts about them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wayfellow.programs.forms.base import PeriodForm, RowChoice, VersionedForm
from wayfellow.programs.models import StaffRoleCode
from wayfellow.ui.forms import KeyedForm


class StaffBasics(forms.Form):
    """What is known of a colleague."""

    name = forms.CharField(
        label=_("Name"), max_length=120, error_messages={"required": _("Write the name clients know them by.")}
    )
    job_title = forms.CharField(label=_("Job title"), max_length=120, required=False)
    phone = forms.CharField(label=_("Phone"), max_length=40, required=False)


class StaffInvite(StaffBasics, KeyedForm):
    """A new colleague."""

    email = forms.EmailField(
        label=_("E-mail"),
        help_text=_("They sign in with it."),
        error_messages={
            "required": _("Write the address they sign in with."),
            "invalid": _("This is not a whole e-mail address. It looks like name@example.org."),
        },
    )
    roles = forms.MultipleChoiceField(
        label=_("Roles"),
        choices=StaffRoleCode.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose one role at least; without one they can’t sign in.")},
    )
    field_order = ("name", "email", "job_title", "phone", "roles")


class StaffChange(StaffBasics, VersionedForm):
    """A colleague who is here."""


class VersionOnly(VersionedForm):
    """A button that acts on a row as it was seen."""


class RoleGrant(PeriodForm):
    """A role for a time."""

    role = forms.ChoiceField(label=_("Role"), choices=StaffRoleCode.choices)
    field_order = ("role", "first_day", "last_day")


class SupervisionStart(PeriodForm):
    """Who supervises this colleague."""

    supervisor = RowChoice(label=_("Supervisor"), help_text=_("They see this colleague’s clients."))
    field_order = ("supervisor", "first_day", "last_day")

    def __init__(self, *args: Any, supervisors: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["supervisor"].offer(supervisors)  # type: ignore[attr-defined]


class StaffPick(forms.Form):
    """One colleague."""

    staff = RowChoice(label=_("Colleague"))

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["staff"].offer(people)  # type: ignore[attr-defined]
