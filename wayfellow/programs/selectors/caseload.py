"""Reads: episodes, and who works with whom."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q

from wayfellow.access import Actor
from wayfellow.programs import reasons
from wayfellow.programs.models import Assignment, Cover, Episode, Staff, in_force


def episodes(*, actor: Actor) -> list[Episode]:
    """On a client's page: their episodes that this actor may know of, the newest first, each with its program."""
    return list(Episode.objects.for_actor(actor).select_related("program").order_by("-starts_at", "pk"))


def episode_to_write_in(*, actor: Actor, client_id: UUID) -> Episode | None:
    """The episode that a new row of this client belongs to, if nobody chooses one: where this actor works with them.

    Their own assignment first, then any open episode they may know of, one that is not Part 2 before one that is; None: no episode.
    """
    here = actor if actor.focus == client_id else actor.focused(client_id)
    own = Assignment.objects.for_actor(here).filter(in_force(here.at), staff=here.staff_id)
    own_episodes = set(own.values_list("episode_id", flat=True))
    found = [
        episode
        for episode in Episode.objects.for_actor(here).select_related("program").order_by("-starts_at", "pk")
        if episode.status != Episode.Status.CLOSED
    ]
    found.sort(key=lambda episode: (episode.pk not in own_episodes, episode.program.is_part2))
    return found[0] if found else None


def caseload(*, actor: Actor) -> list[Episode]:
    """The open episodes this actor works with: assigned, covered, of a shared caseload, or taken in by them and waiting; each with its client and program.

    A supervisor's or manager's people are not their caseload. In the order of names, then by key.
    """
    mine = (
        Q(pk__in=reasons.assignments(actor).values("episode"))
        | Q(pk__in=reasons.covered(actor).values("episode"))
        | Q(pk__in=reasons.shared(actor).values("pk"))
        | Q(pk__in=reasons.taken_in(actor).values("episode_id"))
    )
    rows = Episode.objects.for_actor(actor).filter(mine).exclude(status=Episode.Status.CLOSED)
    return list(rows.select_related("client", "program").order_by("client__chosen_name", "pk"))


def supervised_episodes(*, actor: Actor) -> list[Episode]:
    """The open episodes of the people whom this actor supervises, each with its client and program."""
    theirs = Q(pk__in=reasons.supervised(actor).values("episode"))
    rows = Episode.objects.for_actor(actor).filter(theirs).exclude(status=Episode.Status.CLOSED)
    return list(rows.select_related("client", "program").order_by("client__chosen_name", "pk"))


def primary_workers(*, actor: Actor, episodes: list[Episode]) -> dict[UUID, Staff]:
    """Who is the primary worker of each of these episodes now, by the episode's key."""
    rows = Assignment.objects.for_actor(actor).filter(in_force(actor.at), kind=Assignment.Kind.PRIMARY)
    rows = rows.filter(episode__in=[episode.pk for episode in episodes]).select_related("staff").order_by("pk")
    return {row.episode_id: row.staff for row in rows}


def care_team(*, actor: Actor) -> list[Assignment]:
    """On a client's page: who works with them now, the primary first, each with their staff row."""
    rows = Assignment.objects.for_actor(actor).filter(in_force(actor.at)).select_related("staff")
    return list(rows.order_by("kind", "starts_at", "pk"))


def open_episodes(*, actor: Actor) -> list[Episode]:
    """On a client's page: their episodes that are not closed, each with its client and program."""
    rows = Episode.objects.for_actor(actor).exclude(status=Episode.Status.CLOSED)
    return list(rows.select_related("client", "program").order_by("starts_at", "pk"))


def covers_in_force(*, actor: Actor) -> list[Cover]:
    """Whom this actor covers for now, each with the colleague's row, the soonest to end first."""
    rows = Cover.objects.in_force(actor.at).filter(covering=actor.staff_id).select_related("covered")
    return list(rows.order_by("ends_at", "pk"))


def covered_staff_ids(*, actor: Actor) -> frozenset[UUID]:
    """The keys of the colleagues whom this actor covers for now."""
    return frozenset(cover.covered_id for cover in covers_in_force(actor=actor))
