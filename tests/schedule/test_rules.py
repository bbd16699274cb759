"""What is due, by the dated rules."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayfellow.schedule.rules import Facts, Rule, all_rules, due_items, rules_in_force, state_of

TODAY = date(2026, 11, 25)
CLIENT = UUID("0190a5b0-0000-7000-8000-000000000001")


def facts(**given):
    values = {"client_id": CLIENT, "episode_id": None, "opened": date(2026, 1, 5), "support_level": "active"}
    return Facts(**(values | {"has_signed_plan": True, "last_contact": TODAY} | given))


def due(rule, **given):
    return [item for item in due_items([facts(**given)], TODAY) if item.rule == rule]


@pytest.mark.parametrize(
    ("level", "agreed", "last", "act_by", "state"),
    [
        ("active", None, date(2026, 11, 20), date(2026, 11, 27), ""),
        ("active", None, date(2026, 11, 19), date(2026, 11, 26), "soon"),
        ("active", None, date(2026, 11, 18), date(2026, 11, 25), "today"),
        ("active", None, date(2026, 11, 15), date(2026, 11, 22), "late"),
        ("light", None, date(2026, 11, 15), date(2026, 12, 15), ""),
        ("intensive", None, date(2026, 11, 22), date(2026, 11, 25), "today"),
        ("active", 10, date(2026, 11, 15), date(2026, 11, 25), "today"),
    ],
)
def test_contact_is_due_by_the_agreed_rhythm_or_the_levels(level, agreed, last, act_by, state):
    (item,) = due("contact-rhythm", support_level=level, contact_every_days=agreed, last_contact=last)

    assert (item.act_by, item.state) == (act_by, state)


def test_somebody_never_reached_is_due_from_the_day_they_joined():
    (item,) = due("contact-rhythm", last_contact=None, opened=date(2026, 11, 20))

    assert item.act_by == date(2026, 11, 27)


def test_a_first_plan_is_due_only_until_one_is_signed():
    (item,) = due("first-plan", has_signed_plan=False, opened=date(2026, 10, 1))

    assert (item.act_by, item.state, item.days_late(TODAY)) == (date(2026, 10, 31), "late", 25)
    assert due("first-plan", has_signed_plan=True) == []


def test_each_unsigned_note_is_due_by_itself():
    items = due("note-signing", unsigned_notes=(date(2026, 11, 20), date(2026, 11, 25)))

    assert [item.state for item in items] == ["late", "soon"]


def test_a_review_is_due_on_the_plans_own_date():
    assert [item.act_by for item in due("plan-review", plan_review=date(2026, 12, 1))] == [date(2026, 12, 1)]
    assert due("plan-review", plan_review=None) == []


def test_a_newer_version_of_a_rule_counts_from_its_day_on():
    old = next(rule for rule in all_rules() if rule.code == "note-signing")
    new = Rule(
        code=old.code, clock=old.clock, days=1, days_by_support_level=(), soon_days=1, source="new", jurisdiction="agency",
        effective_from=date(2027, 1, 1), reviewed_on=TODAY, is_verified=True,
    )  # fmt: skip

    assert rules_in_force(date(2026, 12, 31), [new, old]) == [old]
    assert rules_in_force(date(2027, 1, 1), [new, old]) == [new]


def test_every_rule_names_its_source_and_dates():
    for rule in all_rules():
        assert rule.source
        assert rule.jurisdiction
        assert rule.reviewed_on >= rule.effective_from


days = st.dates(min_value=date(2020, 1, 1), max_value=date(2030, 1, 1))


@given(act_by=days, today=days, soon=st.integers(0, 60))
def test_a_state_is_late_exactly_when_the_day_has_passed(act_by, today, soon):
    state = state_of(act_by, today, soon)

    assert (state == "late") == (act_by < today)
    assert (state == "today") == (act_by == today)
    assert (state == "soon") == (today < act_by <= today + timedelta(days=soon))


@given(last=days, today=days)
def test_due_items_are_in_order_and_never_depend_on_the_order_of_the_facts(last, today):
    many = [facts(last_contact=last, opened=last), facts(client_id=UUID(int=7), last_contact=None, opened=today)]

    items = due_items(many, today)

    assert items == sorted(items, key=lambda item: item.act_by)
    assert items == due_items(list(reversed(many)), today)
