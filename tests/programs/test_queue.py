"""The queue of program managers, and the pages about someone's stays."""

import pytest
from django.test import Client as Browser

from tests.factories import people
from tests.factories import programs as make
from wayfellow.access.errors import Hidden
from wayfellow.access.models import AuditListed, AuditRow
from wayfellow.kernel import clock
from wayfellow.kernel.ids import new_id
from wayfellow.programs import selectors, services
from wayfellow.programs.models import Assignment, Episode, Staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def agency():
    return make.agency()


@pytest.fixture
def program(agency):
    return make.program(agency)


@pytest.fixture
def manager(agency, program):
    person = make.staff(agency, "program_manager")
    make.management(person, program)
    return person


@pytest.fixture
def worker(agency):
    return make.staff(agency)


@pytest.fixture
def waiting(agency, program):
    return make.episode(people.client(agency, chosen_name="Ines Rowe"), program, status="waiting")


def browser(who):
    found = Browser()
    found.force_login(who.user)
    return found


def waiting_for(who):
    actor = make.actor(who)
    return selectors.waiting(actor=actor, episodes=selectors.queue(actor=actor))


def names(who):
    return [row.episode.client.chosen_name for row in waiting_for(who)]


# The queue -----------------------------------------------------------------------------------------------------------


def test_people_without_a_worker_wait_in_the_queue_of_their_program(agency, manager, program, waiting, worker):
    make.client_of(worker, program)
    make.episode(people.client(agency), make.program(agency), status="waiting")

    assert names(manager) == ["Ines Rowe"]


def test_whoever_leaves_leaves_nobody_behind(agency, manager, program, worker):
    person = make.client_of(worker, program)
    assert names(manager) == []

    administrator = make.actor(make.staff(agency, "administrator"))
    services.staff_deactivate(actor=administrator, staff=worker, version=1, at=clock.now())

    (row,) = waiting_for(manager)
    assert (row.episode.client, row.was_with) == (person, worker.name)


def test_a_blocked_manager_does_not_see_that_person(manager, waiting):
    people.conflict_block(waiting.client, manager)

    assert names(manager) == []


def test_the_queue_is_one_page_with_a_list_in_the_audit(manager, waiting):
    answer = browser(manager).get("/queue/")

    assert "Ines Rowe" in answer.content.decode()
    row = AuditRow.objects.get(verb="programs.queue.read")
    assert list(AuditListed.objects.filter(row=row).values_list("client_id", flat=True)) == [waiting.client_id]


def test_the_queue_costs_the_same_for_one_and_for_thirty(
    agency, manager, program, waiting, django_assert_max_num_queries
):
    for _ in range(30):
        make.episode(people.client(agency), program, status="waiting")
    signed_in = browser(manager)
    signed_in.get("/queue/")

    with django_assert_max_num_queries(14):
        answer = signed_in.get("/queue/")
    assert "1 to 25 of 31" in answer.content.decode()


def test_others_have_no_queue(agency, waiting):
    for role in ("case_manager", "privacy_lead", "administrator"):
        assert browser(make.staff(agency, role)).get("/queue/").status_code == 403


# Who could take them on ----------------------------------------------------------------------------------------------


def test_the_lightest_caseload_comes_first_and_a_blocked_worker_not_at_all(agency, manager, program, waiting):
    busy, free, blocked = (make.staff(agency) for _ in range(3))
    make.assignment(busy, make.episode(people.client(agency), program, support_level="intensive"))
    make.assignment(busy, make.episode(people.client(agency), program, support_level="light"))
    people.conflict_block(waiting.client, blocked)

    loads = selectors.worker_loads(actor=make.actor(manager), episode=waiting)

    assert [(load.staff, load.people, load.weight) for load in loads] == [
        (free, 0, 0),
        (busy, 2, 5),
    ]


def test_a_load_counts_nothing_that_the_asker_may_not_know(agency, manager, program, waiting, worker):
    make.client_of(worker, make.program(agency, is_part2=True))

    (load,) = selectors.worker_loads(actor=make.actor(manager), episode=waiting)

    assert (load.people, load.weight) == (0, 0)


# Screens -------------------------------------------------------------------------------------------------------------


def page_of(episode, act=""):
    return f"/clients/{episode.client_id}/episodes/{episode.pk}/{act}"


def test_a_manager_assigns_from_the_queue(manager, waiting, worker):
    signed_in = browser(manager)
    assert worker.name in signed_in.get(page_of(waiting, "assign/")).content.decode()

    answer = signed_in.post(page_of(waiting, "assign/"), {"staff": worker.pk, "kind": "primary"})

    assert answer.status_code == 302
    assert Assignment.objects.for_policy().get().staff == worker
    assert names(manager) == []


def test_nobody_chosen_is_said_at_the_field(manager, waiting):
    answer = browser(manager).post(page_of(waiting, "assign/"), {"kind": "primary"})

    assert answer.status_code == 422
    assert "Choose one from the list." in answer.content.decode()


def test_a_manager_reads_no_words_about_the_person(agency, manager, program):
    episode = make.episode(people.client(agency), program, came_because="After the fire", referred_by="St. Anne's")

    shown = browser(manager).get(page_of(episode)).content.decode()

    assert "After the fire" not in shown
    assert "St. Anne" not in shown


def test_a_worker_changes_the_rhythm_and_the_second_one_sees_both(worker, program):
    person = make.client_of(worker, program)
    episode = Episode.objects.for_policy().get(client=person)
    signed_in = browser(worker)
    sent = {"version": 1, "support_level": "active", "contact_every_days": "7"}

    assert signed_in.post(page_of(episode, "change/"), sent).status_code == 302
    answer = signed_in.post(page_of(episode, "change/"), sent | {"support_level": "light"})

    assert answer.status_code == 422
    shown = answer.content.decode()
    assert "What stands now" in shown
    assert "Active" in shown
    assert 'name="version" value="2"' in shown
    assert signed_in.post(page_of(episode, "change/"), sent | {"version": 2}).status_code == 302


@pytest.mark.parametrize("days", ["0", "400", "often"])
def test_a_rhythm_is_a_number_of_days(worker, program, days):
    episode = Episode.objects.for_policy().get(client=make.client_of(worker, program))

    answer = browser(worker).post(
        page_of(episode, "change/"), {"version": 1, "support_level": "active", "contact_every_days": days}
    )

    assert answer.status_code == 422
    assert f'value="{days}"' in answer.content.decode()


def test_closing_leads_back_to_the_list_because_the_page_is_no_longer_open(worker, program):
    episode = Episode.objects.for_policy().get(client=make.client_of(worker, program))
    signed_in = browser(worker)

    answer = signed_in.post(page_of(episode, "close/"), {"version": 1, "closed_because": "Goals met"})

    assert (answer.status_code, answer["Location"]) == (302, "/clients/")
    assert signed_in.get(page_of(episode)).status_code == 404


def test_an_episode_of_someone_else_is_missing_on_this_page(worker, program):
    mine, other = make.client_of(worker, program), make.client_of(worker, program)
    theirs = Episode.objects.for_policy().get(client=other)

    assert browser(worker).get(f"/clients/{mine.pk}/episodes/{theirs.pk}/").status_code == 404
    with pytest.raises(Hidden):
        selectors.episode(actor=make.actor(worker).focused(mine.pk), episode_id=theirs.pk)


def test_a_part_2_stay_is_missing_for_a_worker_of_another_program(agency, worker, program):
    person = make.client_of(worker, program)
    hidden = make.episode(person, make.program(agency, is_part2=True, name="Quiet Harbor"))
    signed_in = browser(worker)

    assert signed_in.get(page_of(hidden)).status_code == 404
    assert "Quiet Harbor" not in signed_in.get(f"/clients/{person.pk}/episodes/").content.decode()


def test_opening_a_stay_answers_alike_whether_or_not_a_hidden_one_runs(agency, worker, program):
    quiet = make.program(agency, is_part2=True, name="Quiet Harbor")
    signed_in, seen = browser(worker), []
    for is_there_already in (False, True):
        person = make.client_of(worker, program)
        if is_there_already:
            make.episode(person, quiet)
        answer = signed_in.post(
            f"/clients/{person.pk}/episodes/new/",
            {"key": new_id(), "program": quiet.pk, "support_level": "steady"},
            follow=True,
        )
        seen.append((answer.redirect_chain[-1][1], "The manager of Quiet Harbor" in answer.content.decode()))
        assert Episode.objects.for_policy().filter(client=person, program=quiet).count() == 1

    assert seen == [(302, True), (302, True)]


def test_a_stay_needs_a_program(worker, program):
    person = make.client_of(worker, program)

    answer = browser(worker).post(
        f"/clients/{person.pk}/episodes/new/",
        {"key": new_id(), "came_because": "Lost the flat", "support_level": "steady"},
    )

    assert answer.status_code == 422
    assert "Choose one from the list." in answer.content.decode()
    assert "Lost the flat" in answer.content.decode()


def test_an_assignment_is_ended_by_one_press(manager, program, worker):
    episode = Episode.objects.for_policy().get(client=make.client_of(worker, program))
    row = Assignment.objects.for_policy().get(episode=episode)

    browser(manager).post(f"/clients/{episode.client_id}/assignments/{row.pk}/end/")

    assert Episode.objects.for_policy().get().status == "waiting"
    assert Staff.objects.filter(pk=worker.pk).exists()
