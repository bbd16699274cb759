"""Clients and what is known of them."""

from __future__ import annotations

from datetime import timedelta
from itertools import count
from typing import Any

from tests.factories import made
from wayfellow.access import secrets
from wayfellow.kernel import clock
from wayfellow.kernel.ids import new_id
from wayfellow.people import rules
from wayfellow.people.models import (
    Address,
    AddressReader,
    Allergy,
    Client,
    ConflictBlock,
    Email,
    Identifier,
    Intake,
    NameKey,
    Phone,
    PossibleDuplicate,
    RelatedPerson,
)

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


def phone(of: Client, **fields: Any) -> Phone:
    return made(Phone(**({"client": of, "number": "555-0100"} | fields)))


def identifier(of: Client, value: str, **fields: Any) -> Identifier:
    key = new_id()
    sealed = {
        "value_sealed": Identifier.sealed(value, key=key),
        "value_blind": Identifier.blinded(value),
    }
    values = {"id": key, "client": of, "agency_id": of.agency_id, "system": "Medicaid", "label": "Medicaid"}
    return made(Identifier(**(values | sealed | fields)))


def confidential_address(of: Client, lines: str, *readers: Any) -> Address:
    key, now = new_id(), clock.now()
    sealed = secrets.seal(lines, model="people.address", key=key, field="lines")
    for reader in readers:
        made(AddressReader(client=of, staff_id=reader.pk, added_at=now, added_by=reader.pk))
    return made(Address(id=key, client=of, is_confidential=True, lines_sealed=sealed))


def allergy(of: Client, **fields: Any) -> Allergy:
    return made(Allergy(**({"client": of, "substance": "Penicillin"} | fields)))


def name_keys(of: Client) -> Client:
    """The client, findable by name."""
    for key in rules.name_keys(of.chosen_name, of.legal_name):
        made(NameKey(client=of, agency_id=of.agency_id, key=key))
    return of


def record_keys(client: Client, episode: Any, worker: Any) -> dict[str, Any]:
    """A row of each kind of detail, for the URLs of this package."""
    other = made(Client(agency_id=client.agency_id, chosen_name=client.chosen_name, created_at=clock.now()))
    rows: dict[str, Any] = {
        "phone_id": Phone(client=client, number="555-0100"),
        "email_id": Email(client=client, address="someone@example.org"),
        "address_id": Address(client=client, lines="12 Elm Street", city="Portland"),
        "allergy_id": Allergy(client=client, substance="Penicillin"),
        "person_id": RelatedPerson(client=client, name="Someone close"),
        "block_id": ConflictBlock(
            client=client, staff_id=new_id(), why="a neighbour", starts_at=clock.now(), made_by=new_id()
        ),
        "duplicate_id": PossibleDuplicate(client=client, other_id=other.pk, because="name", found_at=clock.now()),
    }
    keys = {name: made(row).pk for name, row in rows.items()}
    return keys | {"identifier_id": identifier(client, str(client.pk)).pk}
