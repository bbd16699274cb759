"""Every page of the URLconf in Chromium, wide and light, in a hand and dark, and at 320 px: no barrier, no complaint, no sideways scroll.

A page is found by itself: whatever answers a GET with a whole page to one of the actors of the guards' world. Nobody lists pages here.
"""

import pytest
from django.test import Client as Browser
from playwright.sync_api import Page

from tests.e2e.conftest import PHONE, WIDE, barriers, measured, sideways
from tests.guards import world as worlds

pytestmark = pytest.mark.django_db(transaction=True)
# Who may open most of the pages comes first; the pages left over belong to the others.
ACTORS = ("assigned", "administrator", "privacy lead", "program manager", "supervisor", "anonymous")
ROUTES = worlds.routes()
PARTS = {
    "the record": [route for route in ROUTES if "client_id" in route.parameters],
    "everything else": [route for route in ROUTES if "client_id" not in route.parameters],
}
FEWEST = {"the record": 40, "everything else": 35}


@pytest.fixture
def world(live_server):
    return worlds.build()


@pytest.mark.parametrize("part", PARTS)
def test_every_page_is_open_to_everyone_at_every_width(part, world, new_page, sign_in, troubles):
    pages = pages_of(PARTS[part], world)
    windows: dict[str, Page] = {}
    found: list[str] = []

    for address, actor in pages.items():
        if actor not in windows:
            windows[actor] = new_page()
            if world.actors[actor] is not None:
                sign_in(windows[actor], world.actors[actor])
        found += [f"{address} ({actor}) {line}" for line in what_is_wrong(windows[actor], address, troubles)]

    assert not found, "\n  ".join([f"{len(found)} found", *found])
    assert len(pages) >= FEWEST[part], f"Only {len(pages)} pages were found: {sorted(pages)}"


def pages_of(routes: list[worlds.Route], world: worlds.World) -> dict[str, str]:
    """The addresses that answer with a whole page, each with the first actor who is shown it."""
    pages: dict[str, str] = {}
    for actor in ACTORS:
        browser = Browser()
        if world.actors[actor] is not None:
            browser.force_login(world.actors[actor].user)
        for route in routes:
            address = route.url(world.keys)
            answer = browser.get(address) if address not in pages and not is_way_out(route) else None
            if answer is not None and answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
                pages[address] = actor
    return pages


def is_way_out(route: worlds.Route) -> bool:
    """The lock closes the session that the walk needs; tests/e2e/test_door.py goes there."""
    return route.name == "access:lock"


def what_is_wrong(page: Page, address: str, troubles: list[str]) -> list[str]:
    """What a browser and axe say of one page, in each light and width."""
    page.set_viewport_size(WIDE)
    page.emulate_media(color_scheme="light")
    page.goto(address)
    found = [*troubles]
    troubles.clear()
    measured.add(page)
    found += [f"wide, light: {line}" for line in barriers(page)]
    page.set_viewport_size(PHONE)
    page.emulate_media(color_scheme="dark")
    found += [f"phone, dark: {line}" for line in barriers(page)]
    return found + sideways(page)
