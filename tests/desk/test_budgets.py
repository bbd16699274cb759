"""How many statements the desk's pages take: the same for 10 and for 120 people, for a month and for five years.

Named apart, because every page of everyone has them: the door (session, account, roles, and the one statement in which the policy
reads whom they may know) and the audit (its short transaction).
"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import assessments, notes, people, plans, safety
from tests.factories import programs as make
from wayfellow.kernel import clock

pytestmark = pytest.mark.django_db
DOOR = ('FROM "django_session"', 'FROM "access_user"', 'FROM "programs_staffrole"', 'AS "_kind"')
AUDIT = ('"access_auditrow"', '"access_auditlisted"', '"access_chainhead"', "SAVEPOINT", "BEGIN", "COMMIT")


@pytest.fixture
def worker():
    return make.staff(make.agency())


def statements(worker, url: str) -> list[str]:
    """What a page asks of the database, without the door and the audit."""
    browser = Browser()
    browser.force_login(worker.user)
    browser.get(reverse("access:me"))  # the minute in which somebody was seen is written down once
    with CaptureQueriesContext(connection) as found:
        assert browser.get(url).status_code == 200
    return [one["sql"] for one in found if not any(mark in one["sql"] for mark in (*DOOR, *AUDIT))]


def caseload_of(worker, size: int) -> None:
    program = make.program(worker.agency)
    for number in range(size):
        person = people.client(worker.agency)
        episode = make.episode(person, program)
        make.assignment(worker, episode)
        notes.signed_note(person, worker, episode)
        if number % 5 == 0:
            notes.note(person, worker, episode)
            plans.signed(plans.whole_plan(person, episode), worker)
        if number % 7 == 0:
            safety.step(person, episode)


def record_of(worker, years: int):
    person = people.client(worker.agency)
    episode = make.episode(person, make.program(worker.agency))
    make.assignment(worker, episode)
    plan = plans.whole_plan(person, episode, needs=3)
    plans.signed(plan, worker)
    served = notes.intervention(person, episode)
    now = clock.now()
    for week in range(years * 26):
        note = notes.signed_note(person, worker, episode, happened_at=now - timedelta(days=14 * week))
        if week % 2:
            notes.thread(note, served)
    for month in range(years * 4):
        assessments.response(person, episode, taken_at=now - timedelta(days=90 * month))
    safety.step(person, episode)
    return person


@pytest.mark.parametrize("size", [10, 120])
def test_today_takes_ten(worker, size):
    caseload_of(worker, size)

    found = statements(worker, reverse("desk:today"))

    assert len(found) <= 10, "\n".join(found)


@pytest.mark.parametrize("size", [10, 120])
def test_the_caseload_takes_six(worker, size):
    caseload_of(worker, size)

    found = statements(worker, reverse("desk:caseload"))

    assert len(found) <= 6, "\n".join(found)


@pytest.mark.parametrize("years", [1, 5])
def test_a_story_takes_sixteen(worker, years):
    person = record_of(worker, years)

    found = statements(worker, reverse("desk:story", args=[person.pk]))

    assert len(found) <= 16, "\n".join(found)
