"""Someone new, from the first word to a worker of their own; and what comes along when a colleague is away."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e import steps
from tests.factories import people
from tests.factories import programs as make

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def agency():
    return make.agency()


@pytest.fixture
def program(agency):
    return make.program(agency, name="Riverside Outreach")


@pytest.fixture
def worker(agency):
    return make.staff(agency, name="Renee Castellanos")


def begin(page: Page, name: str) -> None:
    page.goto("/clients/new/")
    page.get_by_label("Name they go by").fill(name)
    page.get_by_label("What they want, in their own words").fill("A place where nobody knocks at night.")


def test_it_is_saved_as_one_writes_and_a_close_name_is_offered_and_refused(page, sign_in, worker, program):
    known = people.name_keys(make.client_of(worker, chosen_name="Ines Rowe"))
    sign_in(page, worker)
    begin(page, "Ines Row")
    steps.says_saved(page)
    page.reload()
    expect(page.get_by_label("Name they go by")).to_have_value("Ines Row")
    page.get_by_label("Program").select_option(label="Riverside Outreach")

    page.get_by_role("button", name="Begin with this person").click()
    offered = page.get_by_role("region", name="Is it someone you know?")
    expect(offered.get_by_role("link", name="Ines Rowe")).to_have_attribute("href", f"/clients/{known.pk}/")
    page.get_by_role("button", name="Someone else, begin with them").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Ines Row")
    expect(page.get_by_text("A place where nobody knocks at night.").first).to_be_visible()
    page.goto("/clients/")
    expect(page.get_by_role("link", name="Ines Row", exact=True).first).to_be_visible()
    page.goto("/clients/new/")
    expect(page.get_by_label("Name they go by")).to_have_value("")


def test_who_waits_is_in_the_managers_queue_until_someone_is_assigned(page, new_page, sign_in, agency, worker, program):
    manager = make.staff(agency, "program_manager")
    make.management(manager, program)
    colleague = make.staff(agency, name="Jonah Mbeki")
    make.membership(colleague, program)
    sign_in(page, worker)
    begin(page, "Ines Rowe")
    page.get_by_label("Program").select_option(label="Riverside Outreach")
    page.get_by_text("They wait for a worker", exact=True).click()
    page.get_by_role("button", name="Begin with this person").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ines Rowe")

    desk = new_page()
    sign_in(desk, manager)
    desk.goto("/queue/")
    desk.get_by_role("row", name="Ines Rowe").get_by_role("link").click()
    desk.get_by_text("Jonah Mbeki").click()
    desk.locator("form.stack-l button[type=submit]").click()
    desk.goto("/queue/")
    expect(desk.get_by_text("Nobody is waiting")).to_be_visible()

    phone = new_page()
    sign_in(phone, colleague)
    phone.goto("/clients/")
    expect(phone.get_by_role("link", name="Ines Rowe").first).to_be_visible()


def test_who_covers_has_the_people_and_what_is_due_for_them(page, new_page, sign_in, agency, worker, program):
    colleague = make.staff(agency, name="Jonah Mbeki")
    person = people.client(agency, chosen_name="Ines Rowe")
    make.assignment(worker, make.episode(person, program, contact_every_days=7))
    sign_in(page, worker)
    page.goto("/cover/")
    page.get_by_label("Who covers").select_option(label="Jonah Mbeki")
    page.get_by_label("Last day").fill("2031-01-01")
    page.get_by_role("button", name="Arrange it").click()
    expect(page.get_by_text("Jonah Mbeki for Renee Castellanos")).to_be_visible()

    other = new_page()
    sign_in(other, colleague)
    other.goto("/")

    expect(other.get_by_role("region", name="Due, by person")).to_contain_text("Ines Rowe")
    expect(other.get_by_role("region", name="You cover for")).to_contain_text("Renee Castellanos")
    other.goto(f"/clients/{person.pk}/")
    expect(other.get_by_role("heading", level=1)).to_have_text("Ines Rowe")
    page.get_by_role("button", name="End now").click()
    assert other.goto(f"/clients/{person.pk}/").status == 404
