"""Notes: signed and unsigned ones, attempts, amendments, threads. Made as the product makes them where rules matter."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from tests.factories import made
from wayfellow.kernel import clock
from wayfellow.kernel.ids import new_id
from wayfellow.notes import rules
from wayfellow.notes.models import Amendment, Note, NoteThread
from wayfellow.people.models import Client
from wayfellow.plans.models import CarePlan, Goal, Intervention
from wayfellow.programs.models import Episode


def yesterday() -> datetime:
    return clock.now() - timedelta(days=1)


def content(**fields: Any) -> rules.Content:
    """What somebody writes after a visit."""
    return rules.Content(
        **({"kind": "visit", "happened_at": yesterday(), "parts": {"words": "We walked to the bank."}} | fields)
    )


def note(of: Client, author: Any, episode: Episode | None = None, **fields: Any) -> Note:
    """A note that isn't signed yet, unless `fields` say so."""
    values = {"client": of, "episode": episode, "key": new_id(), "author_id": author.pk if author else None}
    values |= {"happened_at": yesterday(), "created_at": yesterday(), "parts": {"words": "We walked to the bank."}}
    return made(Note(**(values | fields)))


def signed_note(of: Client, author: Any, episode: Episode | None = None, **fields: Any) -> Note:
    """A note as its author signed it, without threads."""
    unsaved = {"signed_at": clock.now(), "signed_name": author.name}
    values = {"client": of, "episode": episode, "key": new_id(), "author_id": author.pk, "kind": "visit"}
    values |= {"happened_at": yesterday(), "created_at": yesterday(), "parts": {"words": "We walked to the bank."}}
    row = Note(**(values | unsaved | fields))
    text = rules.canonical_text(
        row.content, client_id=of.pk, author_id=author.pk, threads=[], signed_name=row.signed_name
    )
    row.content_hash = rules.content_hash(text)
    return made(row)


def attempt(of: Client, author: Any, episode: Episode | None = None, **fields: Any) -> Note:
    """A try that nobody answered, closed at once."""
    values = {"kind": "call", "is_contact": False, "attempt": "no_answer", "parts": {}}
    values |= {"signed_at": clock.now(), "content_hash": "0" * 64}
    return note(of, author, episode, **(values | fields))


def thread(of: Note, intervention: Intervention) -> NoteThread:
    return made(NoteThread(client_id=of.client_id, episode_id=of.episode_id, note=of, intervention=intervention))


def amendment(of: Note, author: Any, **fields: Any) -> Amendment:
    values = {
        "client_id": of.client_id,
        "episode_id": of.episode_id,
        "note": of,
        "key": new_id(),
        "words": "It was the credit union.",
    }
    values |= {
        "why": "I wrote the wrong place",
        "author_id": author.pk,
        "author_name": author.name,
        "amended_at": clock.now(),
    }
    return made(Amendment(**(values | fields)))


def intervention(of: Client, episode: Episode | None = None, **fields: Any) -> Intervention:
    """Something that is done for a goal, in a plan of its own."""
    common = {"client": of, "episode": episode}
    now = clock.now()
    plan = made(
        CarePlan(**common, key=new_id(), created_at=now, changed_at=now, origin="test", origin_id=str(new_id()))
    )
    goal = made(Goal(**common, key=new_id(), plan=plan, title="A home that holds", created_at=now))
    values = {"key": new_id(), "goal": goal, "title": "Weekly visit", "created_at": now}
    return made(Intervention(**(common | values | fields)))


def record_keys(client: Client, episode: Episode, worker: Any) -> dict[str, UUID]:
    """Values for the parameters of this package's URLs."""
    return {"note_id": signed_note(client, worker, episode, is_shared_with_peer=True).pk}
