"""What a note is made of, its canonical text, and what else to try when nobody answers. Pure: no Django, no clock."""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

from wayfellow.kernel.texts import joined, tidy

FORMATS_FILE = Path(__file__).parent / "data" / "formats.toml"
FREE = "free"
DRAFT = "note"
# The edition of the canonical text: a signed note is checked by the edition it was signed under.
CANONICAL_EDITION = 1
HEADLINE_LETTERS, EXCERPT_LETTERS = 90, 220
SENTENCE_ENDS = (". ", "! ", "? ", "\n")
# A single try says little; from the second on it helps to change the hour or the way.
TRIES_BEFORE_ADVICE = 2
DAY_PARTS = (("morning", 0, 12), ("afternoon", 12, 17), ("evening", 17, 24))
CHANNELS = ("call", "message", "visit", "video")
CHANNEL_OF_LIKED = {"text": "message", "call": "call", "in_person": "visit"}


@dataclass(frozen=True, slots=True)
class Part:
    """One text of a note: its stable code, and what people see."""

    code: str
    label: str
    hint: str


@dataclass(frozen=True, slots=True)
class Format:
    """A way to lay a note out: its stable code, what people see, its parts in order."""

    code: str
    label: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Content:
    """What an author writes in a note, before it has a place in the record.

    kind, attempt, format: codes of models.Note. happened_at: aware. minutes: whole, None when not told. parts: text by part code.
    """

    kind: str
    happened_at: datetime
    is_contact: bool = True
    attempt: str = ""
    kind_words: str = ""
    minutes: int | None = None
    where: str = ""
    who_was_there: str = ""
    format: str = FREE
    parts: Mapping[str, str] = field(default_factory=dict)
    is_shared_with_peer: bool = False
    client_can_read: bool = True
    not_readable_because: str = ""

    def tidied(self) -> Content:
        """The same with every text tidied and empty parts left out, as it is stored."""
        return replace(
            self,
            kind_words=tidy(self.kind_words),
            where=tidy(self.where),
            who_was_there=tidy(self.who_was_there),
            parts=tidy_parts(self.parts),
            not_readable_because=tidy(self.not_readable_because),
        )


@dataclass(frozen=True, slots=True)
class Try:
    """One attempt: the hour of the day it was made at (0-23, the agency's clock), and its channel."""

    hour: int
    kind: str


@dataclass(frozen=True, slots=True)
class Advice:
    """What has not been tried yet. day_parts, channels: codes, the likeliest first; either may be empty."""

    tries: int
    day_parts: tuple[str, ...]
    channels: tuple[str, ...]


@cache
def parts_known() -> dict[str, Part]:
    """Every part of any format, by code, in the order of the file. Source: data/formats.toml."""
    return {code: Part(code, row["label"], row["hint"]) for code, row in _file()["parts"].items()}


@cache
def formats() -> dict[str, Format]:
    """Every format by code, in the order of the file. Source: data/formats.toml."""
    known = parts_known()
    rows = {code: row for code, row in _file().items() if code != "parts"}
    return {code: Format(code, row["label"], tuple(known[part] for part in row["parts"])) for code, row in rows.items()}


@cache
def _file() -> dict[str, Any]:
    return tomllib.loads(FORMATS_FILE.read_text(encoding="utf-8"))


def parts_in_order(format_code: str, parts: Mapping[str, str]) -> list[tuple[Part, str]]:
    """The parts that have words: first those of the format, then any that were written under another, then unknown codes."""
    chosen = [part.code for part in formats().get(format_code, formats()[FREE]).parts]
    order = [*chosen, *(code for code in parts_known() if code not in chosen)]
    order += sorted(code for code in parts if code not in parts_known())
    return [(parts_known().get(code) or Part(code, code, ""), parts[code]) for code in order if parts.get(code)]


def tidy_parts(parts: Mapping[str, str]) -> dict[str, str]:
    """The parts that have words, each tidied."""
    return {code: words for code, text in parts.items() if (words := tidy(text))}


def joined_parts(theirs: Mapping[str, str], mine: Mapping[str, str]) -> dict[str, str]:
    """Both versions of each part, theirs first, once where they are the same or one holds the other: nobody's words vanish."""
    codes = [*theirs, *(code for code in mine if code not in theirs)]
    return {code: joined(theirs.get(code, ""), mine.get(code, "")) for code in codes}


def canonical_text(
    content: Content, *, client_id: UUID, author_id: UUID | None, threads: Iterable[UUID], signed_name: str
) -> str:
    """The one text that stands for a note as it is signed: the same facts and words always give the same text, others never do.

    JSON with sorted keys; texts tidied, moments in UTC to the microsecond, threads sorted.
    """
    facts = asdict(content.tidied()) | {
        "edition": CANONICAL_EDITION,
        "client": str(client_id),
        "author": str(author_id) if author_id else "",
        "happened_at": content.happened_at.astimezone(UTC).isoformat(timespec="microseconds"),
        "threads": sorted({str(thread) for thread in threads}),
        "signed_name": tidy(signed_name),
    }
    return json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def content_hash(text: str) -> str:
    """SHA-256 of a canonical text, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def draft_form(note_id: UUID | None) -> str:
    """The code of the draft: one for a new note about a person, one for each note that is still being written."""
    return DRAFT if note_id is None else f"{DRAFT}-{note_id}"


def amend_draft_form(note_id: UUID) -> str:
    """The code of the draft of what is added to this note."""
    return f"{DRAFT}-amend-{note_id}"


def headline(format_code: str, parts: Mapping[str, str]) -> str:
    """The first sentence of the note, or its beginning, at most 90 letters; "" for a note without words."""
    return _first_sentence(format_code, parts)[0]


def after_headline(format_code: str, parts: Mapping[str, str]) -> str:
    """What follows the headline, at most 220 letters; the whole beginning when the headline had to be cut."""
    first, rest = _first_sentence(format_code, parts)
    return excerpt(format_code, parts) if first.endswith("…") else cut(rest, EXCERPT_LETTERS)


def excerpt(format_code: str, parts: Mapping[str, str]) -> str:
    """The beginning of the whole note, at most 220 letters; "" for a note without words."""
    return cut(_running_text(format_code, parts), EXCERPT_LETTERS)


def _running_text(format_code: str, parts: Mapping[str, str]) -> str:
    return "\n".join(words for _, words in parts_in_order(format_code, parts)).strip()


def _first_sentence(format_code: str, parts: Mapping[str, str]) -> tuple[str, str]:
    text = _running_text(format_code, parts)
    ends = [place + 1 for mark in SENTENCE_ENDS if (place := text.find(mark)) > 0]
    end = min(ends, default=len(text))
    return cut(text[:end], HEADLINE_LETTERS), text[end:]


def cut(text: str, letters: int) -> str:
    """The text on one line, at most `letters` long, cut between words and marked with an ellipsis."""
    line = " ".join(text.split())
    if len(line) <= letters:
        return line
    kept = line[:letters]
    space = kept.rfind(" ")
    return f"{(kept[:space] if space > letters // 2 else kept[: letters - 1]).rstrip(' ,;:.')}…"


def another_way(tries: Sequence[Try], *, liked: str = "") -> Advice | None:
    """What else to try after attempts without an answer: other hours, other ways. None while fewer than two, or all is tried.

    liked: the code of people.ContactWay that the person likes best; its channel comes first.
    """
    if len(tries) < TRIES_BEFORE_ADVICE:
        return None
    tried_hours = {day_part(one.hour) for one in tries}
    tried_kinds = {one.kind for one in tries}
    best = CHANNEL_OF_LIKED.get(liked, "")
    channels = sorted((kind for kind in CHANNELS if kind not in tried_kinds), key=lambda kind: kind != best)
    day_parts = tuple(code for code, _, _ in DAY_PARTS if code not in tried_hours)
    if not (channels or day_parts):
        return None
    return Advice(len(tries), day_parts, tuple(channels[:2]))


def day_part(hour: int) -> str:
    """morning (before 12), afternoon (before 17) or evening, for an hour of 0-23."""
    return next(code for code, first, end in DAY_PARTS if first <= hour < end)
