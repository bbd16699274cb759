"""What a resource says, as values of our rows. Pure: no query, no clock; what can't be read raises Bad with its path.

Source of fields and codes: FHIR R4 (4.0.1), the page of each resource; LOINC for the totals of scales.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from wayfellow.fhir.bundle import Bundle, Entry
from wayfellow.fhir.node import Bad, Node, short

# Raise this when a kind is mapped differently: then what came before is looked at anew.
VERSION = 1
ICD10 = "http://hl7.org/fhir/sid/icd-10-cm"
LOINC = "http://loinc.org"
# LOINC code of a scale's total, its questionnaire's code, our instrument, its highest total.
TOTALS = {"44261-6": ("44249-1", "phq-9", 27), "70274-6": ("69737-5", "gad-7", 21)}
MISTAKEN = "entered-in-error"
# Goals that no plan of the file names still need one.
LOOSE_GOALS = "CarePlan/without"


@dataclass(frozen=True)
class Mapped:
    """One row of ours. target: which kind. values follow the source; once: set when made. is_mistaken: said in error, never begun with."""

    target: str
    origin_id: str
    values: Mapping[str, Any]
    once: Mapping[str, Any] = field(default_factory=dict)
    is_mistaken: bool = False


@dataclass(frozen=True)
class Person:
    """What a Patient says. identifiers: (system, label, value). addresses, phones: field values of the people package.

    has_died: its source says so, which a person has to see; nothing is closed by an import.
    """

    values: Mapping[str, Any]
    phones: tuple[Mapping[str, Any], ...] = ()
    emails: tuple[str, ...] = ()
    addresses: tuple[Mapping[str, Any], ...] = ()
    identifiers: tuple[tuple[str, str, str], ...] = ()
    has_died: bool = False


def mapped(entry: Entry, bundle: Bundle) -> list[Mapped]:
    """The rows that an entry becomes; empty: it is kept as received. Raises Bad."""
    make = _MAKERS.get(entry.kind)
    return list(make(entry, bundle)) if make else []


def about(entry: Entry) -> Node:
    """The reference to the person whom the resource is about."""
    for name in ("subject", "patient", "for", "beneficiary", "individual"):
        found = entry.resource.value.get(name)
        if isinstance(found, list):
            found = entry.resource.first(name).value
        if found:
            return Node(found, entry.resource.at(name)) if isinstance(found, dict) else entry.resource.node(name)
    return Node({}, entry.resource.at("subject"))


def title(entry: Entry) -> str:
    """What a received resource is about, in the words of its source, on one line of at most 200 characters."""
    node = entry.resource
    for name in (
        "code",
        "vaccineCode",
        "type",
        "serviceType",
        "medicationCodeableConcept",
        "description",
        "category",
        "class",
    ):
        value = node.value.get(name)
        if isinstance(value, str):
            return short(value, 200)
        found = node.first(name) if isinstance(value, list) and value and isinstance(value[0], dict) else None
        part = found or (node.node(name) if isinstance(value, dict) else Node({}, ""))
        words = part.label(200) or part.text("display", 200)
        if words:
            return words
    return short(node.text("name") if isinstance(node.value.get("name"), str) else "", 200)


def happened(entry: Entry) -> date | None:
    """The day a received resource is about, if it names one."""
    node = entry.resource
    for name in (
        "effectiveDateTime",
        "performedDateTime",
        "occurrenceDateTime",
        "onsetDateTime",
        "authored",
        "authoredOn",
        "sent",
        "date",
        "recordedDate",
        "created",
        "issued",
    ):
        if isinstance(node.value.get(name), str):
            return node.day(name)
    for name in ("period", "effectivePeriod", "performedPeriod", "billablePeriod"):
        if isinstance(node.value.get(name), dict):
            return node.node(name).day("start")
    return None


# People ----------------------------------------------------------------------------------------------------------


def person(entry: Entry) -> Person:
    """What a Patient says of a person. Raises Bad without a name, or for a name, date or list that can't be read."""
    node = entry.resource
    names = {one.text("use") or "none": _name(one) for one in reversed(node.nodes("name")) if one.text("use") != "old"}
    official = names.get("official") or names.get("none") or next(iter(names.values()), "")
    chosen = names.get("usual") or official
    if not chosen:
        raise Bad(node.at("name"), "there is no name to call them by")
    birth_date = node.day("birthDate")
    return Person(
        values={
            "chosen_name": short(chosen, 120),
            "legal_name": short(official, 160) if official != chosen else "",
            "birth_date": birth_date,
            "language": _language(node),
            "pronouns": _pronouns(node),
        },
        phones=tuple(_phones(node)),
        emails=tuple(
            one.text("value", 254)
            for one in _current(node.nodes("telecom"))
            if one.text("system") == "email" and "@" in one.text("value")
        ),
        addresses=tuple(_addresses(node)),
        identifiers=tuple(_identifiers(node)),
        has_died=bool(node.text("deceasedDateTime")) or node.truth("deceasedBoolean"),
    )


def _name(name: Node) -> str:
    parts = [*name.texts("given"), name.text("family"), *name.texts("suffix")]
    return name.text("text") or short(" ".join(part for part in parts if part))


def _language(node: Node) -> str:
    languages = node.nodes("communication")
    liked = next((one for one in languages if one.truth("preferred")), languages[0] if languages else None)
    return liked.node("language").label(60) if liked else ""


def _pronouns(node: Node) -> str:
    for extension in node.nodes("extension"):
        if extension.text("url").endswith("/individual-pronouns"):
            inner = next((one for one in extension.nodes("extension") if one.text("url") == "value"), extension)
            return inner.node("valueCodeableConcept").label(40)
    return ""


def _current(nodes: list[Node]) -> list[Node]:
    return [one for one in nodes if one.text("use") != "old" and not one.node("period").text("end")]


def _phones(node: Node) -> Iterator[Mapping[str, Any]]:
    kinds = {"home": "home", "work": "work", "mobile": "mobile"}
    for one in _current(node.nodes("telecom")):
        if one.text("system") in ("phone", "sms") and one.text("value"):
            yield {"number": one.text("value", 40), "kind": kinds.get(one.text("use"), "")}


def _addresses(node: Node) -> Iterator[Mapping[str, Any]]:
    for one in _current(node.nodes("address")):
        lines = ", ".join(one.texts("line")) or one.text("text")
        if lines or one.text("city"):
            yield {
                "use": "mail" if one.text("type") == "postal" else "staying" if one.text("use") == "temp" else "home",
                "lines": short(lines, 200),
                "city": one.text("city", 100),
                "region": one.text("state", 60),
                "postal_code": one.text("postalCode", 20),
            }


def _identifiers(node: Node) -> Iterator[tuple[str, str, str]]:
    for one in _current(node.nodes("identifier")):
        if one.text("value") and one.text("system"):
            yield one.text("system", 200), one.node("type").label(80), one.text("value")


# Health ------------------------------------------------------------------------------------------------------------


def _condition(entry: Entry, bundle: Bundle) -> Iterator[Mapped]:
    """A Condition is a diagnosis; a social need or health concern is not, and stays as received."""
    node = entry.resource
    categories = {code for each in node.nodes("category") for code in each.codes()}
    if categories & {"sdoh", "health-concern"}:
        return
    code = node.node("code")
    _needs(code.label(), node.at("code"), "it isn't said which condition this is")
    status = node.node("clinicalStatus").codes()
    ended = node.day("abatementDateTime") or node.node("abatementPeriod").day("end")
    verified = node.node("verificationStatus").codes()
    is_active = bool(status & {"active", "recurrence", "relapse"}) if status else ended is None
    coding = _best_coding(code, ICD10)
    yield Mapped(
        "diagnosis",
        entry.key,
        {
            "title": code.label(300),
            "code": coding.text("code", 60),
            "code_system": coding.text("system", 200),
            "said_by": _who(node, bundle, entry, "asserter", "recorder"),
            "since_date": node.day("onsetDateTime") or node.node("onsetPeriod").day("start"),
            "ended_date": ended,
            "is_active": is_active and not verified & {MISTAKEN, "refuted"},
        },
        is_mistaken=bool(verified & {MISTAKEN, "refuted"}),
    )


def _medication(entry: Entry, bundle: Bundle) -> Iterator[Mapped]:
    """A MedicationRequest is a medicine; a proposal, or the order not to give one, stays as received."""
    node = entry.resource
    if node.text("intent") == "proposal" or node.truth("doNotPerform"):
        return
    code = node.node("medicationCodeableConcept")
    if not code:
        reference = node.node("medicationReference")
        found = bundle.find(reference, entry)
        code = found.node("code") if found else Node({"text": reference.text("display")}, reference.path)
    _needs(code.label(), node.at("medicationCodeableConcept"), "it isn't said which medicine this is")
    coding = _best_coding(code, "")
    doses = [one.text("text") or one.text("patientInstruction") for one in node.nodes("dosageInstruction")]
    status = node.text("status")
    yield Mapped(
        "medication",
        entry.key,
        {
            "name": code.label(300),
            "dose": short("; ".join(dose for dose in doses if dose), 300),
            "what_for": node.first("reasonCode").label(200),
            "prescriber": _who(node, bundle, entry, "requester"),
            "status": _MEDICATION_STATUS.get(status, "unknown"),
            "since_date": node.day("authoredOn"),
            "code": coding.text("code", 60),
            "code_system": coding.text("system", 200),
        },
        is_mistaken=status == MISTAKEN,
    )


_MEDICATION_STATUS = {
    "active": "active", "completed": "stopped", "stopped": "stopped", "cancelled": "stopped", MISTAKEN: "stopped",
}  # fmt: skip


def _allergy(entry: Entry, bundle: Bundle) -> Iterator[Mapped]:
    node = entry.resource
    code = node.node("code")
    _needs(code.label(), node.at("code"), "it isn't said what the allergy is to")
    verified = node.node("verificationStatus").codes()
    status = node.node("clinicalStatus").codes()
    coding = _best_coding(code, "")
    reactions = [each.label() for one in node.nodes("reaction") for each in one.nodes("manifestation")]
    yield Mapped(
        "allergy",
        entry.key,
        {
            "substance": code.label(200),
            "reaction": short(", ".join(reaction for reaction in reactions if reaction), 200),
            "since": (node.text("onsetDateTime") or node.text("recordedDate"))[:10],
            "is_active": not status & {"inactive", "resolved"} and not verified & {MISTAKEN, "refuted"},
            "code": coding.text("code", 60),
            "code_system": coding.text("system", 200),
        },
        is_mistaken=bool(verified & {MISTAKEN, "refuted"}),
    )


def _observation(entry: Entry, bundle: Bundle) -> Iterator[Mapped]:
    """The total of a scale that we know is a result; every other observation stays as received."""
    node = entry.resource
    codes = {one.text("code") for one in node.node("code").codings() if one.text("system") == LOINC}
    known = next((TOTALS[code] for code in sorted(codes) if code in TOTALS), None)
    if known is None or node.text("status") not in ("final", "amended", "corrected"):
        return
    total = _total(node, node.node("valueQuantity"))
    taken = node.moment("effectiveDateTime") or node.node("effectivePeriod").moment("start")
    yield _result(entry, known, total, taken, node.at("effectiveDateTime"))


def _total(node: Node, quantity: Node) -> int | None:
    for name in ("valueInteger", "valueString", "valueDecimal"):
        if node.value.get(name) is not None:
            return node.whole(name)
    return quantity.whole("value")


def _response(entry: Entry, bundle: Bundle) -> Iterator[Mapped]:
    """A completed response to a scale that we know gives its total, as its source counted it; the rest stays as received."""
    node = entry.resource
    if node.text("status") not in ("completed", "amended"):
        return
    for item in _items(node):
        known = TOTALS.get(item.text("linkId").strip("/").rpartition("/")[2])
        if known is None:
            continue
        answer = item.first("answer")
        yield _result(
            entry, known, _total(answer, answer.node("valueQuantity")), node.moment("authored"), node.at("authored")
        )
        return


def _items(node: Node) -> Iterator[Node]:
    for item in node.nodes("item"):
        yield item
        yield from _items(item)


def _result(
    entry: Entry, known: tuple[str, str, int], total: int | None, taken: datetime | None, taken_path: str
) -> Mapped:
    _questionnaire, instrument, highest = known
    if total is None:
        raise Bad(entry.resource.at("value"), "the total of the scale is missing")
    if not 0 <= total <= highest:
        raise Bad(entry.resource.at("value"), f"a total from 0 to {highest} belongs here")
    if taken is None:
        raise Bad(taken_path, "it isn't said on which day this was")
    return Mapped("result", entry.key, {"instrument": instrument, "total": total, "taken_at": taken})


# Plans -------------------------------------------------------------------------------------------------------------


def _plan(entry: Entry, bundle: Bundle) -> Iterator[Mapped]:
    node = entry.resource
    status = node.text("status")
    labels = [node.text("title"), *(each.label() for each in node.nodes("category")), node.text("description")]
    yield Mapped(
        "plan",
        entry.key,
        {"title": short(next((label for label in labels if label), ""), 200)},
        once={"created": node.node("period").moment("start") or node.moment("created")},
        is_mistaken=status == MISTAKEN,
    )


def _goal(entry: Entry, bundle: Bundle) -> Iterator[Mapped]:
    """A goal, in the plan of the file that names it, or in one for goals without a plan."""
    node = entry.resource
    description = node.node("description")
    _needs(description.label(), node.at("description"), "the goal itself is missing")
    status = _GOAL_STATUS.get(node.text("lifecycleStatus"), "active")
    if status == "met" and node.node("achievementStatus").codes() & {"not-achieved", "not-attainable"}:
        status = "ended"
    dates = [one.day("dueDate") for one in node.nodes("target")]
    closed = node.moment("statusDate") if status != "active" else None
    yield Mapped(
        "goal",
        entry.key,
        {
            "title": description.label(300),
            "status": status,
            "target_date": next((day for day in dates if day), None),
            "plan": bundle.plan_of_goal.get(entry.place, LOOSE_GOALS),
        },
        once={"closed": closed, "started": node.moment("startDate")},
        is_mistaken=node.text("lifecycleStatus") == MISTAKEN,
    )


_GOAL_STATUS = {"completed": "met", "cancelled": "ended", "rejected": "ended", MISTAKEN: "ended"}


def _team(entry: Entry, bundle: Bundle) -> Iterator[Mapped]:
    """Everyone on a care team whose name is known, but the person themselves, helps them from elsewhere."""
    node = entry.resource
    is_active = node.text("status") not in ("inactive", MISTAKEN)
    for place, participant in enumerate(node.nodes("participant")):
        member = participant.node("member")
        found = bundle.find(member, entry)
        if member.text("reference") == about(entry).text("reference") or (
            found and found.text("resourceType") == "Patient"
        ):
            continue
        name = member.text("display", 120) or (_name_of(found) if found else "")
        if not name:
            continue
        key = member.text("reference")[-100:] or str(place)
        yield Mapped(
            "helper",
            f"{entry.key}/{key}",
            {
                "name": short(name, 120),
                "relationship": participant.first("role").label(120),
                "is_active": is_active and not participant.node("period").text("end"),
            },
            is_mistaken=node.text("status") == MISTAKEN,
        )


# Parts -------------------------------------------------------------------------------------------------------------


def _needs(found: str, path: str, words: str) -> None:
    if not found:
        raise Bad(path, words)


def _best_coding(code: Node, system: str) -> Node:
    codings = code.codings()
    empty = Node({}, code.path)
    return next((one for one in codings if one.text("system") == system), codings[0] if codings else empty)


def _who(node: Node, bundle: Bundle, entry: Entry, *names: str) -> str:
    """Who said or ordered it, by name: the reference's own words, or the name of what it points to; "" when neither tells."""
    for name in names:
        reference = node.node(name)
        found = reference.text("display") or _name_of(bundle.find(reference, entry))
        if found:
            return short(found, 160)
    return ""


def _name_of(node: Node | None) -> str:
    if node is None or node.text("resourceType") == "Patient":
        return ""
    name = node.value.get("name")
    if isinstance(name, str):
        return node.text("name", 120)
    first = node.first("name")
    prefix = " ".join(first.texts("prefix"))
    return short(f"{prefix} {_name(first)}", 120)


_MAKERS: dict[str, Callable[[Entry, Bundle], Iterator[Mapped]]] = {
    "AllergyIntolerance": _allergy,
    "CarePlan": _plan,
    "CareTeam": _team,
    "Condition": _condition,
    "Goal": _goal,
    "MedicationRequest": _medication,
    "Observation": _observation,
    "QuestionnaireResponse": _response,
}
