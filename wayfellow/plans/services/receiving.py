"""Writes: plans and goals that came from elsewhere. They are read here, and never changed or signed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from wayfellow import access
from wayfellow.access import Actor
from wayfellow.access.received import FromElsewhere, Kept, keep
from wayfellow.people.models import Client
from wayfellow.plans import verbs
from wayfellow.plans.models import CarePlan, Goal
from wayfellow.programs.models import Episode


@access.service
def plans_receive(
    *, actor: Actor, client: Client, episode: Episode | None, at: datetime, origin: str, rows: Iterable[FromElsewhere]
) -> dict[str, Kept]:
    """Take in plans from `origin` (not ""), each under its `origin_id`: made once, brought up to date by a later import."""
    access.require(actor, verbs.PLAN_RECEIVE, episode or client)
    return keep(
        actor,
        verbs.PLAN_RECEIVE,
        CarePlan,
        rows,
        origin=origin,
        client=client,
        episode=episode,
        created_at=at,
        changed_at=at,
    )


@access.service
def goals_receive(
    *, actor: Actor, client: Client, episode: Episode | None, at: datetime, origin: str, rows: Iterable[FromElsewhere]
) -> dict[str, Kept]:
    """Take in goals of received plans (`plan_id` among each row's values), each under its `origin_id`.

    A goal that isn't active comes with `status` and `closed_at`.
    """
    access.require(actor, verbs.PLAN_RECEIVE, episode or client)
    return keep(actor, verbs.PLAN_RECEIVE, Goal, rows, origin=origin, client=client, episode=episode, created_at=at)
