"""Intake: someone new on one page, and nobody learns from it who else is here."""

import re

import pytest
from django.test import Client as Browser

from tests.factories import people
from tests.factories import programs as make
from wayfellow.access import drafts
from wayfellow.access.models import AuditRow
from wayfellow.kernel.ids import new_id
from wayfellow.people.models import Client, Phone, PossibleDuplicate
from wayfellow.programs.models import Assignment, Episode, Program

pytestmark = pytest.mark.django_db
URL = "/clients/new/"


@pytest.fixture
def worker(db):
    return make.staff(make.agency())


@pytest.fixture
def program(worker):
    return make.program(worker.agency)


@pytest.fixture
def signed_in(worker, program):
    found = Browser()
    found.force_login(worker.user)
    return found


def filled(**more):
    """The least that is asked: a name and the nearest program."""
    values = {
        "key": new_id(), "chosen_name": "Ines Rowe", "can_text": "unknown", "interpreter": "unknown",
        "contact_way": "unknown", "is_safe_to_leave_message": "unknown", "who_works": "mine",
        "program": Program.objects.order_by("pk")[0].pk,
    }  # fmt: skip
    return values | more


def test_a_name_is_enough(signed_in, worker):
    answer = signed_in.post(URL, filled())

    person = Client.objects.for_policy().get()
    assert (answer.status_code, answer["Location"]) == (302, f"/clients/{person.pk}/")
    assert signed_in.get(answer["Location"]).status_code == 200
    assert AuditRow.objects.get(verb="people.client.create", record_id=person.pk).reason == "intake"


def test_without_a_name_nothing_is_lost_and_the_field_says_so(signed_in):
    answer = signed_in.post(URL, filled(chosen_name="", own_words="A place to sleep"))

    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "Everything else can wait." in shown
    assert "A place to sleep" in shown


def test_who_takes_them_on_is_their_worker_at_once(signed_in, worker, program):
    signed_in.post(URL, filled(program=program.pk, phone="555-0100", can_text="yes", own_words="A place to sleep"))

    episode = Episode.objects.for_policy().get()
    assert (episode.status, episode.came_because) == ("open", "A place to sleep")
    assert Assignment.objects.for_policy().get().staff == worker
    assert Phone.objects.for_policy().get().number == "555-0100"


def test_a_program_is_asked_for_so_that_nobody_is_forgotten(signed_in, worker):
    make.program(worker.agency)

    answer = signed_in.post(URL, filled(program=""))

    assert answer.status_code == 422
    assert "Choose the program that is nearest." in answer.content.decode()


def test_who_waits_is_on_the_list_of_who_wrote_them_down(signed_in):
    signed_in.post(URL, filled(who_works="waiting"))

    assert "Ines Rowe" in signed_in.get("/clients/").content.decode()


def test_or_they_wait_in_the_queue_of_the_program(signed_in, program):
    signed_in.post(URL, filled(program=program.pk, who_works="waiting"))

    assert Episode.objects.for_policy().get().status == "waiting"
    assert not Assignment.objects.for_policy().exists()


def test_the_same_form_twice_is_one_person_with_one_stay(signed_in, program):
    form = filled(program=program.pk, phone="555-0100")

    first = signed_in.post(URL, form)
    again = signed_in.post(URL, form | {"is_someone_else": "on"})

    assert first["Location"] == again["Location"]
    for model in (Client, Phone, Episode, Assignment):
        assert model.objects.for_policy().count() == 1, model


def test_what_was_begun_comes_back_and_is_cleared_when_they_are_written_down(signed_in, worker):
    actor = make.actor(worker)
    drafts.save(actor=actor, form="intake", client_id=None, fields={"chosen_name": ["Ines"]}, at=actor.at)

    assert 'value="Ines"' in signed_in.get(URL).content.decode()
    signed_in.post(URL, filled())

    assert not drafts.take(actor=make.actor(worker), form="intake")


def test_someone_the_worker_knows_is_named_before_they_are_written_down_twice(signed_in, worker):
    known = people.name_keys(make.client_of(worker, chosen_name="Ines Row"))

    answer = signed_in.post(URL, filled())

    assert f'href="/clients/{known.pk}/"' in answer.content.decode()
    assert Client.objects.for_policy().count() == 1
    assert signed_in.post(URL, filled(is_someone_else="on")).status_code == 302
    assert Client.objects.for_policy().count() == 2


def test_two_worlds_someone_whom_the_worker_may_not_know_changes_no_byte(signed_in, worker, program):
    """The same answers with and without a hidden person of that name; only the privacy lead is left a line."""
    seen = []
    for is_there_already in (False, True):
        if is_there_already:
            for row in Client.objects.for_policy():
                people.conflict_block(row, worker)
        answer = signed_in.post(URL, filled(program=program.pk))
        person = Client.objects.for_policy().order_by("-created_at")[0]
        story = signed_in.get(answer["Location"]).content.decode()
        seen.append((answer.status_code, answer.content, plain(story, person)))

    assert seen[0] == seen[1]
    assert PossibleDuplicate.objects.for_policy().count() == 1


def plain(text, person):
    """The page without what differs for every person and every answer."""
    text = re.sub(r'(csrfmiddlewaretoken" value=|X-CSRFToken": |name="key" value=)"[^"]*"', "", text)
    text = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "", text.replace(str(person.pk), ""))
    return re.sub(r'\b\d\d?:\d\d\b|data-h="\d+"', "", text)


def test_others_do_not_take_anyone_in(worker):
    for role in ("peer_support", "privacy_lead", "administrator"):
        other = Browser()
        other.force_login(make.staff(worker.agency, role).user)

        assert other.get(URL).status_code == 403, role


def test_the_page_is_a_few_statements(signed_in, django_assert_max_num_queries):
    signed_in.get(URL)

    with django_assert_max_num_queries(16):
        signed_in.get(URL)
