"""What resources say, as values of our rows."""

from datetime import UTC, date, datetime

import pytest

from tests.factories import fhir as bundles
from wayfellow.fhir import bundle, mapping
from wayfellow.fhir.node import Bad


def mapped(*resources):
    """The rows of the last of these resources, in a bundle with a person p1."""
    found = bundle.read(bundles.as_bytes(bundles.bundle(bundles.patient(), *resources)))
    return mapping.mapped(found.entries[-1], found)


def only(*resources):
    rows = mapped(*resources)
    assert len(rows) == 1
    return rows[0]


def person(**fields):
    found = bundle.read(bundles.as_bytes(bundles.bundle(bundles.patient(**fields))))
    return mapping.person(found.entries[0])


def bad(*resources):
    with pytest.raises(Bad) as caught:
        mapped(*resources)
    return caught.value.path


# People --------------------------------------------------------------------------------------------------------------


def test_the_usual_name_is_the_chosen_one_and_the_official_one_the_legal():
    names = [{"use": "official", "family": "Example", "given": ["Roberta", "A."]}, {"use": "usual", "text": "Robin"}]

    values = person(name=names).values

    assert (values["chosen_name"], values["legal_name"]) == ("Robin", "Roberta A. Example")


def test_one_name_is_both_and_stands_once():
    values = person().values

    assert (values["chosen_name"], values["legal_name"]) == ("Robin Example", "")


def test_an_old_name_is_not_used():
    names = [{"use": "old", "text": "Former Name"}, {"use": "official", "text": "Present Name"}]

    assert person(name=names).values["chosen_name"] == "Present Name"


def test_somebody_without_a_name_can_not_be_taken():
    with pytest.raises(Bad, match=r"entry\[0\].resource.name"):
        person(name=[])


def test_a_birth_date_that_is_none_is_named_by_its_path():
    with pytest.raises(Bad, match=r"entry\[0\].resource.birthDate"):
        person(birthDate="1988-02-30")


def test_a_birth_year_alone_is_no_birth_date():
    assert person(birthDate="1988").values["birth_date"] is None


def test_what_is_old_or_over_is_left_out():
    telecom = [
        {"system": "phone", "value": "1", "use": "old"},
        {"system": "phone", "value": "2", "period": {"end": "2020-01-01"}},
        {"system": "phone", "value": "3", "use": "mobile"},
        {"system": "email", "value": "robin@example.org"},
        {"system": "fax", "value": "4"},
    ]

    found = person(telecom=telecom)

    assert [phone["number"] for phone in found.phones] == ["3"]
    assert found.emails == ("robin@example.org",)


def test_pronouns_are_read_from_their_extension():
    url = "http://hl7.org/fhir/StructureDefinition/individual-pronouns"
    inner = {"url": "value", "valueCodeableConcept": {"text": "they/them"}}

    assert person(extension=[{"url": url, "extension": [inner]}]).values["pronouns"] == "they/them"


# Health --------------------------------------------------------------------------------------------------------------


def test_a_condition_is_a_diagnosis_with_the_icd_code_if_there_is_one():
    codings = [
        {"system": "http://snomed.info/sct", "code": "370143000", "display": "Major depression"},
        {"system": mapping.ICD10, "code": "F33.1"},
    ]

    row = only(bundles.condition(code={"coding": codings}, onsetDateTime="1993-01-09T06:38:03+00:00"))

    assert row.target == "diagnosis"
    assert (row.values["title"], row.values["code"]) == ("Major depression", "F33.1")
    assert row.values["since_date"] == date(1993, 1, 9)
    assert row.values["is_active"] is True


@pytest.mark.parametrize(
    ("code", "is_active"), [("active", True), ("relapse", True), ("resolved", False), ("remission", False)]
)
def test_a_condition_is_active_as_its_source_says(code, is_active):
    assert only(bundles.condition(clinicalStatus={"coding": [{"code": code}]})).values["is_active"] is is_active


def test_a_social_need_is_no_diagnosis():
    assert mapped(bundles.condition(category=[{"coding": [{"code": "sdoh"}]}])) == []


def test_a_condition_entered_in_error_says_so():
    row = only(bundles.condition(verificationStatus={"coding": [{"code": "entered-in-error"}]}))

    assert row.is_mistaken
    assert row.values["is_active"] is False


def test_a_condition_that_names_none_is_bad():
    assert bad(bundles.condition(code={})) == "entry[1].resource.code"


def test_the_one_who_said_it_is_named_by_the_reference_or_by_what_it_points_to():
    doctor = {"resourceType": "Practitioner", "id": "d", "name": [{"prefix": ["Dr."], "family": "Bell"}]}

    assert only(doctor, bundles.condition(asserter={"reference": "Practitioner/d"})).values["said_by"] == "Dr. Bell"
    assert only(bundles.condition(asserter={"display": "Dr. Osei"})).values["said_by"] == "Dr. Osei"
    assert only(bundles.condition(asserter={"reference": "Practitioner/nobody"})).values["said_by"] == ""


@pytest.mark.parametrize(
    ("status", "ours"),
    [("active", "active"), ("completed", "stopped"), ("stopped", "stopped"), ("on-hold", "unknown"), ("", "unknown")],
)
def test_a_medicine_has_the_status_of_its_order(status, ours):
    assert only(bundles.medicine(status=status)).values["status"] == ours


def test_a_dose_is_copied_and_never_worked_out():
    written = [{"text": "One in the morning"}, {"doseAndRate": [{"doseQuantity": {"value": 2}}]}]

    assert only(bundles.medicine(dosageInstruction=written)).values["dose"] == "One in the morning"


def test_a_medicine_may_stand_in_its_own_resource():
    drug = {"resourceType": "Medication", "id": "x", "code": {"text": "Lithium 300 mg"}}
    order = bundles.medicine(medicationReference={"reference": "#x"}, contained=[drug])
    del order["medicationCodeableConcept"]

    assert only(order).values["name"] == "Lithium 300 mg"


@pytest.mark.parametrize("fields", [{"intent": "proposal"}, {"doNotPerform": True}])
def test_what_is_not_to_be_taken_is_no_medicine(fields):
    assert mapped(bundles.medicine(**fields)) == []


def test_an_allergy_tells_the_substance_and_the_reaction():
    reaction = [{"manifestation": [{"text": "Neck cramp"}, {"text": "Hives"}]}]
    allergy = {
        "resourceType": "AllergyIntolerance",
        "id": "a",
        "code": {"text": "Haloperidol"},
        "reaction": reaction,
        "patient": {"reference": "Patient/p1"},
    }

    values = only(allergy).values

    assert (values["substance"], values["reaction"], values["is_active"]) == ("Haloperidol", "Neck cramp, Hives", True)


# Totals --------------------------------------------------------------------------------------------------------------


def total(code="44261-6", status="final", **value):
    return {
        "resourceType": "Observation",
        "id": "o",
        "status": status,
        "code": {"coding": [{"system": "http://loinc.org", "code": code}]},
        "subject": {"reference": "Patient/p1"},
        "effectiveDateTime": "2026-05-04T23:30:00-04:00",
    } | value


@pytest.mark.parametrize("value", [{"valueInteger": 14}, {"valueString": "14"}, {"valueQuantity": {"value": 14.0}}])
def test_a_total_is_read_however_it_is_written(value):
    row = only(total(**value))

    assert (row.values["instrument"], row.values["total"]) == ("phq-9", 14)
    assert row.values["taken_at"] == datetime(2026, 5, 5, 3, 30, tzinfo=UTC)


@pytest.mark.parametrize(("code", "value"), [("44261-6", 28), ("70274-6", 22), ("44261-6", -1), ("44261-6", 3.5)])
def test_a_total_that_the_scale_can_not_give_is_bad(code, value):
    assert bad(total(code, valueDecimal=value)).startswith("entry[1].resource.value")


def test_a_total_without_a_day_is_bad():
    nowhen = total(valueInteger=3)
    del nowhen["effectiveDateTime"]

    assert bad(nowhen) == "entry[1].resource.effectiveDateTime"


@pytest.mark.parametrize("status", ["preliminary", "cancelled", "entered-in-error"])
def test_a_total_that_is_not_final_is_no_result(status):
    assert mapped(total(status=status, valueInteger=3)) == []


def test_another_observation_is_no_result():
    assert mapped(total("8302-2", valueQuantity={"value": 182})) == []


def test_a_response_gives_the_total_that_its_source_counted():
    item = {"linkId": "/69737-5", "item": [{"linkId": "/70274-6", "answer": [{"valueDecimal": 9}]}]}
    response = {
        "resourceType": "QuestionnaireResponse",
        "id": "q",
        "status": "completed",
        "authored": "2026-05-05",
        "subject": {"reference": "Patient/p1"},
        "item": [item],
    }

    row = only(response)

    assert (row.values["instrument"], row.values["total"]) == ("gad-7", 9)


# Plans ---------------------------------------------------------------------------------------------------------------


def goal(**fields):
    values = {"resourceType": "Goal", "id": "g", "lifecycleStatus": "active", "description": {"text": "Sleep"}}
    return values | {"subject": {"reference": "Patient/p1"}} | fields


@pytest.mark.parametrize(
    ("status", "achieved", "ours"),
    [
        ("proposed", "", "active"),
        ("on-hold", "", "active"),
        ("completed", "achieved", "met"),
        ("completed", "not-achieved", "ended"),
        ("cancelled", "", "ended"),
    ],
)
def test_a_goal_stands_as_its_source_says(status, achieved, ours):
    row = only(goal(lifecycleStatus=status, achievementStatus={"coding": [{"code": achieved}]}))

    assert row.values["status"] == ours


def test_a_goal_stands_in_the_plan_that_names_it():
    plan = {"resourceType": "CarePlan", "id": "pl", "goal": [{"reference": "Goal/g"}]}

    assert only(plan, goal()).values["plan"] == "CarePlan/pl"
    assert only(goal()).values["plan"] == mapping.LOOSE_GOALS


def test_a_care_team_gives_those_who_help_but_not_the_person():
    members = [
        {"role": [{"text": "Nurse"}], "member": {"reference": "Practitioner/9", "display": "Jonah, RN"}},
        {"member": {"reference": "Patient/p1", "display": "Robin"}},
        {"member": {"reference": "Practitioner/unknown"}},
    ]
    team = {
        "resourceType": "CareTeam",
        "id": "t",
        "subject": {"reference": "Patient/p1"},
        "participant": members,
    }

    row = only(team)

    assert (row.target, row.values["name"], row.values["relationship"]) == ("helper", "Jonah, RN", "Nurse")
