"""The real bundles of Synthea, with numbers counted by hand from the files themselves (data/fhir/README.md)."""

import pytest

from wayfellow.assessments.models import Diagnosis
from wayfellow.fhir.models import Received
from wayfellow.fhir.report import How
from wayfellow.medications.models import Medication
from wayfellow.people.models import Client
from wayfellow.plans.models import CarePlan, Goal

pytestmark = pytest.mark.django_db

# By file: Conditions, MedicationRequests, Goals, CarePlans; all kept as received; Organizations, Practitioners and bills.
COUNTED = {
    "Gilberto_Orosco.json": (7, 2, 5, 4, 236, 4),
    "Milan_Beatty.full.json": (5, 3, 5, 7, 164, 35),
    "Omar_Abernathy.json": (8, 3, 0, 2, 134, 4),
    "Quintin_Parker.json": (7, 0, 5, 2, 204, 2),
    "Roberto_Graham.json": (9, 10, 3, 6, 257, 2),
    "Trey_Leffler.json": (6, 3, 5, 3, 254, 2),
}


def count(model):
    return model.objects.for_policy().count()


@pytest.mark.parametrize("name", COUNTED)
def test_a_person_of_synthea_comes_in_once(name, bring, shared_data, rows):
    data = (shared_data / "fhir" / "synthea" / name).read_bytes()
    conditions, medicines, goals, plans, kept, skipped = COUNTED[name]
    taken = 1 + conditions + medicines + goals + plans

    report = bring(data)

    assert report.counts() == {How.TAKEN: taken, How.KEPT: kept, How.SKIPPED: skipped}
    assert len(report.lines) == taken + kept + skipped
    assert (count(Diagnosis), count(Medication), count(Goal)) == (conditions, medicines, goals)
    assert CarePlan.objects.for_policy().exclude(origin_id="CarePlan/without").count() == plans
    assert count(Received) == taken + kept
    assert count(Client) == 1
    before = rows()

    again = bring(data)

    assert again.counts() == {How.SAME: taken + kept, How.SKIPPED: skipped}
    assert rows() == before


def test_all_of_them_are_six_people(bring, shared_data):
    for name in COUNTED:
        bring((shared_data / "fhir" / "synthea" / name).read_bytes())

    assert count(Client) == len(COUNTED)


def test_the_authored_bundle_of_case_management_comes_in(bring, shared_data):
    report = bring((shared_data / "fhir" / "authored" / "case-management-bundle.json").read_bytes())

    # Patient, Condition, CareTeam, Goal, CarePlan; EpisodeOfCare, two Encounters, Communication; an Organization, two Practitioners.
    assert report.counts() == {How.TAKEN: 5, How.KEPT: 4, How.SKIPPED: 3}
