"""Plans, goals, objectives, actions, signed versions."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from tests.factories import made
from tests.factories import programs as make
from wayfellow.assessments.models import Need
from wayfellow.kernel import clock
from wayfellow.kernel.ids import new_id
from wayfellow.people.models import Client
from wayfellow.plans import services
from wayfellow.plans.models import CarePlan, Goal, Intervention, Objective, PlanVersion
from wayfellow.programs.models import Episode


def last_month() -> datetime:
    return clock.now() - timedelta(days=30)


def need(of: Client, episode: Episode | None = None, **fields: Any) -> Need:
    values = {"key": new_id(), "domain": "housing", "title": "A home that holds", "raised_at": last_month()}
    return made(Need(**({"client": of, "episode": episode} | values | fields)))


def plan(of: Client, episode: Episode | None = None, **fields: Any) -> CarePlan:
    values = {"key": new_id(), "created_at": last_month(), "changed_at": last_month()}
    return made(CarePlan(**({"client": of, "episode": episode} | values | fields)))


def received_plan(of: Client, episode: Episode | None = None, **fields: Any) -> CarePlan:
    return plan(of, episode, **({"origin": "Riverbend Hospital", "origin_id": str(new_id())} | fields))


def goal(within: CarePlan, **fields: Any) -> Goal:
    values = {"key": new_id(), "title": "The lease is renewed", "created_at": last_month(), "plan": within}
    return made(Goal(**(_about(within) | values | fields)))


def objective(towards: Goal, **fields: Any) -> Objective:
    values = {"key": new_id(), "title": "Rent paid by the 3rd", "created_at": last_month(), "goal": towards}
    return made(Objective(**(_about(towards) | values | fields)))


def intervention(towards: Goal, **fields: Any) -> Intervention:
    values = {"key": new_id(), "title": "Go through the budget", "created_at": last_month(), "goal": towards}
    return made(Intervention(**(_about(towards) | values | fields)))


def whole_plan(of: Client, episode: Episode | None = None, needs: int = 1) -> CarePlan:
    """A plan that lacks nothing: for each need a goal, an objective with measure and date, an action with an owner."""
    within = plan(of, episode, own_words="I want to keep my place.")
    for number in range(needs):
        answered = goal(within, need=need(of, episode, place=number, title=f"Need {number}"), title=f"Goal {number}")
        due = clock.now().date() + timedelta(days=40)
        step = objective(answered, measure="Receipts", aim="2 months", due_date=due)
        intervention(answered, objective=step, who="Mari", how_often="Weekly")
    return within


def signed(within: CarePlan, worker: Any, **fields: Any) -> PlanVersion:
    """The plan as the product signs it."""
    actor = make.actor(worker).focused(within.client_id)
    fresh = CarePlan.objects.for_actor(actor).get(pk=within.pk)
    values = {
        "key": new_id(),
        "version": fresh.version,
        "signed_name": actor.name,
        "review_date": actor.today + timedelta(days=90),
        "client_how": "spoken",
        "client_name": "Mari Vega",
        "at": actor.at,
    }
    return services.plan_sign(actor=actor, plan=fresh, **(values | fields))


def _about(row: Any) -> dict[str, Any]:
    return {"client_id": row.client_id, "episode_id": row.episode_id}


def record_keys(client: Client, episode: Episode, worker: Any) -> dict[str, UUID]:
    """Values for the parameters of this package's URLs."""
    within = whole_plan(client, episode)
    actor = make.actor(worker).focused(client.pk)
    one = Intervention.objects.for_actor(actor).filter(goal__plan=within).get()
    return {
        "plan_id": within.pk,
        "goal_id": one.goal_id,
        "objective_id": one.objective_id,
        "intervention_id": one.pk,
        "version_id": signed(within, worker).pk,
    }
