"""Reads: people by name, and what is known of one person."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

from wayfellow.access import Actor, Hidden
from wayfellow.access.guarded import GuardedModel
from wayfellow.people import rules
from wayfellow.people.models import (
    Address,
    AddressReader,
    Allergy,
    Client,
    ConflictBlock,
    Email,
    Identifier,
    NameKey,
    Phone,
    PossibleDuplicate,
    RelatedPerson,
)

ENDING = 4
Row = TypeVar("Row", bound=GuardedModel)


@dataclass(frozen=True)
class KnownNumber:
    """A number that another system knows them by; only its last four letters show."""

    row: Identifier
    ending: str


@dataclass(frozen=True)
class Details:
    """What is known of one person beside their name. may_reveal: whether this reader is named for the confidential address."""

    phones: Sequence[Phone]
    emails: Sequence[Email]
    addresses: Sequence[Address]
    identifiers: Sequence[KnownNumber]
    allergies: Sequence[Allergy]
    related: Sequence[RelatedPerson]
    reader_ids: frozenset[UUID]
    may_reveal: bool


@dataclass(frozen=True)
class Pair:
    """Two rows that may be one person."""

    duplicate: PossibleDuplicate
    newer: Client
    other: Client


def clients_named(*, actor: Actor, words: str) -> list[Client]:
    """People this actor may know whose name, or a word of it, begins with these words or is one letter off; exact ones first, by name."""
    prefix = rules.plain(words)
    if not prefix:
        return []
    begins = NameKey.objects.for_actor(actor).filter(key__startswith=prefix).values("client")
    close = NameKey.objects.for_actor(actor).filter(key__in=rules.search_keys(words)).values("client")
    rows = Client.objects.for_actor(actor).order_by("chosen_name", "pk")
    near = list(rows.filter(pk__in=begins))
    known = {client.pk for client in near}
    return near + [one for one in rows.filter(pk__in=close) if one.pk not in known]


def clients_like(*, actor: Actor, chosen_name: str, legal_name: str = "") -> list[Client]:
    """People this actor may know whose name is the same or one letter off, by name: before somebody is written down twice."""
    keys = rules.name_keys(chosen_name) | rules.name_keys(legal_name)
    whole = {rules.plain(chosen_name), rules.plain(legal_name)} - {""}
    close = NameKey.objects.for_actor(actor).filter(key__in=keys).values("client")
    found = Client.objects.for_actor(actor).filter(pk__in=close).order_by("chosen_name", "pk")
    return [one for one in found if any(rules.is_close(name, part) for name in whole for part in _names(one))]


def _names(client: Client) -> list[str]:
    return [rules.plain(name) for name in (client.chosen_name, client.legal_name) if name]


def clients_by_key(*, actor: Actor, client_ids: Iterable[UUID]) -> dict[UUID, Client]:
    """Of these people those whom the actor may know, by their keys."""
    return {client.pk: client for client in Client.objects.for_actor(actor).filter(pk__in=list(client_ids))}


def allergies(*, actor: Actor) -> list[Allergy]:
    """On a client's page: what they must not be given, by name."""
    return list(Allergy.objects.for_actor(actor).filter(is_active=True).order_by("substance", "pk"))


def phone_to_try(*, actor: Actor) -> Phone | None:
    """On a client's page: the number they like best to be reached at; None where no number is known."""
    found: Phone | None = Phone.objects.for_actor(actor).order_by("-is_preferred", "number", "pk").first()
    return found


def related_people(*, actor: Actor) -> list[RelatedPerson]:
    """On a client's page: family, guardians, friends and helpers; guardians first."""
    rows = RelatedPerson.objects.for_actor(actor).filter(is_active=True)
    return list(rows.order_by("-is_guardian", "-is_emergency_contact", "name", "pk"))


def details(*, actor: Actor) -> Details:
    """On a client's page: everything known of them, in seven statements."""
    readers = frozenset(AddressReader.objects.for_actor(actor).values_list("staff_id", flat=True))
    return Details(
        phones=list(Phone.objects.for_actor(actor).order_by("-is_preferred", "number", "pk")),
        emails=list(Email.objects.for_actor(actor).order_by("-is_preferred", "address", "pk")),
        addresses=list(Address.objects.for_actor(actor).order_by("use", "pk")),
        identifiers=[
            KnownNumber(row, _ending(row)) for row in Identifier.objects.for_actor(actor).order_by("system", "pk")
        ],
        allergies=allergies(actor=actor),
        related=related_people(actor=actor),
        reader_ids=readers,
        may_reveal=actor.staff_id in readers,
    )


def _ending(row: Identifier) -> str:
    whole = row.opened()
    return whole[-ENDING:] if len(whole) > ENDING else ""


def _one(model: type[Row], actor: Actor, key: UUID) -> Row:
    manager: Any = model.objects
    found: Row | None = manager.for_actor(actor).filter(pk=key).first()
    if found is None:
        raise Hidden
    return found


def phone(*, actor: Actor, phone_id: UUID) -> Phone:
    """On a client's page: one number. Raises Hidden."""
    return _one(Phone, actor, phone_id)


def email(*, actor: Actor, email_id: UUID) -> Email:
    """On a client's page: one e-mail address. Raises Hidden."""
    return _one(Email, actor, email_id)


def address(*, actor: Actor, address_id: UUID) -> Address:
    """On a client's page: one address. Raises Hidden."""
    return _one(Address, actor, address_id)


def identifier(*, actor: Actor, identifier_id: UUID) -> Identifier:
    """On a client's page: one identifier. Raises Hidden."""
    return _one(Identifier, actor, identifier_id)


def allergy(*, actor: Actor, allergy_id: UUID) -> Allergy:
    """On a client's page: one allergy. Raises Hidden."""
    return _one(Allergy, actor, allergy_id)


def related_person(*, actor: Actor, person_id: UUID) -> RelatedPerson:
    """On a client's page: someone who stands by them. Raises Hidden."""
    return _one(RelatedPerson, actor, person_id)


def conflict_blocks(*, actor: Actor) -> list[ConflictBlock]:
    """On a client's page, for the privacy lead: who must not know them, those in force first."""
    rows = ConflictBlock.objects.for_actor(actor).order_by("-starts_at", "pk")
    return sorted(rows, key=lambda block: block.ends_at is not None)


def conflict_block(*, actor: Actor, block_id: UUID) -> ConflictBlock:
    """On a client's page: one block. Raises Hidden."""
    return _one(ConflictBlock, actor, block_id)


def duplicates(*, actor: Actor, limit: int = 100) -> list[Pair]:
    """For the privacy lead: pairs that wait for an answer, the oldest first, names only."""
    rows = list(PossibleDuplicate.objects.for_actor(actor).filter(outcome="").order_by("found_at", "pk")[:limit])
    keys = {row.client_id for row in rows} | {row.other_id for row in rows}
    people = {client.pk: client for client in Client.objects.for_actor(actor).filter(pk__in=keys)}
    return [
        Pair(row, people[row.client_id], people[row.other_id])
        for row in rows
        if row.client_id in people and row.other_id in people
    ]


def duplicate(*, actor: Actor, duplicate_id: UUID) -> PossibleDuplicate:
    """For the privacy lead: one pair. Raises Hidden."""
    return _one(PossibleDuplicate, actor, duplicate_id)
