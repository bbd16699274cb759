"""Jump: to anyone the worker may know, by a few letters of a name, or to a page."""

from __future__ import annotations

from wayfellow.access import Actor
from wayfellow.people import selectors as people
from wayfellow.people.models import Client

SHOWN = 12


def people_named(*, actor: Actor, words: str) -> list[Client]:
    """Up to twelve people of the actor's lists whose names hold the words, nearest first. Nobody for fewer than two letters."""
    words = " ".join(words.split())
    return people.clients_named(actor=actor, words=words)[:SHOWN] if len(words) >= 2 else []
