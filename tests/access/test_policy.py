"""Who may know whom, reason by reason."""

from datetime import timedelta

import pytest

from tests.factories import people
from tests.factories import programs as make
from wayfellow.access import policy
from wayfellow.access.errors import AccessDenied, Hidden
from wayfellow.kernel import clock
from wayfellow.people import verbs as people_verbs
from wayfellow.people.models import Client
from wayfellow.programs import verbs as program_verbs
from wayfellow.programs.models import Episode

pytestmark = pytest.mark.django_db
READ = people_verbs.CLIENT_READ


@pytest.fixture(params=["named", "too many to be named"], autouse=True)
def shape(request, monkeypatch):
    """Lists take two shapes: the people named, or subqueries. Both must say the same."""
    if request.param != "named":
        monkeypatch.setattr(policy, "MOST_KNOWN", 0)


@pytest.fixture
def agency():
    return make.agency()


@pytest.fixture
def worker(agency):
    return make.staff(agency)


def knows(staff, client, verb=READ):
    """The two shapes of the policy, list and single, must agree on whoever has reasons that put people on lists."""
    actor = make.actor(staff)
    alone = policy.may(make.actor(staff), verb, client)
    listed = Client.objects.for_actor(actor).filter(pk=client.pk).exists()
    return alone, listed


def test_a_stranger_knows_nobody(agency, worker):
    someone = make.client_of(make.staff(agency))

    assert knows(worker, someone) == (False, False)


def test_an_assigned_worker_knows_their_client(worker):
    assert knows(worker, make.client_of(worker)) == (True, True)


def test_an_assignment_that_has_ended_opens_nothing(agency, worker):
    someone = people.client(agency)
    make.assignment(worker, make.episode(someone, make.program(agency)), ends_at=clock.now() - timedelta(minutes=1))

    assert knows(worker, someone) == (False, False)


def test_an_assignment_that_has_not_begun_opens_nothing(agency, worker):
    someone = people.client(agency)
    make.assignment(worker, make.episode(someone, make.program(agency)), starts_at=clock.now() + timedelta(hours=1))

    assert knows(worker, someone) == (False, False)


def test_cover_opens_what_the_covered_person_has_until_its_end(agency, worker):
    colleague = make.staff(agency)
    someone = make.client_of(colleague)
    cover = make.cover(colleague, worker)

    assert knows(worker, someone) == (True, True)

    cover.ends_at = clock.now() - timedelta(minutes=1)
    cover.save()
    assert knows(worker, someone) == (False, False)


def test_a_supervisor_knows_the_clients_of_those_they_supervise(agency, worker):
    supervisor = make.staff(agency, "supervisor")
    someone = make.client_of(worker)
    assert knows(supervisor, someone) == (False, False)

    make.supervision(supervisor, worker)
    assert knows(supervisor, someone) == (True, True)


def test_a_shared_caseload_opens_for_the_team_only_if_the_program_chose_it(agency, worker):
    shared = make.program(agency, has_shared_caseload=True)
    kept = make.program(agency)
    make.membership(worker, shared)
    make.membership(worker, kept)
    of_shared, of_kept = people.client(agency), people.client(agency)
    make.episode(of_shared, shared)
    make.episode(of_kept, kept)

    assert knows(worker, of_shared) == (True, True)
    assert knows(worker, of_kept) == (False, False)


def test_a_conflict_block_beats_every_reason_break_glass_too(agency, worker):
    someone = make.client_of(worker)
    make.broken_glass(worker, someone)
    people.conflict_block(someone, worker)

    assert knows(worker, someone) == (False, False)
    with pytest.raises(Hidden):
        policy.require(make.actor(worker), READ, someone)


def test_intake_opens_for_its_author_for_its_days(agency, worker):
    someone = people.client(agency)
    people.intake(someone, worker)
    assert knows(worker, someone) == (True, True)

    late = make.actor(worker, at=clock.now() + timedelta(days=14))
    assert not policy.may(late, READ, someone)


def test_break_glass_opens_the_record_but_puts_nobody_on_a_list(agency, worker):
    someone = people.client(agency)
    make.broken_glass(worker, someone)

    assert knows(worker, someone) == (True, False)
    assert not policy.may(make.actor(worker, at=clock.now() + timedelta(hours=5)), READ, someone)


def test_a_program_manager_sees_the_name_and_the_episode_but_no_details(agency):
    manager = make.staff(agency, "program_manager")
    within = make.program(agency)
    make.management(manager, within)
    someone = people.client(agency)
    episode = make.episode(someone, within, status=Episode.Status.WAITING)

    assert knows(manager, someone, people_verbs.NAME_READ) == (True, True)
    assert policy.may(make.actor(manager), program_verbs.EPISODE_ASSIGN, episode)
    with pytest.raises(AccessDenied):
        policy.require(make.actor(manager), READ, someone)


def test_a_role_counts_only_with_a_reason_that_serves_it(agency):
    """Managing one program doesn't let a case manager read the details of its clients."""
    both = make.staff(agency, "program_manager", "case_manager")
    within = make.program(agency)
    make.management(both, within)
    someone = people.client(agency)
    make.episode(someone, within)

    assert policy.may(make.actor(both), people_verbs.NAME_READ, someone)
    assert not policy.may(make.actor(both), READ, someone)


def test_an_administrator_knows_no_client_even_after_break_glass(agency):
    administrator = make.staff(agency, "administrator")
    someone = people.client(agency)
    make.broken_glass(administrator, someone)

    assert knows(administrator, someone) == (False, False)


def test_a_part_2_episode_needs_a_reason_of_its_own(agency, worker):
    someone = make.client_of(worker)
    hidden = make.episode(someone, make.program(agency, is_part2=True))
    actor = make.actor(worker)

    assert not Episode.objects.for_actor(actor).filter(pk=hidden.pk).exists()
    assert not Episode.objects.for_actor(make.actor(worker).focused(someone.pk)).filter(pk=hidden.pk).exists()
    with pytest.raises(Hidden):
        policy.require(make.actor(worker), program_verbs.EPISODE_READ, hidden)

    make.assignment(worker, hidden)
    assert Episode.objects.for_actor(make.actor(worker)).filter(pk=hidden.pk).exists()
    assert Episode.objects.for_actor(make.actor(worker).focused(someone.pk)).filter(pk=hidden.pk).exists()


def test_break_glass_opens_a_part_2_episode_only_when_it_names_it(agency, worker):
    someone = people.client(agency)
    hidden = make.episode(someone, make.program(agency, is_part2=True))
    make.broken_glass(worker, someone)
    assert not policy.may(make.actor(worker), program_verbs.EPISODE_READ, hidden)

    make.broken_glass(worker, someone, opened=hidden)
    assert policy.may(make.actor(worker), program_verbs.EPISODE_READ, hidden)


def test_another_agencys_staff_know_nobody_here(worker):
    someone = make.client_of(worker)
    for role in ("case_manager", "supervisor", "privacy_lead", "administrator", "program_manager"):
        assert knows(make.staff(make.agency(), role), someone) == (False, False)


def test_on_a_clients_page_nobody_else_can_be_reached(worker):
    here, other = make.client_of(worker), make.client_of(worker)
    actor = make.actor(worker).focused(here.pk)

    assert list(Client.objects.for_actor(actor)) == [here]
    with pytest.raises(Hidden):
        policy.require(actor, READ, other)
