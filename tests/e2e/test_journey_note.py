"""No word of a note is lost: a page that dies, a sign-out, a line that is down, a press too many."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e import steps
from tests.factories import programs as make
from wayfellow.notes import selectors

pytestmark = pytest.mark.django_db(transaction=True)
NAME = "Renee Castellanos"
WORDS = "She met me at the door. The heating works again."


@pytest.fixture
def worker():
    return make.staff(make.agency(), name=NAME)


@pytest.fixture
def client(worker):
    return make.client_of(worker, chosen_name="Mari Vega")


def words_of_note(page: Page, client):
    page.goto(f"/clients/{client.pk}/notes/new/")
    return steps.part_of_note(page, "Words")


def sign(page: Page) -> None:
    page.get_by_label("Your name, to sign").fill(NAME)
    page.get_by_role("button", name="Sign note").dblclick()
    expect(page.get_by_text("Letter for letter as it was signed")).to_be_visible()


def texts_of_notes(client, worker) -> list[str]:
    return [note.parts["words"] for note in selectors.notes(actor=make.actor(worker).focused(client.pk))]


def test_a_page_that_dies_while_one_writes_loses_nothing_that_was_saved(page, sign_in, worker, client):
    sign_in(page, worker)
    words_of_note(page, client).fill(WORDS)
    steps.says_saved(page)
    page.close()  # without asking the page, as a phone that runs out of power

    again = page.context.new_page()

    expect(words_of_note(again, client)).to_have_value(WORDS)
    sign(again)
    assert texts_of_notes(client, worker) == [WORDS]


def test_a_sign_out_in_the_middle_of_a_sentence_keeps_the_sentence(page, live_server, worker, client):
    steps.walk_in(page, worker)
    words_of_note(page, client).fill(WORDS)
    page.goto("/sign-in/out/")
    page.get_by_role("button", name="Sign out").click()

    steps.walk_in(page, worker)

    expect(words_of_note(page, client)).to_have_value(WORDS)
    sign(page)
    assert texts_of_notes(client, worker) == [WORDS]


def test_a_line_that_is_down_keeps_the_words_in_the_page_and_sends_them_when_it_is_back(page, sign_in, worker, client):
    sign_in(page, worker)
    words = words_of_note(page, client)
    page.context.set_offline(True)
    words.fill(WORDS)
    expect(page.locator("[data-save-words]:visible").first).to_have_text("Not saved yet, kept here")

    page.context.set_offline(False)

    steps.says_saved(page)
    page.reload()
    expect(words).to_have_value(WORDS)
    sign(page)
    assert texts_of_notes(client, worker) == [WORDS]


@pytest.mark.parametrize("arrives", [False, True], ids=["on its way", "on its way back"])
def test_a_note_whose_sending_broke_off_is_there_once(arrives, page, sign_in, worker, client):
    sign_in(page, worker)
    words = words_of_note(page, client)
    words.fill(WORDS)
    steps.says_saved(page)

    def break_off(route):
        if arrives:
            route.fetch(max_redirects=0)
        route.abort()

    page.route("**/notes/new/", break_off, times=1)
    page.get_by_label("Your name, to sign").fill(NAME)
    page.get_by_role("button", name="Sign note").click()
    expect(page).to_have_url("chrome-error://chromewebdata/")

    words = words_of_note(page, client)
    expect(words).to_have_value("" if arrives else WORDS)
    if not arrives:
        sign(page)
    assert texts_of_notes(client, worker) == [WORDS]
