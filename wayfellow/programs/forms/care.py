"""Forms about cover, and about someone's stay in a program."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from wayfellow.access import Actor
from wayfellow.programs.forms.base import DayField, PeriodForm, RowChoice, VersionedForm
from wayfellow.programs.models import Assignment, Staff, SupportLevel
from wayfellow.programs.selectors import Load
from wayfellow.ui.forms import KeyedForm

RHYTHM = forms.IntegerField(
    label=_("In touch every … days"),
    min_value=1,
    max_value=365,
    required=False,
    help_text=_("As agreed with the person. Leave it empty if nothing is agreed yet."),
    error_messages={
        "min_value": _("Write one day or more, or leave it empty."),
        "max_value": _("Write 365 days or fewer, or leave it empty."),
        "invalid": _("Write a whole number of days."),
    },
)


class CoverMake(PeriodForm, KeyedForm):
    """Who covers, for whom, from when to when."""

    covered = RowChoice(label=_("Who is away"))
    covering = RowChoice(label=_("Who covers"))
    last_day = DayField(label=_("Last day"), help_text=_("Cover ends by itself after this day."))
    why = forms.CharField(
        label=_("Why"), max_length=160, required=False, help_text=_("“Vacation” is enough. Colleagues can read it.")
    )
    field_order = ("covered", "covering", "first_day", "last_day", "why")

    def __init__(self, *args: Any, actor: Actor, covered: list[Staff], covering: list[Staff], **kwargs: Any) -> None:
        super().__init__(*args, actor=actor, **kwargs)
        self.fields["covered"].offer(covered)  # type: ignore[attr-defined]
        self.fields["covering"].offer(covering)  # type: ignore[attr-defined]
        if any(person.pk == actor.staff_id for person in covered):
            self.fields["covered"].initial = str(actor.staff_id)

    def clean(self) -> dict[str, Any]:
        found = super().clean()
        if found.get("covered") and found.get("covered") == found.get("covering"):
            self.add_error("covering", _("Nobody covers for themselves. Choose a colleague."))
        return found


class EpisodeOpen(KeyedForm):
    """A stay in a program."""

    program = RowChoice(label=_("Program"))
    support_level = forms.ChoiceField(
        label=_("Support level"), choices=SupportLevel.choices, initial=SupportLevel.STEADY, widget=forms.RadioSelect
    )
    contact_every_days = RHYTHM
    referred_by = forms.CharField(label=_("Who referred them"), max_length=160, required=False)
    came_because = forms.CharField(
        label=_("What brings them"), required=False, widget=forms.Textarea(attrs={"rows": 3}), max_length=4000
    )

    def __init__(self, *args: Any, programs: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["program"].offer(programs)  # type: ignore[attr-defined]


class EpisodeChange(VersionedForm):
    """How much support, and how often to be in touch."""

    support_level = forms.ChoiceField(label=_("Support level"), choices=SupportLevel.choices, widget=forms.RadioSelect)
    contact_every_days = RHYTHM


class EpisodeClose(VersionedForm):
    """The end of a stay."""

    closed_because = forms.CharField(
        label=_("Why it closes"),
        max_length=200,
        error_messages={"required": _("Say in a few words why it closes.")},
        help_text=_("The person can read this."),
    )


class EpisodeAssign(forms.Form):
    """Who works with them."""

    staff = RowChoice(label=_("Worker"), widget=forms.RadioSelect)
    kind = forms.ChoiceField(
        label=_("As"), choices=Assignment.Kind.choices, initial=Assignment.Kind.PRIMARY, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, loads: list[Load], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["staff"]
        field.by_key = {str(load.staff.pk): load.staff for load in loads}
        field.choices = [(str(load.staff.pk), load.staff.name) for load in loads]
        if not loads:
            field.help_text = _("Nobody here can take them on yet. An administrator adds colleagues and their roles.")
        field.widget.attrs |= {"variant": "picks", "asides": {str(load.staff.pk): _said(load) for load in loads}}


def _said(load: Load) -> str:
    people = ngettext("%(n)s person", "%(n)s people", load.people) % {"n": load.people}
    return str(_("%(people)s, weight %(weight)s of %(full)s")) % {
        "people": people, "weight": load.weight, "full": load.full
    }  # fmt: skip
