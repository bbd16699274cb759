"""Today and the caseload: who needs somebody next, and why."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.test import Client as Browser
from django.urls import reverse

from tests.factories import made, notes, people, plans, safety
from tests.factories import programs as make
from wayfellow.kernel import clock
from wayfellow.people import rules
from wayfellow.people.models import NameKey

pytestmark = pytest.mark.django_db


@pytest.fixture
def worker():
    return make.staff(make.agency(timezone="UTC"))


def page(staff, name="desk:today", query="", **kwargs):
    browser = Browser()
    browser.force_login(staff.user)
    answer = browser.get(reverse(name, kwargs=kwargs) + query)
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser")


def last_seen(worker, days, **episode):
    """A client of the worker who was last in touch so many days ago."""
    person = people.client(worker.agency)
    begun = {"starts_at": clock.now() - timedelta(days=21)}  # a first plan is not late yet
    stay = make.episode(person, make.program(worker.agency), **(begun | episode))
    make.assignment(worker, stay)
    notes.signed_note(person, worker, stay, happened_at=clock.now() - timedelta(days=days))
    return person, stay


def due_names(found):
    return [link.get_text(strip=True) for link in found.select(".duelist .nm")]


def test_who_is_late_comes_first_and_says_since_when(worker):
    late, _ = last_seen(worker, 10, contact_every_days=7)
    later, _ = last_seen(worker, 20, contact_every_days=7)
    fine, _ = last_seen(worker, 1, contact_every_days=30)

    found = page(worker)

    assert due_names(found)[:2] == [later.chosen_name, late.chosen_name]
    assert "13 days late" in found.get_text()
    assert fine.chosen_name not in [name for name in due_names(found) if "late" in name]


def test_an_attempt_is_no_contact(worker):
    person, stay = last_seen(worker, 10, contact_every_days=7)
    notes.attempt(person, worker, stay, happened_at=clock.now())

    assert "3 days late" in page(worker).get_text()


def test_a_plan_review_is_due_on_its_day(worker):
    person, stay = last_seen(worker, 0)
    plans.signed(plans.whole_plan(person, stay), worker, review_date=clock.now().date() + timedelta(days=5))

    assert "Care plan review" in page(worker).get_text()


def test_an_open_safety_step_stands_under_after_a_crisis(worker):
    person, stay = last_seen(worker, 0)
    safety.step(person, stay)

    crisis = page(worker).select_one(".crisis")

    assert person.chosen_name in crisis.get_text()
    assert "not written down yet" in crisis.get_text()


def test_my_unsigned_notes_wait_and_others_do_not(worker):
    person, stay = last_seen(worker, 0)
    notes.note(person, worker, stay)
    colleague = make.staff(worker.agency)
    make.assignment(colleague, stay, kind="secondary")

    assert "Finish" in page(worker).get_text()
    assert "Finish" not in page(colleague).get_text()


def test_what_is_due_comes_along_with_a_cover(worker):
    person, _ = last_seen(worker, 10, contact_every_days=7)
    covering = make.staff(worker.agency)
    make.cover(worker, covering)

    found = page(covering)

    assert due_names(found) == [person.chosen_name]
    assert f"covering for {worker.name}" in found.get_text()


def test_a_cover_is_said_to_last_until_its_last_day_not_the_day_after(worker):
    covering = make.staff(worker.agency)
    midnight = clock.now().replace(hour=0, minute=0, second=0, microsecond=0)
    make.cover(worker, covering, starts_at=midnight - timedelta(days=1), ends_at=midnight + timedelta(days=2))

    found = page(covering)

    assert "until tomorrow" in found.select_one("[aria-labelledby=h-cov]").get_text(" ", strip=True)


def test_the_numbers_of_a_chart_are_numbers_in_every_language(worker):
    last_seen(worker, 10, contact_every_days=7)
    worker.user.language = "es"
    worker.user.save()
    browser = Browser(headers={"accept-language": "es"})
    browser.force_login(worker.user)

    found = BeautifulSoup(browser.get(reverse("desk:today")).content, "html.parser")

    drawn = found.select(".caseload svg[role=img] circle")
    assert drawn
    assert found.html["lang"] == "es"
    assert not [dot["cx"] for dot in drawn if "," in dot["cx"]]


def test_a_team_s_page_counts_the_team_and_not_ones_own_views(worker):
    last_seen(worker, 10, contact_every_days=7)
    supervisor = make.staff(worker.agency, "supervisor")
    make.supervision(supervisor, worker)

    found = page(supervisor, "desk:caseload", "?show=team")

    assert found.h1.get_text(strip=True) == "My team’s people"
    assert [view.get_text(" ", strip=True) for view in found.select("#caseload-views a")] == [
        "Who needs me next",
        "My team’s people 1",
    ]


def test_an_empty_day_says_so(worker):
    assert "Nobody is on your caseload yet." in page(worker).get_text()


@pytest.mark.parametrize("role", ["privacy_lead", "administrator", "program_manager"])
def test_who_never_has_a_caseload_is_led_to_their_own_work(worker, role):
    found = page(make.staff(worker.agency, role))

    assert "caseload" not in found.main.get_text()
    assert found.main.select(".rows a")


def test_a_supervisor_without_a_caseload_is_shown_to_their_team(worker):
    person, _ = last_seen(worker, 10, contact_every_days=7)
    supervisor = make.staff(worker.agency, "supervisor")
    make.supervision(supervisor, worker)

    assert page(supervisor).select_one('a[href$="?show=team"]')
    assert person.chosen_name in page(supervisor, "desk:caseload", "?show=team").get_text()


def test_a_shared_caseload_is_on_the_list_of_the_whole_team(worker):
    program = make.program(worker.agency, has_shared_caseload=True)
    person = people.client(worker.agency)
    make.episode(person, program)
    make.membership(worker, program)

    assert person.chosen_name in page(worker, "desk:caseload").get_text()


def test_the_list_is_narrowed_by_support_level(worker):
    active, _ = last_seen(worker, 1, support_level="active")
    light, _ = last_seen(worker, 1, support_level="light")

    text = page(worker, "desk:caseload", "?support=active").get_text()

    assert active.chosen_name in text
    assert light.chosen_name not in text


def test_a_closed_stay_is_on_no_list(worker):
    person, _ = last_seen(worker, 1, status="closed", ends_at=clock.now())

    assert person.chosen_name not in page(worker, "desk:caseload").get_text()


def test_jump_finds_by_two_letters_among_ones_own_people_only(worker):
    mine = make.client_of(worker, chosen_name="Zsofia Marek")
    make.client_of(make.staff(worker.agency), chosen_name="Zsolt Unknown")
    for key in rules.name_keys("Zsofia Marek"):
        made(NameKey(client=mine, agency_id=worker.agency_id, key=key))
    browser = Browser()
    browser.force_login(worker.user)

    answer = browser.post(reverse("desk:jump"), {"words": "zs"}).content.decode()

    assert "Zsofia Marek" in answer
    assert "Zsolt" not in answer


def test_peer_support_is_told_of_no_lateness_that_is_not_there(worker):
    person, stay = last_seen(worker, 2, contact_every_days=7)
    peer = make.staff(worker.agency, "peer_support")
    make.assignment(peer, stay, kind="secondary")

    text = page(peer, "desk:caseload").get_text()

    assert person.chosen_name in text
    assert "2 days ago" in text
    assert "late" not in text.replace("nothing is late", "")


def test_a_manager_is_told_who_waits_and_a_privacy_lead_what_to_review(worker):
    program = make.program(worker.agency)
    manager = make.staff(worker.agency, "program_manager")
    make.management(manager, program)
    make.episode(people.client(worker.agency), program, status="waiting")
    make.broken_glass(worker, make.client_of(make.staff(worker.agency)))
    lead = make.staff(worker.agency, "privacy_lead")

    assert "One person waits for a worker." in page(manager).get_text()
    assert "One opening in an emergency waits for your review." in page(lead).get_text()
    assert "wait" not in page(worker).select_one("main").get_text()
