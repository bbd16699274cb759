"""A person's story: the thread from need to outcome, walkable to both ends, with its gaps named."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client as Browser
from django.urls import reverse

from tests.factories import assessments, made, medications, notes, plans, safety
from tests.factories import programs as make
from wayfellow.people.models import Phone
from wayfellow.programs.models import Episode

pytestmark = pytest.mark.django_db


@pytest.fixture
def worker():
    return make.staff(make.agency())


@pytest.fixture
def someone(worker):
    return make.client_of(worker)


@pytest.fixture
def stay(someone):
    return Episode.objects.for_policy().get(client=someone)


def story(staff, someone, query=""):
    browser = Browser()
    browser.force_login(staff.user)
    answer = browser.get(reverse("desk:story", args=[someone.pk]) + query)
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser")


def test_the_thread_runs_from_need_to_what_happened(worker, someone, stay):
    plan = plans.plan(someone, stay)
    goal = plans.goal(
        plan, title="Two months of rent on time", need=plans.need(someone, stay, title="A home that holds")
    )
    step = plans.objective(
        goal, title="Receipt by the 3rd", status="met", closed_at=plans.last_month(), outcome="Both came"
    )
    action = plans.intervention(goal, title="Budget together", objective=step)
    note = notes.signed_note(someone, worker, stay, parts={"words": "The receipt came on the 2nd."})
    notes.thread(note, action)

    row = story(worker, someone).select_one(".gt-row")

    for words in (
        "A home that holds",
        "Two months of rent on time",
        "Receipt by the 3rd",
        "Both came",
        "Budget together",
    ):
        assert words in row.get_text(), words
    assert "The receipt came on the 2nd." in row.get_text()
    assert row.select_one(f'a[href="{reverse("notes:note", args=[someone.pk, note.pk])}"]')
    assert row.select_one(f'a[href*="served={action.pk}"]')


def test_a_need_without_a_goal_is_a_gap_that_one_tap_mends(worker, someone, stay):
    need = plans.need(someone, stay, title="Work that fits")

    found = story(worker, someone)

    assert found.select_one(f'.gt a[href*="need={need.pk}"]')


def test_an_empty_record_says_how_to_begin(worker, someone):
    found = story(worker, someone)

    assert "No thread yet." in found.get_text()
    assert found.select_one(f'a[href="{reverse("assessments:assessments", args=[someone.pk])}"]')


def test_what_has_happened_is_narrowed_to_notes_or_changes(worker, someone, stay):
    notes.signed_note(someone, worker, stay, parts={"words": "We walked."})
    assessments.response(someone, stay)

    everything, only_notes, changes = (
        story(worker, someone, query).select_one(".tl").get_text() for query in ("", "?show=notes", "?show=changes")
    )

    assert "We walked." in everything
    assert "PHQ-9" in everything
    assert "PHQ-9" not in only_notes
    assert "We walked." not in changes


def test_a_colleagues_unsigned_note_is_not_shown(worker, someone, stay):
    colleague = make.staff(worker.agency)
    make.assignment(colleague, stay, kind="secondary")
    notes.note(someone, colleague, stay, parts={"words": "Not ready."})

    assert "Not ready." not in story(worker, someone).get_text()


def test_medicines_diagnoses_and_an_open_safety_step_are_in_sight(worker, someone, stay):
    medications.medication(someone, episode=stay, name="Lithium ER")
    assessments.diagnosis(someone, stay, title="Bipolar I disorder")
    safety.step(someone, stay)

    text = story(worker, someone).get_text()

    for words in ("Lithium ER", "Bipolar I disorder", "A safety step is open."):
        assert words in text, words


def test_peer_support_reads_the_story_without_what_is_not_theirs(worker, someone, stay):
    peer = make.staff(worker.agency, "peer_support")
    make.assignment(peer, stay, kind="secondary")
    notes.signed_note(someone, worker, stay, parts={"words": "Between us."})
    notes.signed_note(someone, worker, stay, parts={"words": "For the team."}, is_shared_with_peer=True)
    medications.medication(someone, episode=stay, name="Lithium ER")
    assessments.diagnosis(someone, stay, title="Bipolar I disorder")

    text = story(peer, someone).get_text()

    assert "For the team." in text
    for words in ("Between us.", "Lithium ER", "Bipolar I disorder", "Medicines"):
        assert words not in text, words


def test_the_number_they_like_best_is_one_tap_away(worker, someone):
    made(Phone(client=someone, number="555-0100"))
    made(Phone(client=someone, number="555-0101", is_preferred=True, can_text="yes"))

    found = story(worker, someone)

    assert found.select_one('a[href="tel:555-0101"]')
    assert found.select_one('a[href="sms:555-0101"]')
    assert not found.select_one('a[href="tel:555-0100"]')
