"""Episodes: opening, changing, closing, and who works in them."""

from datetime import timedelta

import pytest
from django.test import Client as Browser

from tests.factories import people
from tests.factories import programs as make
from wayfellow.access.errors import AccessDenied, Hidden
from wayfellow.access.models import AuditRow
from wayfellow.kernel import clock
from wayfellow.kernel import events as kernel_events
from wayfellow.kernel.ids import new_id
from wayfellow.kernel.refusal import Changed
from wayfellow.programs import events, selectors, services
from wayfellow.programs.models import Assignment, Episode
from wayfellow.programs.services import episodes

pytestmark = pytest.mark.django_db


@pytest.fixture
def agency():
    return make.agency()


@pytest.fixture
def program(agency):
    return make.program(agency)


@pytest.fixture
def worker(agency):
    return make.staff(agency)


@pytest.fixture
def manager(agency, program):
    person = make.staff(agency, "program_manager")
    make.management(person, program)
    return person


@pytest.fixture
def waiting(agency, program):
    """An episode that waits for a worker."""
    return make.episode(people.client(agency), program, status="waiting")


@pytest.fixture
def worked_in(agency, program, worker):
    """An open episode of `worker`."""
    episode = make.episode(people.client(agency), program)
    make.assignment(worker, episode)
    return episode


def running(episode):
    rows = Assignment.objects.for_policy().filter(episode=episode, ends_at=None)
    return {(row.staff_id, row.kind) for row in rows}


def fresh(episode):
    return Episode.objects.for_policy().get(pk=episode.pk)


def assign(who, episode, to, **more):
    return services.episode_assign(actor=make.actor(who), episode=episode, staff=to, at=clock.now(), **more)


def open_in(who, client, program, **more):
    values = {"at": clock.now(), "key": new_id()}
    return services.episode_open(actor=make.actor(who), client=client, program=program, **(values | more))


# Opening -------------------------------------------------------------------------------------------------------------


def test_a_stay_opens_waiting_for_a_worker(agency, worker, program):
    client = people.client(agency)
    people.intake(client, worker)

    episode = open_in(worker, client, program, came_because="Lost the flat", contact_every_days=7)

    assert (episode.status, episode.came_because, episode.contact_every_days) == ("waiting", "Lost the flat", 7)
    row = AuditRow.objects.get(verb="programs.episode.open")
    assert (row.client_id, row.episode_id, row.reason) == (client.pk, episode.pk, "intake")


def test_the_same_form_sent_twice_opens_one_stay(agency, worker, program):
    client, key = people.client(agency), new_id()
    people.intake(client, worker)

    first = open_in(worker, client, program, key=key)
    second = open_in(worker, client, program, key=key)

    assert first.pk == second.pk


def test_a_stay_that_is_open_already_is_the_answer_and_nobody_says_so(agency, worker):
    hidden = make.program(agency, is_part2=True)
    client = make.client_of(worker)
    theirs = make.episode(client, hidden)

    assert open_in(worker, client, hidden).pk == theirs.pk


def test_the_author_of_an_intake_takes_on_whom_they_wrote_down_in_a_part_2_program_too(agency, worker):
    client = people.client(agency)
    people.intake(client, worker)

    episode = open_in(worker, client, make.program(agency, is_part2=True))
    assign(worker, episode, worker)

    assert [row.pk for row in selectors.caseload(actor=make.actor(worker))] == [episode.pk]


def test_a_stranger_and_another_agencys_program_open_nothing(agency, worker, program, worked_in):
    with pytest.raises(Hidden):
        open_in(make.staff(agency), worked_in.client, program)
    with pytest.raises(Hidden):
        open_in(worker, worked_in.client, make.program(make.agency()))


# Changing and closing ------------------------------------------------------------------------------------------------


def test_support_level_and_rhythm_change_together(worker, worked_in):
    services.episode_change(
        actor=make.actor(worker), episode=worked_in, version=1, support_level="active", contact_every_days=None
    )

    now = fresh(worked_in)
    assert (now.support_level, now.contact_every_days, now.version) == ("active", None, 2)
    assert AuditRow.objects.filter(verb="programs.episode.change", client_id=worked_in.client_id).count() == 1


def test_the_second_of_two_people_is_shown_what_the_first_saved(worker, worked_in):
    change = {"actor": make.actor(worker), "episode": worked_in, "version": 1, "contact_every_days": 7}
    services.episode_change(**change, support_level="active")

    with pytest.raises(Changed) as refusal:
        services.episode_change(**change, support_level="light")

    assert refusal.value.theirs.support_level == "active"
    assert refusal.value.mine["support_level"] == "light"


def test_closing_ends_every_assignment_at_once(agency, worker, worked_in):
    make.assignment(make.staff(agency), worked_in, kind="secondary")
    heard = []
    kernel_events.listen(events.EpisodeClosed, heard.append)

    services.episode_close(
        actor=make.actor(worker), episode=worked_in, version=1, at=clock.now(), closed_because="Moved away"
    )

    kernel_events._listeners[events.EpisodeClosed].remove(heard.append)
    assert (fresh(worked_in).status, fresh(worked_in).closed_because) == ("closed", "Moved away")
    assert running(worked_in) == set()
    assert AuditRow.objects.filter(verb="programs.episode.close").count() == 3
    assert [event.episode.pk for event in heard] == [worked_in.pk]


def test_nothing_of_a_closed_stay_changes(agency, worker, program):
    client = make.client_of(worker)
    closed = make.episode(client, program, status="closed", ends_at=clock.now())

    for attempt in (
        lambda actor: services.episode_change(
            actor=actor, episode=closed, version=1, support_level="light", contact_every_days=None
        ),
        lambda actor: services.episode_close(
            actor=actor, episode=closed, version=1, at=clock.now(), closed_because="again"
        ),
        lambda actor: services.episode_assign(actor=actor, episode=closed, staff=worker, at=clock.now()),
    ):
        with pytest.raises(services.EpisodeIsClosed):
            attempt(make.actor(worker))


def test_who_is_here_in_an_emergency_or_as_cover_decides_nothing(agency, worker, worked_in):
    glass, covering = make.staff(agency), make.staff(agency)
    make.broken_glass(glass, worked_in.client)
    make.cover(worker, covering)

    for person in (glass, covering):
        with pytest.raises(services.StandsInOnly):
            assign(person, worked_in, person, kind="secondary")
        with pytest.raises(services.StandsInOnly):
            services.episode_close(
                actor=make.actor(person), episode=worked_in, version=1, at=clock.now(), closed_because="-"
            )
    with pytest.raises(services.StandsInOnly):
        open_in(glass, worked_in.client, make.program(agency))
    assert running(worked_in) == {(worker.pk, "primary")}


def test_the_manager_of_another_program_decides_nothing_here(agency, worker, worked_in):
    other = make.program(agency)
    make.episode(worked_in.client, other)
    manager_of_other = make.staff(agency, "program_manager")
    make.management(manager_of_other, other)
    newcomer = make.staff(agency)

    with pytest.raises(services.StandsInOnly):
        assign(manager_of_other, worked_in, newcomer)

    assert running(worked_in) == {(worker.pk, "primary")}


# Assigning -----------------------------------------------------------------------------------------------------------


def test_the_first_worker_ends_the_waiting(manager, worker, waiting):
    heard = []
    kernel_events.listen(events.EpisodeAssigned, heard.append)

    assignment = assign(manager, waiting, worker)

    kernel_events._listeners[events.EpisodeAssigned].remove(heard.append)
    assert fresh(waiting).status == "open"
    assert running(waiting) == {(worker.pk, "primary")}
    assert [event.assignment.pk for event in heard] == [assignment.pk]
    rows = AuditRow.objects.filter(verb="programs.episode.assign", staff_id=manager.pk)
    assert {(row.record_type, row.reason) for row in rows} == {
        ("programs.assignment", "management"), ("programs.episode", "management")
    }  # fmt: skip


def test_a_new_primary_takes_the_place_of_the_former_one_at_once(agency, manager, worker, worked_in):
    other = make.staff(agency)
    make.assignment(other, worked_in, kind="secondary")

    assign(manager, worked_in, other)

    assert running(worked_in) == {(other.pk, "primary")}
    with pytest.raises(Hidden):
        services.episode_change(
            actor=make.actor(worker), episode=worked_in, version=1, support_level="light", contact_every_days=None
        )


def test_a_second_worker_works_beside_the_first(agency, manager, worker, worked_in):
    other = make.staff(agency, "nurse")

    assign(manager, worked_in, other, kind="secondary")

    assert running(worked_in) == {(worker.pk, "primary"), (other.pk, "secondary")}


def test_assigning_twice_makes_one_row(manager, worker, waiting):
    first = assign(manager, waiting, worker)
    second = assign(manager, fresh(waiting), worker)

    assert first.pk == second.pk


def test_two_assignments_at_the_same_moment_make_one(agency, manager, waiting, worker, monkeypatch):
    assign(manager, waiting, worker)
    monkeypatch.setattr(episodes, "_running", lambda actor, episode: [])  # as the other request saw it

    with pytest.raises(services.AssignedMeanwhile):
        assign(manager, fresh(waiting), make.staff(agency))
    assert running(waiting) == {(worker.pk, "primary")}


def test_only_someone_who_works_with_clients_here_can_be_assigned(agency, manager, waiting):
    gone = make.staff(agency, is_active=False)
    blocked = make.staff(agency)
    people.conflict_block(waiting.client, blocked)

    for person in (gone, blocked, make.staff(agency, "administrator")):
        with pytest.raises(services.NotAssignable):
            assign(manager, waiting, person)
    with pytest.raises(Hidden):
        assign(manager, waiting, make.staff(make.agency()))


def test_a_manager_of_another_program_knows_nothing_of_it(agency, worker, waiting):
    stranger = make.staff(agency, "program_manager")
    make.management(stranger, make.program(agency))

    with pytest.raises(Hidden):
        assign(stranger, waiting, worker)


def test_why_a_stay_began_or_closed_is_not_for_its_manager(manager, agency, program):
    stay = make.episode(people.client(agency), program, came_because="He was evicted")
    closed = {"status": "closed", "ends_at": clock.now(), "closed_because": "They moved to their sister"}
    before = make.episode(stay.client, make.program(agency), **closed)
    browser = Browser()
    browser.force_login(manager.user)

    shown = [browser.get(f"/clients/{stay.client_id}/episodes/{one.pk}/") for one in (stay, before)]

    assert [answer.status_code for answer in shown] == [200, 200]
    assert "evicted" not in shown[0].content.decode()
    assert "sister" not in shown[1].content.decode()


def test_peer_support_chooses_nobody(agency, worker, worked_in):
    peer = make.staff(agency, "peer_support")
    make.assignment(peer, worked_in, kind="secondary")

    with pytest.raises(AccessDenied):
        assign(peer, worked_in, peer)


def test_without_its_primary_a_stay_waits_again(manager, worker, worked_in):
    row = Assignment.objects.for_policy().get(episode=worked_in)

    services.assignment_end(actor=make.actor(manager), assignment=row, at=clock.now())
    services.assignment_end(
        actor=make.actor(manager), assignment=Assignment.objects.for_policy().get(), at=clock.now() + timedelta(days=1)
    )

    assert fresh(worked_in).status == "waiting"
    assert running(worked_in) == set()


def test_an_intake_ends_when_someone_is_assigned(agency, manager, program, worker):
    author = make.staff(agency)
    client = people.client(agency)
    people.intake(client, author)
    waiting = make.episode(client, program, status="waiting")

    assign(manager, waiting, worker)

    with pytest.raises(Hidden):
        open_in(author, client, make.program(agency))
