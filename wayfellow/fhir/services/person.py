"""Whose record a Patient of a file is: found by key or identifier, never by likeness; made once; two people are never made one."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid5

from wayfellow.access import Actor
from wayfellow.access.received import Kept, fingerprint
from wayfellow.fhir.mapping import Person
from wayfellow.kernel.refusal import Refusal
from wayfellow.people import services as people
from wayfellow.people.models import Address, Client, Email, Identifier, Phone


class NotOnePerson(Refusal):
    """What the file says of one person belongs to two people here, or to somebody with another birth date."""


def client_known(*, actor: Actor, origin: str, origin_id: str, person: Person) -> Client | None:
    """The client whom the file's person is: by their key at this origin, else by an identifier and the same birth date.

    Raises NotOnePerson when the identifiers are known here for two people, or for somebody born on another day.
    """
    clients = Client.objects.for_actor(actor).filter(agency_id=actor.agency_id)
    known: Client | None = clients.filter(origin=origin, origin_id=origin_id).first()
    owners = _owners(actor, person) | ({known.pk} if known else set())
    if len(owners) > 1:
        raise NotOnePerson("its identifiers belong to two people here; nobody is merged by an import")
    if known is not None:
        return known
    found: Client | None = clients.filter(pk__in=owners).first()
    born = person.values["birth_date"]
    if found is not None and (not born or not found.birth_date or born != found.birth_date):
        raise NotOnePerson(
            "an identifier is known here, but not for somebody with this birth date; nobody is merged by an import"
        )
    return found


def _owners(actor: Actor, person: Person) -> set[UUID]:
    """The clients of the agency whom one of the person's identifiers belongs to."""
    marks = {(system, Identifier.blinded(value)) for system, _label, value in person.identifiers}
    rows = Identifier.objects.for_actor(actor).filter(
        agency_id=actor.agency_id, value_blind__in=[mark for _system, mark in marks]
    )
    return {row.client_id for row in rows if (row.system, row.value_blind) in marks}


def person_receive(
    *, actor: Actor, client: Client | None, person: Person, origin: str, origin_id: str, print: str, at: datetime
) -> Kept:
    """The person, made or brought up to date: names and dates follow the source while nobody changed them here.

    print: the fingerprint of the values that the last import left.
    """
    if client is None:
        made = people.client_receive(actor=actor, at=at, origin=origin, origin_id=origin_id, **person.values)
        return Kept("new", made)
    held = fingerprint({name: getattr(client, name) for name in person.values})
    if held == fingerprint(person.values):
        return Kept("same", client)
    if held != print:
        return Kept("ours", client)
    here = actor.focused(client.pk)
    return Kept(
        "changed", people.client_change(actor=here, client=client, version=client.version, at=at, **person.values)
    )


def details_receive(*, actor: Actor, client: Client, person: Person, at: datetime) -> bool:
    """Add the ways to reach them and the numbers that aren't here yet; whether there were any. None is changed or taken away.

    actor: on the client's page.
    """
    return any(
        [
            _phones(actor, client, person),
            _emails(actor, client, person),
            _addresses(actor, client, person, at),
            _identifiers(actor, client, person, at),
        ]
    )


def _key(client: Client, *parts: str) -> UUID:
    """The same detail always gets the same key, so two imports at once can't make it twice."""
    return uuid5(client.pk, " ".join(parts))


def _phones(actor: Actor, client: Client, person: Person) -> int:
    known = {_digits(row.number) for row in Phone.objects.for_actor(actor).filter(client=client)}
    new = {_digits(one["number"]): one for one in person.phones if _digits(one["number"]) not in known}
    for digits, values in new.items():
        key = _key(client, "phone", digits)
        people.phone_write(actor=actor, client=client, key=key, can_text="unknown", is_preferred=False, **values)
    return len(new)


def _digits(number: str) -> str:
    """The last ten digits, which tell two numbers of this country apart, however they are written."""
    return "".join(mark for mark in number if mark.isdigit())[-10:]


def _emails(actor: Actor, client: Client, person: Person) -> int:
    known = {row.address.casefold() for row in Email.objects.for_actor(actor).filter(client=client)}
    new = {address.casefold(): address for address in person.emails if address.casefold() not in known}
    for folded, address in new.items():
        key = _key(client, "email", folded)
        people.email_write(actor=actor, client=client, key=key, address=address, is_preferred=False)
    return len(new)


def _addresses(actor: Actor, client: Client, person: Person, at: datetime) -> int:
    """Addresses that aren't there yet; none for somebody whose address is confidential, because these would stand open."""
    if client.has_confidential_address:
        return 0
    rows = Address.objects.for_actor(actor).filter(client=client)
    known = {_place(row.lines, row.postal_code) for row in rows}
    places = {_place(one["lines"], one["postal_code"]): one for one in person.addresses}
    new = {place: values for place, values in places.items() if place not in known}
    for place, values in new.items():
        key = _key(client, "address", place)
        people.address_write(actor=actor, client=client, key=key, at=at, is_confidential=False, **values)
    return len(new)


def _place(lines: str, postal_code: str) -> str:
    return f"{lines.casefold()} {postal_code}"


def _identifiers(actor: Actor, client: Client, person: Person, at: datetime) -> int:
    rows = Identifier.objects.for_actor(actor).filter(client=client)
    known = {(row.system, row.value_blind) for row in rows}
    marks = {(system, Identifier.blinded(value)): (label, value) for system, label, value in person.identifiers}
    new = {mark: found for mark, found in marks.items() if mark not in known}
    for (system, mark), (label, value) in new.items():
        key = _key(client, "identifier", system, mark)
        people.identifier_add(actor=actor, client=client, key=key, system=system, label=label, value=value, at=at)
    return len(new)
