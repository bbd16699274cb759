"""Writing on the board: one row for one key, nothing lost between two people, and who may."""

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from tests.factories import people
from tests.factories import plans as make_plans
from tests.factories import programs as make
from wayfellow.access import drafts
from wayfellow.access.models import AuditRow
from wayfellow.access.received import FromElsewhere
from wayfellow.kernel.ids import new_id
from wayfellow.kernel.refusal import Changed
from wayfellow.plans import rules, selectors, services
from wayfellow.plans.models import CarePlan, Goal, Intervention, Objective

pytestmark = pytest.mark.django_db


def write_goal(place, plan, actor=None, **fields):
    actor = actor or place.me
    values = {"plan": plan, "key": new_id(), "at": actor.at, "title": "The lease is renewed"}
    return services.goal_write(actor=actor, **(values | fields))


def write_action(place, goal, **fields):
    values = {"goal": goal, "key": new_id(), "at": place.me.at, "title": "Budget together"}
    return services.intervention_write(actor=place.me, **(values | fields))


def write_objective(place, goal, **fields):
    values = {"goal": goal, "key": new_id(), "at": place.me.at, "title": "Rent by the 3rd"}
    return services.objective_write(actor=place.me, **(values | fields))


def again(row, actor):
    return type(row).objects.for_actor(actor).get(pk=row.pk)


def test_there_is_one_plan_an_episode_whoever_begins_it(place):
    first = services.plan_start(actor=place.me, client=place.client, key=new_id(), at=place.me.at)
    second = services.plan_start(actor=place.other, client=place.client, key=new_id(), at=place.other.at)

    assert first.pk == second.pk
    assert first.episode_id == place.episode.pk
    assert AuditRow.objects.filter(verb="plans.plan.write").count() == 1


def test_a_client_without_an_episode_can_have_a_plan(place):
    newcomer = people.client(place.agency)
    people.intake(newcomer, place.worker)
    actor = make.actor(place.worker)

    plan = services.plan_start(actor=actor, client=newcomer, key=new_id(), at=actor.at)
    twice = services.plan_start(actor=actor, client=newcomer, key=new_id(), at=actor.at)

    assert plan.pk == twice.pk
    assert plan.episode_id is None


def test_their_words_are_kept_and_the_draft_is_cleared(place, plan):
    form = services.draft_form(kind="plan", row_id=plan.pk)
    where = {"actor": place.me, "form": form, "client_id": place.client.pk}
    drafts.save(**where, group="words", fields={"own_words": ["Sleep"]}, at=place.me.at)

    services.plan_write(
        actor=place.me, plan=plan, own_words="Sleep.", seen=rules.fingerprint(plan.own_words), at=place.me.at
    )

    assert again(plan, place.me).own_words == "Sleep."
    assert drafts.take(**where) == {}


def test_two_people_who_write_their_words_lose_nothing(place, plan):
    seen = rules.fingerprint(plan.own_words)
    services.plan_write(actor=place.me, plan=plan, own_words="Theirs.", seen=seen, at=place.me.at)

    with pytest.raises(Changed) as refusal:
        services.plan_write(actor=place.other, plan=plan, own_words="Mine.", seen=seen, at=place.other.at)

    assert refusal.value.theirs.own_words == "Theirs."
    assert refusal.value.mine == {"own_words": "Mine."}


def test_a_goal_meanwhile_does_not_stand_in_the_way_of_their_words(place, plan):
    seen = rules.fingerprint(plan.own_words)
    write_goal(place, plan, actor=place.other)

    services.plan_write(actor=place.me, plan=plan, own_words="Sleep.", seen=seen, at=place.me.at)

    assert again(plan, place.me).own_words == "Sleep."


def test_a_goal_sent_twice_is_one_goal_and_one_audit_row(place, plan):
    key = new_id()

    first, second = write_goal(place, plan, key=key), write_goal(place, plan, key=key)

    assert first.pk == second.pk
    assert AuditRow.objects.filter(verb="plans.goal.write").count() == 1
    row = AuditRow.objects.get(record_id=first.pk)
    assert (row.client_id, row.reason) == (place.client.pk, "assignment")


def test_a_first_goal_sent_twice_begins_one_plan(place):
    key = new_id()

    first = write_goal(place, None, client=place.client, key=key)
    second = write_goal(place, None, client=place.client, key=key)

    assert first.pk == second.pk
    assert CarePlan.objects.for_actor(place.me).count() == 1


def test_objectives_and_actions_sent_twice_are_one(place, plan):
    goal, key, other = write_goal(place, plan), new_id(), new_id()

    for _ in range(2):
        write_objective(place, goal, key=key)
        write_action(place, goal, key=other)

    assert Objective.objects.for_actor(place.me).count() == 1
    assert Intervention.objects.for_actor(place.me).count() == 1
    verbs = ["plans.objective.write", "plans.intervention.write"]
    assert AuditRow.objects.filter(verb__in=verbs).count() == 2


def test_a_goal_takes_its_part_of_life_from_the_need(place, plan):
    assert write_goal(place, plan, need=place.need).domain == "housing"
    assert write_goal(place, plan, need=place.need, domain="money").domain == "money"


def test_a_goal_is_changed_by_the_version_that_was_seen(place, plan):
    goal = write_goal(place, plan)

    changed = write_goal(place, plan, goal=goal, version=1, title="Renewed and signed")

    assert (changed.title, changed.version) == ("Renewed and signed", 2)


def test_the_same_change_twice_is_one_change(place, plan):
    goal = write_goal(place, plan)
    write_goal(place, plan, goal=goal, version=1, title="Renewed and signed")

    changed = write_goal(place, plan, goal=goal, version=1, title="Renewed and signed")

    assert changed.version == 2


def test_a_version_that_is_gone_by_is_refused_with_both_texts(place, plan):
    goal = write_goal(place, plan)
    write_goal(place, plan, actor=place.other, goal=goal, version=1, title="Theirs")

    with pytest.raises(Changed) as refusal:
        write_goal(place, plan, goal=goal, version=1, title="Mine")

    assert (refusal.value.theirs.title, refusal.value.mine["title"]) == ("Theirs", "Mine")


def test_two_people_work_on_different_parts_at_once(place, plan):
    mine, theirs = again(plan, place.me), again(plan, place.other)

    write_goal(place, mine)
    write_goal(place, theirs, actor=place.other, title="Back at the bakery")

    assert Goal.objects.for_actor(place.me).filter(plan=plan).count() == 2
    assert again(plan, place.me).version == 3


def test_an_action_names_a_colleague_as_they_are_called_now(place, plan):
    action = write_action(place, write_goal(place, plan), staff_id=place.worker.pk)

    assert (action.staff_id, action.who) == (place.worker.pk, "Renee Castellanos")


def test_somebody_of_another_agency_cannot_be_named(place, plan):
    goal = write_goal(place, plan)

    with pytest.raises(Http404):
        write_action(place, goal, staff_id=make.staff(make.agency()).pk)


def test_an_objective_of_another_goal_is_hidden(place, plan):
    other = write_objective(place, write_goal(place, plan))

    with pytest.raises(Http404):
        write_action(place, write_goal(place, plan), objective=other)


def test_a_closed_goal_refuses_changes_and_its_actions_end_with_it(place, plan):
    goal = write_goal(place, plan)
    action = write_action(place, goal)

    closed = services.goal_close(
        actor=place.me, goal=goal, version=1, status="met", outcome="Signed on Friday", at=place.me.at
    )

    assert closed.closed_because == "Signed on Friday"
    assert again(action, place.me).ended_at is not None
    assert AuditRow.objects.filter(verb="plans.intervention.end", record_id=action.pk).count() == 1
    with pytest.raises(services.GoalClosed):
        write_goal(place, plan, goal=closed, version=2, title="Once more")
    with pytest.raises(services.GoalClosed):
        write_objective(place, closed)
    with pytest.raises(services.GoalClosed):
        write_objective(place, goal)


def test_closing_twice_with_the_same_words_is_once_with_others_it_is_refused(place, plan):
    goal = write_goal(place, plan)
    answer = {"actor": place.me, "goal": goal, "version": 1, "status": "met", "at": place.me.at}
    services.goal_close(**answer, outcome="Signed")

    assert services.goal_close(**answer, outcome="Signed").version == 2
    with pytest.raises(services.GoalClosed):
        services.goal_close(**answer, outcome="Not signed")
    assert AuditRow.objects.filter(verb="plans.goal.close").count() == 1


def test_a_goal_does_not_end_without_a_word_on_how(place, plan):
    with pytest.raises(services.OutcomeMissing):
        services.goal_close(
            actor=place.me, goal=write_goal(place, plan), version=1, status="met", outcome=" ", at=place.me.at
        )


def test_a_goal_is_worked_on_again(place, plan):
    goal = write_goal(place, plan)
    services.goal_close(actor=place.me, goal=goal, version=1, status="ended", outcome="Moved", at=place.me.at)

    opened = services.goal_reopen(actor=place.me, goal=goal, at=place.me.at)

    assert (opened.status, opened.closed_at, opened.closed_because) == ("active", None, "")
    assert services.goal_reopen(actor=place.me, goal=opened, at=place.me.at).version == opened.version


def test_how_an_objective_went_is_written_once(place, plan):
    step = write_objective(place, write_goal(place, plan))
    answer = {"actor": place.me, "objective": step, "version": 1, "at": place.me.at}
    services.objective_close(**answer, status="partly", outcome="One of two")

    assert services.objective_close(**answer, status="partly", outcome="One of two").version == 2
    with pytest.raises(services.ObjectiveClosed):
        services.objective_close(**answer, status="met", outcome="Two of two")
    with pytest.raises(services.ObjectiveClosed):
        write_objective(place, again(step.goal, place.me), objective=again(step, place.me), version=2)


def test_ending_an_action_twice_is_once_and_then_it_stays(place, plan):
    goal = write_goal(place, plan)
    action = write_action(place, goal)

    for _ in range(2):
        services.intervention_end(actor=place.me, intervention=action, at=place.me.at)

    assert AuditRow.objects.filter(verb="plans.intervention.end").count() == 1
    with pytest.raises(services.ActionEnded):
        write_action(place, goal, intervention=action, version=2)


def test_a_received_plan_stays_as_it_came(place):
    received = make_plans.received_plan(place.client, place.episode)
    goal = make_plans.goal(received)
    seen = rules.fingerprint(received.own_words)

    with pytest.raises(services.ReceivedIsReadOnly):
        write_goal(place, received)
    with pytest.raises(services.ReceivedIsReadOnly):
        write_objective(place, goal)
    with pytest.raises(services.ReceivedIsReadOnly):
        write_action(place, goal)
    with pytest.raises(services.ReceivedIsReadOnly):
        services.plan_write(actor=place.me, plan=received, own_words="Ours", seen=seen, at=place.me.at)
    with pytest.raises(services.ReceivedIsReadOnly):
        services.goal_close(actor=place.me, goal=goal, version=1, status="met", outcome="Done", at=place.me.at)


def test_a_need_of_another_part_2_program_is_refused(place, plan):
    part2 = make.episode(place.client, make.program(place.agency, is_part2=True))
    make.assignment(place.worker, part2, kind="secondary")
    theirs = make_plans.need(place.client, part2)
    actor = make.actor(place.worker).focused(place.client.pk)

    with pytest.raises(services.OtherPrograms):
        write_goal(place, plan, actor=actor, need=theirs)


def test_a_need_of_another_person_is_hidden(place, plan):
    with pytest.raises(Http404):
        write_goal(place, plan, need=make_plans.need(make.client_of(place.worker)))


def test_a_stranger_writes_nothing(place, plan):
    goal = make_plans.goal(plan)
    actor = make.actor(place.stranger)

    with pytest.raises(Http404):
        write_goal(place, plan, actor=actor)
    with pytest.raises(Http404):
        services.plan_start(actor=actor, client=place.client, key=new_id(), at=actor.at)
    with pytest.raises(Http404):
        services.goal_close(actor=actor, goal=goal, version=1, status="met", outcome="Done", at=actor.at)


def test_peer_support_reads_and_does_not_write(place, plan):
    peer = make.staff(place.agency, "peer_support")
    make.assignment(peer, place.episode, kind="secondary")
    actor = make.actor(peer).focused(place.client.pk)

    assert selectors.plan(actor=actor, client_id=place.client.pk) == plan
    with pytest.raises(PermissionDenied):
        write_goal(place, plan, actor=actor)


def test_the_same_import_twice_is_one_plan_with_its_goals(place):
    for _ in range(2):
        about = {"actor": place.me, "client": place.client, "episode": place.episode, "at": place.me.at, "origin": "R"}
        kept = services.plans_receive(**about, rows=[FromElsewhere("p1", {"title": "Discharge plan"})])
        plan_id = kept["p1"].row.pk
        services.goals_receive(**about, rows=[FromElsewhere("g1", {"title": "Walks", "plan_id": plan_id})])

    assert [row.title for row in selectors.plans(actor=place.me)] == ["Discharge plan"]
    assert Goal.objects.for_actor(place.me).get().plan_id == plan_id
