"""Through the door with a second factor, a lock that keeps where one was, words that outlive a reload."""

import time

import pytest
from allauth.mfa.totp.internal import auth as totp
from django.http import HttpResponse
from django.template import RequestContext, Template
from django.urls import include, path
from playwright.sync_api import Page, expect

from tests.factories import programs as make
from tests.factories.programs import PASSWORD
from wayfellow.access import drafts, verbs
from wayfellow.access.marks import client_view

pytestmark = pytest.mark.django_db(transaction=True)
WRITING = """{% extends "ui/page_writing.html" %}{% block title %}Note{% endblock %}{% block content %}
<form class="compose" method="post" data-behaviour="draft"
data-draft-url="{% url 'access:draft_save' client.pk 'notes.note' %}" data-draft-version="{{ draft.version }}">
{% csrf_token %}<div class="stack-l"><h1>Home visit</h1>{% ui_save %}<div data-draft-conflict hidden></div>
<div class="field"><label for="d">Data</label><textarea class="area" id="d" name="data">{{ draft.data }}</textarea></div>
<label class="check"><input type="checkbox" name="shared"{% if draft.shared %} checked{% endif %}>Shared</label></div></form>{% endblock %}"""


@client_view(verbs.DRAFT_KEEP)
def write(request, client):
    """A form of the tests: the shape of every long form."""
    draft = drafts.take(actor=request.actor, form="notes.note", client_id=client.pk)
    context = RequestContext(request, {"client": client, "draft": draft})
    context.update({"draft": _Draft(draft)})
    return HttpResponse(Template(WRITING).render(context))


class _Draft(dict):
    def __init__(self, taken):
        super().__init__(taken)
        self["version"] = taken.version


urlpatterns = [
    path("", include("wayfellow.config.urls")),
    path("clients/<uuid:client_id>/write/", write),
]


@pytest.fixture
def worker():
    return make.staff(make.agency())


def code_of(secret: str) -> str:
    return totp.format_hotp_value(totp.hotp_value(secret, int(time.time()) // 30))


def enter(page: Page, worker, password: str = PASSWORD) -> None:
    page.goto("/me/")
    page.get_by_label("Work e-mail").fill(worker.user.email)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Go on").click()


def test_a_code_app_is_set_up_at_the_first_sign_in_and_asked_for_at_the_next(
    page: Page, live_server, settings, worker, new_page, assert_axe
) -> None:
    settings.WAYFELLOW_SECOND_FACTOR = True

    enter(page, worker)
    expect(page.get_by_role("heading", level=1)).to_have_text("One thing before you begin")
    assert_axe(page)
    page.get_by_role("link", name="Use codes from my phone").click()
    assert_axe(page)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Codes from your phone")
    assert_axe(page)
    page.get_by_text("I can’t point my phone at it").click()
    secret = page.locator(".code-words").inner_text().strip()
    page.get_by_label("The six numbers").fill(code_of(secret))
    page.get_by_role("button", name="Use these codes").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your recovery codes")
    assert_axe(page)
    recovery = page.locator(".codes li").first.inner_text()
    page.get_by_role("link", name="I have written them down").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("My settings")
    assert_axe(page)

    other = new_page()
    enter(other, worker)
    expect(other.get_by_role("heading", level=1)).to_have_text("One more step")
    other.get_by_label("Code from your phone").fill("000000")
    other.get_by_role("button", name="Sign in").click()
    expect(other.locator(".errbox")).to_be_focused()
    assert_axe(other)
    other.get_by_label("Code from your phone").fill(recovery)
    other.get_by_role("button", name="Sign in").click()
    expect(other.get_by_role("heading", level=1)).to_have_text("My settings")


def test_the_door_says_what_did_not_fit_and_shows_the_password_on_request(
    page: Page, live_server, worker, assert_axe
) -> None:
    page.goto("/sign-in/")
    assert_axe(page)
    enter(page, worker, "not this one at all")

    expect(page.locator(".errbox")).to_be_focused()
    expect(page.locator(".errbox")).to_contain_text("don’t go together")
    assert_axe(page)
    field = page.locator("#id_password")
    field.fill("abc")
    page.get_by_role("button", name="Show").click()

    expect(field).to_have_attribute("type", "text")
    page.get_by_role("button", name="Hide").click()
    expect(field).to_have_attribute("type", "password")


def test_a_passkey_is_made_and_signs_in_alone(page: Page, live_server, settings, worker, sign_in) -> None:
    settings.WAYFELLOW_SECOND_FACTOR = True
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    device = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    ready = {"isUserVerified": True, "automaticPresenceSimulation": True}
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": device | ready})

    enter(page, worker)
    page.get_by_role("link", name="Set up a passkey").click()
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("What you call this device").fill("desk at Elm Street")
    page.get_by_role("button", name="Make the passkey").click()
    page.get_by_role("link", name="I have written them down").click()
    expect(page.get_by_text("desk at Elm Street")).to_be_visible()

    page.goto("/sign-in/lock/?next=/me/")
    page.get_by_role("button", name="Use your passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("My settings")

    page.goto("/sign-in/out/")
    page.get_by_role("button", name="Sign out").click()
    page.goto("/sign-in/?next=/me/")
    page.get_by_role("button", name="Use your passkey").click()
    expect(page.get_by_text("desk at Elm Street")).to_be_visible()


def test_the_lock_hides_everything_and_leads_back(phone: Page, live_server, worker, sign_in, assert_axe) -> None:
    sign_in(phone, worker)
    phone.goto("/me/")

    phone.goto("/sign-in/lock/?next=/me/")
    expect(phone.get_by_role("heading", level=1)).to_have_text("The page is locked")
    assert worker.name not in phone.content()
    assert_axe(phone)
    phone.goto("/me/")
    expect(phone.get_by_role("heading", level=1)).to_have_text("The page is locked")
    phone.get_by_label("Password").fill("not this one at all")
    phone.get_by_role("button", name="Open").click()
    expect(phone.locator(".errbox")).to_be_focused()
    phone.get_by_label("Password").fill(PASSWORD)
    phone.get_by_role("button", name="Open").click()

    expect(phone.get_by_role("heading", level=1)).to_have_text("My settings")


def written(page: Page):
    return page.locator("#d")


def says(page: Page, words: str) -> None:
    expect(page.locator("[data-save]").first).to_contain_text(words)


@pytest.mark.urls("tests.e2e.test_door")
def test_words_outlive_a_reload_and_a_sign_out(page: Page, live_server, worker, sign_in, new_page) -> None:
    person = make.client_of(worker)
    sign_in(page, worker)
    page.goto(f"/clients/{person.pk}/write/")
    written(page).fill("Rested. Wants to call Legal Aid.")
    page.get_by_label("Shared").check()
    says(page, "Saved")

    page.reload()

    expect(written(page)).to_have_value("Rested. Wants to call Legal Aid.")
    expect(page.get_by_label("Shared")).to_be_checked()
    other = new_page()
    sign_in(other, worker)
    other.goto(f"/clients/{person.pk}/write/")
    expect(written(other)).to_have_value("Rested. Wants to call Legal Aid.")


@pytest.mark.urls("tests.e2e.test_door")
def test_a_locked_page_keeps_its_words_until_the_door_is_open_again(page: Page, live_server, worker, sign_in) -> None:
    person = make.client_of(worker)
    sign_in(page, worker)
    page.goto(f"/clients/{person.pk}/write/")
    door = page.context.new_page()
    door.goto("/sign-in/lock/?next=/me/")

    written(page).fill("Written behind the lock.")
    says(page, "sign in again in another tab")
    door.get_by_label("Password").fill(PASSWORD)
    door.get_by_role("button", name="Open").click()

    says(page, "Saved")
    page.reload()
    expect(written(page)).to_have_value("Written behind the lock.")


@pytest.mark.urls("tests.e2e.test_door")
def test_two_windows_show_both_texts_and_one_chooses(page: Page, live_server, worker, sign_in, assert_axe) -> None:
    person = make.client_of(worker)
    sign_in(page, worker)
    page.goto(f"/clients/{person.pk}/write/")
    second = page.context.new_page()
    second.goto(f"/clients/{person.pk}/write/")
    written(page).fill("From the first window.")
    says(page, "Saved")

    written(second).fill("From the second window.")
    box = second.locator("[data-draft-conflict]")
    expect(box).to_contain_text("From the first window.")
    expect(box.get_by_role("heading")).to_have_text("Data")
    assert_axe(second)
    box.get_by_role("button", name="Keep what is on this page").click()
    says(second, "Saved")

    second.reload()
    expect(written(second)).to_have_value("From the second window.")


def test_settings_are_worn_at_once(page: Page, live_server, worker, sign_in) -> None:
    sign_in(page, worker)
    page.goto("/me/")

    page.get_by_text("Dark", exact=True).click()
    page.get_by_role("button", name="Keep these").click()

    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    expect(page.locator(".toast")).to_contain_text("Your settings are kept.")
