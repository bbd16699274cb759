"""Writes: notes and attempts. A signed note never changes; what comes later is an amendment, with its author and its reason."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from wayfellow import access
from wayfellow.access import Actor, drafts
from wayfellow.kernel.ids import new_id
from wayfellow.kernel.refusal import Changed, Refusal
from wayfellow.kernel.texts import is_same_name, tidy
from wayfellow.notes import rules, verbs
from wayfellow.notes.models import Amendment, Note, NoteThread
from wayfellow.notes.rules import Content as Content  # callers from other packages make theirs of it
from wayfellow.people.models import Client
from wayfellow.plans.models import Intervention
from wayfellow.programs import selectors as programs
from wayfellow.programs.models import Episode


class NoteSigned(Refusal):
    """A signed note stays as it was signed; an attempt of one tap is closed, too."""


class NotSigned(Refusal):
    """Only what is signed is amended: what isn't can still be changed."""


class NotTheAuthor(Refusal):
    """A note is its author's to write on and to sign."""


class SignedNameDiffers(Refusal):
    """The name typed under the note is not the name of who is signed in."""


class NothingToSign(Refusal):
    """A note without a word has nothing that a name could stand for."""


class ReasonMissing(Refusal):
    """A note is kept from the person it is about only with a reason."""


class OtherProgram(Refusal):
    """The note is in one program's record, and what it is to serve in another's."""


@access.service
def note_write(
    *,
    actor: Actor,
    client: Client,
    key: UUID,
    at: datetime,
    content: Content,
    threads: Iterable[Intervention] = (),
    episode: Episode | None = None,
    version: int | None = None,
    sign_as: str = "",
    draft: str = rules.DRAFT,
) -> Note:
    """Begin the author's note with this `key`, or change it while it isn't signed; with `sign_as` sign it in the same transaction.

    threads: the interventions it served. episode: where it belongs (unless told, where the actor works with the client). version:
    the one that the author has seen, None for a new note; the same words with the same key twice are one row. at: aware, now.
    draft: the code of the draft that this came from, which is cleared with it; drafts of other notes stay.
    Raises Changed, NoteSigned, OtherProgram, and what `note_sign` raises; AccessDenied, Hidden.
    """
    note, is_new = _begun(actor, client, key, at, content, episode)
    served = _threads_of(note, threads)
    if is_new:
        _serve(actor, note, served)
        access.record(actor, verbs.NOTE_WRITE, note)
    elif not _is_same(actor, note, content, served):
        _change(actor, note, content, served, version)
        access.record(actor, verbs.NOTE_WRITE, note)
    drafts.clear(actor=actor, form=draft, client_id=client.pk)
    if sign_as:
        return note_sign(actor=actor, note=note, version=note.version, signed_name=sign_as, at=at)
    return note


@access.service
def note_sign(*, actor: Actor, note: Note, version: int, signed_name: str, at: datetime) -> Note:
    """Put the author's typed name under their note and close it for good, with the SHA-256 of its canonical text. Publishes nothing.

    The same name under the same note twice is one signature. Raises NotTheAuthor, SignedNameDiffers, NothingToSign, ReasonMissing,
    NoteSigned, Changed.
    """
    access.require(actor, verbs.NOTE_SIGN, note)
    if note.author_id != actor.staff_id:
        raise NotTheAuthor(_("Only the person who wrote a note signs it."))
    if note.signed_at:
        if is_same_name(signed_name, note.signed_name):
            return note
        raise NoteSigned(_signed_words())
    _signable(actor, note, signed_name)
    hashed = _hash_of(note, _thread_ids(actor, note), signed_name=actor.name)
    note.acting(actor).save_if_current(version=version, signed_at=at, signed_name=actor.name, content_hash=hashed)
    access.record(actor, verbs.NOTE_SIGN, note)
    drafts.clear(actor=actor, form=rules.draft_form(note.pk), client_id=note.client_id)
    return note


@access.service
def note_amend(*, actor: Actor, note: Note, key: UUID, words: str, why: str, at: datetime) -> Amendment:
    """Add words and the reason for them to a signed note, which stays as it is; the same `key` twice is one amendment.

    Raises NotSigned.
    """
    access.require(actor, verbs.NOTE_AMEND, note)
    if not (note.signed_at or note.origin):
        raise NotSigned(_("This note isn't signed yet, so it can still be changed. Your words are kept below."))
    drafts.clear(actor=actor, form=rules.amend_draft_form(note.pk), client_id=note.client_id)
    same = Amendment.objects.for_actor(actor).filter(key=key, note=note)
    added, is_new = access.made_once(
        actor,
        Amendment,
        same,
        client_id=note.client_id,
        episode_id=note.episode_id,
        note=note,
        key=key,
        words=tidy(words),
        why=tidy(why),
        author_id=actor.staff_id,
        author_name=actor.name,
        amended_at=at,
    )
    if is_new:
        access.record(actor, verbs.NOTE_AMEND, added)
    return added


@access.service
def attempt_record(
    *, actor: Actor, client: Client, key: UUID, attempt: str, kind: str, at: datetime, episode: Episode | None = None
) -> Note:
    """Write down in one tap that somebody tried to reach the person and how; it is closed at once. The same `key` twice is one row.

    attempt, kind: codes of Note.Attempt and Note.Kind.
    """
    content = Content(kind=kind, happened_at=at, is_contact=False, attempt=attempt)
    note, is_new = _begun(actor, client, key, at, content, episode, closed=True)
    if is_new:
        access.record(actor, verbs.NOTE_WRITE, note)
    return note


def _begun(
    actor: Actor,
    client: Client,
    key: UUID,
    at: datetime,
    content: Content,
    episode: Episode | None,
    *,
    closed: bool = False,
) -> tuple[Note, bool]:
    """The author's note with this key, and whether it was made just now."""
    access.require(actor, verbs.NOTE_WRITE, client)
    same = Note.objects.for_actor(actor).filter(key=key, client=client, author_id=actor.staff_id)
    before: Note | None = same.first()
    if before is not None:
        access.require(actor, verbs.NOTE_WRITE, before)
        return before, False
    episode = episode or programs.episode_to_write_in(actor=actor, client_id=client.pk)
    made = Note(id=new_id(), client=client, episode=episode, key=key, author_id=actor.staff_id, created_at=at)
    access.require(actor, verbs.NOTE_WRITE, made)
    values = _values(actor, client.pk, content)
    if closed:
        for name, value in values.items():
            setattr(made, name, value)
        values |= {"signed_at": at, "content_hash": _hash_of(made, [], signed_name="")}
    about = {"client": client, "episode": episode, "key": key, "author_id": actor.staff_id, "created_at": at}
    return access.made_once(actor, Note, same, id=made.pk, **about, **values)


def _values(actor: Actor, client_id: UUID, content: Content) -> dict[str, Any]:
    """The columns of the content. What peer support writes, peer support may read: else they couldn't read their own."""
    if not access.may(actor, verbs.NOTE_READ, client_id):
        content = replace(content, is_shared_with_peer=True)
    tidied = content.tidied()
    return {name: getattr(tidied, name) for name in Content.__dataclass_fields__}


def _is_same(actor: Actor, note: Note, content: Content, served: list[UUID]) -> bool:
    """Whether the note says exactly this already: a form that was sent twice."""
    values = _values(actor, note.client_id, content)
    kept = {name: getattr(note, name) for name in values}
    return values == kept and sorted(served) == sorted(_thread_ids(actor, note))


def _change(actor: Actor, note: Note, content: Content, served: list[UUID], version: int | None) -> None:
    if note.signed_at:
        raise NoteSigned(_signed_words())
    values = _values(actor, note.client_id, content)
    if version is None:
        raise Changed(_("You have saved this note already. Both texts are kept below."), theirs=note, mine=values)
    note.acting(actor).save_if_current(version=version, **values)
    threads = list(NoteThread.objects.for_actor(actor).filter(note=note))
    for thread in threads:
        if thread.intervention_id not in served:
            thread.delete()
    kept = {thread.intervention_id for thread in threads}
    _serve(actor, note, [key for key in served if key not in kept])


def _threads_of(note: Note, threads: Iterable[Intervention]) -> list[UUID]:
    """The keys of the interventions, which must be of the note's client and program, so that no row tells of another program's."""
    served = list({one.pk: one for one in threads}.values())
    for one in served:
        if one.client_id != note.client_id:
            raise access.Hidden
        if one.episode_id not in (None, note.episode_id):
            raise OtherProgram(
                _("“%(what)s” belongs to another program. Take it off here, or write that note in the other program.")
                % {"what": one.title}
            )
    return [one.pk for one in served]


def _serve(actor: Actor, note: Note, served: Iterable[UUID]) -> None:
    writing = NoteThread.objects.for_writing(actor)
    for intervention_id in served:
        writing.create(client_id=note.client_id, episode_id=note.episode_id, note=note, intervention_id=intervention_id)


def _thread_ids(actor: Actor, note: Note) -> list[UUID]:
    return list(NoteThread.objects.for_actor(actor).filter(note=note).values_list("intervention_id", flat=True))


def _signable(actor: Actor, note: Note, signed_name: str) -> None:
    if not is_same_name(signed_name, actor.name):
        raise SignedNameDiffers(
            _("Sign with your name as it stands here: %(name)s. The note is kept below.") % {"name": actor.name}
        )
    if not (note.parts or note.attempt):
        raise NothingToSign(_("There are no words in this note yet. Write some, then sign."))
    if not (note.client_can_read or note.not_readable_because):
        raise ReasonMissing(_("Say why reading this could cause harm, or let them read it. The note is kept below."))


def _hash_of(note: Note, threads: Iterable[UUID], *, signed_name: str) -> str:
    text = rules.canonical_text(
        note.content, client_id=note.client_id, author_id=note.author_id, threads=threads, signed_name=signed_name
    )
    return rules.content_hash(text)


def _signed_words() -> str:
    return _("This note is signed, so it stays as it is. Your words are kept below: add them to it as an amendment.")
