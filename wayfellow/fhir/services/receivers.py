"""What each kind of row is received by: the owning package's models and verbs, by the one rule of access.received."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import TypeAlias

from wayfellow import access
from wayfellow.access import Actor
from wayfellow.access.received import FromElsewhere, Kept, keep
from wayfellow.assessments import verbs as assessments
from wayfellow.assessments.models import Diagnosis, Response
from wayfellow.medications import services as medications
from wayfellow.people import verbs as people
from wayfellow.people.models import Allergy, Client, RelatedPerson
from wayfellow.plans import verbs as plans
from wayfellow.plans.models import CarePlan, Goal
from wayfellow.programs.models import Episode

Rows: TypeAlias = Iterable[FromElsewhere]


@access.service
def diagnoses_receive(
    *, actor: Actor, client: Client, episode: Episode, at: datetime, origin: str, rows: Rows
) -> dict[str, Kept]:
    """Diagnoses as others made them; nobody makes one here."""
    access.require(actor, assessments.DIAGNOSIS_WRITE, episode)
    verb = assessments.DIAGNOSIS_WRITE
    return keep(actor, verb, Diagnosis, rows, origin=origin, client=client, episode=episode, recorded_at=at)


@access.service
def results_receive(
    *, actor: Actor, client: Client, episode: Episode, at: datetime, origin: str, rows: Rows
) -> dict[str, Kept]:
    """Totals of scales, as their source counted them, without answers. A result never changes, whatever the source says later."""
    access.require(actor, assessments.RESULT_TAKE, episode)
    way = Response.Way.RECEIVED
    return keep(
        actor,
        assessments.RESULT_TAKE,
        Response,
        rows,
        origin=origin,
        client=client,
        is_final=True,
        episode=episode,
        way=way,
    )


@access.service
def plans_receive(
    *, actor: Actor, client: Client, episode: Episode, at: datetime, origin: str, rows: Rows
) -> dict[str, Kept]:
    """Care plans of others: read only here, beside the plan of ours."""
    access.require(actor, plans.PLAN_WRITE, episode)
    return keep(actor, plans.PLAN_WRITE, CarePlan, rows, origin=origin, client=client, episode=episode, changed_at=at)


@access.service
def goals_receive(
    *, actor: Actor, client: Client, episode: Episode, at: datetime, origin: str, rows: Rows
) -> dict[str, Kept]:
    """Goals of others, each in a received plan (`plan_id`): read only here."""
    access.require(actor, plans.GOAL_WRITE, episode)
    return keep(actor, plans.GOAL_WRITE, Goal, rows, origin=origin, client=client, episode=episode)


@access.service
def allergies_receive(
    *, actor: Actor, client: Client, episode: Episode, at: datetime, origin: str, rows: Rows
) -> dict[str, Kept]:
    """Allergies, for everyone who may know the client, whichever program they are in."""
    access.require(actor, people.CLIENT_CHANGE, client)
    return keep(actor, people.CLIENT_CHANGE, Allergy, rows, origin=origin, client=client)


@access.service
def helpers_receive(
    *, actor: Actor, client: Client, episode: Episode, at: datetime, origin: str, rows: Rows
) -> dict[str, Kept]:
    """People of other agencies who help the client."""
    access.require(actor, people.CLIENT_CHANGE, client)
    role = RelatedPerson.Role.HELPER
    return keep(actor, people.CLIENT_CHANGE, RelatedPerson, rows, origin=origin, client=client, role=role)


# Plans come before goals, which stand in them.
RECEIVERS: dict[str, Callable[..., dict[str, Kept]]] = {
    "diagnosis": diagnoses_receive,
    "result": results_receive,
    "medication": medications.medications_receive,
    "allergy": allergies_receive,
    "helper": helpers_receive,
    "plan": plans_receive,
    "goal": goals_receive,
}
