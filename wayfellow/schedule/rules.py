"""What is due, by when, and which rule says so. Pure: facts and a day in, due items out.

Days are calendar days in the agency's time zone. Last contact is two-way contact with the person; attempts don't
count.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

RULES_FILE = Path(__file__).parent / "data" / "rules.toml"


@dataclass(frozen=True, slots=True)
class Rule:
    """One dated rule. days: from the clock's day to the last day to act; days_by_support_level in its place where it differs."""

    code: str
    clock: str
    days: int | None
    days_by_support_level: tuple[tuple[str, int], ...]
    soon_days: int
    source: str
    jurisdiction: str
    effective_from: date
    reviewed_on: date
    is_verified: bool

    def days_for(self, support_level: str) -> int | None:
        """Days to act for this support level; None when the rule says nothing of it."""
        return dict(self.days_by_support_level).get(support_level, self.days)


@dataclass(frozen=True, slots=True)
class Facts:
    """What the rules need to know of one client's open episode. unsigned_notes: the days of contacts whose note isn't signed.

    contact_every_days: the rhythm agreed with the person; None where none was. opened: the day the episode began.
    """

    client_id: UUID
    episode_id: UUID | None
    opened: date
    support_level: str
    contact_every_days: int | None = None
    last_contact: date | None = None
    plan_review: date | None = None
    has_signed_plan: bool = False
    unsigned_notes: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class Due:
    """One thing to do for one client. state: late, today, soon or "" (later). every_days: the rhythm, for a contact."""

    client_id: UUID
    episode_id: UUID | None
    rule: str
    act_by: date
    state: str
    source: str
    is_verified: bool
    every_days: int | None = None

    def days_late(self, today: date) -> int:
        """Whole days past the day to act; 0 while there is time."""
        return max(0, (today - self.act_by).days)


@cache
def all_rules() -> tuple[Rule, ...]:
    """Every rule of data/rules.toml, in its order."""
    return tuple(_rule(row) for row in tomllib.loads(RULES_FILE.read_text())["rule"])


def _rule(row: dict[str, Any]) -> Rule:
    return Rule(
        code=row["code"],
        clock=row["clock"],
        days=row.get("days"),
        days_by_support_level=tuple(row.get("days_by_support_level", {}).items()),
        soon_days=row["soon_days"],
        source=row["source"],
        jurisdiction=row["jurisdiction"],
        effective_from=row["effective_from"],
        reviewed_on=row["reviewed_on"],
        is_verified=row["verified"],
    )


def rules_in_force(on: date, rules: Iterable[Rule] | None = None) -> list[Rule]:
    """The newest version of each rule that had begun by that day."""
    newest: dict[str, Rule] = {}
    for rule in all_rules() if rules is None else rules:
        known = newest.get(rule.code)
        if rule.effective_from <= on and (known is None or known.effective_from <= rule.effective_from):
            newest[rule.code] = rule
    return list(newest.values())


def due_items(facts: Iterable[Facts], today: date, rules: Iterable[Rule] | None = None) -> list[Due]:
    """All that is due or will be, the earliest day to act first; ties in the order of the rules, then by client."""
    in_force = rules_in_force(today, rules)
    places = {rule.code: place for place, rule in enumerate(in_force)}
    found = [due for fact in facts for rule in in_force for due in _due(fact, rule, today)]
    return sorted(found, key=lambda due: (due.act_by, places[due.rule], str(due.client_id)))


def _due(facts: Facts, rule: Rule, today: date) -> Iterator[Due]:
    every = None
    days = rule.days_for(facts.support_level)
    if rule.clock == "last_contact":
        every = days = facts.contact_every_days or days
    if days is None:
        return
    for start in _starts(facts, rule.clock):
        act_by = start + timedelta(days=days)
        yield Due(
            client_id=facts.client_id,
            episode_id=facts.episode_id,
            rule=rule.code,
            act_by=act_by,
            state=state_of(act_by, today, rule.soon_days),
            source=rule.source,
            is_verified=rule.is_verified,
            every_days=every,
        )


def _starts(facts: Facts, clock: str) -> tuple[date, ...]:
    """The days from which a rule counts; none when it does not apply (a plan that is signed needs no first plan)."""
    match clock:
        case "plan_review_date":
            return (facts.plan_review,) if facts.plan_review else ()
        case "episode_start":
            return () if facts.has_signed_plan else (facts.opened,)
        case "last_contact":
            return (facts.last_contact or facts.opened,)
        case "unsigned_note":
            return facts.unsigned_notes
    raise ValueError(f"No such clock: {clock}")


def state_of(act_by: date, today: date, soon_days: int) -> str:
    """late, today, soon (within soon_days) or "" for what has time."""
    left = (act_by - today).days
    if left < 0:
        return "late"
    if left == 0:
        return "today"
    return "soon" if left <= soon_days else ""
