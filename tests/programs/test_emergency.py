"""Break-glass: what it opens, that its answer tells nothing, and its review."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from tests.factories import made, people
from tests.factories import programs as make
from wayfellow.access import policy
from wayfellow.access.errors import AccessDenied, Hidden
from wayfellow.access.models import AuditRow
from wayfellow.access.secrets import seal
from wayfellow.kernel import clock
from wayfellow.kernel.ids import new_id
from wayfellow.people.models import Identifier
from wayfellow.programs import rules, selectors, services
from wayfellow.programs.models import BreakGlassOpening, BreakGlassRequest, Episode

BORN = date(1984, 3, 9)
EMERGENCY = services.MedicalEmergency("Dr. Okafor", "St. Anne's", "Not breathing well", "Not awake")


@pytest.fixture
def agency(db):
    return make.agency()


@pytest.fixture
def asker(agency):
    return make.staff(agency)


@pytest.fixture
def lead(agency):
    return make.staff(agency, "privacy_lead")


@pytest.fixture
def person(agency):
    return people.client(agency, chosen_name="Zoë  Árbol", legal_name="Zoe Arbol Diaz", birth_date=BORN)


def ask(who, **asked):
    values = {"name": "zoe arbol", "birth_date": BORN, "why": "The hospital called", "key": new_id(), "at": clock.now()}
    return services.break_glass(actor=make.actor(who), **(values | asked))


def opened(who):
    return [opening.client.chosen_name for opening in selectors.open_glass(actor=make.actor(who))]


def knows(who, client):
    return bool(policy.standing(make.actor(who), client.pk).granted)


# What it opens -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["ZOË ÁRBOL", "zoe arbol", "Zoe Arbol Diaz"])
def test_a_full_name_and_a_birth_date_open_one_record_for_four_hours(asker, person, name):
    request = ask(asker, name=name)

    assert opened(asker) == [person.chosen_name]
    opening = BreakGlassOpening.objects.for_policy().get()
    assert opening.ends_at - opening.starts_at == timedelta(hours=4)
    assert request.was_opened
    row = AuditRow.objects.get(verb="programs.breakglass.ask")
    assert (row.client_id, row.reason, row.outcome) == (person.pk, "break-glass", "done")
    later = make.actor(asker, clock.now() + timedelta(hours=4, minutes=1))
    assert selectors.open_glass(actor=later) == []
    assert not policy.standing(later, person.pk).granted


def test_an_identifier_opens_it_too(agency, asker, person):
    key = new_id()
    made(
        Identifier(
            pk=key,
            client=person,
            agency_id=agency.pk,
            system="urn:x",
            value_sealed=seal("A 77", model="people.Identifier", key=key, field="value"),
            value_blind=Identifier.blinded("A 77"),
        )
    )

    ask(asker, name="", birth_date=None, identifier="a77")

    assert opened(asker) == [person.chosen_name]


def test_what_was_typed_is_kept_sealed(asker, person):
    request = ask(asker)

    assert "arbol" not in request.asked_sealed
    assert BreakGlassRequest.objects.get().emergency_facts == {}


def test_the_same_form_sent_twice_is_one_request(asker, person):
    key = new_id()

    assert ask(asker, key=key).pk == ask(asker, key=key).pk
    assert BreakGlassOpening.objects.for_policy().count() == 1


# What it does not open -----------------------------------------------------------------------------------------------


def test_a_block_beats_it(asker, person):
    people.conflict_block(person, asker)

    ask(asker)

    assert opened(asker) == []
    row = AuditRow.objects.get(verb="programs.breakglass.ask")
    assert (row.client_id, row.outcome) == (person.pk, "refused")


def test_a_block_that_is_made_later_ends_it(asker, person):
    ask(asker)
    people.conflict_block(person, asker)

    assert opened(asker) == []


def test_nothing_opens_for_no_match_two_matches_or_another_agency(agency, asker, person):
    people.client(make.agency(), chosen_name="Elsewhere", birth_date=BORN)
    for _ in range(2):
        people.client(agency, chosen_name="Twice", birth_date=BORN)

    for name in ("Nobody", "Elsewhere", "Twice"):
        assert not ask(asker, name=name).was_opened
    assert opened(asker) == []
    assert set(AuditRow.objects.filter(outcome="refused").values_list("client_id", flat=True)) == {None}


def test_a_birth_date_alone_or_an_empty_identifier_opens_nothing(asker, person):
    assert not ask(asker, name="", identifier=" ").was_opened


def test_an_administrator_opens_no_client_in_any_way(agency, person):
    administrator = make.staff(agency, "administrator")

    assert not ask(administrator).was_opened


def test_part_2_rows_open_in_a_medical_emergency_only(agency, asker, person):
    make.episode(person, make.program(agency))
    hidden = make.episode(person, make.program(agency, is_part2=True))

    def visible():
        actor = make.actor(asker).focused(person.pk)
        return Episode.objects.for_actor(actor).filter(pk=hidden.pk).exists()

    ask(asker)
    assert opened(asker) == [person.chosen_name]
    assert not visible()

    request = ask(asker, emergency=EMERGENCY)
    assert visible()
    assert opened(asker) == [person.chosen_name]
    assert request.emergency_facts["told_where"] == "St. Anne's"


def test_someone_known_by_part_2_alone_is_known_in_a_medical_emergency_only(agency, asker, person):
    make.episode(person, make.program(agency, is_part2=True))

    assert not ask(asker).was_opened
    assert not knows(asker, person)
    assert ask(asker, emergency=EMERGENCY).was_opened


def test_today_asks_one_thing_when_nothing_is_open(asker, person, django_assert_num_queries):
    actor = make.actor(asker)

    with django_assert_num_queries(1):
        assert selectors.open_glass(actor=actor) == []


def test_what_is_open_stands_on_no_list(asker, person):
    ask(asker)

    actor = make.actor(asker)
    assert selectors.caseload(actor=actor) == []
    assert list(Episode.objects.for_actor(actor)) == []


def test_three_a_day_whatever_came_of_them(asker, person):
    for name in ("Nobody", "Nobody", "zoe arbol"):
        ask(asker, name=name)

    with pytest.raises(services.TooManyToday):
        ask(asker)
    tomorrow = clock.now() + timedelta(days=1)
    assert ask(asker, at=tomorrow).was_opened


def test_a_match_none_and_a_block_take_the_same_statements(agency, person):
    blocked = make.staff(agency)
    people.conflict_block(person, blocked)
    counts = []
    for who, name in ((make.staff(agency), "zoe arbol"), (make.staff(agency), "Nobody"), (blocked, "zoe arbol")):
        actor = make.actor(who)
        with CaptureQueriesContext(
            connection,
        ) as seen:
            services.break_glass(actor=actor, name=name, birth_date=BORN, why="-", key=new_id(), at=clock.now())
        # The head of an audit chain is made at its first use, which is another's for another client.
        counts.append(sum("access_chainhead" not in query["sql"] for query in seen.captured_queries))

    assert len(set(counts)) == 1, counts


# Review --------------------------------------------------------------------------------------------------------------


def reviews(actor, **which):
    return selectors.break_glass_reviews(actor=actor, requests=selectors.break_glass_requests(actor=actor, **which))


def review(who, request, **values):
    values = {"outcome": "needed", "words": "They could not ask.", "at": clock.now()} | values
    return services.break_glass_review(actor=make.actor(who), request=request, **values)


def test_the_privacy_lead_sees_who_asked_for_whom_and_says_whether_it_was_needed(asker, lead, person):
    request = ask(asker)
    ask(asker, name="Nobody")

    first, second = reviews(make.actor(lead))
    assert [client.chosen_name for client in first.clients] == [person.chosen_name]
    assert first.asked == {"name": "zoe arbol", "birth_date": BORN}
    assert (second.clients, second.is_mine, second.is_late) == ((), True, False)

    review(lead, request)

    assert [row.request.pk for row in reviews(make.actor(lead))] == [second.request.pk]
    done = reviews(make.actor(lead), done=True)[0].request
    assert (done.review_outcome, done.reviewed_by_id) == ("needed", lead.pk)
    assert AuditRow.objects.filter(verb="programs.breakglass.review", client_id=person.pk).count() == 1


def test_it_is_late_after_three_business_days(asker, lead, person):
    ask(asker)

    later = make.actor(lead, clock.now() + timedelta(days=8))
    assert [row.is_late for row in reviews(later)] == [True]


def test_nobody_reviews_themselves_or_those_they_supervise(agency, asker, person):
    lead = make.staff(agency, "privacy_lead", "case_manager", "supervisor")
    make.supervision(lead, asker)

    for request in (ask(lead), ask(asker)):
        assert not selectors.break_glass_request(actor=make.actor(lead), request_id=request.pk).is_mine
        with pytest.raises(services.NotYoursToReview):
            review(lead, request)


def test_the_second_review_changes_nothing(agency, asker, lead, person):
    request = ask(asker)
    review(lead, request)

    with pytest.raises(services.ReviewedAlready):
        review(make.staff(agency, "privacy_lead"), request, outcome="not_needed")
    assert BreakGlassRequest.objects.get().review_outcome == "needed"


def test_only_a_privacy_lead_of_the_agency_reviews(asker, person):
    request = ask(asker)

    with pytest.raises(AccessDenied):
        review(asker, request)
    stranger = make.staff(make.agency(), "privacy_lead")
    with pytest.raises(Hidden):
        review(stranger, request)
    with pytest.raises(Hidden):
        selectors.break_glass_request(actor=make.actor(stranger), request_id=request.pk)


# Rules ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "by"),
    [
        (date(2026, 11, 23), date(2026, 11, 26)),  # Monday to Thursday
        (date(2026, 11, 25), date(2026, 11, 30)),  # Wednesday over the weekend to Monday
        (date(2026, 11, 28), date(2026, 12, 2)),  # Saturday to Wednesday
    ],
)
def test_a_review_has_three_business_days(asked, by):
    assert rules.review_by(asked) == by


@given(st.dates(min_value=date(2020, 1, 1), max_value=date(2040, 1, 1)))
def test_a_review_day_is_a_working_day_three_to_five_days_on(asked):
    by = rules.review_by(asked)

    assert by.weekday() < 5
    assert 3 <= (by - asked).days <= 5


def test_a_caseload_weighs_what_the_table_of_its_day_says():
    counts = {"light": 4, "steady": 3, "intensive": 2, "unheard of": 1}

    assert rules.caseload_weight(counts, day=date(2026, 11, 25)) == 4 * 1 + 3 * 2 + 2 * 4 + 1 * 2
    assert rules.caseload_weight({}, day=date(2000, 1, 1)) == 0


def test_every_weight_table_says_where_it_comes_from_and_knows_every_level():
    for table in rules.all_weights():
        assert table.source
        assert table.reviewed_on >= table.effective_from
        assert set(table.by_level) == {"light", "steady", "active", "intensive"}
