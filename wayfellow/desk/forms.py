"""Filters of lists: plain GET, forgiving, every one optional."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wayfellow.access import Actor
from wayfellow.desk.selectors.caseload import CaseloadRow
from wayfellow.programs.models import SupportLevel

REVIEW_SOON_DAYS = 30


@dataclass(frozen=True)
class SavedView:
    """One of the views above the list: its name, how many people, its address."""

    code: str
    label: Any
    count: int
    is_current: bool


class CaseloadFilter(forms.Form):
    """Who of the caseload is shown. Names are looked for with Jump: an address must not tell of a person."""

    show = forms.CharField(required=False)
    support = forms.ChoiceField(
        label=_("Support level"), required=False, choices=[("", _("Any")), *SupportLevel.choices]
    )
    program = forms.CharField(label=_("Program"), required=False)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor
        self.is_valid()

    def _given(self, name: str) -> str:
        return str(self.cleaned_data.get(name) or "").strip()

    @property
    def wants_team(self) -> bool:
        """A supervisor asked for the people of those they supervise."""
        return self._given("show") == "team" and "supervisor" in self.actor.roles

    def narrow(self, rows: Sequence[CaseloadRow]) -> list[CaseloadRow]:
        """The rows that fit what was chosen, in their order."""
        support, program = self._given("support"), self._given("program")
        return [
            row
            for row in self._of_view(rows)
            if (not support or row.support_level == support)
            and (not program or any(str(episode.program_id) == program for episode in row.episodes))
        ]

    def _of_view(self, rows: Sequence[CaseloadRow]) -> Sequence[CaseloadRow]:
        return self._views(rows).get(self._given("show"), rows)

    def _views(self, rows: Sequence[CaseloadRow]) -> dict[str, Sequence[CaseloadRow]]:
        soon = self.actor.today + timedelta(days=REVIEW_SOON_DAYS)
        return {
            "": rows,
            "past": [row for row in rows if row.is_past_rhythm],
            "review": [row for row in rows if row.review_date and row.review_date <= soon],
            "cover": [row for row in rows if row.covered_for],
        }

    def views(self, rows: Sequence[CaseloadRow]) -> list[SavedView]:
        """The views to choose from, with how many people each shows; one that shows nobody is left out, but the first."""
        labels = {
            "": _("Who needs me next"),
            "past": _("Past the rhythm"),
            "review": _("Plan review in 30 days"),
            "cover": _("Covering"),
        }
        team = SavedView("team", _("My team’s people"), len(rows) if self.wants_team else 0, self.wants_team)
        if self.wants_team:
            # The rows are the team's: they can't say how many one's own views would show.
            return [SavedView("", labels[""], 0, False), team]
        current = self._given("show")
        found = [
            SavedView(code, labels[code], len(people), code == current)
            for code, people in self._views(rows).items()
            if people or code in ("", current)
        ]
        if "supervisor" in self.actor.roles:
            found.append(team)
        return found

    @staticmethod
    def programs_of(rows: Sequence[CaseloadRow]) -> dict[str, str]:
        """The programs that occur, by key, in the order of their names."""
        found = {str(episode.program_id): episode.program.name for row in rows for episode in row.episodes}
        return dict(sorted(found.items(), key=lambda item: item[1]))


class AuditFilter(forms.Form):
    """Whose acts, and which."""

    staff = forms.TypedChoiceField(label=_("Colleague"), coerce=UUID, empty_value=None, required=False)
    refused = forms.BooleanField(label=_("Only what was refused"), required=False)

    def __init__(self, *args: Any, colleagues: Iterable[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["staff"].choices = [("", gettext("Anyone")), *[(str(key), name) for key, name in colleagues]]
        self.is_valid()

    @property
    def staff_id(self) -> UUID | None:
        """The colleague who was chosen, if that is one of them."""
        return self.cleaned_data.get("staff")

    @property
    def refused_only(self) -> bool:
        return bool(self.cleaned_data.get("refused"))
