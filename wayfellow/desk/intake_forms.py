"""The form of intake: a name and a way to reach them are enough to begin."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from wayfellow.kernel.ids import new_id
from wayfellow.people.forms import PersonForm
from wayfellow.people.models import Answer
from wayfellow.programs.models import Program

MINE, WAITING = "mine", "waiting"


class IntakeForm(PersonForm):
    """Someone new. key: makes sending it twice one person. is_someone_else: the people it was compared with are others."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=new_id)
    is_someone_else = forms.BooleanField(required=False, widget=forms.HiddenInput)
    phone = forms.CharField(
        label=_("Phone"), max_length=40, required=False, widget=forms.TextInput(attrs={"type": "tel"})
    )
    can_text = forms.ChoiceField(
        label=_("OK to text"), choices=Answer.choices, initial=Answer.UNKNOWN,
        widget=forms.RadioSelect(attrs={"variant": "seg"}),
    )  # fmt: skip
    referred_by = forms.CharField(
        label=_("Who sent them"), max_length=160, required=False, help_text=_("“They came themselves” is an answer.")
    )
    program = forms.ChoiceField(
        label=_("Program"),
        error_messages={"required": _("Choose the program that is nearest. It can be changed later.")},
    )
    who_works = forms.ChoiceField(
        label=_("Who works with them"),
        choices=[(MINE, _("I do")), (WAITING, _("They wait for a worker"))],
        initial=MINE,
        widget=forms.RadioSelect(attrs={"variant": "seg"}),
    )

    def __init__(self, *args: Any, programs: Sequence[Program], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.programs = {str(program.pk): program for program in programs}
        choices = [(key, program.name) for key, program in self.programs.items()]
        self.fields["program"].choices = choices if len(choices) == 1 else [("", _now("Choose one")), *choices]

    @property
    def chosen(self) -> dict[str, Any]:
        """What desk.services.intake takes, of a valid form."""
        given = dict(self.cleaned_data)
        given.pop("is_someone_else")
        program = self.programs[given.pop("program")]
        is_mine = given.pop("who_works") == MINE
        return given | {"program": program, "is_mine": is_mine}
