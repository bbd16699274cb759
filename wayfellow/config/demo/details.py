"""Who a person is: names, ways to reach them, family, allergies, what they came with. Rows without a stay, or with it."""

from __future__ import annotations

from random import Random
from typing import Any

from wayfellow.access.secrets import seal
from wayfellow.assessments.models import Diagnosis, Strength
from wayfellow.config.demo.cast import ADULT, Person
from wayfellow.config.demo.crew import Crew
from wayfellow.config.demo.days import Days
from wayfellow.config.demo.rows import Rows, key_at
from wayfellow.config.demo.tale import NINE, Tale
from wayfellow.config.demo.words import profiles, read
from wayfellow.medications.models import Medication
from wayfellow.people import rules as people_rules
from wayfellow.people.models import (
    Address,
    AddressReader,
    Allergy,
    Client,
    Email,
    Identifier,
    NameKey,
    Phone,
    RelatedPerson,
)

WAYS = ("text", "text", "call", "call", "in_person", "email", "letter", "unknown")
PRONOUNS = {"she": "she/her", "he": "he/him", "they": "they/them"}
ICD = "http://hl7.org/fhir/sid/icd-10-cm"
MEDICAID = "https://demo.example/medicaid"


def client_made(person: Person, crew: Crew, days: Days, rows: Rows, random: Random) -> Client:
    """The person themselves, and how they are found by name."""
    at = days.at(person.days, NINE)
    born = days.day(int(person.age * 365.25) + 2 + person.birth_days)
    general = read("general")
    author = crew.staff.get(person.worker)
    client: Client = rows.add(
        Client,
        at,
        random,
        agency_id=crew.agency.pk,
        chosen_name=person.name,
        legal_name=person.legal_name,
        pronouns=PRONOUNS[person.who],
        birth_date=born,
        language=person.language,
        other_languages="English" if person.language != "English" and not person.interpreter else "",
        interpreter="yes" if person.interpreter else "no",
        contact_way="text" if "Text" in person.what_helps else random.choice(WAYS),
        contact_times=random.choice(general["times"]),
        is_safe_to_leave_message=random.choice(("yes", "yes", "no", "unknown")),
        what_helps=person.what_helps,
        own_words=person.own_words,
        own_words_at=at if person.own_words else None,
        has_confidential_address="confidential" in person.flags,
        created_at=at,
        created_by=author.pk if author else None,
    )
    for key in sorted(people_rules.name_keys(client.chosen_name, client.legal_name)):
        rows.add(NameKey, at, random, client=client, agency_id=crew.agency.pk, key=key)
    return client


def details_made(tale: Tale) -> None:
    """Everything around them: numbers, places, people, allergies, strengths, diagnoses, medicines."""
    _reach(tale)
    _place(tale)
    _circle(tale)
    _allergies(tale)
    health_made(tale)


def _own(tale: Tale, model: type[Any], **values: Any) -> Any:
    return tale.rows.add(model, tale.days.at(tale.start, NINE), tale.random, client=tale.client, **values)


def _reach(tale: Tale) -> None:
    number, random = tale.person.number, tale.random
    if random.random() < 0.93:
        can_text = "yes" if tale.client.contact_way == "text" else random.choice(("yes", "no", "unknown"))
        _own(tale, Phone, number=f"(207) 555-01{number % 100:02d}", kind="mine", can_text=can_text, is_preferred=True)
    if random.random() < 0.45:
        address = ".".join(people_rules.plain(tale.person.name).split())
        _own(tale, Email, address=f"{address}{number}@mail.example")
    if random.random() < 0.7:
        value = f"ME{number:04d}{random.randrange(10**5):05d}"
        key = key_at(tale.days.at(tale.start, NINE), random)
        row = _own(tale, Identifier, agency_id=tale.crew.agency.pk, system=MEDICAID, label="Medicaid number")
        row.id = key
        row.value_sealed = Identifier.sealed(value, key=key)
        row.value_blind = Identifier.blinded(value)


def _place(tale: Tale) -> None:
    random, names = tale.random, read("names")
    city, code = random.choice(names["cities"])
    lines = f"{random.randint(2, 180)} {random.choice(names['streets'])}, apt {random.randint(1, 12)}"
    if "confidential" in tale.person.flags:
        row = _own(tale, Address, is_confidential=True)
        row.lines_sealed = seal(f"{lines}\n{city} Maine {code}", model="people.address", key=row.pk, field="lines")
        readers = {tale.worker.pk} | {staff.pk for staff in tale.helpers.values()}
        for staff_id in sorted(readers):
            _own(
                tale, AddressReader, staff_id=staff_id, added_at=tale.days.at(tale.start, NINE), added_by=tale.worker.pk
            )
        return
    use = random.choices(("home", "staying", "none", "mail"), (72, 15, 6, 7))[0]
    where = {"lines": lines, "city": city, "region": "Maine", "postal_code": code} if use != "none" else {}
    _own(tale, Address, use=use, **where)


def _circle(tale: Tale) -> None:
    person, random = tale.person, tale.random
    rows: list[dict[str, Any]] = [
        {"name": name, "role": role, "relationship": relationship, "may_know": "Everything but money"}
        for name, role, relationship in person.circle
    ]
    if not rows and random.random() < 0.65:
        names = read("names")
        for one in random.sample(read("general")["circle"], random.choice((1, 1, 2))):
            first = random.choice(names[random.choice(("she", "he"))])
            last = (
                person.name.split()[-1]
                if one["role"] in ("family", "parent", "child")
                else random.choice(names["family"])
            )
            rows.append({"name": f"{first} {last}"} | one)
    if person.age < ADULT:
        first = random.choice(read("names")["she"])
        guardian = {"name": f"{first} {person.name.split()[-1]}", "role": "guardian", "relationship": "mother"}
        rows = [guardian | {"is_guardian": True, "lives_with_client": True, "may_know": "Everything in the plan"}]
    for place, row in enumerate(rows):
        phone = f"(207) 555-01{(person.number * 7 + place + 31) % 100:02d}"
        tale.circle.append(_own(tale, RelatedPerson, phone=phone, is_emergency_contact=place == 0, **row))


def _allergies(tale: Tale) -> None:
    known = {row["substance"]: row for row in read("general")["allergies"]}
    names = list(tale.person.allergies)
    if not names and tale.random.random() < 0.24:
        names = tale.random.sample(sorted(known), tale.random.choice((1, 1, 2)))
    for name in names:
        _own(tale, Allergy, since=str(tale.random.randint(1995, 2023)), **known[name])


def health_made(tale: Tale) -> None:
    """Diagnoses as somebody said them, and medicines as the label says, of this stay."""
    profile, random, days = profiles()[tale.person.profile], tale.random, tale.days
    if profile.get("is_part2", False) != tale.program.is_part2:
        return
    at, recorder = days.at(max(tale.start - 2, 0), NINE + 40), tale.worker.pk
    said = tale.helpers.get("prescriber")
    by = said.name if said else random.choice(("Maine Bay Hospital", "Casco Clinic", "Dr. Osei"))
    for title, code in profile["diagnoses"]:
        since = days.day(tale.start + random.randint(20, 2500))
        about = {"title": title, "code": code, "code_system": ICD, "since_date": since}
        tale.add(Diagnosis, at, said_by=by, recorded_at=at, recorded_by=recorder, **about)
    for name, dose, what_for in profile["medicines"]:
        since = days.day(tale.start + random.randint(-min(20, tale.start), 300))
        stopped = {}
        if random.random() < 0.1 and tale.start > 60:
            ended = max(days.day(random.randint(5, 50)), since)
            stopped = {
                "status": "stopped",
                "ended_date": ended,
                "ended_because": "Made mornings impossible; told the prescriber.",
            }
        about = {"name": name, "dose": dose, "what_for": what_for, "since_date": since}
        told = random.choice(("The label on the bottle", f"{tale.person.first_name}", "The pharmacy’s list"))
        tale.add(Medication, at, prescriber=by, told_by=told, recorded_at=at, recorded_by=recorder, **about, **stopped)


def strengths_made(tale: Tale) -> None:
    """What they already have: as the design pages say, else from the parts of life their story is about."""
    found = [(domain, title) for domain, title in tale.person.strengths]
    for thread in tale.threads[:3] if not found else ():
        if tale.random.random() < 0.8:
            title = tale.deck.draw(("strengths", thread.name), thread.arc["talk"]["strengths"])
            found.append((thread.arc["domain"], title))
    at, worker = tale.days.at(max(tale.start - 1, tale.end), NINE + 50), tale.worker_on(tale.start)
    for domain, title in found:
        tale.add(Strength, at, domain=domain, title=title, noted_at=at, noted_by=worker.pk)
