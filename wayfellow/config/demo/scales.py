"""Results of scales over the months, and the safety step that an answer opened."""

from __future__ import annotations

from random import Random
from typing import Any

from wayfellow.assessments import rules
from wayfellow.assessments.models import Response
from wayfellow.assessments.rules import Instrument
from wayfellow.config.demo.tale import NINE, Tale
from wayfellow.safety import rules as safety_rules
from wayfellow.safety.models import SafetyStep

EVERY_DAYS = 56
HIGHEST_ASKED = {"phq-9": 22, "gad-7": 19}
ENDED_AFTER_DAYS = {"item9": 20, "item9old": 75}


def results_made(tale: Tale) -> None:
    """PHQ-9 and GAD-7 where the story is about mood, sleep or worry: from the start, then about every eight weeks."""
    if not tale.workers:
        return
    codes = dict.fromkeys(code for thread in tale.threads for code in thread.arc.get("scores", ()))
    if "scores" in tale.person.flags or tale.person.scores:
        codes |= dict.fromkeys(rules.instruments())
    for code in codes:
        _line(tale, rules.instruments()[code])
    for flag, ago in ENDED_AFTER_DAYS.items():
        if flag in tale.person.flags and tale.start > ago + 5 and not tale.end:
            _item_nine(tale, min(ago, tale.start - 2))


def _line(tale: Tale, instrument: Instrument) -> None:
    """From a first total to a last one, with the ups and downs between."""
    random = tale.random
    first, last = tale.person.scores.get(instrument.code) or _ends(tale, instrument, random)
    days = list(range(tale.start - 3, tale.end, -EVERY_DAYS)) or [max(tale.start, 1)]
    newest = tale.end + random.randint(3, 25)
    if days[-1] - newest > EVERY_DAYS // 2:
        days.append(newest)
    for place, ago in enumerate(days):
        share = place / (len(days) - 1) if len(days) > 1 else 0
        wobble = random.choice((-2, -1, 0, 0, 1, 2)) if 0 < share < 1 else 0
        total = min(max(round(first + (last - first) * share) + wobble, 0), HIGHEST_ASKED[instrument.code])
        way = random.choice(("together", "together", "aloud", "phone"))
        _response(tale, instrument, ago, spread_over(instrument, total, random), way)


def _ends(tale: Tale, instrument: Instrument, random: Random) -> tuple[int, int]:
    first = random.randint(instrument.highest_total // 2, HIGHEST_ASKED[instrument.code])
    if tale.person.is_stuck:
        return first, max(0, first - random.randint(-2, 4))
    return first, max(1, first - random.randint(5, 11))


def spread_over(instrument: Instrument, total: int, random: Random) -> dict[str, int]:
    """Answers that make the total, none of them to a question about self-harm."""
    scored = [item.link_id for item in instrument.items if item.is_scored]
    answers = dict.fromkeys(scored, 0)
    free = [link_id for link_id in scored if link_id not in instrument.self_harm_items]
    while sum(answers.values()) < total:
        link_id = random.choice([one for one in free if answers[one] < 3])
        answers[link_id] += 1
    return answers


def _response(tale: Tale, instrument: Instrument, ago: int, answers: dict[str, int], way: str) -> Any:
    at, found = tale.days.at(max(ago, 1), tale.hour(10, 14)), rules.score(instrument, answers)
    return tale.add(
        Response,
        at,
        instrument=instrument.code,
        instrument_version=instrument.version,
        way=way,
        taken_at=at,
        taken_by=tale.worker_on(ago).pk,
        answers=rules.checked(instrument, answers),
        total=found.total,
        band=found.band,
    )


def _item_nine(tale: Tale, ago: int) -> None:
    """A positive answer to the last question, and what was done in the same hour."""
    instrument = rules.instruments()["phq-9"]
    answers = spread_over(instrument, tale.random.randint(11, 15), tale.random) | dict.fromkeys(
        instrument.self_harm_items, 1
    )
    response = _response(tale, instrument, ago, answers, "together")
    worker, at = tale.worker_on(ago), response.taken_at
    asked = {"asq-1": "yes", "asq-2": "no", "asq-3": "no", "asq-4": "no", "asq-5": "no"}
    tale.add(
        SafetyStep,
        at,
        why=SafetyStep.Why.ANSWER,
        response_id=response.pk,
        opened_at=at,
        opened_by=worker.pk,
        answers=asked,
        outcome=safety_rules.outcome(asked),
        called=f"{tale.crew.staff['patrice'].name}, from the car",
        done="Went through what helps, together. Pills for one week at a time from now on. Talked again the next morning: a better night.",
        next_contact_date=tale.days.day(ago - 1),
        closed_at=tale.days.at(ago - 1, NINE + 30),
        closed_by=worker.pk,
    )
