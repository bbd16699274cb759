"""Figures drawn by the server: places on a canvas from real rows. The templates turn them into SVG with a sentence beside."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from wayfellow.desk.selectors.caseload import CaseloadRow

WIDTH, HEIGHT, LEFT, DAYS = 1120, 138, 24, 28
LEVELS = {"light": 1, "steady": 2, "active": 3, "intensive": 4}


@dataclass(frozen=True)
class Dot:
    """One person on the caseload's line of days. level: 1 to 4."""

    x: float
    y: float
    row: CaseloadRow
    level: int


@dataclass(frozen=True)
class Line:
    """One score over time: the points of an SVG polyline and the two ends, in a canvas of 272 x 116."""

    points: str
    first: tuple[float, float]
    last: tuple[float, float]
    first_value: int
    last_value: int
    first_day: date
    last_day: date


def dots(rows: Iterable[CaseloadRow]) -> Sequence[Dot]:
    """Everyone by days since the last contact, stacked where several share a day; four weeks and more stand at the end.

    People not reached yet are left out: the table names them.
    """
    stacked: Counter[int] = Counter()
    found = []
    for row in rows:
        if row.days_since_contact is None:
            continue
        day = min(row.days_since_contact, DAYS)
        if stacked[day] < 4:
            x = LEFT + day * (WIDTH - 2 * LEFT - 12) / DAYS
            found.append(Dot(round(x, 1), 101 - 28 * stacked[day], row, LEVELS[row.support_level]))
        stacked[day] += 1
    return found


def score_line(results: Sequence[tuple[date, int]], highest: int) -> Line | None:
    """The line of a score's results, oldest first; None for fewer than two. highest: the scale's highest total."""
    if len(results) < 2:
        return None
    start, end = results[0][0], results[-1][0]
    span = max((end - start).days, 1)
    places = [(12 + 232 * (day - start).days / span, 94 - 86 * value / highest) for day, value in results]
    places = [(round(x, 1), round(y, 1)) for x, y in places]
    return Line(
        points=" ".join(f"{x},{y}" for x, y in places),
        first=places[0],
        last=places[-1],
        first_value=results[0][1],
        last_value=results[-1][1],
        first_day=start,
        last_day=end,
    )
