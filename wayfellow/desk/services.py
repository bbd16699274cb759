"""Writes that begin in one page and touch several domains."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from wayfellow import access
from wayfellow.access import Actor
from wayfellow.people import services as people
from wayfellow.people.models import Client
from wayfellow.programs import selectors as programs
from wayfellow.programs import services as program_services
from wayfellow.programs.models import Program


@access.service
def intake(
    *,
    actor: Actor,
    key: UUID,
    at: datetime,
    program: Program,
    is_mine: bool,
    referred_by: str,
    phone: str,
    can_text: str,
    **person: Any,
) -> Client:
    """Write down someone new, their number, and the program they come to: with the author as their worker, or waiting for one.

    The same `key` twice is one person. person: fields of people.services.client_create.
    """
    client = people.client_create(actor=actor, key=key, at=at, **person)
    here = actor.focused(client.pk)
    client.acting(here)
    if phone:
        # The key of what belongs to the intake follows from its own: sent twice, it is one row too.
        people.phone_write(
            actor=here,
            client=client,
            key=uuid5(key, "phone"),
            number=phone,
            kind="",
            can_text=can_text,
            is_preferred=True,
        )
    episode = program_services.episode_open(
        actor=here, client=client, program=program, at=at, key=uuid5(key, "episode"), referred_by=referred_by,
        came_because=person.get("own_words", ""),
    )  # fmt: skip
    if is_mine:
        staff = programs.staff_of(actor=actor)
        program_services.episode_assign(actor=here, episode=episode, staff=staff, at=at)
    return client
