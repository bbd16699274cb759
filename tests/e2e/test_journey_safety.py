"""A yes to question 9 of the PHQ-9, as a worker lives it; and the page that answers anyone, at any time."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e import steps
from tests.factories import programs as make

pytestmark = pytest.mark.django_db(transaction=True)
TELLS = [2, 2, 2, 2, 1, 2, 1, 0, 1, 2]


@pytest.fixture
def worker():
    return make.staff(make.agency())


@pytest.fixture
def client(worker):
    return make.client_of(worker, chosen_name="Mari Vega")


def answer_asq(page: Page, *answers: str) -> None:
    for question, answer in zip(page.locator("fieldset.cq").all(), answers, strict=False):
        question.get_by_text(answer, exact=True).click()


def test_an_answer_opens_the_step_at_once_and_what_was_done_stands_on_today(page, sign_in, worker, client):
    sign_in(page, worker)
    page.goto(f"/clients/{client.pk}/assessments/phq-9/")
    steps.answer_scale(page, TELLS)
    finish = page.get_by_role("button", name=re.compile("^Finish"))
    expect(finish).to_have_text(re.compile("ASQ"), use_inner_text=True)

    finish.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Stay with this for a moment")
    page.get_by_role("button", name="That is all, write it down").click()
    expect(page.locator(".errbox")).to_be_focused()
    page.goto("/")
    crisis = page.get_by_role("region", name="After a crisis")
    expect(crisis).to_contain_text("What was done is not written down yet.")

    crisis.get_by_role("link", name="Mari Vega", exact=True).click()
    answer_asq(page, "Yes", "No", "No", "No")
    page.get_by_role("button", name="Keep, stay open").click()
    expect(page.get_by_text("Now ask the fifth question")).to_be_visible()
    answer_asq(page, "Yes", "No", "No", "No", "No")
    page.get_by_label("Whom you called").fill("On call, Dana")
    page.get_by_label("What was done").fill("Her sister came. We put the tablets away together.")
    page.get_by_role("button", name="That is all, write it down").click()

    expect(page.get_by_text("We put the tablets away together.")).to_be_visible()
    page.goto("/")
    expect(crisis).to_contain_text("What was done is written down.")


def test_a_step_that_is_left_stays_in_sight_wherever_one_goes(phone, sign_in, worker, client):
    sign_in(phone, worker)
    phone.goto(f"/clients/{client.pk}/safety/")
    phone.get_by_role("button", name="Open the questions").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Stay with this for a moment")

    for address in (f"/clients/{client.pk}/", f"/clients/{client.pk}/safety/", "/"):
        phone.goto(address)
        expect(phone.get_by_text("A safety step is open.").or_(phone.get_by_text("After a crisis"))).to_be_visible()


def test_the_safety_page_answers_without_a_sign_in(phone, live_server, assert_axe):
    phone.goto("/safety/")

    expect(phone.get_by_role("heading", level=1)).to_have_text("Someone is not safe")
    expect(phone.get_by_role("link", name=re.compile("Call 988"))).to_have_attribute("href", "tel:988")
    assert_axe(phone)
