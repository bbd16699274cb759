"""A worker on the page of somebody they work with, and the data from elsewhere that lies beside the checkout."""

from types import SimpleNamespace

import pytest
from django.test import Client as Browser

from tests.factories import people
from tests.factories import programs as make


@pytest.fixture
def place(db):
    """agency, worker, stranger, peer (assigned too), client, episode, and the actors `me` and `peer_actor`, focused on the client."""
    agency = make.agency()
    worker, stranger, peer = make.staff(agency), make.staff(agency), make.staff(agency, "peer_support")
    client = people.client(agency, chosen_name="June Hartwell")
    episode = make.episode(client, make.program(agency))
    make.assignment(worker, episode)
    make.assignment(peer, episode, kind="secondary")
    return SimpleNamespace(
        agency=agency,
        worker=worker,
        stranger=stranger,
        client=client,
        episode=episode,
        me=make.actor(worker).focused(client.pk),
        stranger_actor=make.actor(stranger),
        peer_actor=make.actor(peer).focused(client.pk),
        peer=peer,
    )


def signed_in(staff):
    found = Browser()
    found.force_login(staff.user)
    return found


@pytest.fixture
def browser(place):
    return signed_in(place.worker)


@pytest.fixture
def strange_browser(place):
    return signed_in(place.stranger)


@pytest.fixture
def peer_browser(place):
    return signed_in(place.peer)
