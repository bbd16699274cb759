"""Forms of an emergency opening and of its review."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wayfellow.programs.forms.base import DayField
from wayfellow.programs.models import BreakGlassRequest
from wayfellow.programs.services import MedicalEmergency
from wayfellow.ui.forms import KeyedForm

# What 42 CFR 2.51(c) has written down, and what to say when it isn't.
FACTS = {
    "told_name": _("Say who will be told: the law has it written down."),
    "told_where": _("Say where they work: the law has it written down."),
    "nature": _("Say what the emergency is: the law has it written down."),
    "no_consent_because": _("Say why nobody can ask the person."),
}


class BreakGlass(KeyedForm):
    """Whom, and why. With a medical emergency, what 42 CFR 2.51(c) has written down."""

    name = forms.CharField(label=_("Full name"), max_length=160, required=False)
    birth_date = DayField(label=_("Birth date"), required=False)
    identifier = forms.CharField(
        label=_("Or a number they are known by"),
        max_length=120,
        required=False,
        help_text=_("A record number of this agency, a hospital or a plan."),
    )
    why = forms.CharField(
        label=_("Why you need it now"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say in your own words why you need it now.")},
        help_text=_("Your privacy lead and the person can read this."),
    )
    is_medical_emergency = forms.BooleanField(
        label=_("It is a medical emergency, and the person can’t be asked for their consent"), required=False
    )
    told_name = forms.CharField(label=_("Who will be told"), max_length=160, required=False)
    told_where = forms.CharField(label=_("Their hospital or service"), max_length=160, required=False)
    nature = forms.CharField(label=_("What the emergency is"), max_length=400, required=False)
    no_consent_because = forms.CharField(label=_("Why nobody can ask the person"), max_length=400, required=False)

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        has_name = bool(found.get("name", "").strip() and found.get("birth_date"))
        if not has_name and not found.get("identifier", "").strip() and "birth_date" not in self.errors:
            self.add_error("name", _("Write the full name and the birth date, or a number they are known by."))
        if found.get("is_medical_emergency"):
            for name, words in FACTS.items():
                if not found.get(name, "").strip():
                    self.add_error(name, words)
        return found

    @property
    def asked(self) -> dict[str, Any]:
        """What the service takes, of a form that is valid."""
        given = self.cleaned_data
        facts = {name: given[name].strip() for name in FACTS}
        return {
            "key": given["key"],
            "why": given["why"],
            "name": given["name"] if given["birth_date"] else "",
            "birth_date": given["birth_date"],
            "identifier": given["identifier"],
            "emergency": MedicalEmergency(**facts) if given["is_medical_emergency"] else None,
        }


class BreakGlassReview(forms.Form):
    """Whether it was needed."""

    outcome = forms.ChoiceField(
        label=_("Was it needed?"),
        choices=BreakGlassRequest.Outcome.choices,
        widget=forms.RadioSelect(attrs={"variant": "picks"}),
        error_messages={"required": _("Choose one of the three.")},
    )
    words = forms.CharField(
        label=_("In words"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write what you found, in a sentence or two.")},
        help_text=_("Kept with the request for as long as the record."),
    )
