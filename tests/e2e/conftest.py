"""A real browser before a real server: pages that fail a test when the browser complains, sign-in, phones, axe.

    def test_a_journey(page, live_server, sign_in): ...

`page` opens relative addresses of the live server ("/me/") and fails the test for an error in the console, a breach of the content
policy, a script that broke, a 5xx or a missing static file.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

# Playwright keeps a loop running in this thread, which Django takes for an asynchronous caller.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

AXE = Path(settings.BASE_DIR) / "node_modules/axe-core/axe.min.js"
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
WIDE, PHONE, NARROWEST = {"width": 1360, "height": 900}, {"width": 390, "height": 844}, 320
TELL_BREACHES = """document.addEventListener("securitypolicyviolation",
    (event) => console.error(`content policy: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`));"""
# Pages in which axe has run since they were opened: it tries inline styles as it measures, which the content policy stops and tells.
measured: set[Page] = set()
STYLES = re.compile("inline style|style-src")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for the whole run."""
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        yield found
        found.close()


@pytest.fixture
def troubles() -> list[str]:
    """What the browser complained of so far. A test that means to cause one empties it."""
    return []


@pytest.fixture
def new_page(browser: Browser, request: pytest.FixtureRequest, troubles: list[str]) -> Iterator[Callable[..., Page]]:
    """Make a page in a context of its own (another device, another person): `new_page(viewport=PHONE, has_touch=True)`."""
    contexts: list[BrowserContext] = []

    live = ""

    def make(**wishes: Any) -> Page:
        nonlocal live
        if "live_server" in request.fixturenames:
            live = request.getfixturevalue("live_server").url
            wishes.setdefault("base_url", live)
        context = browser.new_context(**({"viewport": WIDE, "reduced_motion": "reduce"} | wishes))
        context.add_init_script(TELL_BREACHES)
        context.set_default_timeout(10_000)
        contexts.append(context)
        made = context.new_page()
        listen(made, troubles, live)
        return made

    yield make
    for context in contexts:
        measured.difference_update(context.pages)
        context.close()
    assert troubles == []


def listen(page: Page, troubles: list[str], live: str = "") -> None:
    """Collect what goes wrong in a page; answers only of the server at `live`, since a test's own may fail on purpose."""
    page.on("pageerror", lambda error: troubles.append(f"script: {error}"))

    def heard(message: Any) -> None:
        # An answer that isn't 2xx is told by `answered`, with its address.
        if message.type != "error" or message.text.startswith("Failed to load resource"):
            return
        if page not in measured or not STYLES.search(message.text):
            troubles.append(f"console: {message.text}")

    def answered(response: Any) -> None:
        is_ours = live and response.url.startswith(live)
        if is_ours and (response.status >= 500 or (response.status >= 400 and "/static/" in response.url)):
            troubles.append(f"{response.status}: {response.url}")

    page.on("framenavigated", lambda frame: measured.discard(page) if frame == page.main_frame else None)
    page.on("console", heard)
    page.on("response", answered)


@pytest.fixture
def page(new_page: Callable[..., Page]) -> Page:
    """A page at a desk."""
    return new_page()


@pytest.fixture
def phone(new_page: Callable[..., Page]) -> Page:
    """A page in a hand."""
    return new_page(viewport=PHONE, has_touch=True, is_mobile=True, device_scale_factor=2)


@pytest.fixture
def sign_in(live_server: Any) -> Callable[[Page, Any], None]:
    """`sign_in(page, staff)`: this member of staff is signed in from here on, without walking through the door."""

    def enter(page: Page, staff: Any) -> None:
        client = Client()
        client.force_login(staff.user)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME]
        page.context.add_cookies(
            [{"name": cookie.key, "value": cookie.value, "url": live_server.url, "httpOnly": True}]
        )

    return enter


@pytest.fixture
def assert_axe() -> Callable[..., None]:
    """`assert_axe(page)`: no barrier that axe knows in light and in dark, and no sideways scroll at 320 px."""

    def check(page: Page, *, without: tuple[str, ...] = ()) -> None:
        found = []
        measured.add(page)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            found += [f"{scheme}: {line}" for line in barriers(page, without)]
        page.emulate_media(color_scheme="light")
        found += sideways(page)
        assert not found, f"{page.url}\n  " + "\n  ".join(found)

    return check


def barriers(page: Page, without: tuple[str, ...] = ()) -> list[str]:
    """What axe finds in the page as it stands: the rule, what it says, where."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    options = {
        "runOnly": AXE_TAGS,
        "rules": {rule: {"enabled": False} for rule in without},
        "resultTypes": ["violations"],
    }
    result = page.evaluate("(options) => axe.run(document, options)", options)
    return [
        f"{rule['id']}: {rule['help']} at {node['target']} {node['html'][:120]}"
        for rule in result["violations"]
        for node in rule["nodes"]
    ]


def sideways(page: Page) -> list[str]:
    """Whether the page scrolls sideways at the narrowest width; the size of the window is as before afterwards."""
    before = page.viewport_size
    page.set_viewport_size({"width": NARROWEST, "height": 800})
    width = page.evaluate("() => document.documentElement.scrollWidth")
    if before:
        page.set_viewport_size(before)
    return [f"at {NARROWEST} px it is {width} px wide"] if width > NARROWEST else []
