"""Reads: who works here, and as what."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from wayfellow.access import Actor
from wayfellow.access.models import User
from wayfellow.programs.models import Assignment, Staff, StaffRole


def actor_of_user(*, user: User, at: datetime, source: str) -> Actor | None:
    """The actor that a signed-in account is at this moment; None when its staff was deactivated or never was."""
    roles = list(
        StaffRole.objects.in_force(at)
        .filter(staff__user=user, staff__is_active=True)
        .select_related("staff__agency")
        .order_by("pk")
    )
    if not roles:
        return None
    return actor_of_staff(staff=roles[0].staff, roles=frozenset(row.role for row in roles), at=at, source=source)


def actor_of_staff(*, staff: Staff, roles: frozenset[str], at: datetime, source: str) -> Actor:
    """An actor for this member of staff with these role codes."""
    return Actor(
        staff_id=staff.pk,
        agency_id=staff.agency_id,
        roles=roles,
        at=at,
        source=source,
        timezone=staff.agency.timezone,
        name=staff.name,
    )


def role_codes(*, staff: Staff, at: datetime) -> frozenset[str]:
    """The roles this member of staff has at the moment."""
    return frozenset(StaffRole.objects.in_force(at).filter(staff=staff).values_list("role", flat=True))


def staff_names(*, agency_id: UUID) -> dict[UUID, str]:
    """The names of everyone who works or worked in the agency, by key: for "written by" lines."""
    return dict(Staff.objects.filter(agency=agency_id).values_list("pk", "name"))


def staff_of(*, actor: Actor) -> Staff:
    """The actor's own row among the staff."""
    found: Staff = Staff.objects.get(pk=actor.staff_id)
    return found


def staff_ids_of_client(*, actor: Actor) -> frozenset[UUID]:
    """On a client's page: who works or has worked with them as far as this actor may know, and the actor."""
    known = Assignment.objects.for_actor(actor).values_list("staff_id", flat=True)
    return frozenset(known) | ({actor.staff_id} if actor.staff_id else set())
