"""Invented words for the gallery: the people in it exist nowhere."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wayfellow.ui.shell import Banner, Place, Recent, Shell

TODAY = date(2026, 6, 9)
TOKENS = (
    ("canvas", gettext_lazy("Canvas")),
    ("surface", gettext_lazy("Surface")),
    ("sunken", gettext_lazy("Sunken")),
    ("line", gettext_lazy("Line")),
    ("ink", gettext_lazy("Ink")),
    ("ink2", gettext_lazy("Ink 2")),
    ("ink3", gettext_lazy("Ink 3")),
    ("pine-fill", gettext_lazy("Pine, act")),
    ("pine", gettext_lazy("Pine, link")),
    ("pine-soft", gettext_lazy("Pine soft")),
    ("honey", gettext_lazy("Honey, due")),
    ("honey-soft", gettext_lazy("Honey soft")),
    ("clay", gettext_lazy("Clay, late")),
    ("clay-soft", gettext_lazy("Clay soft")),
    ("berry", gettext_lazy("Berry, safety")),
    ("berry-soft", gettext_lazy("Berry soft")),
    ("moss", gettext_lazy("Moss, done")),
    ("dusk", gettext_lazy("Dusk, waiting")),
)


@dataclass(frozen=True, slots=True)
class Due:
    state: str
    words: str


class GalleryForm(forms.Form):
    """One field of each kind; bound and empty, it shows every error."""

    target = forms.DateField(
        label=gettext_lazy("Target date"),
        help_text=gettext_lazy("Within the plan’s 90 days"),
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"required": gettext_lazy("Choose a day, or leave the goal open for now.")},
    )
    minutes = forms.IntegerField(
        label=gettext_lazy("How long"),
        error_messages={"required": gettext_lazy("Add how many minutes you spent together.")},
    )
    words = forms.CharField(
        label=gettext_lazy("In her own words"),
        widget=forms.Textarea(attrs={"rows": 2, "variant": "voice"}),
        error_messages={"required": gettext_lazy("Write the plan, or say there isn’t one yet.")},
    )
    sent_by = forms.ChoiceField(
        label=gettext_lazy("Who sent them"),
        choices=[
            ("self", gettext_lazy("They came themselves")),
            ("hospital", gettext_lazy("Hospital")),
            ("other", gettext_lazy("Something else, in my words")),
        ],
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("How you met"),
        choices=[
            ("home", gettext_lazy("Home")),
            ("phone", gettext_lazy("Phone")),
            ("video", gettext_lazy("Video")),
            ("office", gettext_lazy("Office")),
            ("out", gettext_lazy("Out")),
        ],
        widget=forms.RadioSelect(
            attrs={
                "variant": "tall",
                "icons": {
                    "home": "home",
                    "phone": "phone",
                    "video": "video",
                    "office": "building-hospital",
                    "out": "walk",
                },
            }
        ),
        error_messages={"required": gettext_lazy("Choose how you met.")},
    )
    format = forms.ChoiceField(
        label=gettext_lazy("Format"),
        choices=[("dap", "DAP"), ("birp", "BIRP"), ("soap", "SOAP")],
        widget=forms.RadioSelect,
        initial="dap",
    )
    threads = forms.MultipleChoiceField(
        label=gettext_lazy("What you worked on"),
        choices=[
            ("home", gettext_lazy("A home that holds")),
            ("sleep", gettext_lazy("Steadier sleep and mood")),
            ("work", gettext_lazy("Work that fits")),
        ],
        widget=forms.CheckboxSelectMultiple(attrs={"asides": {"home": gettext_lazy("rent, lease"), "sleep": "PHQ-9"}}),
        required=False,
        initial=["home"],
    )
    start = forms.TimeField(
        label=gettext_lazy("Began at"), widget=forms.TimeInput(attrs={"type": "time"}), required=False
    )
    email = forms.EmailField(label=gettext_lazy("E-mail"), required=False)
    phone = forms.CharField(label=gettext_lazy("Phone"), widget=forms.TextInput(attrs={"type": "tel"}), required=False)
    interpreter = forms.BooleanField(label=gettext_lazy("An interpreter for papers"), required=False)
    readable = forms.BooleanField(
        label=gettext_lazy("Mari can read this note"),
        widget=forms.CheckboxInput(attrs={"variant": "switch"}),
        required=False,
        initial=True,
    )


FIRST_WORDS = {"target": date(2026, 7, 3), "minutes": 40, "words": "I want to sleep like a person.", "kind": "home"}


def gallery_shell() -> Shell:
    """The rail of an invented case manager."""
    return Shell(
        places=[
            Place("#today", _("Today"), "sun", key="t"),
            Place("#clients", _("Clients"), "users", count=38, key="c"),
            Place("#calendar", _("Calendar"), "calendar", key="k"),
            Place("#referrals", _("Referrals"), "layout-kanban", count=14, key="r"),
            Place("#directory", _("Directory"), "map-2", key="d"),
            Place("#messages", _("Messages"), "messages", key="m"),
        ],
        recent=[Recent("#mv", "Mari Vega", "mv"), Recent("#tl", "Tobias Lindqvist", "tl")],
        me_name="Renee Castellanos",
        me_detail=_("North team"),
        initials="RC",
        hue=5,
        safety_url="#safety",
        jump_url="#jump",
        new_note_url="#note",
    )


def gallery_context(*, posted: Mapping[str, Any] | None) -> dict[str, Any]:
    """Everything the gallery shows; `posted` is what its form was sent with, if it was."""
    return {
        "shell": gallery_shell(),
        "today": TODAY,
        "days": [date(2026, 6, 8), TODAY, date(2026, 6, 10), date(2026, 6, 18), date(2027, 1, 4)],
        "tokens": TOKENS,
        "dues": [
            Due("", "Jun 18"),
            Due("soon", _("tomorrow")),
            Due("today", _("today")),
            Due("late", _("3 days late")),
            Due("wait", _("waiting on them")),
            Due("done", _("accepted")),
        ],
        "levels": [1, 2, 3, 4],
        "people": [
            ("1", "Mari Vega"),
            ("2", "Tobias Lindqvist"),
            ("3", "Delphine Okafor"),
            ("4", "Noor Haddad"),
            ("7", "Wendell Price"),
            ("9", "Zeke Amadi"),
        ],
        "form": GalleryForm(posted, auto_id="g_%s")
        if posted is not None
        else GalleryForm(initial=FIRST_WORDS, auto_id="g_%s"),
        "wanting": GalleryForm({}, auto_id="w_%s"),
        "banner": Banner(
            _("No restore has been proven for 60 days"), _("Ask whoever runs Wayfellow here."), kind="honey"
        ),
        "page": Paginator(range(38), 15).page(2),
        "doses": ["miss" if day == 12 else "" for day in range(28)],
        "looks": ["yes" if day == 9 else "miss" if day == 21 else "unk" for day in range(28)],
    }
