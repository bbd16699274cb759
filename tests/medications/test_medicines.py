"""The list of medicines: one is written down, it stops, and nobody else sees any of it."""

from datetime import timedelta

import pytest
from django.test import Client as Browser
from django.urls import reverse

from tests.factories import medications as make_medicine
from tests.factories import people
from tests.factories import programs as make
from wayfellow.access.errors import AccessDenied, Hidden
from wayfellow.access.models import AuditRow
from wayfellow.access.received import FromElsewhere, fingerprint
from wayfellow.kernel import clock
from wayfellow.kernel.ids import new_id
from wayfellow.kernel.refusal import Changed
from wayfellow.medications import selectors, services
from wayfellow.medications.models import Medication

pytestmark = pytest.mark.django_db


@pytest.fixture
def worker(db):
    return make.staff(make.agency())


@pytest.fixture
def client(worker):
    return make.client_of(worker)


@pytest.fixture
def here(worker, client):
    """The worker on the client's page."""
    return make.actor(worker).focused(client.pk)


@pytest.fixture
def browser(worker):
    found = Browser()
    found.force_login(worker.user)
    return found


def record(actor, client, **more):
    values = {"client": client, "key": new_id(), "at": actor.at, "name": "Sertraline"}
    return services.medication_record(actor=actor, **(values | more))


def stop(actor, medication, **more):
    values = {"version": medication.version, "at": actor.at, "ended_date": actor.today}
    return services.medication_stop(actor=actor, medication=medication.acting(actor), **(values | more))


def listed(actor):
    return [row.name for row in selectors.medications(actor=actor)]


def everything():
    return Medication.objects.for_policy().order_by("pk")


# Writing down --------------------------------------------------------------------------------------------------------


def test_a_medicine_is_written_down_in_the_words_of_who_told_us(here, client):
    found = record(here, client, dose="50 mg, morning", told_by="the pharmacy")

    assert (found.name, found.dose, found.status) == ("Sertraline", "50 mg, morning", "active")
    assert found.episode_id is not None
    assert AuditRow.objects.filter(verb="medications.medication.record", record_id=found.pk).count() == 1


def test_the_same_form_twice_is_one_medicine(here, client):
    key = new_id()

    first, second = record(here, client, key=key), record(here, client, key=key)

    assert first.pk == second.pk
    assert everything().count() == 1


def test_somebody_without_a_reason_writes_down_nothing(worker, client):
    stranger = make.actor(make.staff(worker.agency))

    with pytest.raises(Hidden):
        record(stranger, client)

    assert not everything().exists()


def test_peer_support_knows_the_person_but_not_the_list(worker, client):
    peer = make.staff(worker.agency, "peer_support")
    make.assignment(peer, make.episode(client, make.program(worker.agency)), kind="secondary")

    with pytest.raises(AccessDenied):
        record(make.actor(peer), client)


def test_what_they_take_comes_first_and_what_stopped_last(here, client):
    make_medicine.medication(client, name="Benztropine", status="stopped")
    make_medicine.medication(client, name="Clozapine", status="unknown")
    make_medicine.medication(client, name="Zolpidem")
    make_medicine.medication(people.client(client.agency_id and make.agency()), name="Of somebody else")

    assert listed(here) == ["Zolpidem", "Clozapine", "Benztropine"]


# Stopping ------------------------------------------------------------------------------------------------------------


def test_a_medicine_stops_on_a_day_and_for_a_reason(here, client):
    found = stop(here, make_medicine.medication(client), ended_because="Dr. Bell, because of the nausea")

    assert (found.status, found.ended_because) == ("stopped", "Dr. Bell, because of the nausea")
    assert AuditRow.objects.filter(verb="medications.medication.stop", record_id=found.pk).count() == 1


def test_it_does_not_stop_twice(here, client):
    found = stop(here, make_medicine.medication(client))

    with pytest.raises(services.StoppedAlready):
        stop(here, found)


def test_it_does_not_stop_before_it_began(here, client):
    today = clock.local_date(here.at, here.timezone)
    found = make_medicine.medication(client, since_date=today - timedelta(days=3))

    with pytest.raises(services.StoppedBeforeStart):
        stop(here, found, ended_date=today - timedelta(days=4))


def test_it_does_not_stop_in_days_to_come(here, client):
    with pytest.raises(services.NotYetStopped):
        stop(here, make_medicine.medication(client), ended_date=clock.local_date(here.at, "UTC") + timedelta(days=2))


def test_two_who_stop_it_at_once_are_told(here, client):
    found = make_medicine.medication(client)
    theirs = everything().get(pk=found.pk)
    theirs.acting(here)
    stop(here, theirs)

    with pytest.raises(Changed):
        stop(here, found)


# Received ------------------------------------------------------------------------------------------------------------


def receive(actor, client, name, mark=""):
    rows = [FromElsewhere("MedicationRequest/1", {"name": name}, print=mark)]
    got = services.medications_receive(actor=actor, client=client, episode=None, at=actor.at, origin="x", rows=rows)
    return got["MedicationRequest/1"]


def test_a_received_medicine_is_made_once_and_follows_its_source(here, client):
    assert receive(here, client, "Sertraline 50").how == "new"
    assert receive(here, client, "Sertraline 50").how == "same"
    assert receive(here, client, "Sertraline 100", fingerprint({"name": "Sertraline 50"})).how == "changed"

    assert listed(here) == ["Sertraline 100"]


def test_what_was_changed_here_is_not_written_over(here, client):
    receive(here, client, "Sertraline 50")

    assert receive(here, client, "Sertraline 100", fingerprint({"name": "Something else came then"})).how == "ours"

    assert listed(here) == ["Sertraline 50"]


# Pages ---------------------------------------------------------------------------------------------------------------


def url(name, client, *more):
    return reverse(f"medications:{name}", args=[client.pk, *more])


def test_the_page_lists_writes_down_and_stops(browser, client):
    assert browser.get(url("medications", client)).status_code == 200

    form = {"key": new_id(), "name": "Metformin", "dose": "500 mg, twice a day"}
    answer = browser.post(url("medication_record", client), form, follow=True)

    assert "Metformin" in answer.content.decode()
    found = everything().get()
    answer = browser.post(
        url("medication_stop", client, found.pk), {"version": 1, "ended_date": found.recorded_at.date()}, follow=True
    )
    assert everything().get().status == "stopped"
    assert "no longer take" in answer.content.decode()


def test_a_form_without_a_name_keeps_what_was_typed(browser, client):
    answer = browser.post(url("medication_record", client), {"key": new_id(), "name": "", "dose": "two at night"})

    assert answer.status_code == 422
    assert "two at night" in answer.content.decode()
    assert "Write the name of the medicine" in answer.content.decode()


def test_a_medicine_stopped_meanwhile_is_said_on_the_form(browser, client):
    found = make_medicine.medication(client)
    ended = {"ended_date": "2020-01-01"}

    answer = browser.post(url("medication_stop", client, found.pk), {"version": 7} | ended)

    assert answer.status_code == 422
    assert "Someone saved this" in answer.content.decode()
    assert browser.post(url("medication_stop", client, found.pk), {"version": 1} | ended).status_code == 302


def test_a_medicine_of_another_client_is_missing(browser, client, worker):
    other = make_medicine.medication(make.client_of(worker))

    assert browser.get(url("medication_stop", client, other.pk)).status_code == 404


def test_the_page_costs_the_same_for_one_medicine_and_for_forty(browser, client, django_assert_max_num_queries):
    for number in range(40):
        make_medicine.medication(client, name=f"Medicine {number}")

    with django_assert_max_num_queries(16):
        assert browser.get(url("medications", client)).status_code == 200
