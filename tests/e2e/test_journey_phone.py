"""In a hand, between two doors: find someone, narrow the list, come back."""

import pytest
from playwright.sync_api import expect

from tests.factories import people
from tests.factories import programs as make

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def worker():
    return make.staff(make.agency())


def test_someone_is_found_by_two_letters(phone, sign_in, worker):
    for name in ("Mari Vega", "Ines Rowe"):
        people.name_keys(make.client_of(worker, chosen_name=name))
    sign_in(phone, worker)
    phone.goto("/")
    phone.get_by_role("link", name="Jump to anyone").locator("visible=true").click()

    phone.get_by_label("Name").press_sequentially("ma")
    expect(phone.get_by_role("link", name="Ines Rowe")).to_be_hidden()
    phone.get_by_role("link", name="Mari Vega").click()

    expect(phone.get_by_role("heading", level=1)).to_have_text("Mari Vega")


def test_the_caseload_is_narrowed_to_one_support_level(phone, sign_in, worker):
    within = make.program(worker.agency)
    for name, level in (("Mari Vega", "active"), ("Ines Rowe", "light")):
        person = people.client(worker.agency, chosen_name=name)
        make.assignment(worker, make.episode(person, within, support_level=level))
    sign_in(phone, worker)
    phone.goto("/clients/")

    phone.get_by_label("Support level").select_option(label="Active")
    phone.get_by_role("button", name="Narrow").click()

    expect(phone.get_by_role("link", name="Mari Vega")).to_be_visible()
    expect(phone.get_by_role("link", name="Ines Rowe")).to_have_count(0)
