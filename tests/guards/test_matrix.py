"""Route x actor over every URL: each actor gets exactly what their role and reasons give them, and hidden equals missing, byte for byte."""

import pytest
from django.test import Client as Browser

from tests.guards import world as worlds

pytestmark = pytest.mark.django_db
ROUTES = worlds.routes()
CLIENT_ROUTES = [route for route in ROUTES if route.mark and route.mark.kind == "client"]
STAFF_ROUTES = [route for route in ROUTES if route.mark and route.mark.kind == "staff"]
PUBLIC_ROUTES = [route for route in ROUTES if route.mark and route.mark.kind == "public"]

# What a role may do with a client it knows, when that is not everything (the rest answers 403). Written by hand,
# not read from roles.toml: the matrix checks that file too.
MANAGER_MAY = {"people.name.read", "programs.episode.read", "programs.episode.assign"}
PRIVACY_MAY = {
    "people.name.read", "people.block.read", "people.block.change", "people.duplicate.review",
    "access.audit.read", "access.audit.review", "programs.breakglass.review",
}  # fmt: skip
PEER_MAY = {
    "people.name.read", "people.client.read", "desk.story.read", "plans.plan.read", "assessments.need.read",
    "assessments.result.read", "notes.note.read_shared", "notes.note.write", "notes.note.sign",
    "programs.episode.read", "access.draft.keep",
}  # fmt: skip


def ids(routes):
    return [route.name for route in routes]


@pytest.fixture
def world(db):
    return worlds.build()


def browser(staff):
    found = Browser()
    if staff is not None:
        found.force_login(staff.user)
    return found


def may(actor: str, verb: str) -> bool:
    """Whether this actor, who knows the client, may do the verb."""
    if actor == "program manager":
        return verb in MANAGER_MAY
    if actor == "privacy lead":
        return verb in PRIVACY_MAY
    if actor == "peer support":
        return verb in PEER_MAY or verb.startswith("safety.")
    return not verb.startswith(("people.block.", "people.duplicate.", "programs.breakglass.", "access.audit.review"))


def expected(actor: str, verb: str) -> set[int]:
    if actor == "anonymous":
        return {302}
    if actor in worlds.HIDDEN_FROM:
        return {404}
    # What is open answers by itself: a page, a redirect, a form that needs something, another method, another state.
    return {200, 204, 302, 400, 405, 409, 422} if may(actor, verb) else {403}


@pytest.mark.parametrize("route", CLIENT_ROUTES, ids=ids(CLIENT_ROUTES))
def test_a_page_about_a_client(route, world):
    url = route.url(world.keys)
    missing = route.url(world.keys, client_id=worlds.missing_id())
    for name, staff in world.actors.items():
        here = browser(staff)
        for method in ("get", "post"):
            answer = getattr(here, method)(url)

            assert answer.status_code in expected(name, route.mark.verb.code), (method, name, answer.status_code)
            if name == "anonymous":
                assert answer["Location"].startswith("/sign-in/"), answer["Location"]
            if name in worlds.HIDDEN_FROM:
                nobody = getattr(here, method)(missing)
                assert answer.status_code == nobody.status_code
                assert answer.content == nobody.content, f"{method} {name}: a hidden record must equal a missing one."
                assert str(world.client.pk) not in answer.content.decode()
                assert without_reference(answer) == without_reference(nobody)
            if staff is not None:
                assert answer["Cache-Control"] == "no-store"


def without_reference(answer):
    return {name: value for name, value in answer.items() if name != "X-Wayfellow-Reference"}


@pytest.mark.parametrize("route", STAFF_ROUTES, ids=ids(STAFF_ROUTES))
def test_a_page_for_staff_names_nobody_to_those_who_may_not_know_them(route, world):
    url = route.url(world.keys)
    for name, staff in world.actors.items():
        here = browser(staff)
        for method in ("get", "post"):
            answer = getattr(here, method)(url)

            assert answer.status_code in (
                {302} if name == "anonymous" else {200, 204, 302, 400, 403, 404, 405, 409, 422}
            )
            if name in worlds.HIDDEN_FROM:
                assert world.client.chosen_name not in answer.content.decode(), (method, name)


@pytest.mark.parametrize("route", PUBLIC_ROUTES, ids=ids(PUBLIC_ROUTES))
def test_a_public_page_answers_everyone_and_tells_nothing(route, world):
    for name, staff in world.actors.items():
        answer = browser(staff).get(route.url(world.keys))

        assert answer.status_code < 500, (name, answer.status_code)
        assert world.client.chosen_name not in answer.content.decode(), name


def test_every_route_is_walked():
    """A route that no test asks for would be a door that nobody has tried."""
    walked = {route.name for route in (*CLIENT_ROUTES, *STAFF_ROUTES, *PUBLIC_ROUTES)}

    assert {route.name for route in ROUTES} == walked


def test_every_route_carries_a_mark():
    unmarked = [route.name for route in ROUTES if route.mark is None]

    assert unmarked == [], "Mark these views (access.client_view, staff_view or public_view)."
