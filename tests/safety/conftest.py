"""A worker on the page of somebody who may not be safe, and a colleague who looks after them too."""

from types import SimpleNamespace

import pytest
from django.test import Client as Browser

from tests.factories import people
from tests.factories import programs as make


@pytest.fixture
def place(db):
    """agency, worker, colleague (assigned too), stranger, client, episode, and the actors `me` and `other`, focused on the client."""
    agency = make.agency(on_call_phone="555-010-0177", crisis_line="Mobile crisis, Riverbend")
    worker, colleague, stranger = make.staff(agency), make.staff(agency), make.staff(agency)
    client = people.client(agency, chosen_name="June Hartwell")
    program = make.program(agency)
    episode = make.episode(client, program)
    make.assignment(worker, episode)
    make.assignment(colleague, episode, kind="secondary")
    return SimpleNamespace(
        agency=agency,
        program=program,
        worker=worker,
        stranger=stranger,
        client=client,
        episode=episode,
        me=make.actor(worker).focused(client.pk),
        other=make.actor(colleague).focused(client.pk),
        stranger_actor=make.actor(stranger),
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
