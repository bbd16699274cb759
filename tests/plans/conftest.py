"""A worker with a client in an open episode, a colleague of theirs, and a whole plan."""

from types import SimpleNamespace

import pytest

from tests.factories import people
from tests.factories import plans as make_plans
from tests.factories import programs as make


@pytest.fixture
def place(db):
    """agency, program, worker, colleague (assigned too), stranger, client, episode, need, and the focused actors `me` and `other`."""
    agency = make.agency()
    program = make.program(agency, kind="icm")
    worker, colleague, stranger = make.staff(agency, name="Renee Castellanos"), make.staff(agency), make.staff(agency)
    client = people.client(agency, chosen_name="Mari Vega", own_words="I want to keep my place.")
    episode = make.episode(client, program)
    make.assignment(worker, episode)
    make.assignment(colleague, episode, kind="secondary")
    return SimpleNamespace(
        agency=agency,
        program=program,
        worker=worker,
        colleague=colleague,
        stranger=stranger,
        client=client,
        episode=episode,
        need=make_plans.need(client, episode),
        me=make.actor(worker).focused(client.pk),
        other=make.actor(colleague).focused(client.pk),
    )


@pytest.fixture
def plan(place):
    """A plan that was begun, with nothing on its board yet."""
    return make_plans.plan(place.client, place.episode, own_words="I want to keep my place.")


@pytest.fixture
def browser(place, client):
    """The worker, signed in."""
    client.force_login(place.worker.user)
    return client
