"""What the rail and the tabs offer: what its reader may use, and nothing else."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client as Browser
from django.urls import reverse

from tests.factories import programs as make
from wayfellow.access.verbs import all_verbs
from wayfellow.desk import context
from wayfellow.kernel.ids import new_id

pytestmark = pytest.mark.django_db


def labels(staff, url, selector):
    browser = Browser()
    browser.force_login(staff.user)
    page = BeautifulSoup(browser.get(url).content, "html.parser")
    return [link.get_text(strip=True) for link in page.select(f"{selector} a")]


def test_everything_offered_is_there():
    for offer in context.places():
        assert reverse(offer.url_name)
        assert offer.verb in all_verbs()
    for offer in context.tabs():
        assert reverse(offer.url_name, args=[new_id()])
        assert offer.verb in all_verbs()


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        ("case_manager", ["Today", "Clients", "Cover"]),
        ("peer_support", ["Today", "Clients"]),
        ("supervisor", ["Today", "Clients", "Cover"]),
        ("program_manager", ["Today", "Waiting", "Cover"]),
        ("privacy_lead", ["Today", "Emergencies", "What was done", "Twice here?"]),
        ("administrator", ["Today", "Cover", "Settings"]),
    ],
)
def test_the_rail_offers_what_the_role_may_use(role, expected):
    staff = make.staff(make.agency(), role)

    assert labels(staff, reverse("desk:today"), ".rail-nav") == expected


def test_the_tabs_of_a_record_are_those_that_would_open():
    worker = make.staff(make.agency())
    someone = make.client_of(worker)
    peer = make.staff(worker.agency, "peer_support")
    make.assignment(peer, someone.episodes.for_policy().get(), kind="secondary")
    story = reverse("desk:story", args=[someone.pk])

    assert labels(worker, story, ".tabs")[:4] == ["Story", "Plan", "Notes", "Assessments"]
    assert labels(peer, story, ".tabs") == ["Story", "Plan", "Notes", "Assessments", "Safety", "Details", "Programs"]
