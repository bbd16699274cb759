"""Who has opened this record, and why."""

import re
from importlib import import_module

import pytest
from django.test import Client as Browser

from tests.factories import people
from tests.factories import programs as make
from wayfellow.access.models import AuditRow
from wayfellow.kernel.ids import new_id
from wayfellow.people import services
from wayfellow.people.models import PossibleDuplicate
from wayfellow.programs.models import Episode

pytestmark = pytest.mark.django_db
SIGHT = re.compile(r'<p class="strong">([^<]*)</p>')


@pytest.fixture
def worker(db):
    return make.staff(make.agency(), name="Renee Alder")


@pytest.fixture
def client(worker):
    return make.client_of(worker)


def browser(who):
    found = Browser()
    found.force_login(who.user)
    return found


def opened(who, client, **query):
    answer = browser(who).get(f"/clients/{client.pk}/opened/", query)
    return answer.content.decode() if answer.status_code == 200 else answer.status_code


def test_a_look_is_told_with_its_reason(worker, client):
    browser(worker).get(f"/clients/{client.pk}/details/")

    shown = opened(worker, client)

    assert "Renee Alder opened your details" in shown
    assert "Because:" in shown


def test_reading_the_list_is_a_look_itself(worker, client):
    opened(worker, client)

    assert AuditRow.objects.filter(verb="access.audit.read", client_id=client.pk).count() == 1


def test_lists_are_folded_by_day(worker, client):
    signed_in = browser(worker)
    for _ in range(3):
        signed_in.get("/clients/")

    shown = opened(worker, client)

    assert shown.count("saw you on their caseload list") == 1
    assert "3 times" in shown


def test_a_row_of_a_part_2_stay_is_shown_to_those_who_may_know_of_it(worker, client):
    counsellor = make.staff(worker.agency, name="Noor Vale")
    quiet = make.program(worker.agency, is_part2=True)
    stay = make.episode(client, quiet)
    make.assignment(counsellor, stay)
    for path in (f"/clients/{client.pk}/episodes/{stay.pk}/", f"/clients/{client.pk}/details/", "/clients/"):
        assert browser(counsellor).get(path).status_code == 200

    assert "Noor Vale" in opened(counsellor, client)
    assert "Noor Vale" in opened(make.staff(worker.agency, "privacy_lead"), client)
    assert "Noor Vale" not in opened(worker, client)


def test_a_refused_try_of_who_works_in_a_part_2_program_only_is_hidden_with_it(worker, client):
    protected = make.program(worker.agency, is_part2=True)
    helper = make.staff(worker.agency, "peer_support", name="Casey Brook")
    make.assignment(helper, make.episode(client, protected))

    answer = browser(helper).get(f"/clients/{client.pk}/opened/")

    assert answer.status_code == 403
    assert AuditRow.objects.filter(staff_id=helper.pk, client_id=client.pk, outcome="refused").count() == 1
    assert "Casey Brook" not in opened(worker, client)


def test_that_somebody_may_be_here_already_is_told_to_the_privacy_lead_alone(worker):
    lead = make.staff(worker.agency, "privacy_lead")

    def shown_after(name):
        """What the author reads of somebody new, before and after the privacy lead has answered."""
        actor = make.actor(worker)
        new = services.client_create(actor=actor, key=new_id(), at=actor.at, chosen_name=name)
        shown = [SIGHT.findall(opened(worker, new))]
        for pair in PossibleDuplicate.objects.for_policy().filter(client=new):
            answer = browser(lead).post(f"/clients/{new.pk}/duplicates/{pair.pk}/", {"outcome": "different"})
            assert answer.status_code == 302
        return new, [*shown, SIGHT.findall(opened(worker, new))]

    people.name_keys(people.client(worker.agency, chosen_name="Robin Vale"))
    twice, of_twice = shown_after("Robin Vale")
    _, of_once = shown_after("Somebody Else")

    assert PossibleDuplicate.objects.for_policy().get().client_id == twice.pk
    assert of_twice == of_once
    assert "checked whether you are written down twice" in opened(lead, twice)


def test_strangers_see_no_such_page(worker, client):
    blocked = make.staff(worker.agency)
    make.assignment(blocked, Episode.objects.for_policy().get(client=client), kind="secondary")
    people.conflict_block(client, blocked)

    for who in (blocked, make.staff(worker.agency), make.staff(make.agency())):
        assert opened(who, client) == 404


def test_the_list_is_paged_and_costs_the_same_for_many(worker, client, monkeypatch, django_assert_max_num_queries):
    # The package shows the view under the name of its module.
    monkeypatch.setattr(import_module("wayfellow.desk.views.opened"), "PAGE_SIZE", 10)
    signed_in = browser(worker)
    for _ in range(20):
        signed_in.get(f"/clients/{client.pk}/details/")
    opened(worker, client)

    with django_assert_max_num_queries(32):
        assert signed_in.get(f"/clients/{client.pk}/opened/").status_code == 200
    assert "1 to 10 of" in opened(worker, client)


def test_one_act_that_touched_several_rows_is_one_line(worker):
    actor = make.actor(worker)
    client = services.client_create(actor=actor, key=new_id(), at=actor.at, chosen_name="Ines Rowe")
    browser = Browser()
    browser.force_login(worker.user)

    shown = browser.get(f"/clients/{client.pk}/opened/").content.decode()

    assert AuditRow.objects.filter(verb="people.client.create", client_id=client.pk).count() == 2
    assert shown.count(f"{worker.name} wrote you down as new") == 1
