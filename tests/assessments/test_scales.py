"""Going through a scale: the total, what is refused, sent twice, gone back, left for later, and who sees the result."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from tests.assessments.test_rules import GAD7, PHQ9, given_answers, scored
from tests.factories import assessments as make_assessment
from tests.factories import people
from tests.factories import programs as make
from wayfellow.access import drafts
from wayfellow.access.errors import AccessDenied, Hidden
from wayfellow.access.models import AuditRow, Draft
from wayfellow.access.received import FromElsewhere
from wayfellow.assessments import rules, selectors, services
from wayfellow.assessments.models import Response
from wayfellow.kernel import clock
from wayfellow.kernel.ids import new_id

pytestmark = pytest.mark.django_db
CALM = [1, 1, 1, 1, 1, 1, 1, 1, 0]


def record(place, values=CALM, **more):
    fields = {"client": place.client, "key": new_id(), "instrument": "phq-9", "way": "together", "at": place.me.at}
    return services.response_record(**({"actor": place.me, "answers": given_answers(PHQ9, values)} | fields | more))


def everything():
    return Response.objects.for_policy().order_by("pk")


def url(place, name, *more):
    return reverse(f"assessments:{name}", args=[place.client.pk, *more])


def sent(values=CALM, scale=PHQ9, **fields):
    """What the form sends: a question left out isn't in it."""
    answers = {f"item_{link}": str(value) for link, value in given_answers(scale, values).items()}
    return {"key": str(new_id()), "way": "aloud"} | answers | fields


# Recording -----------------------------------------------------------------------------------------------------------


def test_a_scale_is_kept_with_its_total_and_who_went_through_it(place):
    found = record(place).response

    assert (found.total, found.band, found.instrument_version) == (8, "mild", PHQ9.version)
    assert (found.episode_id, found.taken_by) == (place.episode.pk, place.worker.pk)
    assert AuditRow.objects.filter(verb="assessments.result.take", record_id=found.pk).count() == 1


def test_a_question_left_out_gives_no_total_and_no_band(place):
    found = record(place, [1, None, 1, 1, 1, 1, 1, 1, 0]).response

    assert (found.total, found.band, len(found.answers)) == (None, "", 8)


def test_nothing_answered_is_no_result(place):
    with pytest.raises(services.NothingAnswered):
        record(place, [None] * 9)

    assert not everything().exists()


def test_an_answer_that_is_not_offered_is_refused(place):
    with pytest.raises(rules.NotAnAnswer):
        record(place, answers={"44250-9": 7})

    assert not everything().exists()


def test_sent_twice_is_one_result(place):
    key = new_id()

    first, second = record(place, key=key), record(place, key=key)

    assert first.response.pk == second.response.pk
    assert everything().count() == 1
    assert AuditRow.objects.filter(verb="assessments.result.take").count() == 1


def test_other_answers_under_the_same_key_are_a_result_of_their_own(place):
    key = new_id()

    record(place, key=key)
    again = [record(place, [2] * 8 + [0], key=key).response.pk for _click in range(2)]

    assert again[0] == again[1]
    assert sorted(everything().values_list("total", flat=True)) == [8, 16]


def test_the_draft_is_gone_when_the_result_is_there(place):
    form = services.draft_form(instrument="phq-9")
    drafts.save(actor=place.me, form=form, client_id=place.client.pk, fields={"item_44250-9": ["2"]}, at=place.me.at)

    record(place)

    assert not Draft.objects.exists()


def test_a_stranger_records_nothing(place):
    with pytest.raises(Hidden):
        record(place, actor=place.stranger_actor)

    assert not everything().exists()


def test_peer_support_sees_results_but_takes_none(place):
    record(place)

    with pytest.raises(AccessDenied):
        record(place, actor=place.peer_actor)

    assert len(selectors.results(actor=place.peer_actor)) == 1


def test_a_key_of_somebody_elses_result_is_not_taken_over(place):
    other = make_assessment.response(people.client(place.agency))

    with pytest.raises(Hidden):
        record(place, key=other.key)


# Reading -------------------------------------------------------------------------------------------------------------


def taken(place, each, days, instrument="phq-9"):
    at = clock.now() - timedelta(days=days)
    return make_assessment.response(place.client, place.episode, instrument, each, taken_at=at)


def test_results_come_newest_first_and_only_of_this_person(place):
    old, new = taken(place, 2, 90), taken(place, 1, 5, "gad-7")
    make_assessment.response(people.client(place.agency))

    assert [one.pk for one in selectors.results(actor=place.me)] == [new.pk, old.pk]


def test_each_scale_tells_how_it_has_gone(place):
    taken(place, 2, 90), taken(place, 1, 5), taken(place, 1, 60, "gad-7")

    phq, gad = selectors.courses(actor=place.me)

    assert (phq.title, phq.latest.total, phq.trend.code, len(phq.earlier)) == ("PHQ-9", 9, "better", 1)
    assert (gad.title, gad.trend.code, gad.band) == ("GAD-7", "first", "mild signs")


def test_a_scale_without_a_total_has_no_course(place):
    taken(place, 2, 90)
    record(place, [1] * 8 + [None])

    assert selectors.courses(actor=place.me)[0].trend is None


def test_a_total_from_elsewhere_is_shown_even_if_its_scale_does_not_ship(place):
    rows = [FromElsewhere("Observation/1", {"instrument": "k6", "total": 9, "taken_at": place.me.at})]
    services.results_receive(actor=place.me, client=place.client, episode=None, at=place.me.at, origin="x", rows=rows)

    (found,) = selectors.courses(actor=place.me)

    assert (found.title, found.highest_total, found.trend, found.latest.band) == ("K6", None, None, "")


def test_a_received_total_is_banded_by_the_published_rule(place):
    rows = [FromElsewhere("Observation/1", {"instrument": "gad-7", "total": 15, "taken_at": place.me.at})]
    services.results_receive(actor=place.me, client=place.client, episode=None, at=place.me.at, origin="x", rows=rows)

    assert everything().get().band == "severe"


# Pages ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_finishing_leads_to_the_result(browser, place, headers):
    answer = browser.post(url(place, "response_record", "phq-9"), sent(), headers=headers)

    found = everything().get()
    assert answer["Location"] == url(place, "response", found.pk)
    page = browser.get(answer["Location"]).content.decode()
    assert "Mild signs of low mood" in page
    assert PHQ9.copyright in page
    assert "Not yet checked by a clinician" in page


def test_the_runner_asks_every_question_in_its_published_words(browser, place):
    page = browser.get(url(place, "response_record", "gad-7")).content.decode()

    assert all(item.text in page for item in GAD7.items)
    assert page.count('type="radio"') == 7 * 4 + 4


def test_what_was_answered_comes_back_after_a_reload(browser, place):
    group = f"item_{scored(PHQ9)[2]}"
    saved = {"groups": group, f"fields.{group}": group, group: "3"}
    browser.post(reverse("access:draft_save", args=[place.client.pk, "assessment-phq-9"]), saved)

    page = browser.get(url(place, "response_record", "phq-9")).content.decode()

    assert "Your answers so far are here." in page
    assert "<span data-total>3</span> of 27" in page


def test_an_answer_made_up_is_said_at_its_question_and_the_others_stay(browser, place):
    answer = browser.post(url(place, "response_record", "phq-9"), sent(**{"item_44250-9": "9"}))

    assert answer.status_code == 422
    assert "Choose one of these answers, or none." in answer.content.decode()
    chosen = BeautifulSoup(answer.content, "html.parser").select("input[name^=item_][checked]")
    assert {field["value"] for field in chosen} == {"0", "1"}
    assert len(chosen) == 8
    assert not everything().exists()


def test_an_empty_form_says_what_to_do(browser, place):
    answer = browser.post(url(place, "response_record", "phq-9"), sent([None] * 9))

    assert answer.status_code == 422
    assert "No question is answered yet" in answer.content.decode()


def test_a_double_click_is_one_result(browser, place):
    values = sent()

    first, second = (browser.post(url(place, "response_record", "phq-9"), values) for _click in range(2))

    assert first["Location"] == second["Location"]
    assert everything().count() == 1


def test_a_result_without_a_total_says_why(browser, place):
    browser.post(url(place, "response_record", "gad-7"), sent([1, 1, 1, 1, 1, 1, None], GAD7))

    page = browser.get(url(place, "response", everything().get().pk)).content.decode()

    assert "No total: a question was left out." in page
    assert "left out" in page


def test_a_result_of_somebody_else_is_missing(browser, place):
    other = make_assessment.response(make.client_of(place.worker))

    assert browser.get(url(place, "response", other.pk)).status_code == 404
    assert browser.get(url(place, "response_record", "no-such-scale")).status_code == 404


def test_a_stranger_sees_the_missing_page(strange_browser, place):
    found = taken(place, 1, 3)
    missing = strange_browser.get(reverse("assessments:response", args=[new_id(), new_id()]))

    for address in (url(place, "response", found.pk), url(place, "response_record", "phq-9")):
        answer = strange_browser.get(address)
        assert (answer.status_code, answer.content) == (404, missing.content)


def test_the_runner_and_a_result_take_few_statements(browser, place, django_assert_max_num_queries):
    results = [taken(place, 1, days) for days in range(1, 60)]
    browser.get(url(place, "response", results[0].pk))

    with django_assert_max_num_queries(14):
        browser.get(url(place, "response", results[0].pk))
    with django_assert_max_num_queries(12):
        browser.get(url(place, "response_record", "phq-9"))
