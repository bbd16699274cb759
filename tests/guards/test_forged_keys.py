"""A key that a form carries, forged: the key of a row that its sender may not know answers like a missing one, and changes nothing."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client as Browser
from django.urls import reverse

from tests.factories import made, people
from tests.factories import notes as note_factories
from tests.factories import programs as make
from tests.guards import world as worlds
from wayfellow.kernel import clock
from wayfellow.kernel.ids import new_id
from wayfellow.medications.models import Medication
from wayfellow.notes.models import Amendment
from wayfellow.people.models import Address, Allergy, Client, Email, Intake, Phone, RelatedPerson
from wayfellow.programs.models import BreakGlassRequest, Episode

pytestmark = pytest.mark.django_db
PERSON = {
    "chosen_name": "Robin", "interpreter": "unknown", "contact_way": "unknown", "is_safe_to_leave_message": "unknown",
    "can_text": "unknown", "who_works": "waiting",
}  # fmt: skip


@pytest.fixture
def world(db) -> worlds.World:
    return worlds.build()


@pytest.fixture
def mine(world):
    """A client of somebody who may not know the world's client."""
    return make.client_of(world.actors["unassigned"], make.program(world.agency))


def send(who: Any, url: str, **facts: Any) -> Any:
    browser = Browser()
    browser.force_login(who.user)
    return browser.post(url, facts)


def row_of(model: Any, client: Client) -> Any:
    return model.objects.for_policy().filter(client=client).first()


@pytest.mark.parametrize(
    ("name", "model", "facts"),
    [
        ("people:phone_write", Phone, {"number": "555-0100", "can_text": "yes"}),
        ("people:email_write", Email, {"address": "robin@example.org"}),
        ("people:address_write", Address, {"use": "home", "lines": "1 Harbor Street"}),
        ("people:allergy_write", Allergy, {"substance": "Penicillin"}),
        ("people:related_person_write", RelatedPerson, {"name": "Ada", "role": "family"}),
        ("medications:medication_record", Medication, {"name": "Sertraline"}),
    ],
)
def test_a_row_of_somebody_elses_record_is_neither_told_of_nor_changed(world, mine, name, model, facts):
    theirs = row_of(model, world.client)
    key = getattr(theirs, "key", None) or theirs.pk
    before = model.objects.for_policy().values().get(pk=theirs.pk)

    answer = send(world.actors["unassigned"], reverse(name, args=[mine.pk]), key=key, **facts)

    assert answer.status_code == 404
    assert model.objects.for_policy().values().get(pk=theirs.pk) == before
    assert row_of(model, mine) is None


def test_an_amendment_of_somebody_elses_note(world, mine):
    theirs = row_of(Amendment, world.client) or made(
        Amendment(
            client=world.client, note_id=world.keys["note_id"], key=new_id(), words="More", why="Forgotten",
            author_id=world.worker.pk, author_name="Worker", amended_at=clock.now(),
        )
    )  # fmt: skip
    episode = Episode.objects.for_policy().get(client=mine)
    note_id = note_factories.record_keys(mine, episode, world.actors["unassigned"])["note_id"]

    url = reverse("notes:note_amend", args=[mine.pk, note_id])
    answer = send(world.actors["unassigned"], url, key=theirs.key, words="Mine", why="To find out")

    assert answer.status_code == 404
    assert Amendment.objects.for_policy().get(pk=theirs.pk).words == theirs.words


def test_a_stay_of_somebody_else(world, mine):
    theirs = made(Episode(client=world.client, program=make.program(world.agency), key=new_id(), starts_at=clock.now()))
    program = make.program(world.agency)
    url = reverse("programs:episode_open", args=[mine.pk])

    answer = send(world.actors["unassigned"], url, key=theirs.key, program=program.pk, support_level="steady")

    assert answer.status_code == 404
    assert not Episode.objects.for_policy().filter(client=mine, program=program).exists()


def test_an_intake_of_somebody_else(world):
    theirs = people.intake(world.client, world.worker)
    people_before = Client.objects.for_policy().count()

    answer = send(
        world.actors["unassigned"],
        reverse("desk:intake"),
        key=theirs.key,
        program=make.program(world.agency).pk,
        **PERSON,
    )

    assert answer.status_code == 404
    assert Client.objects.for_policy().count() == people_before


def test_ones_own_intake_sent_once_more_after_a_colleague_took_over(world):
    author = world.actors["unassigned"]
    own = people.intake(world.client, author, ends_at=clock.now())

    answer = send(author, reverse("desk:intake"), key=own.key, program=make.program(world.agency).pk, **PERSON)

    assert answer.status_code == 404
    assert Intake.objects.for_policy().filter(author_id=author.pk).count() == 1


def test_a_cover_of_somebody_else(world):
    theirs = make.cover(world.worker, world.actors["supervisor"])
    today = clock.local_date(clock.now(), world.agency.timezone)
    me = world.actors["unassigned"]

    answer = send(
        me, reverse("programs:cover_make"), key=theirs.key, covered=me.pk, covering=world.worker.pk,
        first_day=today, last_day=today,
    )  # fmt: skip

    assert answer.status_code == 404


def test_an_emergency_request_of_somebody_else(world):
    theirs = BreakGlassRequest.objects.filter(staff=world.actors["break-glass"]).first()
    me = world.actors["unassigned"]

    answer = send(
        me, reverse("programs:break_glass"), key=theirs.key, name="Robin", birth_date="1990-02-01", why="They called"
    )

    assert answer.status_code == 404
    assert not BreakGlassRequest.objects.filter(staff=me).exists()
