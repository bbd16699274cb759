"""A note on a phone and at a desk: no word is lost by a reload, a change of format or a second window; signed in one press."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.factories import notes as make_notes
from tests.factories import people
from tests.factories import programs as make
from wayfellow.notes import selectors

pytestmark = pytest.mark.django_db(transaction=True)
NAME = "Renee Castellanos"


@pytest.fixture
def worker():
    return make.staff(make.agency(), name=NAME)


@pytest.fixture
def client(worker):
    client = people.client(worker.agency, chosen_name="Mari Vega")
    episode = make.episode(client, make.program(worker.agency))
    make.assignment(worker, episode)
    make_notes.intervention(client, episode, title="Rent paid on time")
    return client


def notes_of(client, worker):
    return selectors.notes(actor=make.actor(worker).focused(client.pk))


def part(page: Page, label: str):
    """The text field of one part of the note."""
    return page.get_by_role("textbox", name=re.compile(f"^{label}"), include_hidden=True)


def saved(page: Page) -> None:
    expect(page.locator("[data-save-words]:visible").first).to_contain_text("Saved")


def test_words_outlive_a_reload_and_a_change_of_format_and_are_signed_once(page, sign_in, worker, client):
    sign_in(page, worker)
    page.goto(f"/clients/{client.pk}/notes/new/")
    part(page, "Words").fill("She met me at the door.")
    page.get_by_text("Rent paid on time").click()
    saved(page)
    page.reload()
    expect(part(page, "Words")).to_have_value("She met me at the door.")
    expect(page.get_by_label("Rent paid on time")).to_be_checked()

    page.get_by_text("DAP", exact=True).click()
    expect(part(page, "Words")).to_be_visible()
    part(page, "Data").fill("Rested.")
    expect(part(page, "Behavior")).to_be_hidden()
    page.get_by_label("Your name, to sign").fill(NAME)
    page.get_by_role("button", name="Sign note").dblclick()
    expect(page.get_by_text("Letter for letter as it was signed")).to_be_visible()

    (note,) = notes_of(client, worker)
    assert note.parts == {"data": "Rested.", "words": "She met me at the door."}
    assert note.signed_name == NAME


def test_a_draft_on_its_way_does_not_come_back_after_the_note_is_kept(page, sign_in, worker, client):
    """The last save of a draft and the note itself leave the page at nearly the same moment."""
    sign_in(page, worker)
    for words in ("First.", "Second.", "Third.", "Fourth."):
        page.goto(f"/clients/{client.pk}/notes/new/")
        expect(part(page, "Words")).to_have_value("")
        expect(page.get_by_label("Your name, to sign")).to_have_value("")
        part(page, "Words").fill(words)
        page.get_by_label("Your name, to sign").fill(NAME)
        page.get_by_role("button", name="Sign note").click()
        expect(page.get_by_text("Letter for letter as it was signed")).to_be_visible()

    page.goto(f"/clients/{client.pk}/notes/new/")
    expect(page.get_by_text("is here")).to_be_hidden()
    assert len(notes_of(client, worker)) == 4


def test_what_is_missing_takes_the_focus_and_nothing_is_cleared(page, sign_in, worker, client):
    sign_in(page, worker)
    page.goto(f"/clients/{client.pk}/notes/new/")
    part(page, "Words").fill("A few words.")

    page.get_by_role("button", name="Sign note").click()

    expect(page.locator(".errbox")).to_be_focused()
    page.get_by_role("link", name="Type your name to sign").click()
    expect(page.get_by_label("Your name, to sign")).to_be_focused()
    expect(part(page, "Words")).to_have_value("A few words.")


def test_two_windows_keep_both(page, new_page, sign_in, worker, client):
    note = make_notes.note(client, worker)
    other = new_page()
    for window in (page, other):
        sign_in(window, worker)
        window.goto(f"/clients/{client.pk}/notes/{note.pk}/edit/")
    part(other, "Words").fill("From the phone.")
    other.get_by_role("button", name="Keep for later").click()
    expect(other.get_by_text("Only you can read it until you sign it")).to_be_visible()

    part(page, "Words").fill("From the desk.")
    page.get_by_role("button", name="Keep for later").click()
    page.get_by_role("button", name="Keep both").click()
    expect(page.get_by_text("Only you can read it until you sign it")).to_be_visible()

    assert notes_of(client, worker)[0].parts == {"words": "From the phone.\n\nFrom the desk."}


def test_an_attempt_is_one_tap_on_a_phone(phone, sign_in, worker, client):
    sign_in(phone, worker)
    phone.goto(f"/clients/{client.pk}/notes/")

    phone.get_by_role("button", name="No answer").click()

    expect(phone.get_by_role("link", name="No answer")).to_be_visible()
    expect(phone.get_by_text("One try since you were last in touch")).to_be_visible()


def test_a_note_is_written_without_scripts(new_page, sign_in, worker, client):
    plain = new_page(java_script_enabled=False)
    sign_in(plain, worker)
    plain.goto(f"/clients/{client.pk}/notes/new/")
    plain.get_by_text("Free", exact=True).click()
    part(plain, "Words").fill("No scripts here.")

    plain.get_by_role("button", name="Keep for later").click()

    expect(plain.get_by_text("No scripts here.")).to_be_visible()


def test_the_pages_have_no_barriers(page, sign_in, worker, client, assert_axe):
    sign_in(page, worker)
    signed = make_notes.signed_note(client, worker, parts={"words": "w" * 40 + " " + "Long words. " * 60})
    make_notes.amendment(signed, worker)
    for number in range(3):
        make_notes.attempt(client, worker, minutes=number)

    for address in ("notes/", "notes/new/", f"notes/{signed.pk}/"):
        page.goto(f"/clients/{client.pk}/{address}")
        assert_axe(page)
