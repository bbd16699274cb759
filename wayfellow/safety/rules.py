"""The four ASQ questions and what their answers mean, and the lines that answer at any hour. Pure. Never a computed risk."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

DATA = Path(__file__).parent / "data"
YES, NO, REFUSED = "yes", "no", "refused"
FIRST_FOUR = ("asq-1", "asq-2", "asq-3", "asq-4")
RIGHT_NOW = "asq-5"


class NotAnAnswer(ValueError):
    """An answer other than yes, no or refused, or to a question that isn't asked."""


@dataclass(frozen=True)
class Question:
    """One question in its published words."""

    link_id: str
    text: str


@dataclass(frozen=True)
class Line:
    """A telephone line. phone, text: numbers to call and to text ("" for none)."""

    code: str
    name: str
    says: str
    phone: str
    text: str
    source: str
    reviewed_on: date
    is_checked: bool


@cache
def questions() -> tuple[Question, ...]:
    """The ASQ's five questions, in their order. Source: NIMH asQ toolkit (data/asq.json)."""
    form = json.loads((DATA / "asq.json").read_text())
    return tuple(Question(item["linkId"], item["text"]) for item in form["item"])


@cache
def credit() -> str:
    """The ASQ's credit line."""
    return str(json.loads((DATA / "asq.json").read_text())["copyright"])


@cache
def lines() -> tuple[Line, ...]:
    """The lines of data/lines.toml, in its order."""
    return tuple(
        Line(
            row["code"], row["name"], row["says"], row["phone"], row["text"],
            row["source"], row["reviewed_on"], row["verified"],
        )
        for row in tomllib.loads((DATA / "lines.toml").read_text())["line"]
    )  # fmt: skip


def checked(answers: Mapping[str, str]) -> dict[str, str]:
    """The answers in the order of the questions, the empty ones left out. Raises NotAnAnswer."""
    known = [question.link_id for question in questions()]
    for link_id, answer in answers.items():
        if link_id not in known or answer not in ("", YES, NO, REFUSED):
            raise NotAnAnswer(f"{link_id}: {answer}")
    return {link_id: answers[link_id] for link_id in known if answers.get(link_id)}


def outcome(answers: Mapping[str, str]) -> str:
    """negative, positive (not acute), acute, or not_asked while the first four are not through and none of them is positive.

    Positive: yes, or "rather not say", to any of the first four; then the fifth: yes is acute, and so is "rather not say", as the
    strictest reading. While the fifth isn't asked, it is positive and `needs_the_fifth`.
    Source: Horowitz 2012, Arch Pediatr Adolesc Med 166:1170; 2020, Psychosomatics 61:713.
    """
    if answers.get(RIGHT_NOW) in (YES, REFUSED):
        return "acute"
    if any(answers.get(link_id) in (YES, REFUSED) for link_id in FIRST_FOUR):
        return "positive"
    if all(answers.get(link_id) == NO for link_id in FIRST_FOUR):
        return "negative"
    return "not_asked"


def needs_the_fifth(answers: Mapping[str, str]) -> bool:
    """Whether the fifth question is to be asked and isn't answered yet."""
    positive = any(answers.get(link_id) in (YES, REFUSED) for link_id in FIRST_FOUR)
    return positive and not answers.get(RIGHT_NOW)
