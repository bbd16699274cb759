"""Careful reading of JSON that others wrote: every look says where it looked, so that what is wrong is named by its path."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

# FHIR R4, date and dateTime: a year, a year and month, a day, or a day with a time and its offset.
_DAY = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})")
_WHOLE = re.compile(r"-?\d{1,9}")


class Bad(Exception):
    """One resource can't be taken. path: where in the file; words: what is wrong there, without its value."""

    def __init__(self, path: str, words: str) -> None:
        super().__init__(f"{path}: {words}")
        self.path = path
        self.words = words


@dataclass(frozen=True)
class Node:
    """A JSON object and its path. A missing object is an empty one; a value of the wrong shape raises Bad."""

    value: dict[str, Any]
    path: str

    def __bool__(self) -> bool:
        return bool(self.value)

    def at(self, name: str) -> str:
        """The path of a part."""
        return f"{self.path}.{name}"

    def node(self, name: str) -> Node:
        """The object under `name`."""
        found = self.value.get(name)
        if found is not None and not isinstance(found, dict):
            raise Bad(self.at(name), "an object belongs here")
        return Node(found or {}, self.at(name))

    def nodes(self, name: str) -> list[Node]:
        """The objects of the list under `name`."""
        found = self.value.get(name)
        if found is None:
            return []
        if not isinstance(found, list):
            raise Bad(self.at(name), "a list belongs here")
        for place, each in enumerate(found):
            if not isinstance(each, dict):
                raise Bad(f"{self.at(name)}[{place}]", "an object belongs here")
        return [Node(each, f"{self.at(name)}[{place}]") for place, each in enumerate(found)]

    def first(self, name: str) -> Node:
        """The first object of the list under `name`, or an empty one."""
        found = self.nodes(name)
        return found[0] if found else Node({}, f"{self.at(name)}[0]")

    def text(self, name: str, limit: int = 0) -> str:
        """The text under `name`, trimmed; longer than `limit` it is cut, which an ellipsis shows."""
        found = self.value.get(name)
        if found is None:
            return ""
        if not isinstance(found, str):
            raise Bad(self.at(name), "text belongs here")
        return short(found, limit)

    def texts(self, name: str) -> list[str]:
        """The texts of the list under `name`."""
        found = self.value.get(name)
        if found is None:
            return []
        if not isinstance(found, list) or not all(isinstance(each, str) for each in found if each is not None):
            raise Bad(self.at(name), "a list of texts belongs here")
        return [each.strip() for each in found if each]

    def truth(self, name: str) -> bool:
        """Yes or no; no when it isn't said."""
        found = self.value.get(name, False)
        if not isinstance(found, bool):
            raise Bad(self.at(name), "true or false belongs here")
        return found

    def day(self, name: str) -> date | None:
        """The day, as written by its source (no zone turns it into another). None when only a month or year is known."""
        found = self.text(name)
        if not found:
            return None
        match = _DAY.fullmatch(found[:10]) if "T" in found or len(found) <= 10 else None
        if match is None:
            raise Bad(self.at(name), "a date like 2026-06-18 belongs here")
        year, month, day = (int(part or 1) for part in match.groups())
        try:
            whole = date(year, month, day)
        except ValueError as error:
            raise Bad(self.at(name), "there is no such day") from error
        return whole if match[3] else None

    def moment(self, name: str) -> datetime | None:
        """The moment, in UTC; noon UTC of a day without a time, which is that day nearly everywhere. None for less than a day."""
        found = self.text(name)
        if "T" not in found:
            day = self.day(name)
            return datetime(day.year, day.month, day.day, 12, tzinfo=UTC) if day else None
        if not _MOMENT.fullmatch(found):
            raise Bad(self.at(name), "a time like 2026-06-18T09:30:00-04:00 belongs here")
        try:
            return datetime.fromisoformat(found).astimezone(UTC)
        except (ValueError, OverflowError) as error:
            raise Bad(self.at(name), "there is no such moment") from error

    def whole(self, name: str) -> int | None:
        """The whole number under `name`, also when it is written as 12.0 or "12"."""
        found = self.value.get(name)
        if found is None:
            return None
        if isinstance(found, str) and _WHOLE.fullmatch(found.strip()):
            return int(found)
        if isinstance(found, bool) or not isinstance(found, int | float | Decimal):
            raise Bad(self.at(name), "a number belongs here")
        try:
            exact = Decimal(str(found))
            if exact != exact.to_integral_value() or abs(exact) > 999_999_999:
                raise Bad(self.at(name), "a whole number belongs here")
        except InvalidOperation as error:
            raise Bad(self.at(name), "a number belongs here") from error
        return int(exact)

    def codings(self) -> list[Node]:
        """The codings of this CodeableConcept."""
        return self.nodes("coding")

    def codes(self) -> set[str]:
        """The codes of this CodeableConcept."""
        return {coding.text("code") for coding in self.codings()} - {""}

    def label(self, limit: int = 0) -> str:
        """This CodeableConcept in words: its text, else what its first coding with a name says."""
        names = [self.text("text"), *(coding.text("display") for coding in self.codings())]
        return short(next((name for name in names if name), ""), limit)


def short(text: str, limit: int = 0) -> str:
    """Text on one line without outer spaces, cut at `limit` characters (0: never)."""
    text = " ".join(text.split())
    return text if not limit or len(text) <= limit else text[: limit - 1].rstrip() + "…"
