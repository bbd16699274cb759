"""Two worlds: whatever an actor may not know of leaves no trace on any page of theirs.

The same pages are asked for twice, before and after the hidden rows exist, and must be the same, byte for byte, but for what
changes by itself at every answer (form tokens, keys of new forms, the moment).
"""

from __future__ import annotations

import re
from typing import Any

import pytest
import time_machine
from django.test import Client as Browser

from tests.factories import people
from tests.factories import programs as make
from tests.guards import world as worlds
from wayfellow.kernel import clock

pytestmark = pytest.mark.django_db
ROUTES = worlds.routes()
CHANGES_BY_ITSELF = (
    re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"'),
    re.compile(r'"X-CSRFToken": "[^"]*"'),
    re.compile(r'name="key" value="[^"]*"'),
    re.compile(r'nonce="[^"]*"'),
)
# Pages whose very subject is who looked at a record; the requests of this test are among the rows.
ABOUT_LOOKING = {"desk:opened"}


def pages(staff: Any, keys: dict[str, Any], *, kinds: tuple[str, ...]) -> dict[str, str]:
    """Every page of these kinds that answers this person, without what changes by itself."""
    browser = Browser()
    browser.force_login(staff.user)
    found = {}
    for route in ROUTES:
        if route.mark is None or route.mark.kind not in kinds or route.name in ABOUT_LOOKING:
            continue
        answer = browser.get(route.url(keys))
        text = answer.content.decode() if not answer.streaming else ""
        for pattern in CHANGES_BY_ITSELF:
            text = pattern.sub("", text)
        found[route.name] = f"{answer.status_code} {text}"
    return found


def record_of(client: Any, episode: Any, worker: Any, *, but: tuple[Any, ...] = ()) -> None:
    """Rows of every package about this client in this episode."""
    for module in worlds._factories():
        if hasattr(module, "record_keys") and module not in but:
            module.record_keys(client, episode, worker)


@pytest.fixture
def frozen(db):
    with time_machine.travel(clock.now(), tick=False):
        yield


@pytest.mark.parametrize("role", ["case_manager", "supervisor", "administrator", "peer_support"])
def test_somebody_whom_nobody_may_know_leaves_no_trace(role, frozen):
    world = worlds.build()
    other_worker = make.staff(world.agency)
    reader = make.staff(world.agency, role)
    make.assignment(reader, world.episode, kind="secondary")
    before = pages(reader, world.keys, kinds=("staff", "client"))

    hidden = people.client(world.agency, chosen_name=world.client.chosen_name)
    episode = make.episode(hidden, world.program)
    make.assignment(other_worker, episode)
    record_of(hidden, episode, other_worker)

    after = pages(reader, world.keys, kinds=("staff", "client"))
    assert_same(before, after)


@pytest.mark.parametrize("role", ["case_manager", "supervisor", "program_manager", "peer_support"])
def test_a_part_2_episode_leaves_no_trace_with_those_who_have_no_reason_for_it(role, frozen):
    world = worlds.build()
    protected = make.program(world.agency, is_part2=True)
    counsellor = make.staff(world.agency)
    reader = make.staff(world.agency, role)
    make.assignment(reader, world.episode, kind="secondary")
    make.supervision(reader, world.worker)
    make.management(reader, world.program)
    before = pages(reader, world.keys, kinds=("staff", "client"))

    episode = make.episode(world.client, protected)
    make.assignment(counsellor, episode)
    # Details of a person (phones, allergies) belong to no episode, so whoever may know the person sees them.
    record_of(world.client, episode, counsellor, but=(people,))

    after = pages(reader, world.keys, kinds=("staff", "client"))
    assert_same(before, after)


def assert_same(before: dict[str, str], after: dict[str, str]) -> None:
    told = [name for name in before if before[name] != after[name]]
    assert not told, (
        f"These pages tell of rows that their reader may not know: {told}\n{first_difference(before, after, told[0])}"
    )


def first_difference(before: dict[str, str], after: dict[str, str], name: str) -> str:
    old, new = before[name], after[name]
    place = next((place for place, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
    return f"{name}: …{old[max(0, place - 120) : place + 120]!r}\nversus …{new[max(0, place - 120) : place + 120]!r}"
