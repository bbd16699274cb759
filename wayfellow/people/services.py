"""Writes: who someone is, how to reach them, who stands by them, who may not know them.

Rows of details take the `key` of the form that made them as their own, so a form that is sent twice makes one row.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from wayfellow import access
from wayfellow.access import Actor, Hidden, drafts, policy, secrets
from wayfellow.access.received import FromElsewhere, Kept, keep
from wayfellow.kernel.ids import new_id
from wayfellow.kernel.refusal import Refusal
from wayfellow.people import reasons, rules, verbs
from wayfellow.people.models import (
    Address,
    AddressReader,
    Allergy,
    Client,
    ClientDetail,
    ConflictBlock,
    Email,
    Identifier,
    Intake,
    NameKey,
    Phone,
    PossibleDuplicate,
    RelatedPerson,
)

INTAKE_DRAFT = "intake"
CLIENT_FIELDS = (
    "chosen_name", "legal_name", "pronouns", "birth_date", "language", "other_languages", "interpreter", "contact_way",
    "contact_times", "is_safe_to_leave_message", "what_helps", "own_words",
)  # fmt: skip
Detail = TypeVar("Detail", bound=ClientDetail)


class NotForYou(Refusal):
    """A confidential address shows to named people only."""


class BlockEnded(Refusal):
    """A conflict block that has ended is begun anew instead of changed."""


@access.service
def client_create(*, actor: Actor, key: UUID, at: datetime, chosen_name: str, **fields: Any) -> Client:
    """Write down someone new, with an intake that opens their record to its author for 14 days. The same `key` twice is one person.

    fields: of CLIENT_FIELDS. Whoever may be the same person is left for the privacy lead; the author is told nothing of it (Part 2).
    """
    access.require(actor, verbs.CLIENT_CREATE)
    before = Intake.objects.for_actor(actor).filter(key=key, author_id=actor.staff_id).first()
    if before is not None:
        found: Client | None = Client.objects.for_actor(actor).filter(pk=before.client_id).first()
        if found is None:
            raise Hidden
        return found
    own_words_at = at if fields.get("own_words") else None
    client: Client = Client.objects.for_writing(actor).create(
        agency_id=actor.agency_id,
        chosen_name=chosen_name,
        created_at=at,
        created_by=actor.staff_id,
        own_words_at=own_words_at,
        **fields,
    )
    intake = _intake(actor, client, key, at)
    _remake_name_keys(actor, client)
    access.record(actor, verbs.CLIENT_CREATE, client, reason=reasons.INTAKE.name)
    access.record(actor, verbs.CLIENT_CREATE, intake, reason=reasons.INTAKE.name)
    policy.forget(actor, client.pk)
    _leave_for_the_privacy_lead(actor, client, at, reasons.INTAKE.name)
    drafts.clear(actor=actor, form=INTAKE_DRAFT)
    return client


def _intake(actor: Actor, client: Client, key: UUID, at: datetime) -> Intake:
    ends_at = at + timedelta(days=reasons.INTAKE_DAYS)
    try:
        with transaction.atomic():
            made: Intake = Intake.objects.for_writing(actor).create(
                client=client, author_id=actor.staff_id, key=key, starts_at=at, ends_at=ends_at
            )
            return made
    except IntegrityError:
        # An intake that its author may not know any more, since somebody works with the person now; or another author's.
        raise Hidden from None


def _leave_for_the_privacy_lead(actor: Actor, client: Client, at: datetime, reason: str) -> None:
    for other_id, because in reasons.similar_clients(client):
        _leave_one(actor, client, other_id, because, at, reason)


def _leave_one(actor: Actor, client: Client, other_id: UUID, because: str, at: datetime, reason: str) -> None:
    if reasons.is_pair_known(client.pk, other_id):
        return
    row = PossibleDuplicate.objects.for_writing(actor).create(
        client=client, other_id=other_id, because=because, found_at=at
    )
    access.record(actor, verbs.DUPLICATE_FIND, row, reason=reason)


@access.service
def client_change(*, actor: Actor, client: Client, version: int, at: datetime, **fields: Any) -> Client:
    """Change who someone is and how to reach them. fields: of CLIENT_FIELDS. Raises Changed."""
    access.require(actor, verbs.CLIENT_CHANGE, client)
    if "own_words" in fields and fields["own_words"] != client.own_words:
        fields["own_words_at"] = at
    names = (client.chosen_name, client.legal_name)
    client.acting(actor).save_if_current(version=version, **fields)
    if names != (client.chosen_name, client.legal_name):
        _remake_name_keys(actor, client)
    access.record(actor, verbs.CLIENT_CHANGE, client)
    return client


def _remake_name_keys(actor: Actor, client: Client) -> None:
    for row in NameKey.objects.for_actor(actor).filter(client=client):
        row.delete()
    keys = rules.name_keys(client.chosen_name, client.legal_name)
    NameKey.objects.for_writing(actor).bulk_create(
        NameKey(client=client, agency_id=client.agency_id, key=key[:120]) for key in sorted(keys)
    )


def _written(actor: Actor, model: type[Detail], client: Client, key: UUID, values: dict[str, Any]) -> Detail:
    """The detail with this key, made or brought up to date, with its audit row."""
    access.require(actor, verbs.CLIENT_CHANGE, client)
    same = model.objects.for_actor(actor).filter(pk=key, client=client)
    row, is_new = access.made_once(actor, model, same, id=key, client=client, **values)
    if not is_new:
        for name, value in values.items():
            setattr(row, name, value)
        row.save()
    access.record(actor, verbs.CLIENT_CHANGE, row)
    return row


def _removed(actor: Actor, row: ClientDetail) -> None:
    access.require(actor, verbs.CLIENT_CHANGE, row)
    access.record(actor, verbs.CLIENT_CHANGE, row)
    row.acting(actor).delete()


@access.service
def phone_write(
    *, actor: Actor, client: Client, key: UUID, number: str, kind: str, can_text: str, is_preferred: bool
) -> Phone:
    """Add a number, or change the one with this key. number: as said. can_text: yes, no or unknown."""
    values = {"number": number, "kind": kind, "can_text": can_text, "is_preferred": is_preferred}
    return _written(actor, Phone, client, key, values)


@access.service
def phone_remove(*, actor: Actor, phone: Phone) -> None:
    """Take a number away that no longer reaches them."""
    _removed(actor, phone)


@access.service
def email_write(*, actor: Actor, client: Client, key: UUID, address: str, is_preferred: bool) -> Email:
    """Add an e-mail address, or change the one with this key."""
    return _written(actor, Email, client, key, {"address": address, "is_preferred": is_preferred})


@access.service
def email_remove(*, actor: Actor, email: Email) -> None:
    """Take an e-mail address away."""
    _removed(actor, email)


@access.service
def address_write(
    *,
    actor: Actor,
    client: Client,
    key: UUID,
    at: datetime,
    use: str,
    lines: str,
    city: str,
    region: str,
    postal_code: str,
    is_confidential: bool,
) -> Address:
    """Add where someone lives or gets mail, or change it. A confidential one is sealed; who writes the first may see it.

    Who is not named for those that are there changes none of them and, writing one more, is not named by it. Raises NotForYou.
    """
    sealed_before = list(Address.objects.for_actor(actor).filter(client=client, is_confidential=True))
    if any(one.pk == key for one in sealed_before):
        _only_readers(actor, client.pk)
    open_values = {"lines": lines, "city": city, "region": region, "postal_code": postal_code, "lines_sealed": ""}
    if is_confidential:
        whole = "\n".join(part for part in (lines, " ".join(filter(None, (city, region, postal_code)))) if part)
        sealed = secrets.seal(whole, model="people.address", key=key, field="lines")
        open_values = {"lines": "", "city": "", "region": "", "postal_code": "", "lines_sealed": sealed}
    row = _written(actor, Address, client, key, {"use": use, "is_confidential": is_confidential} | open_values)
    if is_confidential and not sealed_before:
        _add_reader(actor, client, actor.staff_id, at)
    flag = Address.objects.for_actor(actor).filter(client=client, is_confidential=True).exists()
    if client.has_confidential_address != flag:
        client.acting(actor).save_if_current(version=client.version, has_confidential_address=flag)
        access.record(actor, verbs.CLIENT_CHANGE, client)
    return row


@access.service
def address_remove(*, actor: Actor, address: Address) -> None:
    """Take an address away. A confidential one only by those who may see it. Raises NotForYou."""
    if address.is_confidential:
        _only_readers(actor, address.client_id)
    _removed(actor, address)


@access.service
def address_reveal(*, actor: Actor, address: Address) -> str:
    """The lines of a confidential address, for one of its named readers; each look is written down. Raises NotForYou."""
    access.require(actor, verbs.ADDRESS_REVEAL, address)
    _only_readers(actor, address.client_id)
    access.record(actor, verbs.ADDRESS_REVEAL, address)
    return secrets.unseal(address.lines_sealed, model="people.address", key=address.pk, field="lines")


def _only_readers(actor: Actor, client_id: UUID) -> None:
    readers = AddressReader.objects.for_actor(actor).filter(client_id=client_id, staff_id=actor.staff_id)
    if not readers.exists():
        raise NotForYou(_("This address is shown to named people only. Ask one of them to add you."))


@access.service
def address_reader_add(*, actor: Actor, client: Client, staff_id: UUID, at: datetime) -> None:
    """Let one more colleague see the confidential address; only who may see it can. Raises NotForYou."""
    access.require(actor, verbs.CLIENT_CHANGE, client)
    if not AddressReader.objects.for_actor(actor).filter(client=client, staff_id=actor.staff_id).exists():
        raise NotForYou(_("Only those who see the address can show it to one more."))
    _add_reader(actor, client, staff_id, at)


def _add_reader(actor: Actor, client: Client, staff_id: UUID | None, at: datetime) -> None:
    if staff_id is None or AddressReader.objects.for_actor(actor).filter(client=client, staff_id=staff_id).exists():
        return
    reader = AddressReader.objects.for_writing(actor).create(
        client=client, staff_id=staff_id, added_at=at, added_by=actor.staff_id
    )
    access.record(actor, verbs.CLIENT_CHANGE, reader)


@access.service
def identifier_add(
    *, actor: Actor, client: Client, key: UUID, system: str, label: str, value: str, at: datetime
) -> Identifier:
    """Add a number that another system knows them by, sealed; the same number or the same `key` twice is one row.

    Whoever else of the agency has this number is left for the privacy lead; the writer is told nothing of it (42 CFR Part 2).
    """
    access.require(actor, verbs.CLIENT_CHANGE, client)
    mark = Identifier.blinded(value)
    own = Identifier.objects.for_actor(actor).filter(client=client)
    row, is_new = access.made_once(
        actor,
        Identifier,
        own.filter(Q(pk=key) | Q(system=system, value_blind=mark)),
        id=key,
        client=client,
        agency_id=client.agency_id,
        system=system,
        label=label,
        value_sealed=Identifier.sealed(value, key=key),
        value_blind=mark,
    )
    if is_new:
        access.record(actor, verbs.CLIENT_CHANGE, row)
        for other_id in reasons.others_with(client, system=system, mark=mark):
            _leave_one(actor, client, other_id, reasons.SAME_NUMBER, at, "")
    return row


@access.service
def identifier_remove(*, actor: Actor, identifier: Identifier) -> None:
    """Take an identifier away."""
    _removed(actor, identifier)


@access.service
def allergy_write(*, actor: Actor, client: Client, key: UUID, substance: str, reaction: str, since: str) -> Allergy:
    """Add an allergy, or change the one with this key. since: as said ("2023", "as a child")."""
    return _written(actor, Allergy, client, key, {"substance": substance, "reaction": reaction, "since": since})


@access.service
def allergy_end(*, actor: Actor, allergy: Allergy) -> None:
    """Say that they are not allergic after all; the row stays."""
    access.require(actor, verbs.CLIENT_CHANGE, allergy)
    allergy.is_active = False
    allergy.acting(actor).save()
    access.record(actor, verbs.CLIENT_CHANGE, allergy)


@access.service
def related_person_write(*, actor: Actor, client: Client, key: UUID, **values: Any) -> RelatedPerson:
    """Add someone who stands by them, or change the one with this key. values: fields of RelatedPerson."""
    return _written(actor, RelatedPerson, client, key, values)


@access.service
def related_person_end(*, actor: Actor, person: RelatedPerson) -> None:
    """Take someone off the list; the row stays."""
    access.require(actor, verbs.CLIENT_CHANGE, person)
    person.is_active = False
    person.acting(actor).save()
    access.record(actor, verbs.CLIENT_CHANGE, person)


@access.service
def intake_end(*, actor: Actor, client: Client, at: datetime) -> None:
    """End the open intakes of a client, because somebody works with them now."""
    for intake in Intake.objects.for_actor(actor).filter(client=client, ends_at__gt=at):
        intake.ends_at = at
        intake.acting(actor).save()
        access.record(actor, verbs.INTAKE_END, intake)


@access.service
def conflict_block_add(*, actor: Actor, client: Client, staff_id: UUID, why: str, at: datetime) -> ConflictBlock:
    """Hide a client from a colleague from now on, whatever reasons they have. Twice is one block."""
    access.require(actor, verbs.BLOCK_CHANGE, client)
    rows = ConflictBlock.objects.for_actor(actor).filter(client=client, staff_id=staff_id, ends_at=None)
    before: ConflictBlock | None = rows.first()
    if before is not None:
        return before
    block: ConflictBlock = ConflictBlock.objects.for_writing(actor).create(
        id=new_id(), client=client, staff_id=staff_id, why=why, starts_at=at, made_by=actor.staff_id
    )
    access.record(actor, verbs.BLOCK_CHANGE, block)
    return block


@access.service
def conflict_block_end(*, actor: Actor, block: ConflictBlock, at: datetime) -> None:
    """End a conflict block: what reasons the colleague has count again. Raises BlockEnded."""
    access.require(actor, verbs.BLOCK_CHANGE, block)
    if block.ends_at is not None:
        raise BlockEnded(_("This block has ended already."))
    block.ends_at = at
    block.acting(actor).save()
    access.record(actor, verbs.BLOCK_CHANGE, block)


@access.service
def duplicate_review(
    *, actor: Actor, duplicate: PossibleDuplicate, version: int, outcome: str, at: datetime
) -> PossibleDuplicate:
    """Say whether two rows are one person. outcome: same or different. Nothing is merged here. Raises Changed."""
    access.require(actor, verbs.DUPLICATE_REVIEW, duplicate)
    duplicate.acting(actor).save_if_current(
        version=version, outcome=outcome, reviewed_at=at, reviewed_by=actor.staff_id
    )
    access.record(actor, verbs.DUPLICATE_REVIEW, duplicate)
    return duplicate


@access.service
def client_receive(
    *, actor: Actor, at: datetime, origin: str, origin_id: str, chosen_name: str, **fields: Any
) -> Client:
    """Someone new whom an import brings from `origin`, known there as `origin_id`; nobody's intake, so they wait for a worker.

    fields: of CLIENT_FIELDS. Whoever may be the same person is left for the privacy lead, as for someone written down here.
    """
    access.require(actor, verbs.CLIENT_CREATE)
    client: Client = Client.objects.for_writing(actor).create(
        agency_id=actor.agency_id,
        chosen_name=chosen_name,
        created_at=at,
        created_by=actor.staff_id,
        origin=origin,
        origin_id=origin_id,
        **fields,
    )
    policy.forget(actor, client.pk)
    _remake_name_keys(actor, client)
    access.record(actor, verbs.CLIENT_CREATE, client, reason=reasons.IMPORT.name)
    _leave_for_the_privacy_lead(actor, client, at, reasons.IMPORT.name)
    return client


@access.service
def allergies_receive(*, actor: Actor, client: Client, origin: str, rows: Iterable[FromElsewhere]) -> dict[str, Kept]:
    """Take in allergies from `origin`, each under its `origin_id`: made once, brought up to date while nobody changed them here."""
    access.require(actor, verbs.CLIENT_CHANGE, client)
    return keep(actor, verbs.CLIENT_CHANGE, Allergy, rows, origin=origin, client=client)


@access.service
def helpers_receive(*, actor: Actor, client: Client, origin: str, rows: Iterable[FromElsewhere]) -> dict[str, Kept]:
    """The same for people of other agencies who help the client."""
    access.require(actor, verbs.CLIENT_CHANGE, client)
    role = RelatedPerson.Role.HELPER
    return keep(actor, verbs.CLIENT_CHANGE, RelatedPerson, rows, origin=origin, client=client, role=role)
