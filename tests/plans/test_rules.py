"""Rules of the plan: gaps, the review date, the canonical text, what changed."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayfellow.plans import rules

DAY = date(2026, 6, 9)
TODAY = date(2026, 7, 1)

plain_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=20,
)
contents = st.dictionaries(st.text(max_size=8), plain_values, max_size=5)


@given(contents)
def test_a_canonical_text_read_back_gives_the_same_text(content):
    text = rules.canonical_text(content)

    assert rules.canonical_text(json.loads(text)) == text


@given(contents)
def test_the_order_of_the_keys_makes_no_difference(content):
    turned = dict(reversed(list(content.items())))

    assert rules.content_hash(turned) == rules.content_hash(content)


@given(st.text(alphabet=st.characters(categories=["L", "N"]), min_size=1), st.text(min_size=0))
def test_a_single_letter_more_is_another_text(letters, words):
    assert rules.content_hash({"own_words": words}) != rules.content_hash({"own_words": f"{letters}{words}{letters}"})


def test_line_ends_trailing_spaces_and_composed_letters_make_no_difference():
    assert rules.content_hash({"words": "Caf\u0065\u0301  \r\nopen "}) == rules.content_hash(
        {"words": "Caf\u00e9\nopen"}
    )


def test_days_and_moments_are_frozen_as_iso_text_in_utc():
    moment = datetime(2026, 6, 9, 9, 41, tzinfo=UTC)

    assert rules.plain({"day": DAY, "at": moment}) == {"day": "2026-06-09", "at": "2026-06-09T09:41:00.000000+00:00"}


@pytest.mark.parametrize(("kind", "days"), [("act", 90), ("icm", 90), ("hospital", 30), ("other", 90), ("", 90)])
def test_the_review_is_due_by_the_programs_rule(kind, days):
    assert rules.review_date(signed_on=DAY, kind=kind) == DAY + timedelta(days=days)


def test_the_review_rule_says_whose_it_is_and_that_nobody_checked_it():
    rule = rules.review_rule_on(DAY)

    assert rule.source == "Agency default"
    assert not rule.is_verified


def test_what_lacks_nothing_has_no_gap():
    assert rules.need_gaps(is_open=True, goals=1) == []
    assert rules.goal_gaps(is_open=True, has_need=True, objectives=1, actions=1) == []
    assert rules.objective_gaps(is_open=True, is_measured=True, due_date=TODAY, today=TODAY) == []
    assert rules.action_gaps(goes_on=True, has_owner=True) == []


def test_each_gap_is_named():
    assert rules.need_gaps(is_open=True, goals=0) == ["need_without_goal"]
    assert rules.goal_gaps(is_open=True, has_need=False, objectives=0, actions=0) == [
        "goal_without_need",
        "goal_without_objective",
        "goal_without_action",
    ]
    assert rules.objective_gaps(is_open=True, is_measured=False, due_date=None, today=TODAY) == [
        "objective_without_measure",
        "objective_without_date",
    ]
    assert rules.objective_gaps(is_open=True, is_measured=True, due_date=DAY, today=TODAY) == ["objective_past_date"]
    assert rules.action_gaps(goes_on=True, has_owner=False) == ["action_without_owner"]


def test_what_has_ended_lacks_nothing():
    assert rules.need_gaps(is_open=False, goals=0) == []
    assert rules.goal_gaps(is_open=False, has_need=False, objectives=0, actions=0) == []
    assert rules.objective_gaps(is_open=False, is_measured=False, due_date=None, today=TODAY) == []
    assert rules.action_gaps(goes_on=False, has_owner=False) == []


def test_every_gap_belongs_to_one_check():
    checked = [code for codes in rules.CHECKS.values() for code in codes]

    assert len(checked) == len(set(checked)) == 8


def content(**changes):
    action = {"id": "a1", "title": "Budget", "who": "Renee", "how_often": "Monthly", "where": ""}
    step = {"id": "o1", "title": "Rent", "aim": "1", "due_date": "2026-07-03", "status": "active", "actions": [action]}
    goal = {"id": "g1", "title": "Lease", "words": "", "status": "active", "objectives": [step], "actions": []}
    whole = {"own_words": "Home", "needs": [{"id": "n1", "title": "Home", "words": "", "goals": [goal]}], "ended": []}
    return json.loads(json.dumps(whole | changes))


def test_the_same_content_has_no_changes():
    assert rules.changes(content(), content()) == []


def test_changes_say_what_was_and_what_is_now():
    after = content(own_words="Home and sleep")
    after["needs"][0]["goals"][0]["objectives"][0]["due_date"] = "2026-07-31"

    assert rules.changes(content(), after) == [
        rules.Change("plan", "changed", "", "own_words", "Home", "Home and sleep"),
        rules.Change("objective", "changed", "Rent", "due_date", "2026-07-03", "2026-07-31"),
    ]


def test_what_was_added_closed_and_is_gone_is_told_apart():
    after = content()
    goal = after["needs"][0]["goals"][0]
    goal["objectives"][0] |= {"status": "met", "actions": []}
    goal["actions"] = [{"id": "a2", "title": "Text the landlord", "who": "Mari", "how_often": "", "where": ""}]

    assert rules.changes(content(), after) == [
        rules.Change("objective", "closed", "Rent", "status", "active", "met"),
        rules.Change("action", "added", "Text the landlord"),
        rules.Change("action", "gone", "Budget"),
    ]


def test_a_goal_that_had_ended_before_is_not_told_again():
    before = content()
    before["ended"] = [{"id": "g0", "title": "Old", "words": "", "status": "met", "objectives": [], "actions": []}]

    assert rules.changes(before, content()) == []
