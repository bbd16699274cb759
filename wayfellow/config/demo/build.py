"""Building the agency: person by person in memory, some of them written together, all of it in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from random import Random

from django.db import transaction

from wayfellow.access import Actor, system_actor
from wayfellow.config.demo import turns
from wayfellow.config.demo.cast import Person, people
from wayfellow.config.demo.contacts import contacts_made
from wayfellow.config.demo.crew import Crew, SignIn, crew_made
from wayfellow.config.demo.days import Days
from wayfellow.config.demo.details import client_made, details_made, strengths_made
from wayfellow.config.demo.plan import thread_made
from wayfellow.config.demo.rows import Rows
from wayfellow.config.demo.scales import results_made
from wayfellow.config.demo.tale import Tale, tale_begun
from wayfellow.config.demo.trail import Look, looks_at_lists, looks_of_rows, trail_written
from wayfellow.config.demo.words import read, seeded
from wayfellow.notes.models import Note
from wayfellow.people.models import Client
from wayfellow.plans.models import Signature
from wayfellow.programs.models import Agency, BreakGlassOpening

CLIENTS = 220
SEED = "wayfellow"
TOGETHER = 20
SECOND_PROGRAM_ARCS = (("sobriety", None), ("family", None))
LOOKED_AT = {"note": Note, "signature": Signature, "opening": BreakGlassOpening}


@dataclass(frozen=True)
class Built:
    """What was made."""

    agency: Agency
    clients: int
    password: str
    sign_ins: tuple[SignIn, ...]


def build(
    *,
    at: datetime,
    clients: int = CLIENTS,
    caseload: int | None = None,
    seed: str = SEED,
    on_clients: Callable[[int], object] | None = None,
) -> Built:
    """Make the agency of the demonstration in an empty database; the same day and seed give the same content.

    at: aware, now; only its day (in the agency's zone) counts. clients: how many people, 0 for an agency that begins. caseload: how many of
    them are Renee's; None: as on the design pages. on_clients: told how many more are done, for a progress bar.
    """
    days = Days.of(at, read("agency")["agency"]["timezone"])
    with transaction.atomic():
        crew = crew_made(days, seeded(f"{seed}/crew"))
        maker = _Maker(crew, days, seed, _actor(crew, at), on_clients or (lambda done: None))
        maker.make(people(clients=clients, caseload=caseload, seed=seed), at)
    return Built(crew.agency, clients, crew.password, crew.sign_ins)


def _actor(crew: Crew, at: datetime) -> Actor:
    return system_actor(job="demo", agency_id=crew.agency.pk, roles=frozenset(), at=at, timezone=crew.agency.timezone)


class _Maker:
    """Goes through the people and writes them, TOGETHER at a time."""

    def __init__(self, crew: Crew, days: Days, seed: str, actor: Actor, on_clients: Callable[[int], object]) -> None:
        self.crew, self.days, self.seed, self.actor, self.on_clients = crew, days, seed, actor, on_clients
        self.rows, self.looks = Rows(), list[Look]()
        self.tales: list[Tale] = []

    def make(self, everybody: Sequence[Person], at: datetime) -> None:
        for place in range(0, len(everybody), TOGETHER):
            some = everybody[place : place + TOGETHER]
            for person in some:
                self.tales += _stories(person, self.crew, self.days, self.rows, self.seed)
            self._write()
            self.on_clients(len(some))
        turns.blocks_made(self.crew, self.days, self.rows, self.tales)
        turns.duplicates_made(self.days, self.rows, self.tales)
        turns.emergencies_made(self.crew, self.days, self.rows, self.tales, self.seed)
        self._write()
        self.looks += looks_at_lists(self.tales, self.days)
        trail_written(self.crew, self.looks, at)

    def _write(self) -> None:
        self.looks += looks_of_rows(self.rows.waiting, self.days, LOOKED_AT)
        self.rows.write(self.actor)


def _stories(person: Person, crew: Crew, days: Days, rows: Rows, seed: str) -> list[Tale]:
    """Everything about one person: their stay, and a second one in the protected program for a few."""
    random = seeded(f"{seed}/story/{person.number}")
    client = client_made(person, crew, days, rows, random)
    tale = tale_begun(
        person, crew, days, rows, random, client, program=person.program, worker=person.worker, start=person.days
    )
    if tale.workers:
        details_made(tale)
    thread_made(tale, person.arcs)
    if tale.workers:
        strengths_made(tale)
    results_made(tale)
    contacts_made(tale)
    turns.crisis_made(tale)
    turns.waiting_made(tale)
    return [tale, *_second_stay(person, crew, days, rows, random, client)]


def _second_stay(person: Person, crew: Crew, days: Days, rows: Rows, random: Random, client: Client) -> list[Tale]:
    """A few people are in the Part 2 program as well; who works with them elsewhere sees nothing of it."""
    if "twoprograms" not in person.flags or person.status != "open" or person.days < 40:
        return []
    start = min(person.days - 10, 150)
    tale = tale_begun(person, crew, days, rows, random, client, program="recovery", worker="lupe", start=start)
    thread_made(tale, SECOND_PROGRAM_ARCS)
    contacts_made(tale)
    return [tale]
