"""Forms of the list of medicines: they clean and explain, and never save."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from wayfellow.medications.models import Medication
from wayfellow.ui.forms import KeyedForm


def _words(name: str, **more: Any) -> forms.CharField:
    """A line of text, as long as the column holds it."""
    field: Any = Medication._meta.get_field(name)
    return forms.CharField(label=capfirst(field.verbose_name), max_length=field.max_length, **more)


class MedicationForm(KeyedForm):
    """A medicine in the words of who told us."""

    name = _words(
        "name",
        error_messages={"required": _("Write the name of the medicine, as it stands on the box or as they say it.")},
    )
    dose = _words("dose", required=False, help_text=_("Copy it from the box or the list. Nobody works it out here."))
    what_for = _words("what_for", required=False, help_text=_("In their words."))
    prescriber = _words("prescriber", required=False)
    since_date = forms.DateField(
        label=_("Since"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"invalid": _("Write the day like 2026-06-18, or leave it open.")},
    )
    told_by = _words("told_by", required=False, help_text=_("Themselves, the pharmacy, the hospital’s list."))

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_since_date(self) -> date | None:
        day: date | None = self.cleaned_data["since_date"]
        if day and day > self.today:
            raise ValidationError(_("That day is still to come. Write it down when they have begun."))
        return day


class StopForm(forms.Form):
    """Since when someone no longer takes a medicine, and why."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    ended_date = forms.DateField(
        label=_("Since which day they don’t take it"),
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={
            "required": _("Write the day. Today is fine if nobody knows it exactly."),
            "invalid": _("Write the day like 2026-06-18."),
        },
    )
    ended_because = _words("ended_because", required=False, help_text=_("Who decided, and what they said about it."))
