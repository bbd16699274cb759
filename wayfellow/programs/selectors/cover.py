"""Reads: who covers for whom."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q

from wayfellow.access import Actor, Hidden
from wayfellow.programs import reasons
from wayfellow.programs.models import Assignment, Cover, Staff, StaffRole, Supervision, TeamMembership, in_force


def staff_ids_i_stand_in_for(*, actor: Actor) -> frozenset[UUID]:
    """The keys of the colleagues whom this actor covers for now."""
    return frozenset(Cover.objects.in_force(actor.at).filter(covering=actor.staff_id).values_list("covered", flat=True))


def coverable(*, actor: Actor) -> list[Staff]:
    """For whom this actor may arrange cover, by name: themselves if they work with clients, those they supervise,
    those who work in a program they manage; an administrator for everyone."""
    people = Staff.objects.filter(agency=actor.agency_id, is_active=True)
    return list(people.filter(_within_reach(actor)).order_by("name", "pk"))


def may_arrange_for(*, actor: Actor, covered: Staff) -> bool:
    """Whether the actor may arrange cover for this colleague, or for themselves."""
    if covered.agency_id != actor.agency_id:
        return False
    return bool(Staff.objects.filter(pk=covered.pk).filter(_within_reach(actor)).exists())


def covering_choices(*, actor: Actor) -> list[Staff]:
    """Who can stand in for someone: everyone here who works with clients or supervises, by name."""
    roles = StaffRole.objects.in_force(actor.at).filter(role__in=[*reasons.WORKERS, "supervisor"])
    people = Staff.objects.filter(agency=actor.agency_id, is_active=True, pk__in=roles.values("staff"))
    return list(people.order_by("name", "pk"))


def covers(*, actor: Actor) -> list[Cover]:
    """Covers now and to come that concern this actor or that they may arrange, the soonest first, with both colleagues."""
    rows = Cover.objects.filter(ends_at__gt=actor.at, covered__agency=actor.agency_id)
    within = Staff.objects.filter(agency=actor.agency_id).filter(_within_reach(actor)).values("pk")
    mine = Q(covered=actor.staff_id) | Q(covering=actor.staff_id) | Q(covered__in=within)
    return list(rows.filter(mine).select_related("covered", "covering").order_by("starts_at", "pk"))


def cover(*, actor: Actor, cover_id: UUID) -> Cover:
    """One cover that concerns this actor or that they may arrange. Raises Hidden."""
    found = next((row for row in covers(actor=actor) if row.pk == cover_id), None)
    if found is None:
        raise Hidden
    return found


def _within_reach(actor: Actor) -> Q:
    if "administrator" in actor.roles:
        return Q()
    reach = Q(pk=actor.staff_id) if actor.roles & (reasons.WORKERS | {"supervisor"}) else Q(pk__in=[])
    if "supervisor" in actor.roles:
        reach |= Q(pk__in=Supervision.objects.in_force(actor.at).filter(supervisor=actor.staff_id).values("supervised"))
    if "program_manager" in actor.roles:
        programs = reasons.managed_programs(actor)
        teams = TeamMembership.objects.in_force(actor.at).filter(team__program__in=programs)
        working = Assignment.objects.for_actor(actor).filter(
            in_force(actor.at), episode__in=reasons.managed(actor).values("pk")
        )
        reach |= Q(pk__in=teams.values("staff")) | Q(pk__in=working.values("staff"))
    return reach
