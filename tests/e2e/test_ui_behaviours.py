"""The small modules in a real browser: no word is lost, keys stay out of fields, the lock covers what isn't saved.

No database: pages are rendered beforehand, and a tiny server keeps what the drafts send.
"""

import mimetypes
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import settings
from django.template import Context, Template
from django.template.loader import render_to_string
from playwright.sync_api import Page, expect

from wayfellow.ui.gallery import gallery_context, gallery_shell

STATIC = Path(settings.PACKAGE_DIR) / "ui/static"
MINUTE = 60_000
WRITING = """{% extends "ui/page_writing.html" %}{% block title %}Note{% endblock %}{% block content %}
<form class="compose" method="post" action="/sent" data-behaviour="draft submit-once" data-draft-url="/draft" data-draft-version="0">
<input type="hidden" name="csrfmiddlewaretoken" value="t1">
<div class="stack-l"><h1>Home visit</h1>{% ui_save %}<div data-draft-conflict hidden></div>
<div class="field" data-group="dap"><label for="d">Data</label><textarea class="area" id="d" name="data"></textarea>
<label class="check"><input type="checkbox" name="shared">Shared</label></div>
<div class="field"><label for="p">Plan</label><textarea class="area" id="p" name="plan"></textarea></div>
{% ui_button "Sign note" kind="primary" %}</div></form>{% endblock %}"""

CONFLICT = b"""<div data-draft-field="data"><h3 data-draft-label>data</h3><p data-draft-value>Jonah wrote this</p></div>
<button type="button" data-draft-keep="9">Keep mine</button>"""


@dataclass
class Site:
    address: str = ""
    pages: dict[str, str] = field(default_factory=dict)
    drafts: list[dict[str, list[str]]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    sent: int = 0
    answered: int = 0  # drafts that were answered
    sent_after: int = 0  # how many of them when the form came
    answer: int = 200
    slowness: float = 0  # seconds until a draft's answer


def handler(site: Site) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def reply(self, status: int, body: bytes, kind: str = "text/html; charset=utf-8", **headers: str) -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def do_GET(self) -> None:
            path = urlsplit(self.path).path
            if path.startswith("/static/"):
                file = STATIC / path.removeprefix("/static/")
                self.reply(200, file.read_bytes(), mimetypes.guess_type(file.name)[0] or "application/octet-stream")
            else:
                self.reply(200, site.pages.get(path, "<title>x</title>").encode())

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
            if self.path == "/sent":
                site.sent += 1
                site.sent_after = site.answered
                threading.Event().wait(0.4)
                return self.reply(200, b"<title>sent</title>")
            site.drafts.append(parse_qs(body, keep_blank_values=True))
            site.headers.append(dict(self.headers))
            threading.Event().wait(site.slowness)
            site.answered += 1
            if site.answer == 410:
                site.answer = 200
                return self.reply(410, b"gone", "text/plain")
            if site.answer == 302:
                return self.reply(302, b"", Location="/door")
            if site.answer == 409:
                return self.reply(409, CONFLICT)
            return self.reply(site.answer, b'{"version": 7, "at": "9:41"}', "application/json")

        def log_message(self, *_parts: object) -> None:
            pass

    return Handler


@pytest.fixture
def site() -> Iterator[Site]:
    site = Site()
    shell = gallery_shell()
    writing = Template(WRITING)
    site.pages["/write"] = writing.render(Context({"shell": shell, "csrf_token": "t1"}))
    site.pages["/locking"] = writing.render(Context({"shell": replace(shell, lock_url="/door"), "csrf_token": "t1"}))
    site.pages["/gallery"] = render_to_string("ui/gallery.html", gallery_context(posted=None))
    site.pages["/wanting"] = render_to_string("ui/gallery.html", gallery_context(posted={}))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler(site))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    site.address = f"http://127.0.0.1:{server.server_address[1]}"
    yield site
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def tab(new_page: Callable[..., Page]) -> Page:
    return new_page()


def writing(tab: Page, site: Site, path: str = "/write") -> None:
    tab.goto(site.address + path, wait_until="networkidle")


def said(tab: Page):
    return tab.locator("[data-save]").first


def test_words_are_saved_as_they_are_written(tab: Page, site: Site) -> None:
    writing(tab, site)

    tab.fill("#d", "Rested.")

    expect(said(tab)).to_have_text("Saved 9:41")
    draft = site.drafts[-1]
    assert draft["groups"] == ["dap"]
    assert draft["fields.dap"] == ["data", "shared"]
    assert draft["draft_version"] == ["0"]
    assert draft["data"] == ["Rested."]
    assert "plan" not in draft
    assert site.headers[-1]["X-CSRFToken"] == "t1"

    tab.fill("#d", "Rested well.")
    expect(said(tab)).to_have_text("Writing")
    expect(said(tab)).to_have_text("Saved 9:41")

    assert site.drafts[-1]["draft_version"] == ["7"]


def test_a_line_that_is_down_keeps_the_words_and_tries_again(tab: Page, site: Site) -> None:
    writing(tab, site)
    site.answer = 503

    tab.fill("#p", "Call Legal Aid.")
    expect(said(tab)).to_have_text("Not saved yet, kept here")
    site.answer = 200

    expect(said(tab)).to_have_text("Saved 9:41", timeout=10_000)
    assert site.drafts[-1]["plan"] == ["Call Legal Aid."]
    assert "X-Wayfellow-Background" not in site.headers[0]
    assert site.headers[-1]["X-Wayfellow-Background"] == "1"


def test_a_closed_tab_still_sends_the_last_words(tab: Page, site: Site) -> None:
    writing(tab, site)

    tab.fill("#d", "One more thing.")
    tab.goto(site.address + "/elsewhere")

    assert site.drafts[-1]["data"] == ["One more thing."]


def test_closing_warns_only_while_something_is_unsaved(tab: Page, site: Site) -> None:
    asked: list[str] = []
    tab.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    writing(tab, site)
    tab.fill("#d", "Saved words.")
    expect(said(tab)).to_have_text("Saved 9:41")
    tab.goto(site.address + "/elsewhere")
    assert asked == []

    writing(tab, site)
    site.answer = 503
    tab.click("#d")
    tab.keyboard.type("Unsaved words.")
    expect(said(tab)).to_have_text("Not saved yet, kept here")
    tab.goto(site.address + "/elsewhere")

    assert asked == ["beforeunload"]


def test_a_lock_keeps_the_page_and_its_words(tab: Page, site: Site) -> None:
    writing(tab, site)
    site.answer = 302

    tab.fill("#d", "Mine.")

    expect(said(tab)).to_have_text("Not saved yet: sign in again in another tab")
    assert tab.url.endswith("/write")
    assert tab.input_value("#d") == "Mine."


def test_a_new_sign_in_gives_a_new_token_and_the_words_go_through(tab: Page, site: Site) -> None:
    writing(tab, site)
    site.pages["/write"] = (
        site.pages["/write"]
        .replace('"X-CSRFToken": "t1"', '"X-CSRFToken": "t2"')
        .replace("&quot;t1&quot;", "&quot;t2&quot;")
    )
    site.answer = 403

    tab.fill("#d", "Mine.")
    expect(said(tab)).to_have_text("Not saved yet: sign in again in another tab")
    site.answer = 200

    expect(said(tab)).to_have_text("Saved 9:41", timeout=10_000)
    assert site.headers[-1]["X-CSRFToken"] == "t2"
    assert tab.input_value("form.compose [name=csrfmiddlewaretoken]") == "t2"


def test_two_versions_are_shown_and_mine_stays(tab: Page, site: Site) -> None:
    writing(tab, site)
    site.answer = 409

    tab.fill("#d", "Mine.")

    expect(tab.locator("[data-draft-conflict] [data-draft-label]")).to_have_text("Data")
    expect(tab.locator("[data-draft-conflict] [data-draft-value]")).to_have_text("Jonah wrote this")
    assert tab.input_value("#d") == "Mine."

    site.answer = 200
    tab.click("[data-draft-keep]")

    expect(said(tab)).to_have_text("Saved 9:41")
    assert site.drafts[-1]["draft_version"] == ["9"]
    assert site.drafts[-1]["data"] == ["Mine."]


def test_the_form_waits_for_a_save_on_its_way(tab: Page, site: Site) -> None:
    writing(tab, site)
    site.slowness = 0.8

    tab.fill("#d", "Almost done.")
    tab.get_by_role("button", name="Sign note").click()
    tab.wait_for_url("**/sent")

    assert site.drafts[-1]["data"] == ["Almost done."]
    assert (site.sent, site.sent_after) == (1, 1)


def test_what_is_written_after_the_draft_was_cleared_begins_a_new_one(tab: Page, site: Site) -> None:
    writing(tab, site)
    tab.fill("#d", "First.")
    expect(said(tab)).to_have_text("Saved 9:41")
    site.answer = 410

    tab.fill("#d", "Second.")
    expect(said(tab)).to_have_text("Writing")
    expect(said(tab)).to_have_text("Saved 9:41")

    assert [draft["draft_version"] for draft in site.drafts[-2:]] == [["7"], ["0"]]
    assert site.drafts[-1]["data"] == ["Second."]


def test_a_double_press_sends_once(tab: Page, site: Site) -> None:
    writing(tab, site)

    tab.evaluate("() => { const b = document.querySelector('form.compose button'); b.click(); b.click(); }")
    tab.wait_for_url("**/sent")

    assert site.sent == 1


def test_keys_go_places_and_stay_out_of_fields(tab: Page, site: Site) -> None:
    tab.goto(site.address + "/gallery", wait_until="networkidle")

    tab.keyboard.press("g")
    tab.keyboard.press("c")
    assert tab.url.endswith("#clients")
    tab.keyboard.press("?")
    expect(tab.locator("#keys-help")).to_be_visible()
    tab.keyboard.press("Escape")
    tab.keyboard.press("!")
    assert tab.url.endswith("#safety")
    tab.focus("#g_words")
    tab.keyboard.type("n!/?")

    assert tab.url.endswith("#safety")
    assert "n!/?" in tab.input_value("#g_words")


def test_the_summary_of_errors_takes_focus_and_leads_to_the_field(tab: Page, site: Site) -> None:
    tab.goto(site.address + "/wanting", wait_until="networkidle")

    box = tab.locator("form .errbox")
    expect(box).to_be_focused()
    box.locator("a").first.click()

    expect(tab.locator("#g_target")).to_be_focused()


def test_the_lock_warns_at_nine_minutes_and_covers_what_is_not_saved(tab: Page, site: Site) -> None:
    tab.clock.install()
    writing(tab, site, "/locking")
    tab.clock.run_for(9 * MINUTE + 6_000)
    expect(tab.locator("#idle")).to_be_visible()
    tab.click("[data-idle-stay]")
    expect(tab.locator("#idle")).to_be_hidden()

    site.answer = 503
    tab.fill("#d", "Secret words.")
    tab.clock.run_for(1_000)
    expect(said(tab)).to_have_text("Not saved yet, kept here")
    for _half_minute in range(22):
        tab.clock.run_for(MINUTE // 2)
    expect(tab.locator("#cover")).to_be_visible()
    expect(tab.locator("#d")).to_be_hidden()

    site.answer = 200
    for _half_minute in range(4):
        tab.clock.run_for(MINUTE // 2)
        tab.wait_for_load_state("networkidle")
    expect(tab.locator("#cover")).to_be_hidden()
    assert tab.input_value("#d") == "Secret words."
    assert site.drafts[-1]["data"] == ["Secret words."]


def test_the_lock_leads_to_the_door_when_all_is_saved(tab: Page, site: Site) -> None:
    tab.clock.install()
    writing(tab, site, "/locking")

    tab.clock.run_for(10 * MINUTE + 6_000)
    tab.wait_for_url("**/door?next=%2Flocking")
