"""Whose record a Patient of a file is: found by key or identifier, never by likeness; made once; two people are never made one."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from wayfellow import access
from wayfellow.access import Actor, policy
from wayfellow.access.received import Kept, fingerprint
from wayfellow.access.secrets import blind, seal
from wayfellow.fhir.mapping import Person
from wayfellow.kernel.ids import new_id
from wayfellow.kernel.refusal import Refusal
from wayfellow.people import verbs
from wayfellow.people.models import Address, Client, Email, Identifier, Phone

BLIND_FIELD = "people.Identifier.value"


class NotOnePerson(Refusal):
    """What the file says of one person belongs to two people here, or to somebody with another birth date."""


def client_known(*, actor: Actor, origin: str, origin_id: str, person: Person) -> Client | None:
    """The client whom the file's person is: by their key at this origin, else by an identifier and the same birth date.

    Raises NotOnePerson when the identifiers are known here for two people, or for somebody born on another day.
    """
    clients = Client.objects.for_actor(actor).filter(agency_id=actor.agency_id)
    known: Client | None = clients.filter(origin=origin, origin_id=origin_id).first()
    if known is not None:
        return known
    blinds = [blind(value, field=BLIND_FIELD) for _system, _label, value in person.identifiers]
    rows = Identifier.objects.for_actor(actor).filter(agency_id=actor.agency_id, value_blind__in=blinds)
    pairs = {(system, mark) for (system, _label, _value), mark in zip(person.identifiers, blinds, strict=True)}
    owners = {row.client_id for row in rows if (row.system, row.value_blind) in pairs}
    if len(owners) > 1:
        raise NotOnePerson("its identifiers belong to two people here; nobody is merged by an import")
    found: Client | None = clients.filter(pk__in=owners).first()
    born = person.values["birth_date"]
    if found is not None and (not born or not found.birth_date or born != found.birth_date):
        raise NotOnePerson(
            "an identifier is known here, but not for somebody with this birth date; nobody is merged by an import"
        )
    return found


@access.service
def client_receive(
    *, actor: Actor, client: Client | None, person: Person, origin: str, origin_id: str, print: str, at: datetime
) -> Kept:
    """The person, made or brought up to date: names and dates follow the source while nobody changed them here.

    Ways to reach them and identifiers are only added to. print: the fingerprint of the values that the last import left.
    """
    if client is None:
        access.require(actor, verbs.CLIENT_CREATE)
        values = dict(person.values) | {"origin": origin, "origin_id": origin_id}
        client = Client.objects.for_writing(actor).create(
            agency_id=actor.agency_id, created_at=at, created_by=actor.staff_id, **values
        )
        policy.forget(actor, client.pk)
        access.record(actor, verbs.CLIENT_CREATE, client, reason="import")
        how = "new"
    else:
        access.require(actor, verbs.CLIENT_CHANGE, client)
        how = _follow(actor, client, person, print)
    has_more = _details_add(actor.focused(client.pk), client, person)
    return Kept("changed" if has_more and how == "same" else how, client)


def _follow(actor: Actor, client: Client, person: Person, print: str) -> str:
    """Names and dates, unless somebody changed them here since (access.received has the same rule for rows)."""
    held = {name: getattr(client, name) for name in person.values}
    if fingerprint(held) == fingerprint(person.values):
        return "same"
    if fingerprint(held) != print:
        return "ours"
    client.acting(actor.focused(client.pk)).save_if_current(version=client.version, **person.values)
    access.record(actor, verbs.CLIENT_CHANGE, client)
    return "changed"


def _details_add(actor: Actor, client: Client, person: Person) -> bool:
    """Add what the client doesn't have yet; whether there was anything to add."""
    rows = [
        *_phones(actor, client, person),
        *_emails(actor, client, person),
        *_addresses(actor, client, person),
        *_identifiers(actor, client, person),
    ]
    for row in rows:
        row.acting(actor).save(force_insert=True)
        access.record(actor, verbs.CLIENT_CHANGE, row)
    return bool(rows)


def _phones(actor: Actor, client: Client, person: Person) -> list[Any]:
    known = {_digits(row.number) for row in Phone.objects.for_actor(actor).filter(client=client)}
    return [Phone(client=client, **values) for values in person.phones if _digits(values["number"]) not in known]


def _digits(number: str) -> str:
    """The last ten digits, which tell two numbers of this country apart, however they are written."""
    return "".join(mark for mark in number if mark.isdigit())[-10:]


def _emails(actor: Actor, client: Client, person: Person) -> list[Any]:
    known = {row.address.casefold() for row in Email.objects.for_actor(actor).filter(client=client)}
    return [Email(client=client, address=address) for address in person.emails if address.casefold() not in known]


def _addresses(actor: Actor, client: Client, person: Person) -> list[Any]:
    """Addresses that aren't there yet; none for somebody whose address is confidential, because these would stand open."""
    if client.has_confidential_address:
        return []
    rows = Address.objects.for_actor(actor).filter(client=client)
    known = {(row.lines.casefold(), row.postal_code) for row in rows}
    new = [values for values in person.addresses if (values["lines"].casefold(), values["postal_code"]) not in known]
    return [Address(client=client, **values) for values in new]


def _identifiers(actor: Actor, client: Client, person: Person) -> list[Any]:
    rows = Identifier.objects.for_actor(actor).filter(client=client)
    known = {(row.system, row.value_blind) for row in rows}
    found = []
    for system, label, value in person.identifiers:
        mark = (system, blind(value, field=BLIND_FIELD))
        if mark not in known:
            known.add(mark)
            found.append(_identifier(client, system, label, value))
    return found


def _identifier(client: Client, system: str, label: str, value: str) -> Identifier:
    key = new_id()
    return Identifier(
        id=key,
        client=client,
        agency_id=client.agency_id,
        system=system,
        label=label,
        value_sealed=seal(value, model="people.identifier", key=key, field="value"),
        value_blind=blind(value, field=BLIND_FIELD),
    )
