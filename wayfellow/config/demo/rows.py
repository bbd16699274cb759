"""Rows in the making: keys that follow from the seed, and the writing of a batch with its audit."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from random import Random
from typing import Any
from uuid import UUID

from wayfellow.access import Actor, GuardedModel
from wayfellow.access.trail import Entry
from wayfellow.access.work import work
from wayfellow.assessments.models import Diagnosis, Need, Response, Strength
from wayfellow.medications.models import Medication
from wayfellow.notes.models import Amendment, Note, NoteThread
from wayfellow.people import verbs as people_verbs
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
from wayfellow.plans.models import CarePlan, Goal, Intervention, Objective, PlanVersion, Signature
from wayfellow.programs.models import Assignment, BreakGlassOpening, Episode
from wayfellow.safety.models import SafetyStep

# Parents before children.
ORDER: tuple[type[GuardedModel], ...] = (
    Client, Phone, Email, Address, AddressReader, Identifier, Allergy, RelatedPerson, NameKey, ConflictBlock, Intake, Episode,
    Assignment, Need, Strength, Diagnosis, Response, CarePlan, Goal, Objective, Intervention, PlanVersion, Signature, Note,
    NoteThread, Amendment, Medication, SafetyStep, BreakGlassOpening, PossibleDuplicate,
)  # fmt: skip
KEYED = {
    Intake, Episode, Need, Strength, Diagnosis, Response, CarePlan, Goal, Objective, Intervention, PlanVersion, Signature, Note,
    Amendment, Medication, SafetyStep,
}  # fmt: skip
BATCH = 400


def key_at(moment: datetime, random: Random) -> UUID:
    """A UUIDv7 of that moment, its rest from the seed: the same on every build, in the order of time like any other key."""
    millis = int(moment.timestamp() * 1000) & (2**48 - 1)
    value = millis << 80 | 7 << 76 | random.getrandbits(12) << 64 | 2 << 62 | random.getrandbits(62)
    return UUID(int=value)


class Rows:
    """The rows of some people, kept until they are written together."""

    def __init__(self) -> None:
        self.waiting = _nothing()

    def add(self, model: type[Any], at: datetime, random: Random, **values: Any) -> Any:
        """One row, with a key of its moment."""
        if model in KEYED:
            values.setdefault("key", key_at(at, random))
        row = model(id=key_at(at, random), **values)
        self.waiting[model].append(row)
        return row

    def of(self, model: type[Any]) -> list[Any]:
        """The rows of one model so far."""
        return self.waiting[model]

    def write(self, actor: Actor) -> None:
        """Write them all, and one audit row for each client, in one transaction; then begin anew."""
        clients = dict.fromkeys(row.about()[0] for model in ORDER for row in self.waiting[model])
        with work(actor) as running:
            for model in ORDER:
                rows: Any = model.objects.for_writing(actor)
                rows.bulk_create(self.waiting[model], batch_size=BATCH)
            running.entries += made_up(clients)
        self.waiting = _nothing()


def _nothing() -> dict[type[Any], list[Any]]:
    return {model: [] for model in ORDER}


def made_up(clients: Iterable[UUID]) -> list[Entry]:
    """What the audit says of people who were made up."""
    return [Entry(verb=people_verbs.CLIENT_CREATE.code, client_id=client_id) for client_id in clients]
