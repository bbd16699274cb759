"""Forms of people: they clean and explain, and never save."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from wayfellow.people.models import Address, Answer, Client, ContactWay, RelatedPerson
from wayfellow.ui.forms import KeyedForm

EARLIEST_BIRTH = date(1890, 1, 1)


def line(model: Any, name: str, **more: Any) -> forms.CharField:
    """A line of text, as long as the column holds it."""
    field: Any = model._meta.get_field(name)
    more.setdefault("required", False)
    return forms.CharField(label=more.pop("label", field.verbose_name), max_length=field.max_length, **more)


class PersonForm(forms.Form):
    """Who someone is and how to reach them: of intake, and of changing it later."""

    chosen_name = line(
        Client, "chosen_name", label=_("Name they go by"), required=True,
        error_messages={"required": _("Write the name they go by. Everything else can wait.")},
    )  # fmt: skip
    legal_name = line(Client, "legal_name", label=_("Legal name"), help_text=_("Only where a form needs it."))
    pronouns = line(
        Client, "pronouns", label=_("Pronouns"), help_text=_("As they say them. Leave it open if nobody asked yet.")
    )
    birth_date = forms.DateField(
        label=_("Date of birth"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"invalid": _("Write the day like 1992-03-04, or leave it open.")},
    )
    language = line(Client, "language", label=_("Language they like best"))
    interpreter = forms.ChoiceField(
        label=_("Bring an interpreter"), choices=Answer.choices, initial=Answer.UNKNOWN,
        widget=forms.RadioSelect(attrs={"variant": "seg"}),
    )  # fmt: skip
    contact_way = forms.ChoiceField(
        label=_("How they like to be reached"), choices=ContactWay.choices, initial=ContactWay.UNKNOWN
    )
    contact_times = line(Client, "contact_times", label=_("Good times"), help_text=_("“Mornings, text first.”"))
    is_safe_to_leave_message = forms.ChoiceField(
        label=_("Safe to leave a message"), choices=Answer.choices, initial=Answer.UNKNOWN,
        widget=forms.RadioSelect(attrs={"variant": "seg"}),
    )  # fmt: skip
    own_words = forms.CharField(
        label=_("What they want, in their own words"), required=False, max_length=4000,
        widget=forms.Textarea(attrs={"rows": 2, "variant": "voice"}),
    )  # fmt: skip

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_birth_date(self) -> date | None:
        born: date | None = self.cleaned_data["birth_date"]
        if born and not EARLIEST_BIRTH <= born <= self.today:
            raise ValidationError(_now("That day can’t be. Look at the year once more, or leave it open."))
        return born


class ClientForm(PersonForm):
    """The same, of someone who is here already."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    other_languages = line(Client, "other_languages", label=_("Other languages"))
    what_helps = forms.CharField(
        label=_("What helps"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("“Text before calling. Mornings. Her sister in the room for big decisions.”"),
    )  # fmt: skip


class DetailForm(KeyedForm):
    """A row of details. key: its own; the same key again changes it."""


class PhoneForm(DetailForm):
    number = forms.CharField(
        label=_("Number"), max_length=40, widget=forms.TextInput(attrs={"type": "tel"}),
        error_messages={"required": _("Write the number as they say it.")},
    )  # fmt: skip
    kind = forms.CharField(
        label=_("Whose or which"), max_length=60, required=False, help_text=_("“Mine”, “my sister’s”.")
    )
    can_text = forms.ChoiceField(label=_("OK to text"), choices=Answer.choices, initial=Answer.UNKNOWN)
    is_preferred = forms.BooleanField(label=_("Try this one first"), required=False)


class EmailForm(DetailForm):
    address = forms.EmailField(
        label=_("E-mail address"),
        error_messages={
            "required": _("Write the address."),
            "invalid": _("Write it like name@example.org. It is kept below."),
        },
    )
    is_preferred = forms.BooleanField(label=_("Use this one first"), required=False)


class AddressForm(DetailForm):
    use = forms.ChoiceField(label=_("What it is"), choices=Address.Use.choices)
    lines = line(Address, "lines", label=_("Street and number"))
    city = line(Address, "city", label=_("City"))
    region = line(Address, "region", label=_("State"))
    postal_code = line(Address, "postal_code", label=_("ZIP code"))
    is_confidential = forms.BooleanField(
        label=_("Nobody may know"), required=False,
        help_text=_("It is locked to named people, and stays out of lists, routes and letters."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if given.get("use") != Address.Use.NONE and not any(
            given.get(name) for name in ("lines", "city", "postal_code")
        ):
            self.add_error("lines", _now("Write what is known, a town is enough; or choose “No place to live”."))
        return given


class IdentifierForm(DetailForm):
    label = forms.CharField(
        label=_("What it is"), max_length=80, help_text=_("“Medicaid”, “State ID”."),
        error_messages={"required": _("Say what this number is.")},
    )  # fmt: skip
    value = forms.CharField(
        label=_("Number"), max_length=80, help_text=_("Kept locked; only its last four letters show afterwards."),
        error_messages={"required": _("Write the number.")},
    )  # fmt: skip


class AllergyForm(DetailForm):
    substance = forms.CharField(
        label=_("Allergic to"), max_length=200, error_messages={"required": _("Write what they can’t have.")}
    )
    reaction = forms.CharField(label=_("What happens"), max_length=200, required=False)
    since = forms.CharField(label=_("Since"), max_length=40, required=False)


class RelatedPersonForm(DetailForm):
    name = forms.CharField(label=_("Name"), max_length=120, error_messages={"required": _("Write their name.")})
    role = forms.ChoiceField(label=_("Who they are"), choices=RelatedPerson.Role.choices)
    relationship = line(RelatedPerson, "relationship", label=_("In their words"), help_text=_("“My sister.”"))
    phone = line(RelatedPerson, "phone", label=_("Phone"))
    may_know = line(RelatedPerson, "may_know", label=_("May be told"), help_text=_("In words. A consent comes later."))
    is_guardian = forms.BooleanField(label=_("Legal guardian"), required=False)
    is_emergency_contact = forms.BooleanField(label=_("To call in an emergency"), required=False)
    lives_with_client = forms.BooleanField(label=_("Lives with them"), required=False)


class ColleagueForm(forms.Form):
    """A choice of one colleague."""

    staff_id = forms.TypedChoiceField(
        label=_("Colleague"), coerce=UUID, error_messages={"required": _("Choose a colleague.")}
    )

    def __init__(self, *args: Any, colleagues: Iterable[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["staff_id"].choices = [("", _now("Choose one")), *[(str(key), name) for key, name in colleagues]]


class BlockForm(ColleagueForm):
    """Whom to hide a client from, and why."""

    why = forms.CharField(
        label=_("Why"), max_length=200, help_text=_("“A neighbour”, “her ex”. Only the privacy lead reads it."),
        error_messages={"required": _("Say why in a few words.")},
    )  # fmt: skip
