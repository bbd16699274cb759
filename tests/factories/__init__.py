"""Invented people for tests. Each factory makes the least; rows about clients are made with an audit row, as everywhere."""

from __future__ import annotations

from typing import Any

from wayfellow.access import system_actor
from wayfellow.access.trail import Entry
from wayfellow.access.work import work
from wayfellow.kernel import clock
from wayfellow.kernel.ids import new_id


def made(row: Any) -> Any:
    """Save a guarded row as set-up, outside any rule of who may."""
    actor = system_actor(job="set-up", agency_id=new_id(), roles=frozenset(), at=clock.now())
    with work(actor) as running:
        row._actor = actor
        row.save(force_insert=True)
        running.entries.append(Entry(verb="set-up", client_id=row.about()[0]))
    row._actor = None
    return row
