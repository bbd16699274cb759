"""Who there is: the people of the design pages first, then as many more as are asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

from wayfellow.config.demo.words import SPANISH, arcs, profiles, read, seeded

CAST_SHARE = 38 / 220
SMALLEST_CAST = 6
# How everybody else is spread: worker and program, or what becomes of those without a worker.
SPREAD: tuple[tuple[str, str, str, int], ...] = (
    ("", "community", "waiting", 6),
    ("lupe", "recovery", "open", 30),
    ("simone", "hospital", "open", 38),
    ("abel", "community", "closed", 14),
    ("tess", "community", "open", 36),
    ("abel", "community", "open", 44),
    ("", "hospital", "waiting", 3),
    ("simone", "hospital", "closed", 8),
    ("lupe", "recovery", "closed", 3),
)
LEVELS = (("light", 30, 25), ("steady", 14, 40), ("active", 7, 27), ("intensive", 3, 8))
TALLIES = {"hospital": (4, 80), "recovery": (20, 520), "community": (10, 760)}
ADULT = 18
SHARED_ARCS = (
    "housing",
    "benefits",
    "work",
    "food",
    "legal",
    "transport",
    "family",
    "documents",
    "health",
    "daily",
    "company",
)
YOUNG_ARCS = ("school", "family", "worry")


@dataclass
class Person:
    """One invented person, before any row.

    days: since they came; last_days: since the last contact. arcs: (arc, variant or None). same_as: the number of who they really are.
    """

    number: int
    name: str
    who: str
    age: int
    worker: str
    program: str
    status: str = "open"
    same_as: int | None = None
    birth_days: int = 0
    legal_name: str = ""
    language: str = "English"
    interpreter: bool = False
    level: str = "steady"
    every_days: int | None = None
    last_days: int = 5
    last_kind: str = ""
    review_days: int | None = None
    days: int = 120
    closed_days: int = 0
    arcs: Sequence[tuple[str, int | None]] = ()
    profile: str = "none-yet"
    own_words: str = ""
    what_helps: str = ""
    flags: frozenset[str] = frozenset()
    scores: Mapping[str, Sequence[int]] = field(default_factory=dict)
    circle: Sequence[Sequence[str]] = ()
    allergies: Sequence[str] = ()
    strengths: Sequence[Sequence[str]] = ()

    @property
    def first_name(self) -> str:
        return self.name.split()[0]

    @property
    def is_stuck(self) -> bool:
        """Not everybody gets better."""
        return "stuck" in self.flags


def people(*, clients: int, caseload: int | None, seed: str) -> list[Person]:
    """Everybody, `caseload` of them Renee's (None: as on the design pages). The same for the same numbers and seed."""
    wanted = caseload if caseload is not None else max(SMALLEST_CAST, round(clients * CAST_SHARE))
    wanted = min(wanted, clients)
    known = [_known(number, row) for number, row in enumerate(read("cast")["people"][:wanted])]
    namer = _names(seeded(f"{seed}/names"))
    rest = [_made_up(number, ("renee", "community", "open"), seed, namer) for number in range(len(known), wanted)]
    places = _places(clients - wanted, seeded(f"{seed}/places"))
    others = [_made_up(wanted + number, place, seed, namer) for number, place in enumerate(places)]
    _one_twice(others)
    everybody = known + rest + others
    for person in everybody:
        born = person.number if person.same_as is None else person.same_as
        person.birth_days = seeded(f"{seed}/born/{born}").randrange(360)
    return everybody


def _one_twice(others: Sequence[Person]) -> None:
    """Somebody who waits was written down a letter short; they are in the Part 2 program already, and only the privacy lead may know."""
    new = next((person for person in others if person.status == "waiting"), None)
    old = next((person for person in others if person.program == "recovery" and person.status == "open"), None)
    if new is not None and old is not None:
        new.name, new.who, new.age, new.same_as = old.name[:-1], old.who, old.age, old.number


def _known(number: int, row: Mapping[str, Any]) -> Person:
    values = dict(row)
    named = [arc.partition(":") for arc in values.pop("arcs")]
    values["arcs"] = [(name, int(place) if place else None) for name, _, place in named]
    values["flags"] = frozenset(values.get("flags", ()))
    values["who"] = values.pop("pronouns")
    return Person(number=number, worker="renee", program="community", **values)


def _places(count: int, random: Random) -> list[tuple[str, str, str]]:
    """Where everybody else belongs: one of each kind first, then spread by weight."""
    kinds = [(worker, program, status) for worker, program, status, _ in SPREAD]
    rest = [kind for kind, (*_, share) in zip(kinds, SPREAD, strict=True) for _ in range(share - 1)]
    random.shuffle(rest)
    whole = kinds + rest
    return [whole[place % len(whole)] for place in range(count)]


def _names(random: Random) -> Iterator[tuple[str, str]]:
    """Names nobody else has, each with its pronoun."""
    book = read("names")
    used = {row["name"] for row in read("cast")["people"]}
    while True:
        who = random.choices(("she", "he", "they"), (47, 45, 8))[0]
        name = f"{random.choice(book[who])} {random.choice(book['family'])}"
        if name not in used:
            used.add(name)
            yield name, who


def _made_up(number: int, place: tuple[str, str, str], seed: str, namer: Iterator[tuple[str, str]]) -> Person:
    random = seeded(f"{seed}/person/{number}")
    worker, program, status = place
    name, who = next(namer)
    age = random.randint(14, 17) if random.random() < 0.06 and program == "community" else random.randint(19, 79)
    level, every = _level(random)
    person = Person(
        number=number, name=name, who=who, age=age, worker=worker, program=program, status=status, level=level
    )
    person.every_days = every if random.random() < 0.7 else None
    _languages(person, random)
    _times(person, every, random)
    person.flags = _flags(person, random)
    _story(person, random)
    return person


def _level(random: Random) -> tuple[str, int]:
    level, every, _ = random.choices(LEVELS, [share for *_, share in LEVELS])[0]
    return level, every


def _languages(person: Person, random: Random) -> None:
    chance = random.random()
    if chance < 0.14:
        person.language = SPANISH
    elif chance < 0.24:
        person.language = random.choice(read("names")["languages"])
    person.interpreter = person.language != "English" and random.random() < 0.6
    if random.random() < 0.12:
        person.legal_name = f"{random.choice(read('names')[person.who])} {person.name.split()[-1]}"


def _times(person: Person, every: int, random: Random) -> None:
    shortest, longest = TALLIES[person.program]
    spread = random.random()
    person.days = shortest + int((longest - shortest) * spread * spread)
    late = random.random() < (0.28 if person.worker == "abel" else 0.09)
    person.last_days = every + random.randint(1, 9) if late else random.randint(1, every)
    person.last_days = min(person.last_days, max(1, person.days - 1))
    furthest = 28 if person.program == "hospital" else 84
    person.review_days = -random.randint(2, 24) if random.random() < 0.06 else random.randint(4, furthest)
    if person.status == "closed":
        person.closed_days = random.randint(6, 400)
        person.days = person.closed_days + random.randint(60, 420)
        person.last_days = person.closed_days
    if person.status == "waiting":
        person.days = random.randint(1, 12)


def _flags(person: Person, random: Random) -> frozenset[str]:
    chances = {
        "gap": 0.16, "stuck": 0.3, "peer": 0.2, "bell": 0.25, "nurse": 0.25, "attempts": 0.1, "unsigned": 0.05, "half": 0.02,
        "item9old": 0.03, "oldunsigned": 0.05 if person.worker == "abel" else 0.01, "twoprograms": 0.06, "confidential": 0.02,
    }  # fmt: skip
    found = {flag for flag, chance in chances.items() if random.random() < chance}
    if person.program != "community":
        found -= {"peer", "twoprograms"}
    if person.program == "recovery":
        found -= {"bell", "nurse"}
    return frozenset(found | ({"minor"} if person.age < ADULT else set()))


def _story(person: Person, random: Random) -> None:
    is_part2 = person.program == "recovery"
    fitting = [row for row in profiles().values() if row.get("is_part2", False) == is_part2]
    profile = random.choice(fitting)
    if person.age < ADULT:
        profile = profiles()["worry"]
    person.profile = profile["code"]
    pool = YOUNG_ARCS if person.age < ADULT else SHARED_ARCS
    wanted = random.choices((1, 2, 3, 4), (10, 40, 38, 12))[0]
    names = [*profile["arcs"], *random.sample(pool, len(pool))]
    names = list(dict.fromkeys(names))[: max(wanted, len(profile["arcs"]))]
    random.shuffle(names)
    person.arcs = [(name, None) for name in names if name in arcs()]
    general = read("general")
    if random.random() < 0.8:
        person.own_words = random.choice(general["wishes_es" if person.language == SPANISH else "wishes"])
    if random.random() < 0.8:
        person.what_helps = random.choice(general["helps"])
