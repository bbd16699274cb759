"""The forms of notes: what was done and said, and what is added to a signed note."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wayfellow.notes import rules, words
from wayfellow.notes.models import Note
from wayfellow.plans.models import Intervention
from wayfellow.programs.models import Episode

PART = "part_"
LONGEST_PART = 60_000
DAY_MINUTES = 24 * 60
# A phone's clock runs a little ahead of ours now and then.
PATIENCE = timedelta(minutes=10)
MINUTES_WORDS = gettext_lazy("Write whole minutes, 0 to 1440. Longer than a day makes two notes.")
MOMENT = "%Y-%m-%dT%H:%M"


@dataclass(frozen=True)
class PartField:
    """One text field. formats: the codes of the formats that have it, for the stylesheet that shows the chosen one's."""

    bound: BoundField
    hint: str
    formats: str


class NoteForm(forms.Form):
    """One contact or attempt. Texts of every format are there; those of the chosen one show, and any that has words."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    note_version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    # The button that was pressed: keep, sign, or both (after a clash, the words of both versions).
    act = forms.CharField(required=False, widget=forms.HiddenInput)
    kind = forms.ChoiceField(
        label=gettext_lazy("How you met"),
        choices=[(code, label) for code, label, _icon in words.KINDS],
        widget=forms.RadioSelect(
            attrs={"variant": "tall", "icons": {str(code): icon for code, _label, icon in words.KINDS}}
        ),
    )
    kind_words = forms.CharField(label=gettext_lazy("How, in your words"), max_length=120, required=False)
    reached = forms.ChoiceField(label=gettext_lazy("Were you in touch?"), choices=words.REACHED)
    happened_at = forms.DateTimeField(
        label=gettext_lazy("When"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MOMENT),
        error_messages=dict.fromkeys(
            ("required", "invalid"), gettext_lazy("Write when it happened, day and time. The note is kept below.")
        ),
    )
    minutes = forms.IntegerField(
        label=gettext_lazy("How long, in minutes"),
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={"invalid": MINUTES_WORDS},
    )
    where = forms.CharField(label=gettext_lazy("Where"), max_length=120, required=False)
    who_was_there = forms.CharField(label=gettext_lazy("Who was there"), max_length=200, required=False)
    episode = forms.ChoiceField(label=gettext_lazy("For which program"), required=False)
    threads = forms.MultipleChoiceField(
        label=gettext_lazy("What you worked on"), required=False, widget=forms.CheckboxSelectMultiple
    )
    format = forms.ChoiceField(
        label=gettext_lazy("Note"), choices=Note.Format.choices, widget=forms.RadioSelect(attrs={"variant": "seg"})
    )
    client_can_read = forms.BooleanField(required=False, widget=forms.CheckboxInput(attrs={"variant": "switch"}))
    not_readable_because = forms.CharField(
        label=gettext_lazy("Why reading it could cause harm"), max_length=200, required=False
    )
    is_shared_with_peer = forms.BooleanField(
        label=gettext_lazy("Peer support can read this note"),
        required=False,
        widget=forms.CheckboxInput(attrs={"variant": "switch"}),
    )
    signed_name = forms.CharField(label=gettext_lazy("Your name, to sign"), max_length=120, required=False)

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        at: datetime,
        name: str,
        threads: Sequence[Intervention],
        episodes: Sequence[Episode],
        may_unshare: bool = True,
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        """at: now. name: the client's chosen name. threads, episodes: what may be chosen; one episode or none needs no choice.

        may_unshare: False for peer support, whose notes are always shared with peer support.
        """
        super().__init__(data, initial=dict(initial or {}))
        self.at, self.offered, self.episodes = at, {str(one.pk): one for one in threads}, episodes
        self._choices(name)
        if not may_unshare:
            del self.fields["is_shared_with_peer"]
        for part in rules.parts_known().values():
            self.fields[PART + part.code] = forms.CharField(
                label=_(part.label),
                required=False,
                max_length=LONGEST_PART,
                widget=forms.Textarea(attrs={"rows": 3, "placeholder": " "}),
                error_messages={
                    "max_length": _("This is longer than one part of a note can be. Put the rest in a second note.")
                },
            )

    def _choices(self, name: str) -> None:
        fields: dict[str, Any] = self.fields
        fields["threads"].choices = [(key, one.title) for key, one in self.offered.items()]
        fields["threads"].widget.attrs["asides"] = {key: one.goal.title for key, one in self.offered.items()}
        fields["client_can_read"].label = _("%(name)s can read this note") % {"name": name}
        if len(self.episodes) > 1:
            fields["episode"].choices = [(str(one.pk), one.program.name) for one in self.episodes]
        else:
            del fields["episode"]

    @property
    def part_fields(self) -> list[PartField]:
        """The texts, in the order of the file, which is each format's own order too."""
        return [
            PartField(
                bound=self[PART + part.code],
                hint=_(part.hint),
                formats=" ".join(one.code for one in rules.formats().values() if part in one.parts),
            )
            for part in rules.parts_known().values()
        ]

    def clean_minutes(self) -> int | None:
        minutes: int | None = self.cleaned_data["minutes"]
        if minutes is not None and not 0 <= minutes <= DAY_MINUTES:
            raise forms.ValidationError(MINUTES_WORDS)
        return minutes

    def clean_happened_at(self) -> datetime:
        happened_at: datetime = self.cleaned_data["happened_at"]
        if happened_at > self.at + PATIENCE:
            raise forms.ValidationError(_("This is still to come. Write when it happened; the note is kept below."))
        return happened_at

    def clean(self) -> dict[str, Any]:
        kind, reached = self.cleaned_data.get("kind"), self.cleaned_data.get("reached")
        if kind == Note.Kind.OTHER and not self.cleaned_data.get("kind_words"):
            self.add_error("kind_words", _("Say how in a word or two, or choose one of the others."))
        if reached == words.NOT_WITH_THEM and kind not in (Note.Kind.WITH_OTHERS, Note.Kind.OTHER):
            self.add_error(
                "reached", _("For what wasn’t with them, choose “With others, about them” or “Something else”.")
            )
        if self.cleaned_data.get("act") == "sign":
            self._clean_signing()
        return self.cleaned_data

    def _clean_signing(self) -> None:
        if not self.cleaned_data.get("signed_name"):
            self.add_error("signed_name", _("Type your name to sign. The note is kept as it is."))
        if not (self.cleaned_data.get("client_can_read") or self.cleaned_data.get("not_readable_because")):
            self.add_error("not_readable_because", _("Say why in a few words, or let them read it."))

    @property
    def content(self) -> rules.Content:
        """What was written, of a valid form."""
        values = self.cleaned_data
        is_aside = values["kind"] == Note.Kind.WITH_OTHERS or values["reached"] == words.NOT_WITH_THEM
        attempt = "" if is_aside or values["reached"] == words.IN_TOUCH else values["reached"]
        names = ["kind", "happened_at", "minutes", "where", "who_was_there", "format", "client_can_read"]
        return rules.Content(
            **{name: values[name] for name in names},
            is_contact=not (is_aside or attempt),
            attempt=attempt,
            is_shared_with_peer=values.get("is_shared_with_peer", False),
            kind_words=values["kind_words"] if values["kind"] == Note.Kind.OTHER else "",
            parts={code: values[PART + code] for code in rules.parts_known()},
            not_readable_because="" if values["client_can_read"] else values["not_readable_because"],
        )

    @property
    def chosen_threads(self) -> list[Intervention]:
        """The interventions that were ticked, of a valid form."""
        return [self.offered[key] for key in self.cleaned_data["threads"]]

    @property
    def chosen_episode(self) -> Episode | None:
        """The episode that was chosen, of a valid form; None when there was nothing to choose."""
        wanted = self.cleaned_data.get("episode", "")
        return next((one for one in self.episodes if str(one.pk) == wanted), None)

    def begin_from(self, version: int) -> None:
        """Have the page go on from the version that it has now been shown."""
        before: Any = self.data
        sent = before.copy()
        sent["note_version"] = str(version)
        self.data = sent


def initial_of(note: Note, threads: Iterable[Intervention]) -> dict[str, Any]:
    """What the form says of a note that is written on again."""
    content = note.content
    names = [
        "kind",
        "kind_words",
        "happened_at",
        "minutes",
        "where",
        "who_was_there",
        "format",
        "client_can_read",
        "not_readable_because",
    ]
    aside = words.NOT_WITH_THEM if not note.is_contact else words.IN_TOUCH
    return (
        {name: getattr(content, name) for name in names}
        | {"key": note.key, "note_version": note.version, "is_shared_with_peer": note.is_shared_with_peer}
        | {"reached": note.attempt or aside, "threads": [str(one.pk) for one in threads]}
        | {"episode": str(note.episode_id or "")}
        | {PART + code: text for code, text in note.parts.items()}
    )


def initial_of_draft(saved: Mapping[str, Any]) -> dict[str, Any]:
    """What the draft holds, as the form begins with it."""
    found = dict(saved)
    if "threads" in found and not isinstance(found["threads"], list):
        found["threads"] = [found["threads"]] if found["threads"] else []
    return found


class AttemptForm(forms.Form):
    """One tap: nobody was reached."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    attempt = forms.ChoiceField(choices=Note.Attempt.choices, widget=forms.HiddenInput)
    kind = forms.ChoiceField(choices=Note.Kind.choices, widget=forms.HiddenInput)


class AmendForm(forms.Form):
    """What is added to a signed note, and why."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    words = forms.CharField(
        label=gettext_lazy("What you add"),
        max_length=LONGEST_PART,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": gettext_lazy("Write what you add, or leave the note as it is.")},
    )
    why = forms.CharField(
        label=gettext_lazy("Why"),
        max_length=200,
        error_messages={"required": gettext_lazy("Say why in a few words. What you add is kept.")},
    )
