"""A FHIR R4 Bundle from a file: read within limits, checked as a whole, freed of markup; what it refuses it names.

Sources: FHIR R4 (4.0.1), Bundle, resolving references in bundles (https://hl7.org/fhir/R4/bundle.html#references);
the signs of other versions come from their published differences to R4.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache, cached_property
from math import isfinite
from pathlib import Path
from typing import Any, NoReturn

import nh3

from wayfellow.fhir.node import Bad, Node
from wayfellow.kernel.refusal import Refusal

MAX_BYTES = 50 * 1024 * 1024
MAX_DEPTH = 60
MAX_ENTRIES = 50_000
PART2_LABEL = "42CFRPart2"
TYPES = ("transaction", "collection", "searchset", "document", "batch", "message")
_TAG = re.compile(r"<[A-Za-z/!?]")
_OPENS_TAG = re.compile(r"&lt;(?![A-Za-z/!?])")
# Text that a database can't hold: the null character (PostgreSQL) and halves of surrogate pairs.
_UNKEEPABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")
_ID = re.compile(r"[A-Za-z0-9.\-]{1,64}")
_OTHER_VERSION = re.compile(r"hl7\.org/fhir/(?:DSTU2|STU3|R5|[1356]\.\d)/")
_OTHER_TYPES = {
    "MedicationOrder": "DSTU2",
    "DiagnosticOrder": "DSTU2",
    "ProcedureRequest": "STU3",
    "ReferralRequest": "STU3",
    "BodySite": "DSTU2 or STU3",
    "DeviceComponent": "STU3",
    "Sequence": "STU3",
    "DeviceUsage": "R5",
    "Transport": "R5",
    "GenomicStudy": "R5",
}


class NotABundle(Refusal):
    """The file as a whole can't be taken: not JSON, too big, too deep, no Bundle, another version of FHIR."""


@dataclass(frozen=True)
class Entry:
    """One entry: its place, its resource as it may be read (no narrative), and the key it goes by (Type/id, "" for none)."""

    place: int
    resource: Node
    kind: str
    key: str
    full_url: str


@dataclass
class Bundle:
    """What the file holds. bad: entries that are no resources, with their place. by_reference: how references find entries."""

    entries: list[Entry] = field(default_factory=list)
    bad: list[tuple[int, Bad]] = field(default_factory=list)
    by_reference: dict[str, Entry] = field(default_factory=dict)
    is_part2: bool = False

    def find(self, reference: Node, near: Entry) -> Node | None:
        """The resource that a Reference points to: contained, in this file, or None."""
        text = reference.text("reference")
        if text.startswith("#"):
            return next((one for one in near.resource.nodes("contained") if one.text("id") == text[1:]), None)
        entry = self.entry(reference)
        return entry.resource if entry else None

    def entry(self, reference: Node) -> Entry | None:
        """The entry that a Reference points to, or None."""
        text = reference.text("reference").partition("/_history/")[0]
        return self.by_reference.get(text)

    @cached_property
    def plan_of_goal(self) -> dict[int, str]:
        """The key of the first plan that names a goal, by the goal's place."""
        found: dict[int, str] = {}
        for plan in self.entries:
            with suppress(Bad):  # a plan that can't be read is named where it is mapped
                for reference in plan.resource.nodes("goal") if plan.kind == "CarePlan" and plan.key else ():
                    goal = self.entry(reference)
                    if goal is not None:
                        found.setdefault(goal.place, plan.key)
        return found


@cache
def kinds() -> dict[str, str]:
    """What happens to each kind of resource: its list in data/resources.toml, by name."""
    lists = tomllib.loads((Path(__file__).parent / "data" / "resources.toml").read_text(encoding="utf-8"))
    return {kind: name for name, names in lists.items() for kind in names}


def read(data: bytes) -> Bundle:
    """The Bundle in these bytes. Raises NotABundle with what is wrong, where, and what to do."""
    if len(data) > MAX_BYTES:
        raise NotABundle(f"The file is bigger than {MAX_BYTES // 1024 // 1024} MB. Split it, best one file a person.")
    whole = _json(data)
    if not isinstance(whole, dict):
        raise NotABundle("The file holds no FHIR Bundle: its outermost part is not an object.")
    if whole.get("resourceType") != "Bundle":
        raise NotABundle(
            f"resourceType: the file holds {_name(whole.get('resourceType'))}, not a Bundle. Wrap its resources in one."
        )
    if whole.get("type") not in TYPES:
        raise NotABundle(f"type: {_name(whole.get('type'))} is no kind of Bundle that brings records.")
    entries = whole.get("entry", [])
    if not isinstance(entries, list):
        raise NotABundle("entry: a list belongs here.")
    if len(entries) > MAX_ENTRIES:
        raise NotABundle(f"entry: more than {MAX_ENTRIES} entries. Split the file, best one file a person.")
    _refuse_version(Node(whole, "Bundle"))
    bundle = _bundle(entries)
    bundle.is_part2 = is_part2(Node(whole, "Bundle"))
    return bundle


def is_part2(node: Node) -> bool:
    """Whether its sender labelled the resource as protected by 42 CFR Part 2. Source: HL7 DS4P, security labels (ActCode 42CFRPart2)."""
    return any(label.text("code") == PART2_LABEL for label in node.node("meta").nodes("security"))


def _json(data: bytes) -> Any:
    try:
        whole = json.loads(
            data.decode("utf-8-sig"), parse_constant=_no_constant, parse_float=_finite, object_pairs_hook=_once_each
        )
    except UnicodeDecodeError as error:
        raise NotABundle("The file is not UTF-8 text, as FHIR's JSON is.") from error
    except json.JSONDecodeError as error:
        raise NotABundle(f"The file is not JSON: line {error.lineno}, column {error.colno}: {error.msg}.") from error
    except RecursionError as error:
        raise NotABundle(f"The file is nested deeper than {MAX_DEPTH} levels, which no FHIR resource is.") from error
    except ValueError as error:
        raise NotABundle("The file holds a number that JSON doesn't know or that is far too long.") from error
    if _is_too_deep(whole):
        raise NotABundle(f"The file is nested deeper than {MAX_DEPTH} levels, which no FHIR resource is.")
    return whole


def _no_constant(name: str) -> NoReturn:
    raise ValueError(name)


def _finite(digits: str) -> float:
    number = float(digits)
    if not isfinite(number):
        raise ValueError(digits[:20])
    return number


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise NotABundle(f"An object of the file has “{twice[:60]}” twice, so nobody can say which of them counts.")
    return found


def _is_too_deep(whole: Any) -> bool:
    level = [whole]
    for _depth in range(MAX_DEPTH):
        level = [part for value in level for part in _parts(value)]
        if not level:
            return False
    return True


def _parts(value: Any) -> list[Any]:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [part for part in inner if isinstance(part, dict | list)]


def _name(value: Any) -> str:
    return value[:60] if isinstance(value, str) and value else "nothing"


def _bundle(entries: list[Any]) -> Bundle:
    bundle = Bundle()
    for place, raw in enumerate(entries):
        try:
            entry = _entry(place, raw)
        except Bad as bad:
            bundle.bad.append((place, bad))
            continue
        bundle.entries.append(entry)
        for name in _names_of(entry):
            bundle.by_reference.setdefault(name, entry)
    return bundle


def _entry(place: int, raw: Any) -> Entry:
    path = f"entry[{place}]"
    if not isinstance(raw, dict):
        raise Bad(path, "an object belongs here")
    resource = raw.get("resource")
    if not isinstance(resource, dict):
        raise Bad(f"{path}.resource", "there is no resource")
    node = Node(cleaned(resource), f"{path}.resource")
    kind = node.text("resourceType")
    if not kind:
        raise Bad(f"{path}.resource.resourceType", "it isn't said what this is")
    _refuse_version(node)
    full_url = Node(raw, path).text("fullUrl")
    return Entry(place, node, kind, _key(node, kind, full_url), full_url)


def _key(node: Node, kind: str, full_url: str) -> str:
    """Type/id, by which the resource is known again: its id, else the last part of its fullUrl."""
    own = node.text("id") or full_url.rpartition("/")[2].removeprefix("urn:uuid:")
    if own and not _ID.fullmatch(own):
        raise Bad(node.at("id"), "an id has at most 64 letters, digits, dots and hyphens")
    return f"{kind}/{own}" if own else ""


def _names_of(entry: Entry) -> Iterator[str]:
    """All that a reference to this entry may say: its address, Type/id, or a search by an identifier."""
    yield from (name for name in (entry.full_url, entry.key) if name)
    identifiers = entry.resource.value.get("identifier")
    for identifier in identifiers if isinstance(identifiers, list) else ():
        if isinstance(identifier, dict) and identifier.get("value"):
            yield f"{entry.kind}?identifier={identifier.get('system', '')}|{identifier['value']}"


# What isn't kept ---------------------------------------------------------------------------------------------------


def cleaned(value: Any) -> Any:
    """A JSON value without narrative (every `text` that is an object, every `div`), without markup, without unkeepable characters."""
    if isinstance(value, str):
        return plain(value)
    if isinstance(value, list):
        return [cleaned(each) for each in value]
    if isinstance(value, dict):
        return {
            plain(name): cleaned(each)
            for name, each in value.items()
            if not (name == "text" and isinstance(each, dict)) and name != "div"
        }
    return value


def plain(text: str) -> str:
    """Text without tags, and without what stood in script and style. "Glucose < 7" stays as it is."""
    text = _UNKEEPABLE.sub("", text)
    if not _TAG.search(text):
        return text
    bare = nh3.clean(text, tags=set(), clean_content_tags={"script", "style"})
    return _OPENS_TAG.sub("<", bare).replace("&gt;", ">").replace("&nbsp;", " ").replace("&amp;", "&")


# Other versions ------------------------------------------------------------------------------------------------------


def _refuse_version(node: Node) -> None:
    """Raise NotABundle when the resource can only come from another version of FHIR than R4."""
    sign, version = _version_sign(node.value)
    if sign:
        raise NotABundle(
            f"{node.at(sign)}: this is FHIR {version}; Wayfellow reads R4 (4.0.1). Ask the sender for an R4 export."
        )


def _version_sign(value: dict[str, Any]) -> tuple[str, str]:
    """The part that gives another version away, and that version; two empty texts when it may well be R4."""
    kind = value.get("resourceType")
    if isinstance(kind, str) and kind in _OTHER_TYPES:
        return "resourceType", _OTHER_TYPES[kind]
    meta = value.get("meta")
    profiles = meta.get("profile") if isinstance(meta, dict) else None
    if any(_OTHER_VERSION.search(one) for one in profiles or () if isinstance(one, str)):
        return "meta.profile", "of another version"
    old = {
        "Condition": ("clinicalStatus", str),
        "AllergyIntolerance": ("clinicalStatus", str),
        "Goal": ("status", str),
        "CarePlan": ("context", dict),
        "Observation": ("context", dict),
        "MedicationRequest": ("context", dict),
        "Patient": ("animal", dict),
    }
    new = {
        "Encounter": ("class", list),
        "MedicationRequest": ("medication", dict),
        "DocumentReference": ("modality", list),
    }
    for signs, version in ((old, "STU3 or older"), (new, "R5")):
        name, shape = signs.get(str(kind), ("", str))
        if name and isinstance(value.get(name), shape):
            return name, version
    return "", ""
