"""The pages of the plan: by plain requests, as without JavaScript."""

import pytest
from django.urls import reverse

from tests.factories import plans as make_plans
from tests.factories import programs as make
from wayfellow.access.models import AuditRow
from wayfellow.kernel.ids import new_id
from wayfellow.plans.models import CarePlan, Goal, Intervention, Objective, PlanVersion
from wayfellow.programs.models import Episode

pytestmark = pytest.mark.django_db


def url(name, place, **keys):
    return reverse(f"plans:{name}", kwargs={"client_id": place.client.pk} | keys)


def test_without_a_plan_the_page_offers_to_begin_one(place, browser):
    answer = browser.get(url("plan", place))

    assert answer.status_code == 200
    assert "Begin the plan" in answer.content.decode()


def test_a_plan_begins_with_their_words(place, browser):
    answer = browser.post(url("plan_start", place), {"key": new_id()}, follow=True)

    assert answer.status_code == 200
    assert CarePlan.objects.for_actor(place.me).get().own_words == "I want to keep my place."
    assert "A home that holds" in answer.content.decode()


def test_the_board_shows_need_goal_objective_and_who_does_what(place, browser):
    within = make_plans.whole_plan(place.client, place.episode)

    text = browser.get(url("plan", place)).content.decode()

    assert within.own_words in text
    for words in ("Need 0", "Goal 0", "Rent paid by the 3rd", "aim 2 months", "Go through the budget", "Mari"):
        assert words in text


@pytest.mark.parametrize(
    "name", ["goal_write", "goal_close", "objective_write", "objective_close", "intervention_write"]
)
def test_each_part_has_its_page(name, place, browser, plan):
    goal = make_plans.goal(plan)
    keys = {
        "goal_write": {"goal_id": goal.pk},
        "goal_close": {"goal_id": goal.pk},
        "objective_write": {"objective_id": make_plans.objective(goal).pk},
        "objective_close": {"objective_id": make_plans.objective(goal).pk},
        "intervention_write": {"intervention_id": make_plans.intervention(goal).pk},
    }

    assert browser.get(url(name, place, **keys[name])).status_code == 200


def test_a_goal_is_written_for_the_need_that_was_tapped(place, browser, plan):
    page = browser.get(url("goal_write", place) + f"?need={place.need.pk}")
    form = page.context["form"]

    answer = browser.post(
        url("goal_write", place),
        {"key": form["key"].value(), "need": form["need"].value(), "title": "The lease is renewed"},
    )

    goal = Goal.objects.for_actor(place.me).get()
    assert answer.status_code == 302
    assert (goal.need_id, goal.domain, goal.plan_id) == (place.need.pk, "housing", plan.pk)


def test_a_first_goal_begins_the_plan(place, browser):
    browser.post(url("goal_write", place), {"key": new_id(), "title": "The lease is renewed"})

    assert Goal.objects.for_actor(place.me).get().plan.episode_id == place.episode.pk


def test_a_form_without_words_says_what_it_needs(place, browser, plan):
    answer = browser.post(url("goal_write", place), {"key": new_id(), "title": ""})

    assert answer.status_code == 422
    assert "Write the goal in one sentence." in answer.content.decode()


def test_an_objective_and_an_action_are_added_to_a_goal(place, browser, plan):
    goal = make_plans.goal(plan)

    browser.post(
        url("objective_write", place, goal_id=goal.pk),
        {"key": new_id(), "title": "Rent by the 3rd", "aim": "2 of 2", "due_date": "2030-07-03"},
    )
    step = Objective.objects.for_actor(place.me).get()
    browser.post(
        url("intervention_write", place, goal_id=goal.pk),
        {"key": new_id(), "title": "Budget together", "doer": str(place.worker.pk), "objective": str(step.pk)},
    )

    action = Intervention.objects.for_actor(place.me).get()
    assert (action.who, action.staff_id, action.objective_id) == ("Renee Castellanos", place.worker.pk, step.pk)


def test_an_action_can_be_theirs_or_someone_elses(place, browser, plan):
    goal = make_plans.goal(plan)

    for doer, who in (("client", ""), ("someone", "Luz")):
        browser.post(
            url("intervention_write", place, goal_id=goal.pk),
            {"key": new_id(), "title": "Ask about the noise", "doer": doer, "who": who},
        )

    rows = Intervention.objects.for_actor(place.me).order_by("place")
    assert [row.who for row in rows] == ["Mari Vega", "Luz"]


def test_changing_an_action_of_the_clients_shows_them_as_the_doer(place, browser, plan):
    action = make_plans.intervention(make_plans.goal(plan), who="Mari Vega")

    form = browser.get(url("intervention_write", place, intervention_id=action.pk)).context["form"]

    assert (form["doer"].value(), form["who"].value()) == ("client", "")


def test_two_people_change_a_goal_and_both_texts_are_shown(place, browser, plan):
    goal = make_plans.goal(plan, words="Home first.")
    page = url("goal_write", place, goal_id=goal.pk)
    sent = {"key": new_id(), "version": 1, "title": goal.title}
    browser.post(page, sent | {"words": "Theirs."})

    answer = browser.post(page, sent | {"words": "Mine."})
    text = answer.content.decode()

    assert answer.status_code == 422
    assert "Theirs." in text
    assert "Mine." in text
    again = browser.post(
        page, sent | {"words": "Mine.", "version": answer.context["form"]["version"].value(), "both": "1"}
    )
    assert again.status_code == 302
    assert Goal.objects.for_actor(place.me).get().words == "Theirs.\n\nMine."


def test_how_an_objective_went_is_written_down(place, browser, plan):
    step = make_plans.objective(make_plans.goal(plan))

    browser.post(
        url("objective_close", place, objective_id=step.pk),
        {"version": 1, "status": "partly", "outcome": "One month of two"},
    )

    assert Objective.objects.for_actor(place.me).get().outcome == "One month of two"
    assert "Partly met" in browser.get(url("plan", place)).content.decode()


def test_an_ended_goal_can_be_worked_on_again(place, browser, plan):
    goal = make_plans.goal(plan)
    browser.post(url("goal_close", place, goal_id=goal.pk), {"version": 1, "status": "met", "outcome": "Signed"})
    assert "Work on it again" in browser.get(url("plan", place)).content.decode()

    browser.post(url("goal_reopen", place, goal_id=goal.pk))

    assert Goal.objects.for_actor(place.me).get().status == "active"


def test_signing_shows_the_checks_and_never_blocks(place, browser, plan):
    make_plans.goal(plan)
    page = browser.get(url("plan_sign", place, plan_id=plan.pk))
    form = page.context["form"]

    answer = browser.post(
        url("plan_sign", place, plan_id=plan.pk),
        {name: form[name].value() for name in ("key", "version", "review_date", "client_name", "client_signer")}
        | {"client_how": "not_yet", "client_words": "She wants to sleep on it", "signed_name": "renee castellanos"},
        follow=True,
    )

    text = answer.content.decode()
    assert "has no objective yet" in page.content.decode()
    assert "She wants to sleep on it" in text
    assert PlanVersion.objects.for_actor(place.me).get().content_hash in text


def test_another_name_does_not_sign(place, browser, plan):
    form = browser.get(url("plan_sign", place, plan_id=plan.pk)).context["form"]

    answer = browser.post(
        url("plan_sign", place, plan_id=plan.pk),
        {name: form[name].value() for name in ("key", "version", "review_date", "client_name", "client_signer")}
        | {"client_how": "spoken", "signed_name": "Somebody Else"},
    )

    assert answer.status_code == 422
    assert "Sign with your name as it stands here" in answer.content.decode()


def test_a_version_says_what_changed(place, browser, plan):
    goal = make_plans.goal(plan)
    make_plans.signed(plan, place.worker)
    browser.post(
        url("objective_write", place, goal_id=goal.pk), {"key": new_id(), "title": "Rent by the 3rd", "aim": "2 of 2"}
    )
    second = make_plans.signed(plan, place.worker)

    text = browser.get(url("version", place, version_id=second.pk)).content.decode()

    assert "Objective added: “Rent by the 3rd”." in text


def test_a_received_plan_is_read_only_and_one_tap_writes_its_goal_into_ours(place, browser):
    received = make_plans.received_plan(place.client, place.episode)
    goal = make_plans.goal(received, title="Walks without a stick", origin="Riverbend Hospital", origin_id="g1")

    text = browser.get(url("plan", place)).content.decode()
    form = browser.get(url("goal_write", place) + f"?from={goal.pk}").context["form"]

    assert "Received from Riverbend Hospital" in text
    assert "Ready to sign" not in text
    assert form["title"].value() == "Walks without a stick"


def test_a_broken_key_in_the_address_is_no_error(place, browser):
    assert browser.get(url("plan", place) + "?plan=nothing").status_code == 200


def test_the_board_takes_few_statements_however_large(place, browser, django_assert_max_num_queries):
    make_plans.whole_plan(place.client, place.episode, needs=25)

    with django_assert_max_num_queries(27):
        answer = browser.get(url("plan", place))

    assert answer.status_code == 200


def test_their_words_written_in_two_windows_are_both_shown_and_kept(place, browser, plan):
    page = url("plan_write", place, plan_id=plan.pk)
    seen = browser.get(url("plan", place)).context["form"]["seen"].value()
    browser.post(page, {"seen": seen, "own_words": "Theirs."})

    answer = browser.post(page, {"seen": seen, "own_words": "Mine."})

    assert answer.status_code == 422
    again = {"seen": answer.context["form"]["seen"].value(), "own_words": "Mine.", "both": "1"}
    assert browser.post(page, again).status_code == 302
    assert CarePlan.objects.for_actor(place.me).get().own_words == "Theirs.\n\nMine."


def test_a_half_written_objective_is_there_again_with_its_key(place, browser, plan):
    goal = make_plans.goal(plan)
    page = url("objective_write", place, goal_id=goal.pk)
    begun = browser.get(page)
    key = begun.context["form"]["key"].value()
    browser.post(
        begun.context["kept"]["url"],
        {
            "groups": "row",
            "fields.row": ["key", "title"],
            "key": str(key),
            "title": "A step half",
            "draft_version": "0",
        },
    )

    form = browser.get(page).context["form"]
    assert (form["title"].value(), form["key"].value()) == ("A step half", str(key))

    browser.post(page, {"key": str(key), "title": "A step half written"})
    assert browser.get(page).context["form"]["title"].value() is None


def test_a_stranger_finds_no_plan(place, client):
    client.force_login(place.stranger.user)

    assert client.get(url("plan", place)).status_code == 404


def test_peer_support_reads_the_plan_and_finds_nothing_to_press(place, client, plan):
    goal = make_plans.goal(plan)
    peer = make.staff(place.agency, "peer_support")
    make.assignment(peer, place.episode, kind="secondary")
    client.force_login(peer.user)

    text = client.get(url("plan", place)).content.decode()

    assert goal.title in text
    for words in ("Ready to sign", "Change", "How it went", "Add a goal", "Keep these words", "has no objective yet"):
        assert words not in text


def test_a_page_of_the_plan_is_audited_once(place, browser, plan):
    browser.get(url("plan", place))

    rows = AuditRow.objects.filter(verb="plans.plan.read", client_id=place.client.pk)
    assert rows.count() == 1


def test_after_a_stay_the_old_plan_is_there_and_no_new_one_is_offered(place, browser, plan):
    Episode._base_manager.filter(pk=place.episode.pk).update(status="closed", ends_at=place.me.at)

    text = browser.get(url("plan", place)).content.decode()

    assert plan.own_words in text
    assert "Begin the plan" not in text


def test_who_works_in_another_program_sees_its_plan_and_can_begin_their_own(place, browser, plan):
    other = make.episode(place.client, make.program(place.agency, name="Supportive housing"))
    worker = make.staff(place.agency)
    make.assignment(worker, other)
    browser.force_login(worker.user)

    text = browser.get(url("plan", place)).content.decode()

    assert "Begin the plan" in text
    assert plan.own_words in text


def test_signing_a_plan_that_changed_meanwhile_shows_it_again_first(place, browser, plan):
    make_plans.goal(plan)
    page = url("plan_sign", place, plan_id=plan.pk)
    form = browser.get(page).context["form"]
    sent = {name: form[name].value() for name in ("key", "version", "review_date", "client_name", "client_signer")}
    sent |= {"client_how": "spoken", "signed_name": "Renee Castellanos"}
    browser.post(url("goal_write", place), {"key": new_id(), "title": "A goal from another window"})

    answer = browser.post(page, sent)
    text = answer.content.decode()

    assert answer.status_code == 422
    assert "nothing is signed yet" in text
    assert "A goal from another window" in text
    assert browser.post(page, sent | {"version": answer.context["form"]["version"].value()}).status_code == 302


def test_forms_that_open_in_place_never_share_an_id(place, browser, plan):
    first, second = make_plans.goal(plan), make_plans.goal(plan)

    ids = [
        browser.get(url("objective_write", place, goal_id=goal.pk)).context["form"]["title"].auto_id
        for goal in (first, second)
    ]

    assert ids[0] != ids[1]
    assert f'hx-target="#slot-{first.pk}"' in browser.get(url("plan", place)).content.decode()


def test_a_form_opened_in_place_posts_to_its_own_page(place, browser, plan):
    page = url("goal_write", place) + f"?need={place.need.pk}"

    assert f'action="{page}"' in browser.get(page, headers={"HX-Request": "true"}).content.decode()
