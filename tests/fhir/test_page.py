"""The page of what was received: where from, what, and where it stands now."""

import pytest
from django.test import Client as Browser
from django.urls import reverse

from tests.factories import fhir as bundles
from tests.factories import programs as make
from wayfellow.people.models import Client

pytestmark = pytest.mark.django_db


@pytest.fixture
def worker(agency):
    return make.staff(agency)


@pytest.fixture
def client(worker):
    return make.client_of(worker)


@pytest.fixture
def browser(worker):
    found = Browser()
    found.force_login(worker.user)
    return found


def page(browser, client, query=""):
    return browser.get(reverse("fhir:received", args=[client.pk]) + query)


def test_it_says_what_came_and_from_where(browser, client):
    bundles.received(client, title="Office visit")
    bundles.received(client, resource_type="Condition", title="Panic disorder", became="diagnosis")

    said = page(browser, client).content.decode()

    assert "Office visit" in said
    assert "kept as received" in said
    assert "Panic disorder" in said
    assert "stands under Diagnoses" in said
    assert bundles.BASE in said
    assert "Encounter" not in said.replace("?kind=Encounter", "")


def test_it_is_narrowed_to_one_kind(browser, client):
    bundles.received(client, title="Office visit")
    bundles.received(client, resource_type="Condition", title="Panic disorder")

    said = page(browser, client, "?kind=Condition").content.decode()

    assert "Panic disorder" in said
    assert "Office visit" not in said


def test_a_kind_that_never_came_shows_everything(browser, client):
    bundles.received(client, title="Office visit")

    assert "Office visit" in page(browser, client, "?kind=Nonsense").content.decode()


def test_an_empty_page_says_what_would_be_here(browser, client):
    assert "Nothing was received." in page(browser, client).content.decode()


def test_a_stranger_sees_the_missing_page(agency, client):
    stranger = Browser()
    stranger.force_login(make.staff(agency).user)

    assert page(stranger, client).status_code == 404


def test_what_a_part_2_program_received_is_hidden_from_those_who_may_not_know(browser, client, agency):
    hidden = make.episode(client, make.program(agency, is_part2=True))
    bundles.received(client, episode=hidden, title="Detox stay", resource_type="Procedure")

    said = page(browser, client).content.decode()

    assert "Detox" not in said
    assert "Treatments" not in said


def test_a_year_of_measurements_costs_no_more_than_one(browser, client, django_assert_max_num_queries):
    for number in range(60):
        bundles.received(client, title=f"Weight {number}", resource_type="Observation")

    with django_assert_max_num_queries(19):
        assert page(browser, client).status_code == 200


@pytest.mark.parametrize("name", ["desk:story", "plans:plan", "assessments:assessments", "medications:medications"])
def test_each_page_of_somebody_who_was_brought_in_opens_with_what_came(name, bring, robin, worker, browser):
    bring(robin, worker=worker)
    client = Client.objects.for_policy().get()

    answer = browser.get(reverse(name, args=[client.pk]))

    assert answer.status_code == 200
    expected = {
        "desk:story": ["Sertraline", "Major depressive disorder", "Peanuts"],
        "plans:plan": ["Sleep six hours, five nights a week"],
        "assessments:assessments": ["Major depressive disorder", "PHQ-9"],
        "medications:medications": ["Sertraline", "One in the morning", "Received from elsewhere"],
    }
    assert [words for words in expected[name] if words not in answer.content.decode()] == []
