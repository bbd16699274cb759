"""Forms of safety: short, and nothing in them is required before someone is safe."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wayfellow.safety import rules, selectors
from wayfellow.ui.forms import KeyedForm


class OpenForm(KeyedForm):
    """Something was said or done."""

    why_words = forms.CharField(
        label=_("What they said or did"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2, "variant": "voice"}),
        help_text=_("In their words, if you have a moment. It can wait."),
    )


class StepForm(forms.Form):
    """The ASQ questions, whom one called, what was done, when one is in touch again."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    called = forms.CharField(
        label=_("Whom you called"),
        required=False,
        max_length=300,
        error_messages={"max_length": _("This is long for one line: up to 300 letters. The rest goes below.")},
    )
    done = forms.CharField(
        label=_("What was done"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Who is with them, what was agreed, what was put away, where they are now."),
    )
    next_contact_date = forms.DateField(
        label=_("You are in touch again on"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"invalid": _("Write the day like 2026-06-18, or leave it open.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for question in rules.questions():
            self.fields[question.link_id] = forms.ChoiceField(
                label=question.text,
                choices=list(selectors.ANSWERS.items()),
                required=False,
                widget=forms.RadioSelect,
                error_messages={"invalid_choice": _("Choose yes, no or “rather not say”, or leave it open.")},
            )

    @property
    def questions(self) -> list[Any]:
        """The bound fields of the ASQ, in its order."""
        return [self[question.link_id] for question in rules.questions()]

    @property
    def answers(self) -> dict[str, str]:
        """linkId -> answer, of a valid form."""
        return {question.link_id: self.cleaned_data[question.link_id] for question in rules.questions()}
