"""A record opened in an emergency: asked for in words, the same answer for everybody, and looked at afterwards."""

from datetime import date

import pytest
from playwright.sync_api import Page, expect

from tests.factories import people
from tests.factories import programs as make

pytestmark = pytest.mark.django_db(transaction=True)
ANSWER = "Your request is recorded. If it can be opened, it is on your Today."


@pytest.fixture
def agency():
    return make.agency()


@pytest.fixture
def person(agency):
    known = make.client_of(make.staff(agency), chosen_name="Mari Vega", birth_date=date(1991, 4, 2))
    return people.name_keys(known)


def ask(page: Page, name: str) -> None:
    page.goto("/jump/")
    page.get_by_role("link", name="Say who you need and why").click()
    page.get_by_label("Full name").fill(name)
    page.get_by_label("Birth date").fill("1991-04-02")
    page.get_by_label("Why you need it now").fill("Her neighbor called: she is on the bridge.")
    page.get_by_role("button", name="Ask to open it").click()
    expect(page.get_by_text(ANSWER)).to_be_visible()


def test_the_record_opens_from_today_and_the_privacy_lead_looks_at_why(page, new_page, sign_in, agency, person):
    worker, lead = make.staff(agency, name="Jonah Mbeki"), make.staff(agency, "privacy_lead")
    sign_in(page, worker)

    ask(page, "Someone Unknown")
    expect(page.get_by_text("You opened a record in an emergency.")).to_be_hidden()
    ask(page, "Mari Vega")
    page.goto("/")
    page.get_by_role("link", name="Mari Vega").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mari Vega")

    office = new_page()
    sign_in(office, lead)
    office.goto("/privacy/emergency/")
    expect(office.get_by_text("Nothing was opened.")).to_be_visible()
    office.get_by_role("listitem").filter(has_text="Mari Vega").get_by_role("link").click()
    expect(office.get_by_text("she is on the bridge").first).to_be_visible()
    office.locator("fieldset label").first.click()
    office.get_by_label("In words").fill("Talked it through with Jonah. It was needed.")
    office.get_by_role("button", name="Keep my review").click()
    office.goto("/privacy/emergency/?show=done")
    expect(office.get_by_role("listitem").filter(has_text="Mari Vega")).to_be_visible()
