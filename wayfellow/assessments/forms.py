"""Forms of assessments: they clean and explain, and never save."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wayfellow.assessments.models import LifeDomain, Response
from wayfellow.assessments.rules import Instrument
from wayfellow.ui.forms import KeyedForm

ITEM = "item_"


class PartOfLifeForm(KeyedForm):
    """A need or a strength: its part of life, what it is, and the person's words."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    domain = forms.ChoiceField(
        label=_("Part of life"),
        choices=[("", _("Choose one")), *LifeDomain.choices],
        error_messages={"required": _("Choose a part of life; “Something else” is fine.")},
    )
    title = forms.CharField(label=_("In short"), max_length=200)
    words = forms.CharField(
        label=_("In their words"), required=False, widget=forms.Textarea(attrs={"rows": 2, "variant": "voice"})
    )


class NeedForm(PartOfLifeForm):
    """What stands in the way."""

    title = forms.CharField(
        label=_("Need"),
        max_length=200,
        help_text=_("What stands in the way, as they would say it: “A home that holds”."),
        error_messages={"required": _("Say in a few words what stands in the way.")},
    )


class StrengthForm(PartOfLifeForm):
    """What the person has."""

    title = forms.CharField(
        label=_("Strength"),
        max_length=200,
        help_text=_("A skill, someone, a place, a habit: “Her sister picks up the phone”."),
        error_messages={"required": _("Say in a few words what they have.")},
    )


class NeedCloseForm(forms.Form):
    """How a need ended."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    because = forms.CharField(
        label=_("How it ended"),
        max_length=300,
        help_text=_("“Lease signed”, “no longer wants it”: one line that makes sense in a year."),
        error_messages={"required": _("Say in one line how it ended. The need stays open until then.")},
    )


class DiagnosisForm(KeyedForm):
    """A working diagnosis and who made it."""

    title = forms.CharField(
        label=_("Diagnosis"),
        max_length=300,
        error_messages={"required": _("Write the diagnosis as it was said or written.")},
    )
    code = forms.CharField(label=_("ICD-10-CM code"), max_length=60, required=False)
    said_by = forms.CharField(
        label=_("Who said it"),
        max_length=160,
        required=False,
        help_text=_("Who made it. Nobody makes one here."),
    )
    since_date = forms.DateField(
        label=_("Since"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"invalid": _("Write the day like 2026-06-18, or leave it open.")},
    )


@dataclass(frozen=True)
class Question:
    """A question of a scale as the page shows it. bound: its field."""

    bound: forms.BoundField
    is_scored: bool
    tells_of_self_harm: bool


class ResponseForm(KeyedForm):
    """The questions of one scale, in their published wording and order. Every question may be left out."""

    way = forms.ChoiceField(
        label=_("How you go through it"),
        choices=[choice for choice in Response.Way.choices if choice[0] != Response.Way.RECEIVED],
        widget=forms.RadioSelect(attrs={"variant": "seg"}),
        initial=Response.Way.TOGETHER,
    )

    def __init__(self, *args: Any, instrument: Instrument, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instrument = instrument
        for item in instrument.items:
            asides = {str(option.value): str(option.value) for option in item.options} if item.is_scored else {}
            self.fields[ITEM + item.link_id] = forms.TypedChoiceField(
                label=item.text,
                choices=[(str(option.value), option.label) for option in item.options],
                coerce=int,
                empty_value=None,
                required=False,
                widget=forms.RadioSelect(attrs={"variant": "picks", "asides": asides}),
                error_messages={"invalid_choice": _("Choose one of these answers, or none.")},
            )

    @property
    def questions(self) -> list[Question]:
        """The questions in the scale's order."""
        return [
            Question(self[ITEM + item.link_id], item.is_scored, item.link_id in self.instrument.self_harm_items)
            for item in self.instrument.items
        ]

    @property
    def total_so_far(self) -> int:
        """The sum of what is answered so far, bound or from a draft."""
        values = [str(question.bound.value() or "") for question in self.questions if question.is_scored]
        return sum(int(value) for value in values if value.isdecimal() and len(value) == 1)

    @property
    def answers(self) -> dict[str, int]:
        """linkId -> number, of a valid form; what was left out is not in it."""
        found = {item.link_id: self.cleaned_data[ITEM + item.link_id] for item in self.instrument.items}
        return {link_id: value for link_id, value in found.items() if value is not None}
