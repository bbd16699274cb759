"""Figures of this package: what a caseload weighs, and the limits of opening a record in an emergency. Pure."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

LEVELS_FILE = Path(__file__).parent / "data" / "support-levels.toml"

# How long an opening lasts, and how many a day one person has (docs/adr/0007).
GLASS_HOURS = 4
GLASS_A_DAY = 3
GLASS_REVIEW_BUSINESS_DAYS = 3
SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Weights:
    """What each support level weighs from a day on. full_caseload: the weight at which a caseload is full."""

    by_level: Mapping[str, int]
    full_caseload: int
    effective_from: date
    reviewed_on: date
    source: str
    is_verified: bool


@cache
def all_weights() -> tuple[Weights, ...]:
    """Every table of data/support-levels.toml, the newest first."""
    rows = tomllib.loads(LEVELS_FILE.read_text())["table"]
    found = [
        Weights(
            by_level=dict(row["weights"]),
            full_caseload=row["full_caseload"],
            effective_from=row["effective_from"],
            reviewed_on=row["reviewed_on"],
            source=row["source"],
            is_verified=row["verified"],
        )
        for row in rows
    ]
    return tuple(sorted(found, key=lambda table: table.effective_from, reverse=True))


def weights_on(day: date) -> Weights:
    """The table that counts on the day; before the first one, the first. Source: data/support-levels.toml."""
    tables = all_weights()
    return next((table for table in tables if table.effective_from <= day), tables[-1])


def caseload_weight(counts: Mapping[str, int], *, day: date) -> int:
    """The weight of a caseload: `counts` of open episodes by support level; a level without a weight counts as steady."""
    weights = weights_on(day).by_level
    return sum(weights.get(level, weights["steady"]) * count for level, count in counts.items())


def review_by(asked: date) -> date:
    """The last day to review an emergency opening of the day `asked`: 3 business days on, Monday to Friday."""
    day, left = asked, GLASS_REVIEW_BUSINESS_DAYS
    while left:
        day += timedelta(days=1)
        left -= day.weekday() < SATURDAY
    return day
