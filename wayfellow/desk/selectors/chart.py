"""Figures drawn by the server: places on a canvas from real rows. The templates turn them into SVG with a sentence beside."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wayfellow.desk.selectors.caseload import CaseloadRow
from wayfellow.ui.templatetags.ui import initials_of

WIDTH, LEFT, DAYS = 1120, 24, 28
TOP_OF_STACK, FLOOR, STEP = 4, 101, 28
LEVELS = {"light": 1, "steady": 2, "active": 3, "intensive": 4}


@dataclass(frozen=True)
class Dot:
    """One person on the caseload's line of days. level: 1 to 4."""

    x: float
    y: int
    row: CaseloadRow
    level: int

    @property
    def text_y(self) -> int:
        return self.y + 4

    @property
    def initials(self) -> str:
        return initials_of(self.row.client.chosen_name)


@dataclass(frozen=True)
class Mark:
    """A word at a place of the line: the name of a day, or how many more stand there."""

    x: float
    words: Any = ""
    count: int = 0


@dataclass(frozen=True)
class ByLastContact:
    """Everyone by days since the last contact. past: beyond their rhythm. sentence: what the picture says."""

    shown: Sequence[Dot]
    more: Sequence[Mark]
    lines: Sequence[Mark]
    past: Sequence[CaseloadRow]
    sentence: str


@dataclass(frozen=True)
class Line:
    """One score over time: the points of an SVG polyline and its ends, in a canvas of 272 x 116."""

    points: str
    first: tuple[float, float]
    last: tuple[float, float]
    first_value: int
    last_value: int
    first_day: date
    last_day: date

    @property
    def first_label_y(self) -> float:
        return self.first[1] - 8

    @property
    def last_label_y(self) -> float:
        return self.last[1] + 4


def _x(day: int) -> float:
    return round(LEFT + day * (WIDTH - 2 * LEFT - 12) / DAYS, 1)


def by_last_contact(*, rows: Sequence[CaseloadRow]) -> ByLastContact:
    """Four to a day at most, the rest as a number; four weeks and more stand at the end. Not reached yet: only in the table."""
    stacked: Counter[int] = Counter()
    shown = []
    for row in rows:
        if row.days_since_contact is None:
            continue
        day = min(row.days_since_contact, DAYS)
        if stacked[day] < TOP_OF_STACK:
            shown.append(Dot(_x(day), FLOOR - STEP * stacked[day], row, LEVELS[row.support_level]))
        stacked[day] += 1
    weeks = (_("today"), _("a week ago"), _("two weeks"), _("three weeks"), _("four"))
    past = [row for row in rows if row.is_past_rhythm]
    return ByLastContact(
        shown=shown,
        more=[Mark(_x(day), count=n - TOP_OF_STACK) for day, n in sorted(stacked.items()) if n > TOP_OF_STACK],
        lines=[Mark(_x(7 * place), words) for place, words in enumerate(weeks)],
        past=past[:TOP_OF_STACK],
        sentence=_sentence(len(shown), len(past)),
    )


def _sentence(people: int, past: int) -> str:
    first = ngettext(
        "%(n)d person placed by days since last contact.", "%(n)d people placed by days since last contact.", people
    )
    second = ngettext("%(n)d is past the agreed rhythm.", "%(n)d are past the agreed rhythm.", past)
    return f"{first % {'n': people}} {second % {'n': past}}"


def score_line(*, results: Sequence[tuple[date, int]], highest: int) -> Line | None:
    """The line of a score's results, oldest first; None for fewer than two. highest: the scale's highest total."""
    if len(results) < 2:
        return None
    start, end = results[0][0], results[-1][0]
    span = max((end - start).days, 1)
    places = [
        (round(12 + 232 * (day - start).days / span, 1), round(94 - 86 * value / highest, 1)) for day, value in results
    ]
    return Line(
        points=" ".join(f"{x},{y}" for x, y in places),
        first=places[0],
        last=places[-1],
        first_value=results[0][1],
        last_value=results[-1][1],
        first_day=start,
        last_day=end,
    )
