"""An answer about death or self-harm opens the safety step in the same request and the same transaction. Nobody can pass it by."""

import pytest
from django.test import Client as Browser
from django.urls import reverse

from tests.assessments.test_rules import PHQ9, given_answers
from tests.factories import programs as make
from wayfellow.access.models import AuditRow, Draft
from wayfellow.assessments import services as assessments
from wayfellow.assessments.models import Response
from wayfellow.kernel.ids import new_id
from wayfellow.safety import services
from wayfellow.safety.models import SafetyStep

pytestmark = pytest.mark.django_db
LIGHT = [0, 0, 0, 0, 0, 0, 0, 0, 1]


def record(place, values=LIGHT, **more):
    fields = {"client": place.client, "key": new_id(), "instrument": "phq-9", "way": "aloud", "at": place.me.at}
    return assessments.response_record(**({"actor": place.me, "answers": given_answers(PHQ9, values)} | fields | more))


def steps():
    return SafetyStep.objects.for_policy().order_by("pk")


def url(place):
    return reverse("assessments:response_record", args=[place.client.pk, "phq-9"])


def sent(values=LIGHT, **fields):
    answers = {f"item_{link}": str(value) for link, value in given_answers(PHQ9, values).items()}
    return {"key": str(new_id()), "way": "aloud"} | answers | fields


@pytest.mark.parametrize("value", [1, 2, 3])
def test_any_answer_above_not_at_all_opens_a_step(place, value):
    done = record(place, [0] * 8 + [value])

    step = steps().get()
    assert (step.why, step.response_id, step.outcome) == ("answer", done.response.pk, "not_asked")
    assert (step.episode_id, step.opened_by, step.opened_at) == (place.episode.pk, place.worker.pk, place.me.at)
    assert done.next_step.url_name == "safety:step"
    assert AuditRow.objects.filter(verb="safety.step.open", record_id=step.pk).count() == 1


def test_it_opens_without_a_total_too(place):
    record(place, [None] * 8 + [1])

    assert Response.objects.for_policy().get().total is None
    assert steps().count() == 1


@pytest.mark.parametrize("values", [[3] * 8 + [0], [3] * 8 + [None]])
def test_a_high_total_without_it_opens_none(place, values):
    done = record(place, values)

    assert done.next_step is None
    assert not steps().exists()


def test_a_worry_scale_asks_nothing_of_the_kind(place):
    done = record(place, instrument="gad-7", answers={"69725-0": 3})

    assert done.next_step is None


def test_answer_and_step_are_one_transaction(place, monkeypatch):
    def fails(**_values):
        raise RuntimeError("the step can't be kept")

    monkeypatch.setattr(services, "step_open_for_answer", fails)

    with pytest.raises(RuntimeError):
        record(place)

    assert not Response.objects.for_policy().exists()
    assert not AuditRow.objects.filter(verb="assessments.result.take").exists()


def test_both_are_told_to_the_audit_under_one_correlation(place):
    record(place)

    rows = AuditRow.objects.filter(verb__in=["assessments.result.take", "safety.step.open"])
    assert rows.count() == 2
    assert len(set(rows.values_list("correlation_id", flat=True))) == 1


def test_sent_twice_is_one_answer_one_step_and_the_same_way_on(place):
    key = new_id()

    first, second = record(place, key=key), record(place, key=key)

    assert first.next_step == second.next_step
    assert steps().count() == 1


def test_somebody_who_goes_back_and_says_it_then_is_heard(place):
    key = new_id()
    assert record(place, [0] * 9, key=key).next_step is None

    done = record(place, key=key)

    assert steps().get().response_id == done.response.pk


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_the_request_goes_on_to_the_step(browser, place, headers):
    answer = browser.post(url(place), sent(), headers=headers)

    step = steps().get()
    assert answer["Location"] == reverse("safety:step", args=[place.client.pk, step.pk])
    page = browser.get(answer["Location"]).content.decode()
    assert "Opened today by an answer in a questionnaire." in page
    assert "have you wished you were dead" in page
    assert 'href="tel:988"' in page
    assert not Draft.objects.exists()


def test_the_runner_says_what_to_say_beside_the_question(browser, place):
    page = browser.get(url(place)).content.decode()

    assert page.count("Thank you for telling me.") == 1


def test_leaving_the_page_of_the_step_leaves_it_open_on_the_record(browser, place):
    browser.post(url(place), sent())

    page = browser.get(reverse("safety:client", args=[place.client.pk])).content.decode()

    assert "A safety step is open." in page


def test_it_opens_for_whoever_covers(place):
    covering = make.staff(place.agency)
    make.cover(place.worker, covering)
    found = Browser()
    found.force_login(covering.user)

    found.post(url(place), sent())

    assert steps().get().opened_by == covering.pk
