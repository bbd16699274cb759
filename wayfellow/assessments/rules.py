"""Scales: questions, totals, bands and what a change means. Pure; the published rules stand in data/scoring.toml."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"
ORDINAL = "http://hl7.org/fhir/StructureDefinition/ordinalValue"
# A second result this soon says nothing about change: the questions ask about the last two weeks.
EARLY_DAYS = 14


class NotAnAnswer(ValueError):
    """An answer that the scale doesn't offer, or to a question that it doesn't ask."""


@dataclass(frozen=True)
class Option:
    """One answer: its published words and its number."""

    label: str
    value: int


@dataclass(frozen=True)
class Item:
    """One question of a scale. is_scored: it counts for the total."""

    link_id: str
    text: str
    options: tuple[Option, ...]
    is_scored: bool


@dataclass(frozen=True)
class Band:
    """A range of totals, both ends in it, and the code of its severity."""

    low: int
    high: int
    code: str


@dataclass(frozen=True)
class Instrument:
    """A published scale. stem: the words before every question. copyright: its credit line. is_checked: a clinician read it here."""

    code: str
    version: str
    title: str
    short_title: str
    about: str
    stem: str
    items: tuple[Item, ...]
    highest_total: int
    bands: tuple[Band, ...]
    self_harm_items: tuple[str, ...]
    reliable_change: int
    reliable_change_source: str
    source: str
    copyright: str
    effective_from: date
    reviewed_on: date
    is_checked: bool

    def item(self, link_id: str) -> Item:
        """The question with this linkId. Raises NotAnAnswer."""
        found = next((item for item in self.items if item.link_id == link_id), None)
        if found is None:
            raise NotAnAnswer(link_id)
        return found


@dataclass(frozen=True)
class Score:
    """total: 0 to the scale's highest; None while a scored item is missing. band: "" then. missing: linkIds, in the scale's order."""

    total: int | None
    band: str
    missing: tuple[str, ...]


@dataclass(frozen=True)
class Change:
    """code: better, worse, same, early (less than two weeks apart) or first. points: newest minus the one compared with."""

    code: str
    points: int
    reliable_change: int
    source: str


@cache
def instruments() -> dict[str, Instrument]:
    """Every scale that ships, by code, in the order of data/scoring.toml."""
    table = tomllib.loads((DATA / "scoring.toml").read_text())
    return {code: _instrument(code, row) for code, row in table.items()}


def _instrument(code: str, row: dict[str, Any]) -> Instrument:
    form = json.loads((DATA / f"{code}.json").read_text())
    stem = next((item["text"] for item in form["item"] if item["type"] == "display"), "")
    questions = [item for item in form["item"] if item["type"] == "choice"]
    return Instrument(
        code=code,
        version=form["version"],
        title=form["title"],
        short_title=row["short_title"],
        about=row["about"],
        stem=stem,
        items=tuple(
            Item(one["linkId"], one["text"], _options(one), is_scored=one["linkId"] in row["items"])
            for one in questions
        ),
        highest_total=row["highest_total"],
        bands=tuple(Band(low, high, band) for low, high, band in row["bands"]),
        self_harm_items=tuple(row["self_harm_items"]),
        reliable_change=row["reliable_change"],
        reliable_change_source=row["reliable_change_source"],
        source=row["source"],
        copyright=form["copyright"],
        effective_from=row["effective_from"],
        reviewed_on=row["reviewed_on"],
        is_checked=row["verified"],
    )


def _options(question: dict[str, Any]) -> tuple[Option, ...]:
    """The answers with their published numbers; those of a question that isn't scored have none, and count from 0 in their order."""
    found = []
    for place, option in enumerate(question["answerOption"]):
        ordinals = [extra["valueDecimal"] for extra in option.get("extension", ()) if extra["url"] == ORDINAL]
        found.append(Option(option["valueCoding"]["display"], int(ordinals[0]) if ordinals else place))
    return tuple(found)


def checked(instrument: Instrument, answers: Mapping[str, int]) -> dict[str, int]:
    """The answers, in the scale's order. Raises NotAnAnswer for one that the scale doesn't offer."""
    for link_id, value in answers.items():
        if value not in {option.value for option in instrument.item(link_id).options}:
            raise NotAnAnswer(f"{link_id}: {value}")
    return {item.link_id: answers[item.link_id] for item in instrument.items if item.link_id in answers}


def score(instrument: Instrument, answers: Mapping[str, int]) -> Score:
    """The sum of the scored items; no total while one is missing (nothing is prorated). Source: data/scoring.toml, `source`."""
    scored = [item.link_id for item in instrument.items if item.is_scored]
    missing = tuple(link_id for link_id in scored if link_id not in answers)
    if missing:
        return Score(None, "", missing)
    total = sum(answers[link_id] for link_id in scored)
    return Score(total, band_of(instrument, total), ())


def band_of(instrument: Instrument, total: int) -> str:
    """The code of the severity band that this total lies in; "" outside of all."""
    return next((band.code for band in instrument.bands if band.low <= total <= band.high), "")


def tells_of_self_harm(instrument: Instrument, answers: Mapping[str, int]) -> bool:
    """Any answer above 0 to a question about death or self-harm, whatever the total (PHQ-9 item 9)."""
    return any(answers.get(link_id, 0) > 0 for link_id in instrument.self_harm_items)


def change(instrument: Instrument, results: Sequence[tuple[date, int]]) -> Change:
    """The newest total against the first. results: (day, total), oldest first, at least one. Source: `reliable_change_source`.

    Fewer points than the reliable change are "same": they may be chance. Lower is better in every scale that ships.
    """
    first_day, first = results[0]
    last_day, last = results[-1]
    points = last - first

    def said(code: str) -> Change:
        return Change(code, points, instrument.reliable_change, instrument.reliable_change_source)

    if len(results) < 2:
        return said("first")
    if (last_day - first_day).days < EARLY_DAYS:
        return said("early")
    if abs(points) < instrument.reliable_change:
        return said("same")
    return said("better" if points < 0 else "worse")
