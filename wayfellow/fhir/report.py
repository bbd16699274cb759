"""What an import did, line by line. A line names a place in the file and a kind of resource, never a person or a value."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum

from wayfellow.fhir.bundle import Entry
from wayfellow.fhir.node import Bad


class How(StrEnum):
    """What became of one entry."""

    TAKEN = "taken"
    KEPT = "kept as received"
    CHANGED = "brought up to date"
    SAME = "unchanged"
    SKIPPED = "skipped"
    BAD = "bad"


@dataclass(frozen=True)
class Line:
    """One entry. path: where in the file. words: why, for what was skipped or is bad."""

    place: int
    path: str
    kind: str
    how: How
    words: str = ""

    def __str__(self) -> str:
        return f"{self.path} {self.kind}: {self.how}{f', {self.words}' if self.words else ''}".replace(" :", ":")


@dataclass
class Report:
    """The lines of one file, and what they add up to."""

    lines: list[Line] = field(default_factory=list)

    def add(self, entry: Entry, how: How, words: str = "") -> None:
        """A line about an entry."""
        self.lines.append(Line(entry.place, f"entry[{entry.place}]", entry.kind, how, words))

    def bad(self, bad: Bad, place: int, kind: str = "") -> None:
        """A line about something that can't be read, at its own path."""
        self.lines.append(Line(place, bad.path, kind, How.BAD, bad.words))

    def in_order(self) -> list[Line]:
        """The lines as the file has their entries."""
        return sorted(self.lines, key=lambda line: line.place)

    def counts(self) -> Counter[How]:
        """How many entries came to which end."""
        return Counter(line.how for line in self.lines)

    @property
    def is_fruitless(self) -> bool:
        """Nothing was taken, and nothing was here already."""
        counts = self.counts()
        return not any(counts[how] for how in (How.TAKEN, How.KEPT, How.CHANGED, How.SAME))

    def summary(self) -> str:
        """All of it in one line."""
        counts = self.counts()
        parts = [f"{counts[how]} {how}" for how in How if counts[how]]
        return f"{len(self.lines)} entries: {', '.join(parts)}." if parts else "No entries."
