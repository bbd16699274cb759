"""Reading the thread and the board: in order, with gaps, bounded, and only what this reader may know."""

from datetime import timedelta

import pytest
from django.http import Http404
from django.urls import reverse

from tests.factories import plans as make_plans
from tests.factories import programs as make
from wayfellow.kernel import clock
from wayfellow.plans import selectors

pytestmark = pytest.mark.django_db


def codes(gaps):
    return [gap.code for gap in gaps]


def test_the_thread_runs_from_need_to_action(place, plan):
    goal = make_plans.goal(plan, need=place.need)
    step = make_plans.objective(goal)
    serves = make_plans.intervention(goal, objective=step, title="Budget")
    loose = make_plans.intervention(goal, title="Call", place=1)

    (row,) = selectors.thread(actor=place.me)

    assert row.need == place.need
    assert row.goals[0].goal == goal
    assert row.goals[0].objectives == [step]
    assert row.goals[0].steps[0].interventions == (serves,)
    assert row.goals[0].interventions == [serves, loose]


def test_a_goal_that_names_no_need_stands_last_under_none(place, plan):
    make_plans.goal(plan)

    thread = selectors.thread(actor=place.me)

    assert [row.need for row in thread] == [place.need, None]
    assert "goal_without_need" in codes(thread[1].goals[0].gaps)


def test_a_gap_says_what_is_missing_and_where_it_is_mended(place):
    (row,) = selectors.thread(actor=place.me)

    (gap,) = row.gaps
    assert gap.words == "“A home that holds” has no goal yet"
    assert gap.short == "No goal yet"
    assert gap.url == reverse("plans:goal_write", args=[place.client.pk]) + f"?need={place.need.pk}"


def test_a_whole_thread_has_no_gap(place, plan):
    goal = make_plans.goal(plan, need=place.need)
    step = make_plans.objective(goal, measure="Receipts", due_date=clock.now().date() + timedelta(days=9))
    make_plans.intervention(goal, objective=step, who="Mari")

    (row,) = selectors.thread(actor=place.me)

    assert codes(row.gaps) == codes(row.goals[0].gaps) == []


def test_gaps_below_a_goal_are_told_at_the_goal(place, plan):
    goal = make_plans.goal(plan, need=place.need)
    make_plans.objective(goal)
    make_plans.intervention(goal)

    (row,) = selectors.thread(actor=place.me)

    assert codes(row.goals[0].gaps) == ["objective_without_measure", "objective_without_date", "action_without_owner"]


def test_a_day_that_has_passed_asks_how_it_went(place, plan):
    make_plans.objective(make_plans.goal(plan), measure="Receipts", due_date=clock.now().date() - timedelta(days=9))

    gaps = selectors.board(actor=place.me, plan=plan).gaps

    assert "objective_past_date" in codes(gaps)


def test_who_may_not_write_sees_no_gaps(place, plan):
    make_plans.goal(plan)
    peer = make.staff(place.agency, "peer_support")
    make.assignment(peer, place.episode, kind="secondary")
    actor = make.actor(peer).focused(place.client.pk)

    thread = selectors.thread(actor=actor)

    assert [codes(row.gaps) for row in thread] == [[], []]
    assert codes(thread[1].goals[0].gaps) == []


def test_what_was_received_has_no_gaps(place):
    make_plans.goal(make_plans.received_plan(place.client, place.episode), origin="Riverbend", origin_id="1")

    thread = selectors.thread(actor=place.me)

    assert codes(thread[1].goals[0].gaps) == []


def test_the_thread_of_a_large_plan_takes_five_statements(place, django_assert_max_num_queries):
    make_plans.whole_plan(place.client, place.episode, needs=40)
    fresh = make.actor(place.worker).focused(place.client.pk)

    with django_assert_max_num_queries(5):
        thread = selectors.thread(actor=fresh)
        assert [goal.goal.plan.pk for row in thread for goal in row.goals]

    assert len(thread) == 41


def test_the_board_of_a_large_plan_takes_few_statements(place, django_assert_max_num_queries):
    whole = make_plans.whole_plan(place.client, place.episode, needs=40)
    fresh = make.actor(place.worker).focused(place.client.pk)

    with django_assert_max_num_queries(6):
        board = selectors.board(actor=fresh, plan=whole)

    assert len(board.goals) == 40
    assert [check.code for check in board.checks if check.is_well] == ["objectives", "measures", "actions"]


def test_goals_that_ended_leave_the_board(place, plan):
    make_plans.goal(plan, need=place.need, status="met", closed_at=clock.now(), closed_because="Signed")

    board = selectors.board(actor=place.me, plan=plan)

    assert board.goals == []
    assert [row.goal.closed_because for row in board.ended] == ["Signed"]
    assert codes(board.gaps) == []


def test_open_interventions_name_goal_and_objective_without_asking_again(place, plan, django_assert_num_queries):
    goal = make_plans.goal(plan)
    step = make_plans.objective(goal)
    make_plans.intervention(goal, objective=step)
    make_plans.intervention(goal, title="Call", ended_at=clock.now())
    make_plans.intervention(make_plans.goal(plan, status="ended", closed_at=clock.now()), title="Old")
    selectors.open_interventions(actor=place.me)

    with django_assert_num_queries(1):
        found = [
            (row.title, row.goal.title, row.objective.title) for row in selectors.open_interventions(actor=place.me)
        ]

    assert found == [("Go through the budget", "The lease is renewed", "Rent paid by the 3rd")]


def test_review_dates_are_read_for_everyone_in_one_statement(place, plan, django_assert_num_queries):
    make_plans.goal(plan)
    version = make_plans.signed(plan, place.worker)
    make_plans.plan(make.client_of(place.worker))
    listing = make.listing_actor(place.worker)
    selectors.review_dates_by_episode(actor=listing)  # the first look also reads whom the actor knows

    with django_assert_num_queries(1):
        found = selectors.review_dates_by_episode(actor=listing)

    assert found == {place.episode.pk: version.review_date}
    assert selectors.review_dates_by_episode(actor=place.me) == found
    assert selectors.review_dates_by_episode(actor=make.actor(place.stranger)) == {}


def test_versions_are_listed_without_their_content(place, plan):
    make_plans.goal(plan)
    first = make_plans.signed(plan, place.worker)

    (found,) = selectors.versions(actor=place.me)

    assert found == first
    assert "content" in found.get_deferred_fields()


def test_a_stranger_reads_nothing(place, plan):
    goal = make_plans.goal(plan)
    actor = make.actor(place.stranger).focused(place.client.pk)

    assert selectors.thread(actor=actor) == []
    assert selectors.plans(actor=actor) == []
    assert selectors.open_interventions(actor=actor) == []
    with pytest.raises(Http404):
        selectors.goal(actor=actor, goal_id=goal.pk)
    with pytest.raises(Http404):
        selectors.plan_by_id(actor=actor, plan_id=plan.pk)


def test_a_part_2_plan_and_its_needs_do_not_exist_for_others(place, plan):
    part2 = make.episode(place.client, make.program(place.agency, is_part2=True))
    counselor = make.staff(place.agency)
    make.assignment(counselor, part2)
    make.assignment(counselor, place.episode, kind="secondary")
    theirs = make_plans.need(place.client, part2, title="Nights without drinking")
    hidden = make_plans.plan(place.client, part2)
    make_plans.goal(hidden, need=theirs, title="Ninety days")
    knows = make.actor(counselor).focused(place.client.pk)

    told = [goal.goal.title for row in selectors.thread(actor=place.me) for goal in row.goals]

    assert told == []
    assert theirs in selectors.needs_for(actor=knows, plan=hidden)
    assert theirs not in selectors.needs_for(actor=knows, plan=plan)
    assert theirs not in [row.need for row in selectors.board(actor=knows, plan=plan).needs]
