"""A worker with a client in an open episode, and a colleague of theirs on the same team."""

from types import SimpleNamespace

import pytest

from tests.factories import people
from tests.factories import programs as make


@pytest.fixture
def place(db):
    """agency, worker, colleague (assigned too), stranger, client, episode, and the actors `me` and `other`, focused on the client."""
    agency = make.agency()
    program = make.program(agency)
    worker, colleague, stranger = make.staff(agency, name="Renee Castellanos"), make.staff(agency), make.staff(agency)
    client = people.client(agency, chosen_name="Mari Vega")
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
        me=make.actor(worker).focused(client.pk),
        other=make.actor(colleague).focused(client.pk),
    )
