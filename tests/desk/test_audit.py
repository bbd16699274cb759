"""What was done in the whole agency, for who looks after privacy."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client as Browser
from django.urls import reverse

from tests.factories import programs as make

pytestmark = pytest.mark.django_db
URL = "/privacy/audit/"


@pytest.fixture
def worker():
    return make.staff(make.agency())


@pytest.fixture
def lead(worker):
    return make.staff(worker.agency, "privacy_lead")


def signed_in(staff):
    browser = Browser()
    browser.force_login(staff.user)
    return browser


def rows(lead, query=""):
    page = BeautifulSoup(signed_in(lead).get(URL + query).content, "html.parser")
    return [" ".join(row.get_text(" ", strip=True).split()) for row in page.select("tbody tr")]


def test_who_opened_whom_is_told_with_the_reason(worker, lead):
    someone = make.client_of(worker)
    signed_in(worker).get(reverse("desk:story", args=[someone.pk]))

    told = [row for row in rows(lead) if "opened your story" in row]

    assert len(told) == 1
    for words in (worker.name, someone.chosen_name, "works with you"):
        assert words in told[0]


def test_only_what_was_refused(worker, lead):
    someone = make.client_of(worker)
    stranger = make.staff(worker.agency)
    signed_in(worker).get(reverse("desk:story", args=[someone.pk]))
    signed_in(stranger).get(reverse("desk:story", args=[someone.pk]))

    told = rows(lead, "?refused=on")

    assert [stranger.name in row for row in told] == [True]


def test_one_colleague_at_a_time(worker, lead):
    other = make.staff(worker.agency)
    for staff in (worker, other):
        signed_in(staff).get(reverse("desk:story", args=[make.client_of(staff).pk]))

    assert all(other.name in row for row in rows(lead, f"?staff={other.pk}"))
    assert rows(lead, "?staff=nonsense")


def test_another_agency_stays_another(worker, lead):
    stranger = make.staff(make.agency())
    signed_in(stranger).get(reverse("desk:story", args=[make.client_of(stranger).pk]))

    assert not [row for row in rows(lead) if stranger.name in row]


@pytest.mark.parametrize("role", ["case_manager", "supervisor", "administrator", "program_manager"])
def test_nobody_else_reads_it(worker, role):
    assert signed_in(make.staff(worker.agency, role)).get(URL).status_code == 403


def test_it_costs_the_same_for_one_row_and_for_a_page_of_them(worker, lead, django_assert_max_num_queries):
    browser = signed_in(lead)
    for _ in range(60):
        signed_in(worker).get(reverse("desk:story", args=[make.client_of(worker).pk]))
    browser.get(URL)

    with django_assert_max_num_queries(16):
        browser.get(URL)
