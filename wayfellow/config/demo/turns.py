"""What doesn't happen to everybody: a crisis on Sunday, an opening in an emergency, a block, the queue, a second program."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from wayfellow.access.secrets import seal
from wayfellow.config.demo.crew import Crew
from wayfellow.config.demo.days import Days
from wayfellow.config.demo.rows import Rows, key_at
from wayfellow.config.demo.tale import NINE, Tale
from wayfellow.config.demo.words import seeded
from wayfellow.people.models import ConflictBlock, Intake, PossibleDuplicate
from wayfellow.people.reasons import INTAKE_DAYS
from wayfellow.programs.models import BreakGlassOpening, BreakGlassRequest
from wayfellow.programs.rules import GLASS_HOURS
from wayfellow.safety import rules as safety_rules
from wayfellow.safety.models import SafetyStep

EVENING = 21 * 60 + 50
BLOCKS = (("Sunniva Ulriksen", "abel", "Lives two doors from him"), ("Elias Wren", "simone", "Taught him at school"))


def crisis_made(tale: Tale) -> None:
    """Last Sunday night, and the step is still open."""
    if "crisis" not in tale.person.flags:
        return
    at = tale.days.at(tale.days.last_sunday(), EVENING)
    asked = {"asq-1": "yes", "asq-2": "yes", "asq-3": "yes", "asq-4": "no", "asq-5": "no"}
    tale.add(
        SafetyStep,
        at,
        why=SafetyStep.Why.WORDS,
        why_words=tale.fill(
            "Called 988 on Sunday night: “I can’t do another Sunday.” 988 rang our on-call number with {their} yes."
        ),
        opened_at=at,
        opened_by=tale.crew.staff["abel"].pk,
        answers=asked,
        outcome=safety_rules.outcome(asked),
        called="988; Patrice Aldana, on call",
        next_contact_date=tale.days.today,
    )


def waiting_made(tale: Tale) -> None:
    """Someone in the queue was written down by somebody, who knows them until a worker is found."""
    if tale.workers:
        return
    author = tale.crew.staff[tale.random.choice(("renee", "abel", "simone"))]
    at = tale.days.at(tale.start, NINE)
    tale.rows.add(
        Intake,
        at,
        tale.random,
        client=tale.client,
        author_id=author.pk,
        episode_id=tale.episode.pk,
        starts_at=at,
        ends_at=at + timedelta(days=INTAKE_DAYS),
    )


def blocks_made(crew: Crew, days: Days, rows: Rows, tales: Sequence[Tale]) -> None:
    """Colleagues who must not know somebody, one of them although she covers for their worker."""
    by_name = {tale.person.name: tale for tale in tales}
    pairs = [(by_name[name], code, why) for name, code, why in BLOCKS if name in by_name]
    pairs += [(tale, "renee", "Her cousin") for tale in tales if tale.person.worker == "tess"][:1]
    for tale, code, why in pairs:
        at = days.at(max(tale.start - 2, 0), NINE + 5)
        rows.add(
            ConflictBlock,
            at,
            tale.random,
            client=tale.client,
            staff_id=crew.staff[code].pk,
            why=why,
            starts_at=at,
            made_by=crew.staff["ona"].pk,
        )


def duplicates_made(days: Days, rows: Rows, tales: Sequence[Tale]) -> None:
    """Someone new who is here already, found by name and birth date the moment they were written down."""
    by_number = {tale.person.number: tale for tale in tales}
    for tale in tales:
        if tale.person.same_as is not None:
            at, other = days.at(tale.start, NINE), by_number[tale.person.same_as]
            about = {"client": tale.client, "other_id": other.client.pk, "because": "name,birth_date"}
            rows.add(PossibleDuplicate, at, tale.random, found_at=at, **about)


def emergencies_made(crew: Crew, days: Days, rows: Rows, tales: Sequence[Tale], seed: str) -> None:
    """One opening that waits for the privacy lead's review, one that opened nothing, one that was looked at long ago."""
    found = next((tale for tale in tales if "crisis" in tale.person.flags), None)
    if found is None:
        return
    sunday = days.last_sunday()
    asked = {"name": found.person.name, "birth_date": str(found.client.birth_date), "identifier": ""}
    why = "On call. 988 rang for her and I need the numbers of her people. Renee is not reachable until Monday."
    request = _request(
        crew, days, seed, number=1, code="simone", ago=sunday, minutes=EVENING + 12, asked=asked, why=why, opened=True
    )
    at = request.at
    rows.add(
        BreakGlassOpening,
        at,
        found.random,
        request=request,
        client=found.client,
        staff=crew.staff["simone"],
        starts_at=at,
        ends_at=at + timedelta(hours=GLASS_HOURS),
    )
    nobody = {"name": "Robin Castle", "birth_date": "1988-02-11", "identifier": ""}
    why = "The emergency room asked whether he has someone here."
    _request(
        crew, days, seed, number=2, code="jonah", ago=sunday + 1, minutes=15 * 60, asked=nobody, why=why, opened=False
    )
    old = _request(
        crew, days, seed, number=3, code="abel", ago=sunday + 40, minutes=18 * 60, asked=nobody, why=why, opened=False
    )
    old.reviewed_by, old.reviewed_at = crew.staff["ona"], days.at(sunday + 38, NINE)
    old.review_outcome, old.review_words = BreakGlassRequest.Outcome.NEEDED, "Talked with Abel; the reason holds."
    old.save(update_fields=["reviewed_by", "reviewed_at", "review_outcome", "review_words"])


def _request(
    crew: Crew,
    days: Days,
    seed: str,
    *,
    number: int,
    code: str,
    ago: int,
    minutes: int,
    asked: Mapping[str, Any],
    why: str,
    opened: bool,
) -> BreakGlassRequest:
    at, random = days.at(ago, minutes), seeded(f"{seed}/emergency/{number}")
    key = key_at(at, random)
    made: BreakGlassRequest = BreakGlassRequest.objects.create(
        id=key,
        agency=crew.agency,
        staff=crew.staff[code],
        key=key_at(at, random),
        at=at,
        why=why,
        was_opened=opened,
        asked_sealed=seal(json.dumps(dict(asked)), model="programs.BreakGlassRequest", key=key, field="asked"),
    )
    return made
