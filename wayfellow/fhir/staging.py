"""A Bundle sorted by person and mapped, before anything is written: the database is locked for the writing alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from wayfellow.access.received import fingerprint
from wayfellow.fhir import mapping
from wayfellow.fhir.bundle import Bundle, Entry, is_part2, kinds
from wayfellow.fhir.mapping import Mapped, Person
from wayfellow.fhir.node import Bad
from wayfellow.fhir.report import How, Report

LEFT_OUT = "of no use to care; nothing of it is kept"
NO_PERSON = "about no person; names in it were used"


@dataclass(frozen=True)
class Piece:
    """One resource about a person, mapped. mapped: the rows it becomes, none for what is kept as received.

    mark: keyed fingerprint of the resource and of how it is mapped. is_part2: its sender labelled it as protected by 42 CFR Part 2.
    """

    entry: Entry
    mapped: list[Mapped]
    title: str
    happened_date: date | None
    mark: str
    is_part2: bool


@dataclass(frozen=True)
class Record:
    """One person of the file with all that is about them. whole: their Patient as a piece."""

    person: Person
    whole: Piece
    pieces: list[Piece] = field(default_factory=list)


@dataclass
class Staged:
    """What is to be written. origin: where the file's keys are valid. report: what is known already, bad and skipped entries."""

    origin: str
    records: list[Record]
    report: Report


def staged(bundle: Bundle, origin: str = "", tell: Callable[[], None] = lambda: None) -> Staged:
    """The bundle by person. origin: where it comes from, else read from its addresses or identifiers. tell: called once an entry."""
    report = Report()
    for place, bad in bundle.bad:
        report.bad(bad, place)
    entries = _known_by_key(bundle, report)
    records = _records(entries, bundle, report)
    for entry in entries:
        tell()
        if entry.kind != "Patient":
            _sort(entry, bundle, records, report)
    found = [one for one in records.values() if one is not None]
    return Staged(origin or _origin(bundle, found), found, report)


def _known_by_key(bundle: Bundle, report: Report) -> list[Entry]:
    """The entries that can be known again, each once."""
    found: dict[str, Entry] = {}
    for entry in bundle.entries:
        if not entry.key and (entry.kind == "Patient" or kinds().get(entry.kind) in ("modelled", "kept")):
            report.bad(
                Bad(entry.resource.at("id"), "without an id it couldn't be known again"), entry.place, entry.kind
            )
        elif entry.key and entry.key in found:
            report.bad(Bad(entry.resource.at("id"), "this id stands twice in the file"), entry.place, entry.kind)
        else:
            found[entry.key or f"#{entry.place}"] = entry
    return list(found.values())


def _records(entries: list[Entry], bundle: Bundle, report: Report) -> dict[int, Record | None]:
    """The people of the file by the place of their Patient; None for one that can't be read."""
    found: dict[int, Record | None] = {}
    for entry in entries:
        if entry.kind == "Patient":
            found[entry.place] = None
            try:
                found[entry.place] = _record(entry, bundle)
            except Bad as bad:
                report.bad(bad, entry.place, entry.kind)
    return found


def _record(entry: Entry, bundle: Bundle) -> Record:
    person = mapping.person(entry)
    title = _("Their source says that they have died") if person.has_died else ""
    rows = [Mapped("client", entry.key, person.values)]
    return Record(person, Piece(entry, rows, title, None, _mark(entry), bundle.is_part2 or is_part2(entry.resource)))


def _piece(entry: Entry, bundle: Bundle) -> Piece:
    rows, title = mapping.mapped(entry, bundle), mapping.title(entry)
    return Piece(entry, rows, title, mapping.happened(entry), _mark(entry), is_part2(entry.resource))


def _mark(entry: Entry) -> str:
    return fingerprint({"mapping": mapping.VERSION, "resource": entry.resource.value})


def _sort(entry: Entry, bundle: Bundle, records: dict[int, Record | None], report: Report) -> None:
    """Put one resource to its person, or say why not."""
    fate = kinds().get(entry.kind)
    if fate in (None, "context", "left_out"):
        words = {"context": NO_PERSON, "left_out": LEFT_OUT}.get(fate or "", "not a kind of resource that is kept here")
        report.add(entry, How.SKIPPED, words)
        return
    try:
        reference = mapping.about(entry)
        person = bundle.entry(reference)
        if person is None or person.place not in records:
            raise Bad(
                reference.path, "names nobody who is in this file" if reference else "it isn't said about whom this is"
            )
        record = records[person.place]
        if record is None:
            report.add(entry, How.SKIPPED, f"its person, entry[{person.place}], could not be read")
            return
        record.pieces.append(_piece(entry, bundle))
    except Bad as bad:
        report.bad(bad, entry.place, entry.kind)


def _origin(bundle: Bundle, records: list[Record]) -> str:
    """Where the file's keys are valid: the address its entries share, else the first system of a Patient's identifiers."""
    for entry in bundle.entries:
        if entry.full_url.startswith(("https://", "http://")) and entry.full_url.endswith(f"/{entry.key}"):
            return entry.full_url.removesuffix(f"/{entry.key}")[:200]
    systems = (system for record in records for system, _label, _value in record.person.identifiers)
    return next(systems, "a file")
