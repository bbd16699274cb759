"""Clients and what is known of them."""

from __future__ import annotations

from datetime import timedelta
from itertools import count
from typing import Any

from tests.factories import made
from wayfellow.kernel import clock
from wayfellow.kernel.ids import new_id
from wayfellow.people.models import Client, ConflictBlock, Intake

_number = count(1)


def client(agency: Any, **fields: Any) -> Client:
    values = {"agency_id": agency.pk, "chosen_name": f"Person {next(_number)}", "created_at": clock.now()}
    return made(Client(**(values | fields)))


def conflict_block(of: Client, staff: Any, **fields: Any) -> ConflictBlock:
    values = {"client": of, "staff_id": staff.pk, "why": "a neighbour", "starts_at": clock.now() - timedelta(days=9)}
    return made(ConflictBlock(**(values | {"made_by": new_id()} | fields)))


def intake(of: Client, author: Any, **fields: Any) -> Intake:
    now = clock.now()
    values = {
        "author_id": author.pk,
        "key": new_id(),
        "starts_at": now - timedelta(days=1),
        "ends_at": now + timedelta(days=13),
    }
    return made(Intake(**({"client": of} | values | fields)))
