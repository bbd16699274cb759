"""One person in one program: what the parts of their story share, and the rows that open it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from random import Random
from typing import Any

from wayfellow.config.demo.cast import Person
from wayfellow.config.demo.crew import Crew
from wayfellow.config.demo.days import Days
from wayfellow.config.demo.rows import Rows
from wayfellow.config.demo.words import Deck, filled, read
from wayfellow.people.models import Client, RelatedPerson
from wayfellow.plans.models import Goal, Intervention, Objective
from wayfellow.programs.models import Assignment, Episode, Program, Staff

NINE = 9 * 60
HELPERS = {"bell": "prescriber", "nurse": "nurse", "peer": "peer"}
HELPER_CODES = {"bell": "bell", "nurse": "jonah", "peer": "darnell"}
TOOK_OVER_DAYS = 420
# Who is called by name in data/ where they work with the person, and by what they do where they don't.
STAND_INS = {
    "Dr. Bell": ("prescriber", "the psychiatrist"),
    "Jonah": ("nurse", "the nurse"),
    "Darnell": ("peer", "the peer worker"),
}


@dataclass
class Thread:
    """One need and what hangs on it. since, until: days ago (until 0: still open). arc: the words it is told with."""

    name: str
    arc: dict[str, Any]
    need: Any
    since: int
    until: int = 0
    goal: Goal | None = None
    objectives: list[Objective] = field(default_factory=list)
    actions: list[Intervention] = field(default_factory=list)


@dataclass
class Tale:
    """What every part of one story needs. start, end: days ago; end is 0 while it goes on. workers: (from days ago, who), newest first."""

    person: Person
    crew: Crew
    days: Days
    rows: Rows
    random: Random
    client: Client
    program: Program
    episode: Episode
    start: int
    end: int
    workers: list[tuple[int, Staff]] = field(default_factory=list)
    helpers: dict[str, Staff] = field(default_factory=dict)
    circle: list[RelatedPerson] = field(default_factory=list)
    threads: list[Thread] = field(default_factory=list)
    deck: Deck = field(init=False)

    def __post_init__(self) -> None:
        self.deck = Deck(self.random)

    @property
    def worker(self) -> Staff:
        """Who works with them now, or did last."""
        return self.workers[0][1]

    def worker_on(self, ago: int) -> Staff:
        """Who worked with them that day."""
        return next((staff for since, staff in self.workers if since >= ago), self.workers[-1][1])

    def add(self, model: type[Any], at: datetime, **values: Any) -> Any:
        """A row of this client in this stay."""
        return self.rows.add(model, at, self.random, client=self.client, episode=self.episode, **values)

    def fill(self, text: str) -> str:
        """A sentence about this person, naming only helpers who work with them."""
        for name, (role, words) in STAND_INS.items():
            if role not in self.helpers and name in text:
                text = text.replace(name, words)
                text = text[:1].upper() + text[1:]
                text = text.replace(f". {words}", f". {words.capitalize()}")
        return filled(text, name=self.person.first_name, who=self.person.who)

    def hour(self, first: int = 9, last: int = 15) -> int:
        """Minutes after midnight, on a quarter of an hour."""
        return self.random.randint(first * 4, last * 4 + 3) * 15


def tale_begun(
    person: Person,
    crew: Crew,
    days: Days,
    rows: Rows,
    random: Random,
    client: Client,
    *,
    program: str,
    worker: str,
    start: int,
) -> Tale:
    """The stay, and who works with them in it."""
    at = days.at(start, NINE)
    closed = person.status == "closed" and program == person.program
    general = read("general")
    values: dict[str, Any] = {"status": "open" if worker else "waiting", "starts_at": at}
    if closed:
        values |= {"status": "closed", "ends_at": days.at(person.closed_days, 16 * 60)}
    episode = rows.add(
        Episode,
        at,
        random,
        client=client,
        program=crew.programs[program],
        support_level=person.level,
        contact_every_days=person.every_days,
        referred_by=random.choice(general["referred_by"]),
        came_because=filled(random.choice(general["came_because"]), name=person.first_name, who=person.who),
        closed_because=filled(random.choice(general["closed_because"]), name=person.first_name, who=person.who)
        if closed
        else "",
        **values,
    )
    end = person.closed_days if closed else 0
    tale = Tale(person, crew, days, rows, random, client, crew.programs[program], episode, start, end)
    if worker:
        _assigned(tale, worker, values.get("ends_at"))
    return tale


def _assigned(tale: Tale, code: str, ends_at: datetime | None) -> None:
    """The primary worker, in long stories after another one, and the helpers of the team."""
    staff, crew, days = tale.crew.staff[code], tale.crew, tale.days
    if tale.start > TOOK_OVER_DAYS * 2 and code == "renee":
        before = crew.staff["tess"]
        turn = days.at(TOOK_OVER_DAYS, NINE)
        _assignment(tale, before, days.at(tale.start, NINE), turn, Assignment.Kind.PRIMARY)
        _assignment(tale, staff, turn, ends_at, Assignment.Kind.PRIMARY)
        tale.workers = [(TOOK_OVER_DAYS, staff), (tale.start, before)]
    else:
        _assignment(tale, staff, days.at(tale.start, NINE), ends_at, Assignment.Kind.PRIMARY)
        tale.workers = [(tale.start, staff)]
    if tale.program.is_part2:
        return
    for flag, role in HELPERS.items():
        if flag in tale.person.flags:
            helper = crew.staff[HELPER_CODES[flag]]
            since = days.at(max(tale.end + 1, tale.start - tale.random.randint(3, 30)), NINE)
            _assignment(tale, helper, since, ends_at, Assignment.Kind.SECONDARY)
            tale.helpers[role] = helper


def _assignment(tale: Tale, staff: Staff, at: datetime, ends_at: datetime | None, kind: str) -> None:
    tale.add(
        Assignment, at, staff=staff, kind=kind, starts_at=at, ends_at=ends_at, made_by=tale.crew.staff["patrice"].pk
    )
