"""The trail: what one actor has seen and done in one request or command, until it is written to the audit.

Guarded querysets add to it by themselves, so no view can forget. The middleware (pages) and `work` (services) write it down.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from wayfellow.access.verbs import FORM_OPEN, Verb


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing seen or done, before it has a place in the chain. `clients`: the people of a list, else empty."""

    verb: str
    client_id: UUID | None = None
    episode_id: UUID | None = None
    record_type: str = ""
    record_id: UUID | None = None
    reason: str = ""
    reason_id: UUID | None = None
    outcome: str = "done"
    clients: frozenset[UUID] = frozenset()


@dataclass
class Trail:
    """entries: reads decided so far. seen: clients of whom some row was loaded. done: (verb, client) that a service has written."""

    verb: Verb | None = None
    entries: list[Entry] = field(default_factory=list)
    seen: set[UUID] = field(default_factory=set)
    done: set[tuple[str, UUID | None]] = field(default_factory=set)

    def opened(self, entry: Entry) -> None:
        """A decided read of one record, or a list page's own row."""
        if entry not in self.entries:
            self.entries.append(entry)

    def saw(self, client_ids: Iterable[UUID | None]) -> None:
        """Rows about these clients were loaded."""
        self.seen.update(client_id for client_id in client_ids if client_id is not None)

    def to_write(self) -> list[Entry]:
        """The reads to audit: each opened record its own row, and one row for all others that were seen, as a list.

        What a service of this request has audited under the same verb is not told twice, nor is the form that it came from.
        """
        written = {client_id for _, client_id in self.done}
        opened = [
            entry
            for entry in self.entries
            if (entry.verb, entry.client_id) not in self.done
            and not (entry.verb == FORM_OPEN.code and entry.client_id in written)
        ]
        known = {entry.client_id for entry in self.entries} | {client_id for _, client_id in self.done}
        listed = frozenset(self.seen - known)
        if listed:
            opened.append(Entry(verb=self.verb.code if self.verb else "access.list", clients=listed))
        return opened
