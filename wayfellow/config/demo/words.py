"""The words of the demonstration, read from data/, and how a sentence is filled in for one person."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

DATA = Path(__file__).parent / "data"
EARLY_DAYS, MIDDLE_DAYS = 40, 160
PRONOUNS = {"she": ("she", "her", "her"), "he": ("he", "him", "his"), "they": ("they", "them", "their")}
SPANISH = "Spanish"


def seeded(name: str) -> Random:
    """Chance that gives the same every time for the same name."""
    return Random(name)  # noqa: S311 - a seed is the point, nothing secret hangs on it


@cache
def read(name: str) -> dict[str, Any]:
    """One file of data/, by its name without ending."""
    return tomllib.loads((DATA / f"{name}.toml").read_text(encoding="utf-8"))


@cache
def arcs() -> dict[str, dict[str, Any]]:
    """Every story arc, by its file's name."""
    return {path.stem: read(f"arcs/{path.stem}") for path in sorted((DATA / "arcs").glob("*.toml"))}


@cache
def profiles() -> dict[str, dict[str, Any]]:
    """What people came with, by code."""
    return {row["code"]: row for row in read("health")["profiles"]}


def filled(text: str, *, name: str, who: str) -> str:
    """The sentence about this person. who: she, he or they; sentences keep to the past tense after a pronoun, so that all three fit."""
    they, them, their = PRONOUNS[who]
    forms = {"name": name, "they": they, "them": them, "their": their, "They": they.title(), "Their": their.title()}
    for form, word in forms.items():
        text = text.replace("{" + form + "}", word)
    return text


@dataclass
class Deck:
    """Draws from lists so that nothing comes twice before everything came once."""

    random: Random
    hands: dict[tuple[str, ...], list[str]] = field(default_factory=dict)

    def draw(self, key: tuple[str, ...], cards: Sequence[str]) -> str:
        """The next card of this pile; "" from an empty one."""
        if not cards:
            return ""
        hand = self.hands.setdefault(key, [])
        if not hand:
            hand.extend(self.random.sample(list(cards), len(cards)))
        return hand.pop()


def phase_of(days_in: int, *, is_stuck: bool) -> str:
    """early, middle or late, by the days since it was begun; who is stuck stays in the middle."""
    if days_in < EARLY_DAYS:
        return "early"
    return "middle" if days_in < MIDDLE_DAYS or is_stuck else "late"


def told(row: Mapping[str, str], *, language: str) -> str:
    """Their words, in Spanish where they speak it and said it so."""
    return (row.get("words_es", "") if language == SPANISH else "") or row.get("words", "")
