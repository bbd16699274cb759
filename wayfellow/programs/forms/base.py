"""What the forms of this package share: keys, versions, days."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wayfellow.access import Actor
from wayfellow.kernel import clock

# Nobody plans a role or a cover further ahead; such a year is a slip of the finger.
MOST_YEARS = 50


class VersionedForm(forms.Form):
    """Changes something that somebody else may change meanwhile."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class DayField(forms.DateField):
    """A calendar day, by the browser's own picker."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("error_messages", {})
        kwargs["error_messages"].setdefault("required", _("Choose a day."))
        kwargs["error_messages"].setdefault("invalid", _("Write the day as year-month-day, like 2026-06-18."))
        super().__init__(**kwargs)


class RowChoice(forms.ChoiceField):
    """One of a few rows that a selector gave; cleans to the row."""

    def __init__(self, *, rows: Any = (), nobody: Any = None, **kwargs: Any) -> None:
        self.by_key: dict[str, Any] = {}
        super().__init__(**kwargs)
        self.error_messages["required"] = self.error_messages["invalid_choice"] = _("Choose one from the list.")
        self.offer(rows, nobody)

    def offer(self, rows: Any, nobody: Any = None, words: Any = str) -> None:
        """The rows to choose from, in their order; `nobody` says what leaving it empty means."""
        self.by_key = {str(row.pk): row for row in rows}
        first = nobody if nobody is not None else _("Choose")
        self.choices = [("", first), *((key, words(row)) for key, row in self.by_key.items())]

    def clean(self, value: Any) -> Any:
        return self.by_key.get(super().clean(value))


class PeriodForm(forms.Form):
    """From a day on, until another if there is one. A first day of today begins at once; the last day is counted in."""

    first_day = DayField(label=_("From"))
    last_day = DayField(label=_("Last day"), required=False, help_text=_("Leave it empty if there is no end yet."))

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor
        self.today = actor.today
        self.fields["first_day"].initial = self.today

    def clean_first_day(self) -> date:
        day: date = self.cleaned_data["first_day"]
        if day < self.today:
            raise forms.ValidationError(_("That day is over. Choose today or a later one."))
        return self._near(day)

    def clean_last_day(self) -> date | None:
        day: date | None = self.cleaned_data["last_day"]
        return self._near(day) if day else None

    def _near(self, day: date) -> date:
        """The calendar itself ends with the year 9999, and no moment after it can be kept."""
        if day.year > self.today.year + MOST_YEARS:
            raise forms.ValidationError(_("That day is too far ahead. Look at the year once more."))
        return day

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        first, last = found.get("first_day"), found.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", _("The last day is before the first. Choose a later one."))
        return found

    @property
    def period(self) -> dict[str, Any]:
        """starts_at and ends_at, half-open, of a form that is valid."""
        first, last, tz = self.cleaned_data["first_day"], self.cleaned_data.get("last_day"), self.actor.timezone
        return {
            "starts_at": self.actor.at if first == self.today else clock.day_start(first, tz),
            "ends_at": clock.day_start(last + timedelta(days=1), tz) if last else None,
        }
