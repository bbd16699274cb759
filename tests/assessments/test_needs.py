"""Needs, strengths and diagnoses: written, changed, put in order, ended, taken up again; and what is refused."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from tests.factories import assessments as make_assessment
from tests.factories import people
from tests.factories import programs as make
from wayfellow.access.errors import AccessDenied, Hidden
from wayfellow.access.models import AuditRow
from wayfellow.access.received import FromElsewhere
from wayfellow.assessments import selectors, services
from wayfellow.assessments.models import Diagnosis, Need, Strength
from wayfellow.kernel.ids import new_id
from wayfellow.kernel.refusal import Changed

pytestmark = pytest.mark.django_db


def write(place, **more):
    fields = {"actor": place.me, "client": place.client, "key": new_id(), "domain": "housing", "words": ""}
    return services.need_write(**(fields | {"title": "A home that holds", "at": place.me.at} | more))


def needs(place):
    return selectors.needs(actor=place.me)


def titles(place):
    return [need.title for need in needs(place)]


def audited(verb, row):
    return AuditRow.objects.filter(verb=f"assessments.{verb}", record_id=row.pk).count()


def url(place, name, *more):
    return reverse(f"assessments:{name}", args=[place.client.pk, *more])


def sent(**fields):
    return {"key": str(new_id()), "domain": "food", "title": "Something warm every day", "words": ""} | fields


# Needs ---------------------------------------------------------------------------------------------------------------


def test_a_need_is_written_down_last_in_their_order(place):
    write(place)

    found = write(place, title="A bus pass", domain="other", words="So I can see my kids.")

    assert titles(place) == ["A home that holds", "A bus pass"]
    assert (found.episode_id, found.raised_by) == (place.episode.pk, place.worker.pk)
    assert audited("need.write", found) == 1


def test_sent_twice_is_one_need(place):
    key = new_id()

    assert write(place, key=key).pk == write(place, key=key).pk
    assert len(needs(place)) == 1


def test_a_need_is_changed_and_the_second_of_two_is_shown_both(place):
    need = write(place)
    (mine,) = needs(place)

    write(place, need=need, version=1, title="A home with a lock")
    with pytest.raises(Changed) as told:
        write(place, need=mine, version=1, title="A flat")

    assert told.value.theirs.title == "A home with a lock"
    assert audited("need.write", need) == 2


def test_a_need_that_ended_is_not_changed(place):
    need = write(place)
    services.need_close(actor=place.me, need=need, version=1, because="Lease signed", at=place.me.at)

    with pytest.raises(services.NeedClosed):
        write(place, need=need, version=2, title="Another home")


def test_a_need_ends_with_how_and_comes_last(place):
    first = write(place)
    write(place, title="A bus pass")

    services.need_close(actor=place.me, need=first, version=1, because="Lease signed", at=place.me.at)

    assert titles(place) == ["A bus pass", "A home that holds"]
    assert [need.title for need in selectors.needs(actor=place.me, open_only=True)] == ["A bus pass"]
    assert audited("need.close", first) == 1


def test_closing_twice_changes_nothing(place):
    need = make_assessment.need(place.client, closed_at=place.me.at, closed_because="Lease signed")

    services.need_close(actor=place.me, need=need, version=1, because="Something else", at=place.me.at)

    assert needs(place)[0].closed_because == "Lease signed"


def test_the_database_keeps_that_a_closed_need_says_how(place):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_assessment.need(place.client, closed_at=place.me.at, closed_because="")


def test_a_need_is_taken_up_again(place):
    need = make_assessment.need(place.client, closed_at=place.me.at, closed_because="Lease signed")

    services.need_reopen(actor=place.me, need=need, version=1)

    assert needs(place)[0].closed_at is None


def test_what_matters_most_is_put_first(place):
    for title in ("One", "Two", "Three"):
        write(place, title=title)

    services.need_first(actor=place.me, need=needs(place)[2])

    assert titles(place) == ["Three", "One", "Two"]
    assert audited("need.write", needs(place)[1]) == 2


def test_a_stranger_writes_nothing_and_peer_support_only_reads(place):
    write(place)

    with pytest.raises(Hidden):
        write(place, actor=place.stranger_actor)
    with pytest.raises(AccessDenied):
        write(place, actor=place.peer_actor)

    assert [need.title for need in selectors.needs(actor=place.peer_actor)] == ["A home that holds"]


# Strengths and diagnoses ---------------------------------------------------------------------------------------------


def strength(place, **more):
    fields = {"actor": place.me, "client": place.client, "key": new_id(), "domain": "family", "words": ""}
    return services.strength_write(**(fields | {"title": "Her dog Biscuit", "at": place.me.at} | more))


def diagnosis(place, **more):
    fields = {"actor": place.me, "client": place.client, "key": new_id(), "title": "Bipolar I disorder"}
    return services.diagnosis_write(**(fields | {"at": place.me.at, "said_by": "Dr. Bell"} | more))


def test_a_strength_is_written_once_changed_and_taken_off(place):
    key = new_id()
    found = strength(place, key=key)
    assert strength(place, key=key).pk == found.pk

    strength(place, strength=found, version=1, title="Biscuit, and the long way round")
    with pytest.raises(Changed):
        strength(place, strength=found, version=1, title="Something else")
    services.strength_end(actor=place.me, strength=selectors.strengths(actor=place.me)[0], version=2, at=place.me.at)

    assert selectors.strengths(actor=place.me) == []
    assert Strength.objects.for_policy().get().title == "Biscuit, and the long way round"
    assert audited("strength.write", found) == 3


def test_a_diagnosis_is_written_once_ends_and_holds_again(place):
    key = new_id()
    found = diagnosis(place, key=key)
    assert diagnosis(place, key=key).pk == found.pk

    ended = services.diagnosis_end(actor=place.me, diagnosis=found, version=1, on=place.me.at.date())
    assert selectors.diagnoses(actor=place.me) == []
    assert [one.pk for one in selectors.diagnoses_before(actor=place.me)] == [ended.pk]

    services.diagnosis_resume(actor=place.me, diagnosis=selectors.diagnoses_before(actor=place.me)[0], version=2)
    assert [one.ended_date for one in selectors.diagnoses(actor=place.me)] == [None]
    assert audited("diagnosis.write", found) == 3


def test_a_diagnosis_that_somebody_else_has_just_ended_is_said(place):
    found = diagnosis(place)
    services.diagnosis_end(
        actor=place.me, diagnosis=selectors.diagnoses(actor=place.me)[0], version=1, on=place.me.at.date()
    )

    with pytest.raises(Changed):
        services.diagnosis_end(actor=place.me, diagnosis=found, version=1, on=place.me.at.date())


def test_peer_support_sees_no_diagnosis(place):
    diagnosis(place)

    assert selectors.diagnoses(actor=place.peer_actor) == []
    with pytest.raises(AccessDenied):
        diagnosis(place, actor=place.peer_actor)


def test_a_received_diagnosis_is_made_once(place):
    rows = [FromElsewhere("Condition/1", {"title": "Asthma"})]
    for _time in range(2):
        services.diagnoses_receive(
            actor=place.me, client=place.client, episode=None, at=place.me.at, origin="x", rows=rows
        )

    assert Diagnosis.objects.for_policy().get().title == "Asthma"


# Pages ---------------------------------------------------------------------------------------------------------------


def test_an_empty_page_says_how_to_begin(browser, place):
    page = browser.get(url(place, "assessments")).content.decode()

    assert "No need is written down." in page
    assert "None gone through yet." in page


def test_the_page_shows_all_of_it(browser, place):
    write(place, words="I want to stop moving.")
    make_assessment.need(place.client, closed_at=place.me.at, closed_because="She has a pass", title="A bus pass")
    make_assessment.strength(place.client)
    make_assessment.response(place.client, place.episode)
    make_assessment.diagnosis(place.client, is_active=False, title="Panic disorder")

    page = browser.get(url(place, "assessments")).content.decode()

    for words in (
        "I want to stop moving.",
        "She has a pass",
        "A sister who picks up",
        "the first result",
        "Panic disorder",
    ):
        assert words in page


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_a_need_is_written_on_its_page(browser, place, headers):
    answer = browser.post(url(place, "need_write"), sent(domain="other"), headers=headers)

    assert answer["Location"] == url(place, "assessments")
    assert (needs(place)[0].domain, needs(place)[0].title) == ("other", "Something warm every day")


def test_two_clicks_are_one_need(browser, place):
    values = sent()
    for _click in range(2):
        browser.post(url(place, "need_write"), values)

    assert len(needs(place)) == 1


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"title": ""}, "Say in a few words what stands in the way."),
        ({"domain": ""}, "Choose a part of life"),
    ],
)
def test_a_need_that_lacks_something_keeps_what_was_typed(browser, place, wrong, said):
    answer = browser.post(url(place, "need_write"), sent(words="What I typed") | wrong)

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert "What I typed" in answer.content.decode()
    assert needs(place) == []


def test_a_need_changed_meanwhile_shows_both_and_saves_on_the_second_press(browser, place):
    need = write(place)
    write(place, need=needs(place)[0], version=1, title="Theirs")

    answer = browser.post(url(place, "need_write", need.pk), sent(title="Mine", version="1"))

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Theirs" in page
    assert 'name="version" value="2"' in page
    assert browser.post(url(place, "need_write", need.pk), sent(title="Mine", version="2")).status_code == 302
    assert titles(place) == ["Mine"]


def test_a_need_ends_on_its_page_only_with_how(browser, place):
    need = write(place)
    end = url(place, "need_close", need.pk)

    assert browser.get(end).status_code == 200
    assert browser.post(end, {"version": "1", "because": " "}).status_code == 422
    assert browser.post(end, {"version": "1", "because": "Lease signed"}).status_code == 302
    assert browser.post(url(place, "need_write", need.pk), sent(version="2")).status_code == 422
    assert browser.post(url(place, "need_reopen", need.pk)).status_code == 302
    assert needs(place)[0].closed_at is None


def test_buttons_of_the_page_do_what_they_say(browser, place):
    write(place, title="One")
    second = write(place, title="Two")
    something = strength(place)
    found = diagnosis(place)

    browser.post(url(place, "need_first", second.pk))
    browser.post(url(place, "strength_end", something.pk))
    browser.post(url(place, "diagnosis_end", found.pk))

    assert titles(place) == ["Two", "One"]
    assert selectors.strengths(actor=place.me) == []
    assert selectors.diagnoses(actor=place.me) == []
    browser.post(url(place, "diagnosis_resume", found.pk))
    assert len(selectors.diagnoses(actor=place.me)) == 1


def test_a_strength_and_a_diagnosis_are_written_on_their_pages(browser, place):
    browser.post(url(place, "strength_write"), sent(title="Cooks for the whole house"))
    browser.post(url(place, "diagnosis_write"), {"key": str(new_id()), "title": "Panic disorder", "since_date": ""})

    assert selectors.strengths(actor=place.me)[0].title == "Cooks for the whole house"
    assert selectors.diagnoses(actor=place.me)[0].title == "Panic disorder"
    assert browser.post(url(place, "diagnosis_write"), {"key": str(new_id()), "title": ""}).status_code == 422
    wrong = {"key": str(new_id()), "title": "Panic disorder", "since_date": "last year"}
    assert "Write the day like" in browser.post(url(place, "diagnosis_write"), wrong).content.decode()


def test_rows_of_somebody_else_are_missing(browser, place):
    other = make.client_of(place.worker)
    need = make_assessment.need(other)

    assert browser.get(url(place, "need_write", need.pk)).status_code == 404
    assert browser.post(url(place, "need_first", need.pk)).status_code == 404
    assert browser.post(url(place, "strength_end", make_assessment.strength(other).pk)).status_code == 404
    assert browser.post(url(place, "diagnosis_end", make_assessment.diagnosis(other).pk)).status_code == 404


def test_a_stranger_sees_the_missing_page(strange_browser, place):
    missing = strange_browser.get(reverse("assessments:assessments", args=[new_id()]))

    answer = strange_browser.get(url(place, "assessments"))

    assert (answer.status_code, answer.content) == (404, missing.content)


def test_peer_support_is_offered_no_form(peer_browser, place):
    write(place)

    page = peer_browser.get(url(place, "assessments")).content.decode()

    assert "A home that holds" in page
    assert "Add a need" not in page
    assert "Working diagnoses" not in page


def test_the_page_costs_the_same_for_one_need_and_for_forty(browser, place, django_assert_max_num_queries):
    for number in range(40):
        make_assessment.need(place.client, title=f"Need {number}")
        make_assessment.response(place.client, instrument="phq-9" if number % 2 else "gad-7")
    people.client(place.agency)
    browser.get(url(place, "assessments"))

    with django_assert_max_num_queries(17):
        browser.get(url(place, "assessments"))


def test_needs_are_of_one_person(place):
    make_assessment.need(people.client(place.agency))

    assert Need.objects.for_policy().count() == 1
    assert needs(place) == []
