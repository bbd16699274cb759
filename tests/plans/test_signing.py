"""Signing: what was agreed is frozen, with names, and never changes."""

import ast
from datetime import timedelta
from pathlib import Path

import pytest
from django.http import Http404

from tests.factories import plans as make_plans
from tests.factories import programs as make
from wayfellow.access.models import AuditRow
from wayfellow.kernel import clock
from wayfellow.kernel.ids import new_id
from wayfellow.kernel.refusal import Changed
from wayfellow.plans import rules, selectors, services
from wayfellow.plans.models import CarePlan, Goal, PlanVersion, Signature

pytestmark = pytest.mark.django_db


@pytest.fixture
def whole(place):
    return make_plans.whole_plan(place.client, place.episode)


def sign(place, plan, actor=None, **fields):
    actor = actor or place.me
    today = actor.today
    values = {"key": new_id(), "version": plan.version, "signed_name": "Renee Castellanos", "at": actor.at}
    values |= {"review_date": today + timedelta(days=90), "client_how": "spoken", "client_name": "Mari Vega"}
    return services.plan_sign(actor=actor, plan=plan, **(values | fields))


def test_a_version_holds_the_whole_board_and_both_names(place, whole):
    made = sign(place, whole)

    found = selectors.version(actor=place.me, version_id=made.pk)
    goal = found.content["needs"][1]["goals"][0]
    assert found.content["own_words"] == "I want to keep my place."
    assert goal["title"] == "Goal 0"
    assert goal["objectives"][0]["actions"][0]["who"] == "Mari"
    assert [(one.signer, one.how, one.name) for one in found.signatures] == [
        ("client", "spoken", "Mari Vega"),
        ("worker", "typed", "Renee Castellanos"),
    ]
    assert found.is_as_signed


def test_signing_sets_the_plans_number_day_and_review(place, whole):
    made = sign(place, whole)

    plan = selectors.plan(actor=place.me, client_id=place.client.pk)
    assert (plan.signed_number, plan.signed_at, plan.review_date) == (1, made.signed_at, made.review_date)


def test_signing_leaves_one_audit_row(place, whole):
    made = sign(place, whole)

    row = AuditRow.objects.get(verb="plans.plan.sign")
    assert (row.record_id, row.client_id, row.reason) == (made.pk, place.client.pk, "assignment")


def test_a_double_click_is_one_version(place, whole):
    key = new_id()

    first, second = sign(place, whole, key=key), sign(place, whole, key=key)

    assert first.pk == second.pk
    assert Signature.objects.for_actor(place.me).count() == 2
    assert AuditRow.objects.filter(verb="plans.plan.sign").count() == 1


def test_later_changes_leave_a_signed_version_as_it_was(place, whole):
    made = sign(place, whole)
    goal = Goal.objects.for_actor(place.me).get()
    services.goal_write(
        actor=place.me, plan=whole, goal=goal, version=1, key=new_id(), at=place.me.at, title="Something else"
    )
    services.goal_close(
        actor=place.me,
        goal=Goal.objects.for_actor(place.me).get(),
        version=2,
        status="met",
        outcome="So",
        at=place.me.at,
    )

    kept = PlanVersion.objects.for_actor(place.me).get(pk=made.pk)

    assert kept.content == made.content
    assert rules.content_hash(kept.content) == kept.content_hash


def test_no_service_changes_a_version_or_a_signature():
    """They are only ever made: nothing in the services saves, updates or deletes what they are called there."""
    folder = Path(services.__file__).parent
    writes = {"save", "save_if_current", "delete", "update", "bulk_update"}
    called = [
        ast.unparse(node.func.value)
        for path in folder.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in writes
    ]

    assert called
    assert not [
        words for words in called if "version" in words.lower() or "signature" in words.lower() or words == "made"
    ]


def test_a_version_whose_text_was_tampered_with_says_so(place, whole):
    made = sign(place, whole)
    PlanVersion._base_manager.filter(pk=made.pk).update(content=made.content | {"own_words": "Other words"})

    assert not selectors.version(actor=place.me, version_id=made.pk).is_as_signed


def test_the_second_version_says_what_changed(place, whole):
    sign(place, whole)
    goal = Goal.objects.for_actor(place.me).get()
    services.goal_close(actor=place.me, goal=goal, version=1, status="met", outcome="Signed", at=place.me.at)
    plan = selectors.plan(actor=place.me, client_id=place.client.pk)

    made = sign(place, plan)

    found = selectors.version(actor=place.me, version_id=made.pk)
    assert found.version.number == 2
    assert "Goal “Goal 0”: Reached." in found.changes
    assert found.before.number == 1


def test_the_name_must_be_the_signers_own(place, whole):
    with pytest.raises(services.SignedNameDiffers):
        sign(place, whole, signed_name="Mari Vega")
    assert sign(place, whole, signed_name=" renee  castellanos ").number == 1


def test_not_yet_and_disagrees_need_their_reason(place, whole):
    for how in ("not_yet", "disagrees"):
        with pytest.raises(services.TheirWordsMissing):
            sign(place, whole, client_how=how, client_words=" ")

    made = sign(place, whole, client_how="disagrees", client_words="Too much at once")

    names = selectors.version(actor=place.me, version_id=made.pk).signatures
    assert [one.words for one in names if one.signer == "client"] == ["Too much at once"]


def test_a_guardian_can_agree_for_the_person(place, whole):
    made = sign(place, whole, client_signer="guardian", client_name="Luz Vega", client_how="paper")

    names = selectors.version(actor=place.me, version_id=made.pk).signatures
    assert ("guardian", "Luz Vega") in [(one.signer, one.name) for one in names]


def test_the_review_lies_ahead(place, whole):
    today = clock.local_date(place.me.at, place.me.timezone)

    with pytest.raises(services.ReviewDatePassed):
        sign(place, whole, review_date=today)


def test_an_empty_plan_is_not_signed(place):
    empty = make_plans.plan(place.client, place.episode)

    with pytest.raises(services.NothingToSign):
        sign(place, empty)


def test_gaps_do_not_stand_in_the_way(place, plan):
    make_plans.goal(plan)

    assert sign(place, plan).number == 1


def test_what_changed_after_the_page_was_opened_is_not_signed_unseen(place, whole):
    seen = CarePlan.objects.for_actor(place.me).get(pk=whole.pk)
    services.goal_write(actor=place.other, plan=whole, key=new_id(), at=place.other.at, title="Another goal")

    with pytest.raises(Changed) as refusal:
        sign(place, seen)

    assert "nothing is signed yet" in refusal.value.message
    assert selectors.versions(actor=place.me) == []
    assert Signature.objects.for_actor(place.me).count() == 0


def test_a_received_plan_is_not_signed_here(place):
    with pytest.raises(services.ReceivedIsReadOnly):
        sign(place, make_plans.received_plan(place.client, place.episode, own_words="Walk again"))


def test_a_stranger_signs_nothing_and_reads_no_version(place, whole):
    made = sign(place, whole)
    actor = make.actor(place.stranger).focused(place.client.pk)

    with pytest.raises(Http404):
        sign(place, whole, actor=actor, signed_name=actor.name)
    with pytest.raises(Http404):
        selectors.version(actor=actor, version_id=made.pk)


def test_a_version_is_read_in_three_statements(place, whole, django_assert_max_num_queries):
    made = sign(place, whole)

    with django_assert_max_num_queries(3):
        selectors.version(actor=place.me, version_id=made.pk)
