"""The audit chain: each row carries an HMAC over itself and the row before it (docs/adr/0004)."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from wayfellow.access import secrets
from wayfellow.access.actors import Actor
from wayfellow.access.models import AuditListed, AuditRow, ChainHead
from wayfellow.access.trail import Entry
from wayfellow.kernel.ids import new_id

POSTGRES_CHAINS = 8
START = "0" * 64
PROGRESS_ROWS = 1000


def append(actor: Actor, entries: Iterable[Entry]) -> None:
    """Write the entries at the ends of their chains. Call it last in a transaction: it holds a chain until the commit.

    On PostgreSQL the head's row lock makes writers of one chain wait for each other; on SQLite the one writer is alone anyway.
    """
    by_chain: dict[int, list[Entry]] = defaultdict(list)
    for entry in entries:
        by_chain[_chain_of(actor, entry)].append(entry)
    key = secrets.derived("audit")
    for number in sorted(by_chain):  # always in this order, so that two writers of two chains can't hold each other up
        head = ChainHead.objects.select_for_update().filter(pk=number).first() or ChainHead(pk=number, seq=0, mac=START)
        rows, people = [], []
        for entry in by_chain[number]:
            row = _row(actor, entry, chain=number, seq=head.seq + 1, previous=head.mac)
            row.mac = mac_of(key, row, entry.clients)
            head.seq, head.mac = row.seq, row.mac
            rows.append(row)
            people += [AuditListed(row=row, client_id=client_id) for client_id in sorted(entry.clients)]
        AuditRow.objects.bulk_create(rows)
        AuditListed.objects.bulk_create(people, batch_size=400)
        head.save()


def append_now(actor: Actor, entries: Iterable[Entry]) -> None:
    """The same in one short transaction of its own: a page's reads, a refused try."""
    entries = list(entries)
    if entries:
        with transaction.atomic():
            append(actor, entries)


def _chain_of(actor: Actor, entry: Entry) -> int:
    if connection.vendor != "postgresql":
        return 0
    key = entry.client_id or actor.staff_id or actor.agency_id
    return int(hashlib.blake2b(key.bytes, digest_size=2).hexdigest(), 16) % POSTGRES_CHAINS


def _row(actor: Actor, entry: Entry, *, chain: int, seq: int, previous: str) -> AuditRow:
    return AuditRow(
        id=new_id(),
        chain=chain,
        seq=seq,
        at=actor.at,
        agency_id=actor.agency_id,
        actor_kind=actor.kind,
        staff_id=actor.staff_id,
        acting_as=",".join(sorted(actor.roles)),
        verb=entry.verb,
        outcome=entry.outcome,
        client_id=entry.client_id,
        episode_id=entry.episode_id,
        record_type=entry.record_type,
        record_id=entry.record_id,
        reason=entry.reason,
        reason_id=entry.reason_id,
        source=actor.source,
        correlation_id=actor.correlation_id,
        previous_mac=previous,
    )


SIGNED_FIELDS = (
    "id", "chain", "seq", "at", "agency_id", "actor_kind", "staff_id", "acting_as", "verb", "outcome", "client_id",
    "episode_id", "record_type", "record_id", "reason", "reason_id", "source", "correlation_id", "previous_mac",
)  # fmt: skip


def mac_of(key: bytes, row: AuditRow, clients: Iterable[UUID]) -> str:
    """HMAC-SHA256, in hex, over every field of the row, the MAC before it, and the people of a list."""
    values: list[Any] = []
    for name in SIGNED_FIELDS:
        value = getattr(row, name)
        if name == "at":
            value = value.astimezone(UTC).isoformat(timespec="microseconds")
        values.append(value if isinstance(value, int | str | None) else str(value))
    values.append(sorted(str(client_id) for client_id in clients))
    text = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()


@dataclass(frozen=True)
class Broken:
    """The first row of a chain that doesn't hold, and what is wrong with it."""

    chain: int
    seq: int
    problem: str


def verify(number: int, *, on_rows: Callable[[int], object] | None = None) -> tuple[int, Broken | None]:
    """Walk one chain from its start. Gives how many rows hold, and the first that doesn't (None: all do).

    on_rows: told of every thousand rows that hold, for a progress bar.
    """
    key = secrets.derived("audit")
    previous, count = START, 0
    for row, clients in _rows_with_people(number):
        if on_rows and count and count % PROGRESS_ROWS == 0:
            on_rows(PROGRESS_ROWS)
        if row.seq != count + 1:
            return count, Broken(number, count + 1, "is missing")
        if row.previous_mac != previous:
            return count, Broken(number, row.seq, "doesn't follow the row before it")
        if not hmac.compare_digest(row.mac, mac_of(key, row, clients)):
            return count, Broken(number, row.seq, "was changed")
        previous, count = row.mac, count + 1
    head = ChainHead.objects.filter(pk=number).first()
    if head is not None and (head.seq, head.mac) != (count, previous):
        return count, Broken(number, count + 1, "is missing, the head says so")
    if head is None and count:
        return count, Broken(number, count, "has no head")
    return count, None


def _rows_with_people(number: int, batch: int = 2000) -> Iterator[tuple[AuditRow, list[UUID]]]:
    """All rows of a chain in order, each with the people of its list, in batches that keep memory flat."""
    last = 0
    while True:
        rows = list(AuditRow.objects.filter(chain=number, seq__gt=last).order_by("seq")[:batch])
        if not rows:
            return
        people: dict[UUID, list[UUID]] = defaultdict(list)
        listed = AuditListed.objects.filter(row__chain=number, row__seq__gte=rows[0].seq, row__seq__lte=rows[-1].seq)
        for row_id, client_id in listed.values_list("row_id", "client_id"):
            people[row_id].append(client_id)
        for row in rows:
            yield row, people[row.id]
        last = rows[-1].seq


def length(number: int) -> int:
    """How many rows the head of a chain speaks of."""
    head = ChainHead.objects.filter(pk=number).first()
    return head.seq if head else 0


def chains() -> list[int]:
    """The numbers of all chains that have rows or a head."""
    numbers = set(AuditRow.objects.values_list("chain", flat=True).distinct().order_by())
    return sorted(numbers | set(ChainHead.objects.values_list("pk", flat=True).order_by()))
