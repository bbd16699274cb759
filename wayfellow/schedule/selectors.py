"""Reads: what is due, in words. Pure until appointments and tasks have rows of their own."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from wayfellow.schedule.rules import Due, Facts, due_items
from wayfellow.schedule.words import DueWords, due_words

__all__ = ["Due", "DueWords", "Facts", "due"]


def due(*, facts: Iterable[Facts], today: date) -> list[DueWords]:
    """All that is due or will be by the rules in force on that day, the earliest day to act first, each in words."""
    return [due_words(item, today) for item in due_items(facts, today)]
