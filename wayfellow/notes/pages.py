"""What the pages of notes show, put together for views.py: small objects, so that views and templates only pass them on."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wayfellow import access
from wayfellow.access import drafts
from wayfellow.kernel.ids import new_id
from wayfellow.kernel.refusal import Changed, Refusal
from wayfellow.notes import forms, rules, selectors, services, verbs, words
from wayfellow.notes.models import Note
from wayfellow.people.models import Answer, Client
from wayfellow.plans import selectors as plans
from wayfellow.plans.models import Intervention
from wayfellow.programs import selectors as programs

VIEWS = (
    ("", gettext_lazy("Everything")),
    ("contacts", gettext_lazy("Contacts")),
    ("attempts", gettext_lazy("Attempts")),
    ("unsigned", gettext_lazy("To sign")),
)
FIELD_OF: dict[type[Refusal], str] = {
    services.SignedNameDiffers: "signed_name",
    services.ReasonMissing: "not_readable_because",
    services.OtherProgram: "threads",
}


def field_of(refusal: Refusal) -> str | None:
    """The field of the note's form that a refusal is about; None for the form as a whole."""
    return FIELD_OF.get(type(refusal))


@dataclass(frozen=True)
class Chip:
    """One saved view of the list."""

    code: str
    label: Any
    is_current: bool


@dataclass(frozen=True)
class Narrowed:
    """How the list is narrowed. served: the key of an intervention; intervention: that one, if this reader may know it."""

    only: str
    served: UUID | None
    intervention: Intervention | None
    chips: list[Chip]


def narrowed(request: Any) -> Narrowed:
    """What the address asks for; what it can't mean is left out."""
    only = request.GET.get("show", "")
    only = only if only in dict(VIEWS) else ""
    served = _uuid_or_none(request.GET.get("served", ""))
    found = selectors.intervention(actor=request.actor, intervention_id=served) if served else None
    chips = [Chip(code, label, code == only and served is None) for code, label in VIEWS]
    return Narrowed(only, served, found, chips)


def _uuid_or_none(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


@dataclass(frozen=True)
class Tap:
    """One attempt that is one tap away."""

    form: forms.AttemptForm
    label: Any
    icon: str


@dataclass(frozen=True)
class Reaching:
    """Trying to reach the person: taps, the attempts since the last contact, and what else to try, in words."""

    taps: list[Tap]
    attempts: list[Note]
    advice: str


def reaching(request: Any, client: Client) -> Reaching | None:
    """None for who may not write here. Each tap carries its own key, so that a double tap is one attempt."""
    if not access.may(request.actor, verbs.NOTE_WRITE, client):
        return None
    taps = [
        Tap(forms.AttemptForm(initial={"key": new_id(), "attempt": attempt, "kind": kind}, auto_id=False), label, icon)
        for attempt, kind, label, icon in words.ONE_TAP
        # Where no message may be left, none is offered as done.
        if not (attempt == Note.Attempt.LEFT_MESSAGE and client.is_safe_to_leave_message == Answer.NO)
    ]
    tries = selectors.tries(actor=request.actor, client=client)
    return Reaching(taps, tries.attempts, words.advice_words(tries.advice))


def note_context(request: Any, client: Client, found: selectors.NotePage) -> dict[str, Any]:
    """One note's page. form: what may be added to it, begun from the draft; a view puts the sent one in its place."""
    code = rules.amend_draft_form(found.note.pk)
    may_amend = access.may(request.actor, verbs.NOTE_AMEND, found.note) and bool(found.note.signed_at)
    saved = drafts.take(actor=request.actor, form=code, client_id=client.pk) if may_amend else drafts.Taken()
    return {
        "client": client,
        "found": found,
        "note": found.note,
        "today": request.actor.today,
        "is_mine_to_finish": found.note.signed_at is None and found.note.author_id == request.actor.staff_id,
        "form": forms.AmendForm(initial={"key": new_id()} | saved) if may_amend else None,
        "draft_url": reverse("access:draft_save", kwargs={"client_id": client.pk, "form": code}),
        "draft_version": saved.version,
        "is_begun": bool(saved),
    }


@dataclass
class Writing:
    """A note being written: its form, the note if there is one already, and the other version after a clash."""

    request: Any
    client: Client
    note: Note | None
    clash: Note | None = field(default=None)

    @property
    def is_closed(self) -> bool:
        """Somebody else's, or signed: there is nothing to write on. Words that come for a signed one are shown, not dropped."""
        if self.note is None:
            return False
        is_mine = self.note.author_id == self.request.actor.staff_id and not self.note.origin
        return not is_mine or (self.note.signed_at is not None and not self.request.POST)

    @cached_property
    def served(self) -> list[Intervention]:
        return selectors.interventions_of(actor=self.request.actor, note=self.note) if self.note else []

    @cached_property
    def last(self) -> Note | None:
        """The newest contact before this one, to write on from."""
        found = selectors.notes_found(actor=self.request.actor, only="contacts")[:2]
        return next((note for note in found if self.note is None or note.pk != self.note.pk), None)

    @cached_property
    def saved(self) -> drafts.Taken:
        code = rules.draft_form(self.note.pk if self.note else None)
        return drafts.take(actor=self.request.actor, form=code, client_id=self.client.pk)

    @cached_property
    def form(self) -> forms.NoteForm:
        actor = self.request.actor
        offered = plans.open_interventions(actor=actor)
        offered += [one for one in self.served if one not in offered]
        return forms.NoteForm(
            self.request.POST or None,
            at=self.request.now,
            name=self.client.chosen_name,
            threads=offered,
            episodes=programs.open_episodes(actor=actor) if self.note is None else [],
            may_unshare=access.may(actor, verbs.NOTE_READ, self.client),
            initial=self._initial(),
        )

    def _initial(self) -> dict[str, Any]:
        drafted = forms.initial_of_draft(self.saved)
        if self.note is not None:
            return forms.initial_of(self.note, self.served) | drafted
        mine = self.last if self.last and self.last.author_id == self.request.actor.staff_id else None
        here = programs.episode_to_write_in(actor=self.request.actor, client_id=self.client.pk)
        return {
            "key": new_id(),
            "kind": mine.kind if mine else Note.Kind.VISIT,
            "format": mine.format if mine else Note.Format.FREE,
            "reached": words.IN_TOUCH,
            "happened_at": self.saved.at or self.request.now,
            "client_can_read": True,
            "episode": str(here.pk) if here else "",
        } | drafted

    @property
    def wishes(self) -> dict[str, Any]:
        """What the service is asked for, of a valid form. "Keep both" joins the words of both versions."""
        values = self.form.cleaned_data
        content = self.form.content
        if values["act"] == "both":
            theirs = self.note or selectors.own_note(actor=self.request.actor, key=values["key"])
            content = replace(content, parts=rules.joined_parts(theirs.parts if theirs else {}, content.parts))
        return {
            "key": values["key"],
            "version": values["note_version"],
            "content": content,
            "threads": self.form.chosen_threads,
            "episode": self.form.chosen_episode,
            "sign_as": values["signed_name"] if values["act"] == "sign" else "",
            "draft": rules.draft_form(self.note.pk if self.note else None),
        }

    def said(self, done: Note) -> str:
        """What the next page says."""
        if done.signed_at:
            return _("Signed. It is part of the record now.")
        return _("Kept. It waits under “Notes to finish” until you sign it.")

    def show_both(self, changed: Changed) -> None:
        """Show what was saved in between beside what was sent, and let the page go on from there."""
        theirs = changed.theirs
        assert isinstance(theirs, Note)
        self.clash = theirs
        self.form.begin_from(theirs.version)
        if theirs.signed_at:
            words = _("This note was signed meanwhile. Your words are kept below: add them to it as an amendment.")
        else:
            words = _("You saved this note in another window meanwhile. Both texts are kept below.")
        self.form.add_error(None, words)

    @property
    def other_version(self) -> Note | None:
        """The version to show beside the form: of a clash just now, or of one that is not settled while something else is missing."""
        if self.clash is None and self.request.POST.get("clash"):
            key = self.form.cleaned_data.get("key")
            return self.note or (selectors.own_note(actor=self.request.actor, key=key) if key else None)
        return self.clash

    @property
    def context(self) -> dict[str, Any]:
        """What the page needs."""
        key = self.note.pk if self.note else None
        about = {"client_id": self.client.pk}
        code = rules.draft_form(key)
        return {
            "client": self.client,
            "form": self.form,
            "note": self.note,
            "clash": self.other_version,
            "last": self.last,
            "today": self.request.actor.today,
            "reaching": reaching(self.request, self.client) if self.note is None else None,
            "post_url": reverse("notes:note_write", kwargs=about | ({"note_id": key} if key else {})),
            "draft_url": reverse("access:draft_save", kwargs=about | {"form": code}),
            "draft_version": self.saved.version,
            "saved_at": self.saved.at,
            "actor_name": self.request.actor.name,
        }


def writing(request: HttpRequest, client: Client, note_id: UUID | None) -> Writing:
    """The page where a note is written. Raises Hidden for a note that this reader may not open."""
    actor = request.actor  # type: ignore[attr-defined]
    return Writing(request, client, selectors.note_to_write(actor=actor, note_id=note_id) if note_id else None)
