"""Reads: notes and attempts, last contacts, what served which part of the plan.

A note that isn't signed is its author's alone to read; its bare fact (there was a contact then) counts for everyone who may know.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeAlias
from uuid import UUID

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Window
from django.db.models.functions import RowNumber

from wayfellow.access import Actor, Hidden
from wayfellow.kernel import clock
from wayfellow.notes import rules, verbs
from wayfellow.notes.models import Amendment, Note, NoteThread
from wayfellow.people.models import Client
from wayfellow.plans.models import Intervention

TRIES_LOOKED_AT = 10
Notes: TypeAlias = "QuerySet[Note]"


@dataclass(frozen=True)
class ServedBy:
    """How many notes served one intervention, and the newest of them."""

    count: int
    latest: Note


@dataclass(frozen=True)
class NotePage:
    """One note with all that hangs on it. is_as_signed: the words are, letter for letter, what was signed (None: not signed here)."""

    note: Note
    interventions: list[Intervention]
    amendments: list[Amendment]
    is_as_signed: bool | None


@dataclass(frozen=True)
class Tries:
    """Attempts since the last contact, the newest first, and what else to try."""

    attempts: list[Note] = field(default_factory=list)
    advice: rules.Advice | None = None


def notes(*, actor: Actor, limit: int | None = None) -> list[Note]:
    """On a client's page: notes and attempts, the newest first, at most `limit`; others' only once they are signed."""
    found = notes_found(actor=actor)
    return list(found if limit is None else found[:limit])


def notes_found(*, actor: Actor, only: str = "", served: UUID | None = None) -> Notes:
    """The same, to be paged. only: "contacts", "attempts" or "unsigned" narrow it; served: an intervention that the notes served."""
    rows: Notes = Note.objects.for_actor(actor).filter(_readable(actor)).order_by("-happened_at", "-pk")
    match only:
        case "contacts":
            rows = rows.filter(is_contact=True)
        case "attempts":
            rows = rows.exclude(attempt="")
        case "unsigned":
            rows = rows.filter(signed_at=None, origin="")
    if served is not None:
        rows = rows.filter(pk__in=NoteThread.objects.for_actor(actor).filter(intervention=served).values("note"))
    return rows


def note(*, actor: Actor, note_id: UUID) -> NotePage:
    """On a client's page: one note with the interventions it served and its amendments, the oldest first. Raises Hidden."""
    found = Note.objects.for_actor(actor).filter(_readable(actor), pk=note_id).first()
    if found is None:
        raise Hidden
    threads = NoteThread.objects.for_actor(actor).filter(note=found).values_list("intervention_id", flat=True)
    served = interventions_of(actor=actor, note=found)
    added = Amendment.objects.for_actor(actor).filter(note=found).order_by("amended_at", "pk")
    return NotePage(found, served, list(added), _is_as_signed(found, list(threads)))


def note_to_write(*, actor: Actor, note_id: UUID) -> Note:
    """On a client's page: a note that may be opened for writing. Signed ones too: the page then leads to the note. Raises Hidden."""
    found: Note | None = Note.objects.for_actor(actor).filter(_readable(actor), pk=note_id).first()
    if found is None:
        raise Hidden
    return found


def own_note(*, actor: Actor, key: UUID) -> Note | None:
    """On a client's page: the actor's own note that was begun with this key; None before it is first kept."""
    found: Note | None = Note.objects.for_actor(actor).filter(key=key, author_id=actor.staff_id).first()
    return found


def interventions_of(*, actor: Actor, note: Note) -> list[Intervention]:
    """The interventions of the plan that this note served, in the plan's order, each with its goal."""
    threads = NoteThread.objects.for_actor(actor).filter(note=note)
    rows = Intervention.objects.for_actor(actor).filter(pk__in=threads.values("intervention"))
    return list(rows.select_related("goal").order_by("goal__place", "place", "pk"))


def intervention(*, actor: Actor, intervention_id: UUID) -> Intervention | None:
    """On a client's page: one intervention that notes may have served; None for one that isn't there or may not be known."""
    found: Intervention | None = Intervention.objects.for_actor(actor).filter(pk=intervention_id).first()
    return found


def last_contacts(*, actor: Actor) -> dict[UUID, datetime]:
    """When each person was last in touch, by client: two-way contact, signed or not. One statement; people without any are left out.

    The bare fact: it counts also for those who may not read that note (peer support).
    """
    return _newest_by_client(actor, Note.objects.for_fact(actor, verbs.CONTACT_READ).filter(is_contact=True))


def _newest_by_client(actor: Actor, rows: Any) -> dict[UUID, datetime]:
    """One look into an index for each person: grouping the rows instead would read every note that this database holds."""
    newest = rows.filter(client=OuterRef("pk")).order_by("-happened_at").values("happened_at")[:1]
    people = Client.objects.for_actor(actor).annotate(newest=Subquery(newest)).values("id", "newest")
    return {row["id"]: row["newest"] for row in people if row["newest"]}


def tries(*, actor: Actor, client: Client) -> Tries:
    """On a client's page: the attempts since the last contact (the ten newest), and what has not been tried yet."""
    since = last_contacts(actor=actor).get(client.pk)
    rows = Note.objects.for_actor(actor).filter(client=client).exclude(attempt="").order_by("-happened_at", "-pk")
    found = list(rows.filter(_readable(actor), **({"happened_at__gt": since} if since else {}))[:TRIES_LOOKED_AT])
    made = [rules.Try(clock.local(one.happened_at, actor.timezone).hour, one.kind) for one in found]
    return Tries(found, rules.another_way(made, liked=client.contact_way))


def unsigned(*, actor: Actor) -> list[Note]:
    """This actor's own notes that wait for their signature, of everyone they may read about, the oldest first, each with its client."""
    rows = Note.objects.for_actor(actor).filter(author_id=actor.staff_id, signed_at=None, origin="")
    return list(rows.select_related("client").order_by("happened_at", "pk")) if actor.staff_id else []


def by_intervention(*, actor: Actor) -> dict[UUID, ServedBy]:
    """On a client's page: for each intervention that a note served, how many did, and the newest. One statement, whatever the years."""
    served = (
        NoteThread.objects.for_actor(actor).filter(_readable(actor, "note__")).select_related("note").order_by("pk")
    )
    each = F("intervention_id")
    ranked = served.annotate(
        times=Window(Count("pk"), partition_by=each),
        place=Window(RowNumber(), partition_by=each, order_by=[F("note__happened_at").desc(), F("note_id").desc()]),
    )
    return {thread.intervention_id: ServedBy(thread.times, thread.note) for thread in ranked.filter(place=1)}


def _readable(actor: Actor, prefix: str = "") -> Q:
    """Signed, received from elsewhere, or one's own."""
    theirs = Q(**{f"{prefix}signed_at__isnull": False}) | ~Q(**{f"{prefix}origin": ""})
    return theirs | Q(**{f"{prefix}author_id": actor.staff_id}) if actor.staff_id else theirs


def _is_as_signed(found: Note, interventions: list[UUID]) -> bool | None:
    if not found.signed_at or found.origin:
        return None
    text = rules.canonical_text(
        found.content,
        client_id=found.client_id,
        author_id=found.author_id,
        threads=interventions,
        signed_name=found.signed_name,
    )
    return rules.content_hash(text) == found.content_hash
