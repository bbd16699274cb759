"""Records come in: what they become, what is kept, what is never done."""

import pytest

from tests.factories import fhir as bundles
from tests.factories import people
from tests.factories import programs as make
from wayfellow.access.errors import AccessDenied
from wayfellow.access.models import AuditRow
from wayfellow.assessments.models import Diagnosis, Response
from wayfellow.fhir import bundle, services, staging
from wayfellow.fhir.models import Received
from wayfellow.fhir.report import How
from wayfellow.kernel import clock
from wayfellow.medications import services as medications
from wayfellow.medications.models import Medication
from wayfellow.people.models import Address, Allergy, Client, Identifier, Phone, RelatedPerson
from wayfellow.plans.models import CarePlan, Goal
from wayfellow.programs.models import Assignment, Episode

pytestmark = pytest.mark.django_db


def all_of(model):
    return model.objects.for_policy().order_by("pk")


def hows(report):
    return [str(line.how) for line in report.in_order()]


def changed(robin, key, **fields):
    """The same record, with one resource said anew."""
    for entry in robin["entry"]:
        if entry["resource"]["id"] == key:
            entry["resource"] |= fields
    return robin


# Taken ---------------------------------------------------------------------------------------------------------------


def test_a_record_becomes_rows_in_their_places(bring, robin, program):
    report = bring(robin)

    client = all_of(Client).get()
    assert (client.chosen_name, client.legal_name, client.language) == ("Robin Example", "Roberta Example", "Spanish")
    assert (client.origin, client.origin_id) == ("https://clinic.example/fhir", "Patient/robin")
    assert [row.number for row in all_of(Phone)] == ["207-555-0142"]
    assert [row.city for row in all_of(Address)] == ["Portland"]
    assert [(row.title, row.said_by) for row in all_of(Diagnosis)] == [
        ("Major depressive disorder", "Dr. Noor Invented")
    ]
    assert [(row.name, row.dose) for row in all_of(Medication)] == [
        ("Sertraline 50 MG Oral Tablet", "One in the morning")
    ]
    assert [(row.substance, row.reaction) for row in all_of(Allergy)] == [("Peanuts", "Hives")]
    assert {(row.instrument, row.total, row.way) for row in all_of(Response)} == {
        ("phq-9", 14, "received"), ("gad-7", 9, "received"),
    }  # fmt: skip
    assert [(row.name, row.role) for row in all_of(RelatedPerson)] == [("Dr. Noor Invented", "helper")]
    assert {(row.title, row.status, row.plan.title) for row in Goal.objects.for_policy().select_related("plan")} == {
        ("Sleep six hours, five nights a week", "active", "Mood plan of the clinic"),
        ("See the dentist", "met", "Goals received without a plan"),
    }
    episode = all_of(Episode).get()
    assert (episode.program_id, episode.status) == (program.pk, "waiting")
    assert {row.episode_id for row in all_of(Diagnosis)} == {episode.pk}
    assert report.counts() == {How.TAKEN: 10, How.KEPT: 3, How.SKIPPED: 2}


def test_every_entry_has_one_line_with_its_place(bring, robin):
    report = bring(robin)

    assert [line.place for line in report.in_order()] == list(range(len(robin["entry"])))
    assert str(report.in_order()[2]) == "entry[2] Condition: taken"


def test_what_is_not_modelled_is_kept_without_markup(bring, robin):
    changed(robin, "visit", text={"status": "generated", "div": "<div><script>x()</script></div>"}, note="<b>late</b>")

    bring(robin)

    kept = all_of(Received).get(origin_id="Encounter/visit")
    assert (kept.title, kept.became, kept.happened_date.isoformat()) == ("Office visit", "", "2026-05-04")
    assert kept.content["note"] == "late"
    assert "text" not in kept.content
    assert not [row for row in all_of(Received) if "<script" in str(row.content) or "div" in str(row.content)]


def test_numbers_of_other_systems_are_sealed_and_stand_nowhere_else(bring, robin):
    bring(robin)

    numbers = {row.system: row for row in all_of(Identifier)}
    ssn = numbers["http://hl7.org/fhir/sid/us-ssn"]
    assert ssn.value_blind == Identifier.blinded("999-11-2222")
    assert "999-11-2222" not in ssn.value_sealed
    assert all_of(Received).get(resource_type="Patient").content == {}


def test_bills_are_left_out(bring, robin):
    bring(robin)

    assert not all_of(Received).filter(resource_type="Claim").exists()


def test_that_somebody_has_died_stands_on_the_page_and_closes_nothing(bring):
    bring(bundles.bundle(bundles.patient(deceasedDateTime="2026-03-01")))

    assert "died" in all_of(Received).get().title
    assert all_of(Episode).get().status == "waiting"


def test_a_worker_who_is_named_has_the_person_at_once(bring, robin, agency):
    worker = make.staff(agency)

    bring(robin, worker=worker)

    assert all_of(Assignment).get().staff_id == worker.pk
    assert all_of(Episode).get().status == "open"


def test_a_part_2_program_takes_records_too(bring, robin, agency):
    bring(robin, program=make.program(agency, is_part2=True))

    assert all_of(Diagnosis).count() == 1


def test_every_row_is_in_the_audit_with_the_reason_of_an_import(bring, robin):
    bring(robin)

    told = set(AuditRow.objects.exclude(record_id=None).values_list("record_id", flat=True))
    for model in (Client, Diagnosis, Medication, Allergy, Response, CarePlan, Goal, Received, Phone, Identifier):
        assert {row.pk for row in all_of(model)} <= told, model
    reasons = set(AuditRow.objects.exclude(client_id=None).values_list("reason", flat=True))
    assert reasons <= {"import", "import of episodes"}


# Part 2 --------------------------------------------------------------------------------------------------------------

PROTECTED = {"security": [{"code": "42CFRPart2"}]}


def test_what_is_labelled_as_part_2_is_not_taken_into_another_program(bring, robin, agency):
    report = bring(changed(robin, "mood", meta=PROTECTED))

    assert not all_of(Diagnosis).exists()
    assert not all_of(Received).filter(origin_id="Condition/mood").exists()
    assert "Part 2" in next(line.words for line in report.lines if line.place == 2)

    bring(robin, program=make.program(agency, is_part2=True))
    assert all_of(Diagnosis).select_related("episode__program").get().episode.program.is_part2


@pytest.mark.parametrize("where", ["file", "person"])
def test_a_file_or_person_labelled_as_part_2_is_not_taken_at_all(bring, robin, where):
    whole = robin | {"meta": PROTECTED} if where == "file" else changed(robin, "robin", meta=PROTECTED)

    assert bring(whole).is_fruitless
    assert not all_of(Client).exists()


def test_a_part_2_record_shows_nothing_to_the_staff_of_another_program(bring, robin, agency, rows):
    worker = make.staff(agency)
    bring(bundles.bundle(*[entry["resource"] for entry in robin["entry"][:1]]), worker=worker)
    here = make.actor(worker).focused(all_of(Client).get().pk)
    seen = {name: what_is_seen(here, name) for name in (Allergy, RelatedPerson, Phone, Received, Diagnosis, Medication)}
    robin["entry"][0]["resource"]["telecom"].append({"system": "phone", "value": "207-555-0199"})

    report = bring(robin, program=make.program(agency, is_part2=True), origin="https://clinic.example/fhir")

    here = make.actor(worker).focused(all_of(Client).get().pk)
    assert {name: what_is_seen(here, name) for name in seen} == seen
    assert (
        all_of(Received)
        .filter(resource_type="AllergyIntolerance")
        .select_related("episode__program")
        .get()
        .episode.program.is_part2
    )
    assert report.counts()[How.TAKEN] == 7


def what_is_seen(actor, model):
    return list(model.objects.for_actor(actor).order_by("pk").values_list("pk", flat=True))


# Again ---------------------------------------------------------------------------------------------------------------


def test_the_same_file_again_changes_nothing(bring, robin, rows):
    bring(robin)
    before = rows()

    report = bring(robin)

    assert rows() == before
    assert report.counts() == {How.SAME: 13, How.SKIPPED: 2}


def test_a_dry_run_says_all_and_keeps_nothing(bring, robin, rows, audit):
    before = rows(), audit()

    with pytest.raises(services.DryRun) as dry:
        bring(robin, is_dry_run=True)

    assert dry.value.report.counts()[How.TAKEN] == 10
    assert (rows(), audit()) == before


def test_what_the_source_says_anew_is_brought_up_to_date(bring, robin):
    bring(robin)

    report = bring(changed(robin, "sertraline", status="stopped"))

    assert all_of(Medication).get().status == "stopped"
    assert report.counts() == {How.CHANGED: 1, How.SAME: 12, How.SKIPPED: 2}


def test_what_was_changed_here_stays_and_is_said(bring, robin, agency):
    worker = make.staff(agency)
    bring(robin, worker=worker)
    medicine = all_of(Medication).get()
    actor = make.actor(worker).focused(medicine.client_id)
    stop_medicine(actor, medicine)

    report = bring(changed(robin, "sertraline", dosageInstruction=[{"text": "Two in the morning"}]))

    medicine = all_of(Medication).get()
    assert (medicine.status, medicine.dose) == ("stopped", "One in the morning")
    line = next(line for line in report.lines if line.kind == "MedicationRequest")
    assert line.how == How.SKIPPED
    assert "changed here" in line.words


def stop_medicine(actor, medicine):
    medications.medication_stop(
        actor=actor,
        medication=medicine.acting(actor),
        version=medicine.version,
        at=actor.at,
        ended_date=actor.today,
    )


def test_a_total_never_changes(bring, robin):
    bring(robin)

    report = bring(changed(robin, "phq", valueInteger=3))

    assert sorted(row.total for row in all_of(Response)) == [9, 14]
    assert report.counts()[How.SKIPPED] == 3


def test_what_is_gone_from_the_file_stays_here(bring, robin):
    bring(robin)
    robin["entry"] = robin["entry"][:2]

    bring(robin)

    assert all_of(Medication).count() == 1


def test_what_was_entered_in_error_is_not_begun_with_and_ends_what_came(bring, robin):
    mistaken = {"coding": [{"code": "entered-in-error"}]}
    first = bring(changed(robin, "nuts", verificationStatus=mistaken))
    assert not all_of(Allergy).exists()
    assert next(line for line in first.lines if line.kind == "AllergyIntolerance").how == How.SKIPPED

    bring(robin)
    bring(changed(robin, "mood", verificationStatus=mistaken))

    assert all_of(Diagnosis).get().is_active is False


# Whose record --------------------------------------------------------------------------------------------------------


def test_a_person_is_known_by_an_identifier_from_another_place(bring, robin):
    bring(robin)
    number = robin["entry"][0]["resource"]["identifier"]

    bring(bundles.bundle(bundles.patient(identifier=number, birthDate="1990-02-28"), bundles.condition()), origin="x")

    assert all_of(Client).count() == 1
    assert all_of(Client).get().chosen_name == "Robin Example"
    assert all_of(Diagnosis).count() == 2
    assert all_of(Episode).count() == 1


@pytest.mark.parametrize("born", ["1991-02-28", "1990"])
def test_an_identifier_with_another_birth_date_is_nobody_we_know(bring, robin, rows, born):
    bring(robin)
    before = rows()
    number = robin["entry"][0]["resource"]["identifier"]

    other = bundles.patient(identifier=number, birthDate=born)
    report = bring(bundles.bundle(other, bundles.condition()), origin="x")

    assert hows(report) == ["bad", "skipped"]
    assert report.is_fruitless
    assert rows() == before


def test_identifiers_of_two_people_here_merge_nobody(bring):
    bring(bundles.bundle(bundles.patient("a"), bundles.patient("b")))
    numbers = [{"system": "urn:clinic:number", "value": f"N-{key}"} for key in ("a", "b")]

    report = bring(bundles.bundle(bundles.patient("c", identifier=numbers)), origin="x")

    assert hows(report) == ["bad"]
    assert all_of(Client).count() == 2


def test_a_known_person_who_brings_the_number_of_another_is_merged_with_nobody(bring):
    bring(bundles.bundle(bundles.patient("a"), bundles.patient("b")))
    number = [{"system": "urn:clinic:number", "value": "N-b"}]

    report = bring(bundles.bundle(bundles.patient("a", identifier=number)))

    assert hows(report) == ["bad"]
    assert all_of(Identifier).count() == 2


def test_the_same_name_and_birth_date_are_still_two_people(bring):
    bring(bundles.bundle(bundles.patient("a"), bundles.patient("b")))

    assert all_of(Client).count() == 2


def test_two_people_of_one_file_with_one_identifier_are_not_merged(bring):
    number = [{"system": "urn:clinic:number", "value": "N-1"}]

    report = bring(bundles.bundle(bundles.patient("a", identifier=number), bundles.patient("b", identifier=number)))

    assert hows(report) == ["taken", "bad"]
    assert all_of(Client).count() == 1


def test_two_people_in_a_file_keep_each_their_own(bring):
    report = bring(
        bundles.bundle(
            bundles.patient("a"), bundles.patient("b"), bundles.condition("c1", "a"), bundles.medicine("m1", "b")
        )
    )

    people_by_key = {client.origin_id: client.pk for client in all_of(Client)}
    assert hows(report) == ["taken"] * 4
    assert all_of(Diagnosis).get().client_id == people_by_key["Patient/a"]
    assert all_of(Medication).get().client_id == people_by_key["Patient/b"]


def test_another_agency_s_people_are_not_known(bring, robin):
    bring(robin)
    agency = make.agency()

    type(bring)(agency, make.program(agency))(robin)

    assert all_of(Client).count() == 2


def test_the_details_of_somebody_written_down_here_stay(bring, agency, program):
    client = people.client(agency, chosen_name="Rob", birth_date="1988-04-12")
    bundles.number_of(client, "urn:clinic:number", "N-p1")

    report = bring(bundles.bundle(bundles.patient(), bundles.condition()))

    assert hows(report) == ["unchanged", "taken"]
    assert all_of(Client).get().chosen_name == "Rob"


def test_somebody_with_a_confidential_address_gets_no_open_one(bring, robin, agency):
    people.client(
        agency, origin="https://clinic.example/fhir", origin_id="Patient/robin", has_confidential_address=True
    )

    bring(robin)

    assert not all_of(Address).exists()


# What can't be taken --------------------------------------------------------------------------------------------------


def test_a_bad_resource_in_the_middle_is_named_and_the_others_are_taken(bring, robin):
    changed(robin, "mood", onsetDateTime="last spring")

    report = bring(robin)

    assert [str(line) for line in report.lines if line.how == How.BAD] == [
        "entry[2].resource.onsetDateTime Condition: bad, a date like 2026-06-18 belongs here"
    ]
    assert all_of(Medication).count() == 1


def test_references_to_nobody_are_named(bring):
    gone = bundles.condition("c1", "somebody-else")
    aboutless = bundles.condition("c2")
    del aboutless["subject"]
    wrong = bundles.condition("c3") | {"subject": {"reference": "Condition/c1"}}

    report = bring(bundles.bundle(bundles.patient(), gone, aboutless, wrong))

    assert hows(report) == ["taken", "bad", "bad", "bad"]
    assert [line.path for line in report.in_order()][1:] == [f"entry[{n}].resource.subject" for n in (1, 2, 3)]


def test_a_person_who_can_not_be_read_takes_their_record_along(bring):
    report = bring(bundles.bundle(bundles.patient(birthDate="soon"), bundles.condition()))

    assert [(line.path, str(line.how)) for line in report.in_order()] == [
        ("entry[0].resource.birthDate", "bad"), ("entry[1]", "skipped"),
    ]  # fmt: skip
    assert not all_of(Client).exists()


def test_what_stands_twice_or_has_no_id_is_bad(bring):
    nameless = bundles.condition("c2")
    whole = bundles.bundle(bundles.patient(), bundles.condition(), bundles.condition(), nameless)
    del whole["entry"][3]["fullUrl"]
    del nameless["id"]

    assert hows(bring(whole)) == ["taken", "taken", "bad", "bad"]


def test_text_longer_than_its_place_is_cut_and_whole_in_what_was_received(bring):
    long = "x" * 900

    bring(bundles.bundle(bundles.patient(), bundles.condition(code={"text": long})))

    assert len(all_of(Diagnosis).get().title) == 300
    assert all_of(Received).get(resource_type="Condition").content["code"]["text"] == long


def test_a_worker_who_can_not_take_them_on_stops_the_whole_file(bring, robin, rows, agency):
    before = rows()

    with pytest.raises(services.importing.programs.NotAssignable):
        bring(robin, worker=make.staff(agency, "administrator"))

    assert rows() == before


def test_nobody_of_staff_can_import(agency, program, robin):
    worker = make.staff(agency)
    staged = staging.staged(bundle.read(bundles.as_bytes(robin)))

    with pytest.raises(AccessDenied):
        services.bundle_receive(actor=make.actor(worker), staged=staged, program=program, worker=worker, at=clock.now())
