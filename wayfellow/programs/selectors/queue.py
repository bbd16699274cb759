"""Reads: who waits for a worker, and who could take them on."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet

from wayfellow.access import Actor, Hidden
from wayfellow.kernel import clock
from wayfellow.programs import reasons
from wayfellow.programs.models import Assignment, Episode, Staff, in_force
from wayfellow.programs.rules import caseload_weight, weights_on
from wayfellow.programs.selectors.settings import colleagues


@dataclass(frozen=True)
class Waiting:
    """One stay that nobody works in. since: the day it began. was_with: the worker who left, if one did."""

    episode: Episode
    since: date
    was_with: str = ""


@dataclass(frozen=True)
class Load:
    """What one worker carries of what the asker may know. full: the weight at which a caseload is full."""

    staff: Staff
    people: int
    weight: int
    full: int


def queue(*, actor: Actor) -> QuerySet[Episode]:
    """The open stays in the programs this actor manages that nobody works in, the longest wait first; a page of it goes to `waiting`.

    Those without a primary worker, and those whose primary worker no longer works here.
    """
    here = _primaries(actor).filter(staff__is_active=True).values("episode")
    rows = Episode.objects.for_actor(actor).filter(pk__in=reasons.managed(actor).values("pk")).exclude(pk__in=here)
    found: QuerySet[Episode] = rows.select_related("client", "program").order_by(
        "starts_at", "client__chosen_name", "pk"
    )
    return found


def waiting(*, actor: Actor, episodes: Iterable[Episode]) -> list[Waiting]:
    """What the queue says of each of these episodes of it: since when, and who left."""
    rows = list(episodes)
    gone = _primaries(actor).filter(staff__is_active=False, episode__in=[row.pk for row in rows])
    names = {row.episode_id: row.staff.name for row in gone.select_related("staff").order_by("pk")}
    return [Waiting(row, clock.local_date(row.starts_at, actor.timezone), names.get(row.pk, "")) for row in rows]


def _primaries(actor: Actor) -> Any:
    return Assignment.objects.for_actor(actor).filter(in_force(actor.at), kind=Assignment.Kind.PRIMARY)


def episode(*, actor: Actor, episode_id: UUID) -> Episode:
    """On a client's page: one of their episodes that this actor may know of, with its program. Raises Hidden."""
    found: Episode | None = Episode.objects.for_actor(actor).filter(pk=episode_id).select_related("program").first()
    if found is None:
        raise Hidden
    return found


def assignments_of(*, actor: Actor, episode: Episode) -> list[Assignment]:
    """On a client's page: who works or worked in this episode, those who do first, the primary before others."""
    rows = Assignment.objects.for_actor(actor).filter(episode=episode).select_related("staff")
    found = list(rows.order_by("-starts_at", "pk"))
    return sorted(found, key=lambda row: (row.ends_at is not None, row.kind))


def assignment(*, actor: Actor, assignment_id: UUID) -> Assignment:
    """On a client's page: one assignment that this actor may know of. Raises Hidden."""
    found: Assignment | None = Assignment.objects.for_actor(actor).filter(pk=assignment_id).first()
    if found is None:
        raise Hidden
    return found


def worker_loads(*, actor: Actor, episode: Episode) -> list[Load]:
    """Who could work in this episode, the lightest caseload first, each with what they carry of what this actor may know.

    actor: not focused on a client, since it counts other people's stays; it counts them, and loads none of them.
    Whoever must not know the client is left out, without a word.
    """
    day = actor.today
    full = weights_on(day).full_caseload
    carried = _levels_carried(actor)
    blocked = reasons.blocked_staff_ids(client_id=episode.client_id, at=actor.at)
    loads = [
        Load(staff, sum(carried[staff.pk].values()), caseload_weight(carried[staff.pk], day=day), full)
        for staff in colleagues(actor=actor, roles=reasons.WORKERS)
        if staff.pk not in blocked
    ]
    return sorted(loads, key=lambda load: (load.weight, load.staff.name, str(load.staff.pk)))


def _levels_carried(actor: Actor) -> dict[UUID, Counter[str]]:
    """How many open stays of each support level every worker is the primary of."""
    counted = _primaries(actor).order_by().values("staff_id", "episode__support_level").annotate(n=Count("pk"))
    found: dict[UUID, Counter[str]] = defaultdict(Counter)
    for row in counted:
        found[row["staff_id"]][row["episode__support_level"]] += row["n"]
    return found
