"""Cover: who may arrange it for whom, and that it begins and ends by itself."""

from datetime import timedelta

import pytest
from django.test import Client as Browser

from tests.factories import programs as make
from wayfellow.access.errors import AccessDenied, Hidden
from wayfellow.access.models import AuditRow
from wayfellow.kernel import clock
from wayfellow.kernel.ids import new_id
from wayfellow.programs import selectors, services
from wayfellow.programs.models import Cover

pytestmark = pytest.mark.django_db


@pytest.fixture
def agency():
    return make.agency()


@pytest.fixture
def away(agency):
    return make.staff(agency)


@pytest.fixture
def covering(agency):
    return make.staff(agency)


def arrange(who, covered, covering, **more):
    now = clock.now()
    values = {"starts_at": now, "ends_at": now + timedelta(days=7), "key": new_id(), "why": "Vacation"}
    return services.cover_make(actor=make.actor(who), covered=covered, covering=covering, **(values | more))


def people_of(who, at=None):
    return [episode.client for episode in selectors.caseload(actor=make.actor(who, at))]


def test_who_covers_sees_the_people_until_the_end_and_not_after(away, covering):
    person = make.client_of(away)

    cover = arrange(away, away, covering)

    assert people_of(covering) == [person]
    assert selectors.staff_ids_i_stand_in_for(actor=make.actor(covering)) == {away.pk}
    assert people_of(covering, cover.ends_at) == []
    assert AuditRow.objects.get(verb="programs.cover.mine").staff_id == away.pk


def test_the_same_form_sent_twice_is_one_cover(away, covering):
    key = new_id()

    assert arrange(away, away, covering, key=key).pk == arrange(away, away, covering, key=key).pk


def test_cover_ended_early_opens_nothing_from_then_on(away, covering):
    make.client_of(away)
    cover = arrange(away, away, covering)

    services.cover_end(actor=make.actor(away), cover=cover, at=clock.now())

    assert people_of(covering) == []


def test_cover_called_off_never_begins(away, covering):
    start = clock.now() + timedelta(days=2)
    cover = arrange(away, away, covering, starts_at=start, ends_at=start + timedelta(days=2))

    services.cover_end(actor=make.actor(away), cover=cover, at=clock.now())

    assert not Cover.objects.in_force(start).exists()


def test_only_a_colleague_who_works_with_clients_can_cover(agency, away):
    for person in (away, make.staff(agency, "administrator"), make.staff(agency, is_active=False)):
        with pytest.raises(services.CannotCover):
            arrange(away, away, person)
    with pytest.raises(Hidden):
        arrange(away, away, make.staff(make.agency()))


def test_cover_ends_after_it_begins_and_not_in_the_past(away, covering):
    now = clock.now()
    for starts, ends in ((now, now), (now - timedelta(days=3), now - timedelta(days=1))):
        with pytest.raises(services.EndsBeforeStart):
            arrange(away, away, covering, starts_at=starts, ends_at=ends)


def test_for_others_it_is_arranged_by_who_looks_after_them(agency, away, covering):
    supervisor, manager = make.staff(agency, "supervisor"), make.staff(agency, "program_manager")
    make.supervision(supervisor, away)
    program = make.program(agency)
    make.management(manager, program)
    make.client_of(away, program)

    for who in (supervisor, manager, make.staff(agency, "administrator")):
        arrange(who, away, covering)

    assert AuditRow.objects.filter(verb="programs.cover.change").count() == 3


def test_for_others_it_is_not_arranged_by_anyone_else(agency, away, covering):
    stranger_supervisor, stranger_manager = make.staff(agency, "supervisor"), make.staff(agency, "program_manager")
    make.management(stranger_manager, make.program(agency))
    cover = arrange(away, away, covering)

    for who in (covering, stranger_supervisor, stranger_manager, make.staff(agency, "privacy_lead")):
        with pytest.raises(AccessDenied):
            arrange(who, away, covering)
        with pytest.raises(AccessDenied):
            services.cover_end(actor=make.actor(who), cover=cover, at=clock.now())
    with pytest.raises(AccessDenied):
        arrange(make.staff(make.agency(), "administrator"), away, covering)


def test_the_lists_show_what_concerns_the_reader(agency, away, covering):
    cover = arrange(away, away, covering)
    other = make.staff(agency)

    assert [row.pk for row in selectors.covers(actor=make.actor(covering))] == [cover.pk]
    assert selectors.covers(actor=make.actor(other)) == []
    assert selectors.coverable(actor=make.actor(other)) == [other]
    with pytest.raises(Hidden):
        selectors.cover(actor=make.actor(other), cover_id=cover.pk)


# Screens -------------------------------------------------------------------------------------------------------------


@pytest.fixture
def browser(away):
    found = Browser()
    found.force_login(away.user)
    return found


def sent(away, who_covers, **more):
    today = clock.local_date(clock.now(), away.agency.timezone)
    values = {
        "key": new_id(),
        "covered": away.pk,
        "covering": who_covers.pk,
        "first_day": today.isoformat(),
        "last_day": (today + timedelta(days=4)).isoformat(),
        "why": "Vacation",
    }
    return values | more


def test_cover_is_arranged_on_one_page_and_counts_its_last_day(away, browser, covering):
    answer = browser.post("/cover/new/", sent(away, covering), follow=True)

    assert answer.redirect_chain[-1][0] == "/cover/"
    assert f"{covering.name} for {away.name}" in answer.content.decode()
    cover = Cover.objects.get()
    last = clock.local_date(cover.ends_at - timedelta(seconds=1), away.agency.timezone)
    assert last == clock.local_date(clock.now(), away.agency.timezone) + timedelta(days=4)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"covering": ""}, "Choose one from the list."),
        ({"last_day": ""}, "Choose a day."),
        ({"last_day": "soon"}, "year-month-day"),
        ({"first_day": "2020-01-01"}, "That day is over."),
        ({"last_day": "2020-01-01"}, "The last day is before the first."),
        ({"last_day": "9999-12-31"}, "That day is too far ahead."),
        ({"first_day": "9999-12-31"}, "That day is too far ahead."),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_the_words_stay(away, browser, covering, wrong, says):
    answer = browser.post("/cover/new/", sent(away, covering, **wrong))

    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert 'value="Vacation"' in answer.content.decode()
    assert not Cover.objects.exists()


def test_cover_is_ended_by_one_press(away, browser, covering):
    cover = arrange(away, away, covering)

    browser.post(f"/cover/{cover.pk}/end/")

    assert not Cover.objects.in_force(clock.now()).exists()


def test_the_cover_page_costs_the_same_for_few_and_many(agency, away, browser, covering, django_assert_max_num_queries):
    for _ in range(12):
        arrange(away, away, make.staff(agency))
    browser.get("/cover/")

    with django_assert_max_num_queries(16):
        browser.get("/cover/")
