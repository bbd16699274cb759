"""The thread on one page: need, goal, objective, action, what happened. From the door to a signed note, at a desk and in a hand."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e import steps
from tests.factories import plans as make_plans
from tests.factories import programs as make

pytestmark = pytest.mark.django_db(transaction=True)
NAME = "Renee Castellanos"
NEED, GOAL, OBJECTIVE = "A home that holds", "I keep my own place", "Rent paid by the 3rd, three months in a row"
ACTION, WORDS = "Go through the budget together", "We sorted the bills. She paid the rent this morning."
PHQ_9 = [1, 2, 1, 1, 0, 1, 2, 0, 0, 1]


@pytest.fixture
def worker():
    return make.staff(make.agency(), name=NAME)


@pytest.fixture
def client(worker):
    return make.client_of(worker, chosen_name="Mari Vega")


def test_a_thread_is_written_signed_served_and_seen_on_one_page(page, live_server, worker, client):
    steps.walk_in(page, worker)
    page.get_by_role("navigation", name="Main", exact=True).get_by_role("link", name="Clients").click()
    page.get_by_role("link", name="Mari Vega").first.click()
    expect(page.get_by_text("No thread yet.")).to_be_visible()

    give_phq_9(page)
    write_need(page)
    write_plan(page)
    sign_plan(page)
    write_note(page)

    see_thread(page)
    walk_thread(page)


def give_phq_9(page: Page) -> None:
    tab(page, "Assessments")
    page.get_by_role("link", name=re.compile("PHQ-9")).click()
    steps.answer_scale(page, PHQ_9)
    page.get_by_role("button", name="Finish").click()
    expect(page.locator(".kpi")).to_have_text(re.compile(r"8\s+of 27"))


def write_need(page: Page) -> None:
    tab(page, "Assessments")
    page.get_by_role("link", name="Add a need").click()
    page.get_by_label("Need").fill(NEED)
    page.get_by_label("Part of life").select_option(label="Housing")
    page.get_by_label("In their words").fill("I want to stop moving.")
    page.get_by_role("button", name="Write it down").click()
    expect(page.get_by_role("link", name=NEED, exact=True)).to_be_visible()


def write_plan(page: Page) -> None:
    tab(page, "Plan")
    page.get_by_role("button", name="Begin the plan").click()
    page.get_by_role("link", name=f"Goal for {NEED}").click()
    fill_row(page, {"Goal": GOAL})
    page.get_by_role("link", name=f"Objective for {GOAL}").click()
    fill_row(
        page, {"Objective": OBJECTIVE, "How we will see it": "Receipts", "The aim": "3 months"}, by_when="2031-03-03"
    )
    page.get_by_role("link", name=f"Action for {GOAL}").click()
    page.get_by_label("Who does it").select_option(label=NAME)
    page.get_by_label("Which objective it serves").select_option(label=OBJECTIVE)
    fill_row(page, {"What is done": ACTION, "How often": "Weekly"})
    expect(page.get_by_role("rowheader", name=ACTION)).to_be_visible()


def fill_row(page: Page, texts: dict[str, str], by_when: str = "") -> None:
    """Fill the form that the board has opened in place, and put it in the plan."""
    form = page.locator("form[data-write]")
    for label, text in texts.items():
        form.get_by_label(re.compile(f"^{label}")).fill(text)
    if by_when:
        form.get_by_label("By when").fill(by_when)
    form.get_by_role("button", name="Put it in the plan").click()
    expect(form).to_have_count(0)


def sign_plan(page: Page) -> None:
    page.get_by_role("link", name="Ready to sign").click()
    page.get_by_text("Agreed aloud").click()
    page.get_by_label("Your name").fill(NAME)
    page.get_by_role("button", name="Sign the plan").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Care plan, version 1")


def write_note(page: Page) -> None:
    tab(page, "Story")
    page.locator(".who-h").get_by_role("link", name="Note").click()
    page.get_by_text(ACTION).click()
    page.get_by_text("Free", exact=True).click()
    steps.part_of_note(page, "Words").fill(WORDS)
    page.get_by_label("Your name, to sign").fill(NAME)
    page.get_by_role("button", name="Sign note").click()
    expect(page.get_by_text("Letter for letter as it was signed")).to_be_visible()


def see_thread(page: Page) -> None:
    tab(page, "Story")
    row = page.get_by_role("group", name=GOAL)
    for words in (NEED, GOAL, OBJECTIVE, ACTION, WORDS):
        expect(row).to_contain_text(words)


def walk_thread(page: Page) -> None:
    """Every element of the thread leads to its place, and from the note one comes back to the thread."""
    for words, place in ((NEED, "need"), (GOAL, "goal"), (OBJECTIVE, "objective"), (ACTION, "action")):
        page.get_by_role("group", name=GOAL).get_by_role("link", name=words, exact=True).click()
        expect(page.locator(f"[id^={place}-]:target")).to_contain_text(words)
        tab(page, "Story")
    page.get_by_role("group", name=GOAL).get_by_role("link", name="1 note").click()
    page.get_by_role("link", name=WORDS.split(". ")[0]).click()
    page.get_by_role("link", name=ACTION).click()
    page.get_by_role("link", name=WORDS.split(". ")[0]).click()
    page.get_by_role("link", name="The thread").click()
    expect(page.get_by_role("heading", name="The thread")).to_be_in_viewport()


def tab(page: Page, name: str) -> None:
    page.locator("nav.tabs").get_by_role("link", name=name, exact=True).click()


def test_a_note_that_serves_an_action_is_written_on_a_phone(phone, sign_in, worker, client):
    make_plans.whole_plan(client)
    sign_in(phone, worker)
    phone.goto(f"/clients/{client.pk}/")

    phone.locator(".tabbar").get_by_role("link", name="Note").click()
    phone.get_by_text("Go through the budget").click()
    steps.part_of_note(phone, "Words").fill(WORDS)
    phone.get_by_label("Your name, to sign").fill(NAME)
    phone.get_by_role("button", name="Sign note").click()
    expect(phone.get_by_text("Letter for letter as it was signed")).to_be_visible()
    phone.get_by_role("link", name="The thread").click()

    expect(phone.get_by_role("group", name="Goal 0")).to_contain_text(WORDS)
    assert phone.evaluate("() => document.documentElement.scrollWidth") <= 390
