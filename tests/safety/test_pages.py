"""The pages of safety: the one that always answers, a person's own, and one step."""

import pytest
from bs4 import BeautifulSoup
from django.db import DatabaseError
from django.test import Client as Browser
from django.urls import reverse

from tests.factories import programs as make
from tests.factories import safety as make_safety
from wayfellow.access import chain
from wayfellow.access.models import AuditRow
from wayfellow.kernel.ids import new_id
from wayfellow.safety import selectors, services
from wayfellow.safety.models import SafetyStep

pytestmark = pytest.mark.django_db
NOW = reverse("safety:now")


def text(answer):
    return " ".join(BeautifulSoup(answer.content, "html.parser").get_text(" ").split())


def of_client(place):
    return reverse("safety:client", args=[place.client.pk])


def of_step(place, step):
    return reverse("safety:step", args=[place.client.pk, step.pk])


def sent(**fields):
    return {"version": "1", "called": "", "done": "", "next_contact_date": "", "act": "keep"} | fields


@pytest.fixture
def step(place):
    return make_safety.step(place.client, place.episode)


def kept():
    return SafetyStep.objects.for_policy().get()


# The page that always answers ----------------------------------------------------------------------------------------


def test_safety_answers_without_signing_in():
    answer = Browser().get(NOW)

    assert answer.status_code == 200
    for address in ('href="tel:988"', 'href="sms:988"', 'href="tel:911"'):
        assert address in answer.content.decode()
    assert "What you could say" in text(answer)
    assert "On call at your agency" not in text(answer)


def test_it_shows_staff_whom_their_agency_calls(browser):
    answer = browser.get(NOW)

    assert 'href="tel:555-010-0177"' in answer.content.decode()
    assert "Mobile crisis, Riverbend" in text(answer)


def test_it_answers_when_the_audit_can_not_be_written(browser, monkeypatch, place):
    def fails(*_args, **_values):
        raise DatabaseError("the disk is full")

    monkeypatch.setattr(chain, "append", fails)

    assert browser.get(NOW).status_code == 200
    assert browser.get(of_client(place)).status_code == 503


def test_it_leaves_no_row_and_names_nobody(browser, place, step):
    answer = browser.get(NOW)

    assert not AuditRow.objects.filter(verb__startswith="safety.").exists()
    assert place.client.chosen_name not in text(answer)


# A person's own ------------------------------------------------------------------------------------------------------


def test_an_empty_page_says_that_nothing_is_written_down(browser, place):
    assert "Nothing is written down." in text(browser.get(of_client(place)))


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_a_step_begins_with_one_press_and_no_words(browser, place, headers):
    answer = browser.post(of_client(place), {"key": str(new_id()), "why_words": ""}, headers=headers)

    assert answer["Location"] == of_step(place, kept())


def test_two_presses_are_one_step(browser, place):
    values = {"key": str(new_id()), "why_words": "I don't see the point"}

    first, second = (browser.post(of_client(place), values) for _press in range(2))

    assert first["Location"] == second["Location"]
    assert kept().why_words == "I don't see the point"


def test_the_page_shows_what_is_open_and_what_was_done_before(browser, place, step):
    make_safety.step(place.client, closed_at=place.me.at, done="Her sister stayed the night.")

    found = text(browser.get(of_client(place)))

    assert "A safety step is open." in found
    assert "Her sister stayed the night." in found


def test_a_stranger_sees_the_missing_page(strange_browser, place, step):
    missing = strange_browser.get(reverse("safety:client", args=[new_id()]))

    for address in (of_client(place), of_step(place, step)):
        answer = strange_browser.get(address)
        assert (answer.status_code, answer.content) == (404, missing.content)
        assert strange_browser.post(address, sent()).status_code == 404


def test_a_step_of_somebody_else_is_missing(browser, place):
    other = make_safety.step(make.client_of(place.worker))

    assert browser.get(of_step(place, other)).status_code == 404


# One step ------------------------------------------------------------------------------------------------------------


def test_the_step_asks_the_five_questions_and_says_whom_to_call(browser, place, step):
    answer = browser.get(of_step(place, step))

    assert answer.content.decode().count('type="radio"') == 15
    assert "Are you having thoughts of killing yourself right now?" in text(answer)
    assert 'href="tel:555-010-0177"' in answer.content.decode()


def test_answers_are_kept_and_it_says_that_the_fifth_is_to_be_asked(browser, place, step):
    answer = browser.post(of_step(place, step), sent(**{"asq-1": "yes"}), follow=True)

    assert (kept().answers, kept().closed_at) == ({"asq-1": "yes"}, None)
    assert "The fifth question is still to be asked." in text(answer)
    assert "Now ask the fifth question" in text(answer)


def test_thoughts_right_now_are_answered_with_what_to_do(browser, place, step):
    answer = browser.post(of_step(place, step), sent(**{"asq-1": "yes", "asq-5": "yes"}), follow=True)

    assert "They are not left alone." in text(answer)


def test_keeping_without_asking_says_so_kindly(browser, place, step):
    answer = browser.post(of_step(place, step), sent(called="Patrice"), follow=True)

    assert "that can be right, and they can still be asked" in text(answer)


def test_it_closes_with_what_was_done_and_then_is_read_only(browser, place, step):
    values = sent(act="close", done="Her sister stays the night.", called="988", **{"asq-1": "refused", "asq-5": "no"})

    answer = browser.post(of_step(place, step), values, follow=True)

    assert "Thank you for staying with it." in text(answer)
    assert "Rather not say" in text(answer)
    assert "step-form" not in answer.content.decode()
    again = browser.post(of_step(place, step), sent(version="2", done="Something else"))
    assert again.status_code == 422
    assert kept().done == "Her sister stays the night."


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"act": "close", "done": " "}, "Write in a few words what was done."),
        ({"next_contact_date": "soon"}, "Write the day like"),
        ({"asq-2": "maybe"}, "Choose yes, no or"),
        ({"called": "x" * 301}, "This is long for one line"),
    ],
)
def test_what_can_not_be_kept_is_said_and_stays_in_the_form(browser, place, step, wrong, said):
    answer = browser.post(of_step(place, step), sent(**({"called": "Patrice Aldana", "asq-1": "yes"} | wrong)))

    assert answer.status_code == 422
    assert said in text(answer)
    assert "Patrice Aldana" in answer.content.decode() or "called" in wrong
    assert BeautifulSoup(answer.content, "html.parser").select_one("input[name=asq-1][checked]")["value"] == "yes"
    assert kept().answers == {}


def test_a_colleague_who_was_quicker_is_shown_beside_and_nothing_is_lost(browser, place, step):
    theirs = selectors.step(actor=place.other, step_id=step.pk)
    services.step_write(
        actor=place.other, step=theirs, version=1, answers={"asq-1": "yes"}, called="", done="I am on my way.",
        next_contact_date=None, at=place.me.at, close=False,
    )  # fmt: skip

    answer = browser.post(of_step(place, step), sent(done="She is with me."))

    assert answer.status_code == 422
    assert "I am on my way." in text(answer)
    assert "She is with me." in answer.content.decode()
    assert browser.post(of_step(place, step), sent(version="2", done="Both.")).status_code == 302
    assert kept().done == "Both."


def test_a_draft_begun_before_a_colleague_wrote_does_not_cover_their_words(browser, place, step):
    draft = {"groups": "step", "fields.step": ["version", "done"], "version": "1", "done": "Half a sentence"}
    browser.post(reverse("access:draft_save", args=[place.client.pk, f"safety-{step.pk}"]), draft)
    theirs = selectors.step(actor=place.other, step_id=step.pk)
    services.step_write(
        actor=place.other, step=theirs, version=1, answers={}, called="", done="Theirs.", next_contact_date=None,
        at=place.me.at, close=False,
    )  # fmt: skip

    page = BeautifulSoup(browser.get(of_step(place, step)).content, "html.parser")

    assert page.select_one("textarea[name=done]").text.strip() == "Half a sentence"
    assert page.select_one("input[name=version]")["value"] == "1"
    assert browser.post(of_step(place, step), sent(version="1", done="Half a sentence")).status_code == 422


def test_the_pages_take_few_statements_however_long_the_history(browser, place, step, django_assert_max_num_queries):
    for _number in range(40):
        make_safety.step(place.client, closed_at=place.me.at, done="Her sister stayed.")
    browser.get(of_client(place))

    with django_assert_max_num_queries(15):
        browser.get(of_client(place))
    with django_assert_max_num_queries(15):
        browser.get(of_step(place, step))
