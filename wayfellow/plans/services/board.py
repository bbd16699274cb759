"""Writes: the board of a plan. Each change raises the plan's version, so that a signature stands for what its signer saw."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID, uuid5

from django.db.models import Q
from django.utils.translation import gettext as _

from wayfellow import access
from wayfellow.access import Actor, Hidden, Verb, drafts
from wayfellow.assessments.models import Need
from wayfellow.kernel.refusal import Changed
from wayfellow.kernel.texts import tidy
from wayfellow.people.models import Client
from wayfellow.plans import rules, verbs
from wayfellow.plans.models import CarePlan, Goal, Intervention, Objective
from wayfellow.plans.services.refusals import (
    ActionEnded,
    GoalClosed,
    ObjectiveClosed,
    OtherPrograms,
    OutcomeMissing,
    ReceivedIsReadOnly,
)
from wayfellow.programs import selectors as programs
from wayfellow.programs.models import Episode

Row = TypeVar("Row", Goal, Objective, Intervention)
Same = TypeVar("Same", CarePlan, Goal, Objective, Intervention)

# Constants of our own: the plan that a first goal begins has a key made of the goal's, so that sending twice makes one plan.
_FIRST_PLAN = UUID("8b1b4d2e-6a0f-4b55-9d0f-5a7a3a0f2c61")


def draft_form(*, kind: str, row_id: UUID | None) -> str:
    """The code of a draft of this package: kind is plan, sign, goal, objective or action.

    row_id: of the row that is changed; for a new objective or action, of its goal; None: a new goal.
    """
    return f"plans-{kind}-{row_id or 'new'}"


@access.service
def plan_start(*, actor: Actor, client: Client, key: UUID, at: datetime, episode: Episode | None = None) -> CarePlan:
    """Begin the client's plan in the episode (unless told, where the actor works with them), with what they have said they want.

    There is one plan an episode: when there is one already, by whichever key, it is the answer.
    """
    access.require(actor, verbs.PLAN_WRITE, client)
    here = actor if actor.focus == client.pk else actor.focused(client.pk)
    episode = episode or programs.episode_to_write_in(actor=here, client_id=client.pk)
    known = CarePlan.objects.for_actor(here).filter(client=client)
    access.require(actor, verbs.PLAN_WRITE, CarePlan(client=client, episode=episode, key=key))
    row, is_new = access.made_once(
        here,
        CarePlan,
        known.filter(Q(key=key) | Q(episode=episode, origin_id="")),
        client=client,
        episode=episode,
        key=key,
        own_words=tidy(client.own_words),
        created_at=at,
        created_by=actor.staff_id,
        changed_at=at,
    )
    if is_new:
        access.record(actor, verbs.PLAN_WRITE, row)
    return row


@access.service
def plan_write(*, actor: Actor, plan: CarePlan, own_words: str, seen: str, at: datetime) -> CarePlan:
    """Write what the person wants, in their words. seen: rules.fingerprint of the words that the writer began from.

    Raises Changed when somebody else wrote other words in between, ReceivedIsReadOnly.
    """
    _ours(actor, verbs.PLAN_WRITE, plan)
    current = _newest(actor, plan)
    words = tidy(own_words)
    drafts.clear(actor=actor, form=draft_form(kind="plan", row_id=plan.pk), client_id=plan.client_id)
    if words == current.own_words:
        return current
    if rules.fingerprint(current.own_words) != seen:
        raise Changed(_changed_words(), theirs=current, mine={"own_words": words})
    current.acting(actor).save_if_current(version=current.version, own_words=words, changed_at=at)
    access.record(actor, verbs.PLAN_WRITE, current)
    return current


@access.service
def goal_write(
    *,
    actor: Actor,
    plan: CarePlan | None,
    key: UUID,
    at: datetime,
    title: str,
    words: str = "",
    need: Need | None = None,
    domain: str = "",
    target_date: date | None = None,
    goal: Goal | None = None,
    version: int | None = None,
    client: Client | None = None,
) -> Goal:
    """Write a new goal into the plan (None: begin `client`'s plan with it), or with `goal` change that one by the `version` seen.

    The same `key` twice is one goal; the same change twice is one change. need: what it answers, of the same client; domain: a code
    of LifeDomain, the need's unless told. Raises ReceivedIsReadOnly, GoalClosed, OtherPrograms, Changed, Hidden.
    """
    if plan is None:
        assert client is not None, "goal_write needs a plan, or the client whose plan it begins."
        plan = plan_start(actor=actor, client=client, key=uuid5(_FIRST_PLAN, str(key)), at=at)
    _ours(actor, verbs.GOAL_WRITE, plan)
    _fits(actor, plan, need)
    values = {
        "title": tidy(title),
        "words": tidy(words),
        "need_id": need.pk if need else None,
        "domain": domain or (need.domain if need else ""),
        "target_date": target_date,
    }
    drafts.clear(actor=actor, form=draft_form(kind="goal", row_id=goal.pk if goal else None), client_id=plan.client_id)
    if goal is not None:
        current = _newest(actor, goal)
        if current.plan_id != plan.pk:
            raise Hidden
        _goal_is_open(current)
        return _change(actor, verbs.GOAL_WRITE, current, version, values, plan, at)
    return _make(actor, verbs.GOAL_WRITE, Goal, plan, key, at, plan=plan, created_by=actor.staff_id, **values)


@access.service
def goal_close(*, actor: Actor, goal: Goal, version: int, status: str, outcome: str, at: datetime) -> Goal:
    """Say that a goal was reached or has ended, and how. status: met or ended. outcome: one line, needed.

    The same answer twice is one. What was done for it ends with it. Raises OutcomeMissing, GoalClosed, ReceivedIsReadOnly, Changed.
    """
    plan = _plan_of(actor, goal)
    _ours(actor, verbs.GOAL_CLOSE, plan)
    words = _outcome(outcome)
    current = _newest(actor, goal)
    if current.closed_at:
        if (current.status, current.closed_because) == (status, words):
            return current
        raise GoalClosed(_("Somebody has written down already how this goal ended. Your words are kept below."))
    current.save_if_current(version=version, status=status, closed_because=words, closed_at=at)
    for action in Intervention.objects.for_actor(actor).filter(goal=goal, ended_at=None).order_by("pk"):
        action.save_if_current(version=action.version, ended_at=at)
        access.record(actor, verbs.INTERVENTION_END, action)
    access.record(actor, verbs.GOAL_CLOSE, current)
    _touch(actor, plan, at)
    return current


@access.service
def goal_reopen(*, actor: Actor, goal: Goal, at: datetime) -> Goal:
    """Work on an ended goal again. What was done for it stays ended: somebody says anew who does what. Asking twice is once."""
    plan = _plan_of(actor, goal)
    _ours(actor, verbs.GOAL_WRITE, plan)
    current = _newest(actor, goal)
    if current.closed_at is None:
        return current
    changes = {"status": Goal.Status.ACTIVE, "closed_because": "", "closed_at": None}
    current.save_if_current(version=current.version, **changes)
    access.record(actor, verbs.GOAL_WRITE, current)
    _touch(actor, plan, at)
    return current


@access.service
def objective_write(
    *,
    actor: Actor,
    goal: Goal,
    key: UUID,
    at: datetime,
    title: str,
    measure: str = "",
    baseline: str = "",
    aim: str = "",
    instrument: str = "",
    due_date: date | None = None,
    objective: Objective | None = None,
    version: int | None = None,
) -> Objective:
    """Write a new objective of the goal, or with `objective` change that one by the `version` seen; the same `key` twice is one.

    instrument: code of a scale whose total is the measure, "" for none. Raises GoalClosed, ObjectiveClosed, ReceivedIsReadOnly, Changed, Hidden.
    """
    plan = _plan_of(actor, goal)
    _ours(actor, verbs.OBJECTIVE_WRITE, plan)
    _goal_is_open(_newest(actor, goal))
    texts = {"title": title, "measure": measure, "baseline": baseline, "aim": aim, "instrument": instrument}
    values = {name: tidy(text) for name, text in texts.items()} | {"due_date": due_date}
    drafts.clear(
        actor=actor, form=draft_form(kind="objective", row_id=(objective or goal).pk), client_id=plan.client_id
    )
    if objective is not None:
        current = _newest(actor, objective)
        if current.goal_id != goal.pk:
            raise Hidden
        if current.closed_at:
            raise ObjectiveClosed(_("How this objective went is written down already, so it stays as it is."))
        return _change(actor, verbs.OBJECTIVE_WRITE, current, version, values, plan, at)
    return _make(actor, verbs.OBJECTIVE_WRITE, Objective, plan, key, at, goal=goal, **values)


@access.service
def objective_close(
    *, actor: Actor, objective: Objective, version: int, status: str, outcome: str, at: datetime
) -> Objective:
    """Say how an objective went. status: met, partly, not_met or ended. outcome: one line, needed. The same answer twice is one.

    Raises OutcomeMissing, ObjectiveClosed, ReceivedIsReadOnly, Changed.
    """
    plan = _plan_of(actor, _goal_of(actor, objective))
    _ours(actor, verbs.OBJECTIVE_CLOSE, plan)
    words = _outcome(outcome)
    current = _newest(actor, objective)
    if current.closed_at:
        if (current.status, current.outcome) == (status, words):
            return current
        raise ObjectiveClosed(_("Somebody has written down already how this went. Your words are kept below."))
    current.save_if_current(version=version, status=status, outcome=words, closed_at=at)
    access.record(actor, verbs.OBJECTIVE_CLOSE, current)
    _touch(actor, plan, at)
    return current


@access.service
def intervention_write(
    *,
    actor: Actor,
    goal: Goal,
    key: UUID,
    at: datetime,
    title: str,
    objective: Objective | None = None,
    staff_id: UUID | None = None,
    who: str = "",
    how_often: str = "",
    where: str = "",
    intervention: Intervention | None = None,
    version: int | None = None,
) -> Intervention:
    """Write who does what for the goal, or with `intervention` change that one by the `version` seen; the same `key` twice is one.

    objective: the step it serves, of the same goal; None: the goal as a whole. staff_id: a colleague, whose name then stands in `who`.
    Raises GoalClosed, ActionEnded, ReceivedIsReadOnly, Changed, Hidden.
    """
    plan = _plan_of(actor, goal)
    _ours(actor, verbs.INTERVENTION_WRITE, plan)
    _goal_is_open(_newest(actor, goal))
    if objective is not None and objective.goal_id != goal.pk:
        raise Hidden
    texts = {"title": title, "who": _name_of(actor, staff_id, who), "how_often": how_often, "where": where}
    values: dict[str, Any] = {name: tidy(text) for name, text in texts.items()}
    values |= {"staff_id": staff_id, "objective_id": objective.pk if objective else None}
    drafts.clear(
        actor=actor, form=draft_form(kind="action", row_id=(intervention or goal).pk), client_id=plan.client_id
    )
    if intervention is not None:
        current = _newest(actor, intervention)
        if current.goal_id != goal.pk:
            raise Hidden
        if current.ended_at:
            raise ActionEnded(_("This action has ended, so it stays as it is."))
        return _change(actor, verbs.INTERVENTION_WRITE, current, version, values, plan, at)
    return _make(actor, verbs.INTERVENTION_WRITE, Intervention, plan, key, at, goal=goal, **values)


@access.service
def intervention_end(*, actor: Actor, intervention: Intervention, at: datetime) -> Intervention:
    """Say that something is no longer done. Asking twice is once. Raises ReceivedIsReadOnly."""
    plan = _plan_of(actor, _goal_of(actor, intervention))
    _ours(actor, verbs.INTERVENTION_END, plan)
    current = _newest(actor, intervention)
    if current.ended_at:
        return current
    current.save_if_current(version=current.version, ended_at=at)
    access.record(actor, verbs.INTERVENTION_END, current)
    _touch(actor, plan, at)
    return current


# Steps they share ---------------------------------------------------------------------------------------------------


def _ours(actor: Actor, verb: Verb, plan: CarePlan) -> None:
    access.require(actor, verb, plan)
    if plan.origin:
        raise ReceivedIsReadOnly(
            _("This plan came from elsewhere, so it stays as it came. Write the goal into your own plan.")
        )


def _plan_of(actor: Actor, goal: Goal) -> CarePlan:
    found: CarePlan | None = CarePlan.objects.for_actor(actor).filter(pk=goal.plan_id).first()
    if found is None:
        raise Hidden
    return found


def _goal_of(actor: Actor, row: Objective | Intervention) -> Goal:
    found: Goal | None = Goal.objects.for_actor(actor).filter(pk=row.goal_id).first()
    if found is None:
        raise Hidden
    return found


def _fits(actor: Actor, plan: CarePlan, need: Need | None) -> None:
    """A plan is read by people who may not know of another Part 2 program; a need from there would tell them."""
    if need is None:
        return
    if need.client_id != plan.client_id:
        raise Hidden
    if need.episode_id in (None, plan.episode_id):
        return
    here = actor if actor.focus == plan.client_id else actor.focused(plan.client_id)
    if any(one.pk == need.episode_id and one.program.is_part2 for one in programs.episodes(actor=here)):
        raise OtherPrograms(
            _("This need belongs to another program’s record. Write the goal into the plan of that program.")
        )


def _goal_is_open(goal: Goal) -> None:
    if goal.closed_at:
        raise GoalClosed(_("This goal has ended. Open it again to go on with it; your words are kept below."))


def _outcome(words: str) -> str:
    if not tidy(words):
        raise OutcomeMissing(_("Write in a few words how it went."))
    return tidy(words)


def _name_of(actor: Actor, staff_id: UUID | None, who: str) -> str:
    """The name that stands beside an action: as it is now, so that a plan reads the same after somebody has left."""
    if staff_id is None:
        return who
    names = programs.staff_names(agency_id=actor.agency_id)
    if staff_id not in names:
        raise Hidden
    return names[staff_id]


def _make(actor: Actor, verb: Verb, model: type[Row], of: CarePlan, key: UUID, at: datetime, **values: Any) -> Row:
    """The row with this key, made now unless it is there; it goes to the end of its neighbours."""
    mine: Any = model.objects.for_actor(actor).filter(client=of.client_id)
    about = {"client_id": of.client_id, "episode_id": of.episode_id}
    row, is_new = access.made_once(
        actor, model, mine.filter(key=key), key=key, place=mine.count(), created_at=at, **about, **values
    )
    if is_new:
        access.record(actor, verb, row)
        _touch(actor, of, at)
    return row


def _change(
    actor: Actor, verb: Verb, row: Row, version: int | None, values: Mapping[str, Any], plan: CarePlan, at: datetime
) -> Row:
    """The row with these values, by the version that was seen; saying what stands there already changes nothing."""
    if all(getattr(row, name) == value for name, value in values.items()):
        return row
    if version is None or version != row.version:
        raise Changed(_changed_words(), theirs=row, mine=dict(values))
    row.save_if_current(version=version, **values)
    access.record(actor, verb, row)
    _touch(actor, plan, at)
    return row


def _touch(actor: Actor, plan: CarePlan, at: datetime) -> None:
    """The plan has changed. Two people who work on different parts of it at once must not stand in each other's way."""
    current = _newest(actor, plan)
    current.save_if_current(version=current.version, changed_at=at)


def _newest(actor: Actor, row: Same) -> Same:
    """The row as it stands now, held until the end of the transaction (SQLite holds the whole database anyway)."""
    model: Any = type(row)
    current = model.objects.for_actor(actor).select_for_update().filter(pk=row.pk).first()
    if not isinstance(current, type(row)):
        raise Hidden
    return current


def _changed_words() -> str:
    return _("Someone saved this while you were writing. Both texts are kept below.")
