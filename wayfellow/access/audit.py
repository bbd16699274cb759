"""What services say to the audit: one `record` for each guarded record they touched."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from wayfellow.access import policy
from wayfellow.access.actors import Actor
from wayfellow.access.trail import Entry
from wayfellow.access.verbs import Verb
from wayfellow.access.work import recorded


def record(actor: Actor, verb: Verb, thing: Any = None, *, reason: str = "") -> None:
    """One row: this actor did this verb to this record (a guarded one, or one of the agency's own; None: to none), for the reason that let them.

    `reason` names it where it can't be looked up yet, because this very service made it (a new client's intake).
    """
    if thing is None:
        recorded(Entry(verb=verb.code))
        return
    if not hasattr(thing, "about"):
        recorded(Entry(verb=verb.code, record_type=thing._meta.label_lower, record_id=thing.pk))
        return
    client_id, episode_id = thing.about()
    standing = policy.standing(actor, client_id)
    granted = None if reason else standing.why(actor, verb, episode_id)
    recorded(
        Entry(
            verb=verb.code,
            client_id=client_id,
            episode_id=episode_id or standing.protected_by(granted),
            record_type=thing._meta.label_lower,
            record_id=thing.pk,
            reason=reason or (granted.name if granted else ""),
            reason_id=granted.row_id if granted else None,
        )
    )


def entry_of(actor: Actor, verb: Verb, client_id: UUID, granted: policy.Granted | None) -> Entry:
    """The row of a page about one client, with the reason that opened it (and the protected episode, if only that did)."""
    return Entry(
        verb=verb.code,
        client_id=client_id,
        episode_id=policy.standing(actor, client_id).protected_by(granted),
        reason=granted.name if granted else "",
        reason_id=granted.row_id if granted else None,
    )
