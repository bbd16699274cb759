"""Reads for whoever sets the agency up: sites, programs, teams, staff. Another agency's rows are missing ones."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import QuerySet

from wayfellow.access import Actor, Hidden
from wayfellow.programs.models import (
    Agency,
    Management,
    OpenModel,
    Program,
    Site,
    Staff,
    StaffRole,
    Supervision,
    Team,
    TeamMembership,
)

Row = TypeVar("Row", bound=OpenModel)


@dataclass(frozen=True)
class StaffLine:
    """One colleague in the list. roles: their roles now, as rows. has_password: they have set one, so they can sign in."""

    staff: Staff
    roles: tuple[StaffRole, ...]
    has_password: bool


@dataclass(frozen=True)
class StaffProfile:
    """Everything dated about one colleague that holds now or will. former_roles: the ended ones, the newest first."""

    line: StaffLine
    former_roles: tuple[StaffRole, ...] = ()
    supervised_by: tuple[Supervision, ...] = ()
    supervises: tuple[Supervision, ...] = ()
    memberships: tuple[TeamMembership, ...] = ()
    manages: tuple[Management, ...] = ()


@dataclass(frozen=True)
class ProgramLine:
    """One program with its teams and who manages it now."""

    program: Program
    teams: tuple[Team, ...] = ()
    managers: tuple[Management, ...] = field(default=())


def agency(*, actor: Actor) -> Agency:
    """The actor's agency. Raises Hidden."""
    return _one(Agency, Agency.objects.filter(pk=actor.agency_id))


def sites(*, actor: Actor) -> list[Site]:
    """The agency's places, those in use first, by name."""
    return list(Site.objects.filter(agency=actor.agency_id).order_by("-is_active", "name", "pk"))


def site(*, actor: Actor, site_id: UUID) -> Site:
    """One place of the agency. Raises Hidden."""
    return _one(Site, Site.objects.filter(agency=actor.agency_id, pk=site_id))


def programs_to_choose(*, actor: Actor) -> list[Program]:
    """The programs that take people now, by name: what a form offers."""
    return list(Program.objects.filter(agency=actor.agency_id, is_active=True).order_by("name", "pk"))


def programs(*, actor: Actor) -> list[ProgramLine]:
    """All programs of the agency, those that take people first, by name, each with its teams and managers."""
    rows = Program.objects.filter(agency=actor.agency_id).order_by("-is_active", "name", "pk")
    return _lines(actor, rows)


def program(*, actor: Actor, program_id: UUID) -> ProgramLine:
    """One program of the agency with its teams and managers. Raises Hidden."""
    found = _lines(actor, Program.objects.filter(agency=actor.agency_id, pk=program_id))
    if not found:
        raise Hidden
    return found[0]


def team(*, actor: Actor, team_id: UUID) -> Team:
    """One team of the agency, with its program. Raises Hidden."""
    return _one(Team, Team.objects.filter(program__agency=actor.agency_id, pk=team_id).select_related("program"))


def memberships(*, actor: Actor, team: Team) -> list[TeamMembership]:
    """Who is on the team now, by name."""
    rows = TeamMembership.objects.in_force(actor.at).filter(team=team, team__program__agency=actor.agency_id)
    return list(rows.select_related("staff").order_by("staff__name", "pk"))


def membership(*, actor: Actor, membership_id: UUID) -> TeamMembership:
    """One membership in the agency. Raises Hidden."""
    rows = TeamMembership.objects.filter(staff__agency=actor.agency_id, pk=membership_id)
    return _one(TeamMembership, rows.select_related("staff", "team"))


def management(*, actor: Actor, management_id: UUID) -> Management:
    """One management in the agency. Raises Hidden."""
    rows = Management.objects.filter(program__agency=actor.agency_id, pk=management_id)
    return _one(Management, rows.select_related("staff", "program"))


def supervision(*, actor: Actor, supervision_id: UUID) -> Supervision:
    """One supervision in the agency. Raises Hidden."""
    rows = Supervision.objects.filter(supervised__agency=actor.agency_id, pk=supervision_id)
    return _one(Supervision, rows.select_related("supervisor", "supervised"))


def role(*, actor: Actor, role_id: UUID) -> StaffRole:
    """One dated role in the agency. Raises Hidden."""
    return _one(StaffRole, StaffRole.objects.filter(staff__agency=actor.agency_id, pk=role_id).select_related("staff"))


def colleagues(*, actor: Actor, roles: Iterable[str] = ()) -> list[Staff]:
    """Everyone who works here now, by name; with `roles`, those who have one of them now."""
    rows = Staff.objects.filter(agency=actor.agency_id, is_active=True)
    if roles:
        holding = StaffRole.objects.in_force(actor.at).filter(role__in=list(roles))
        rows = rows.filter(pk__in=holding.values("staff"))
    return list(rows.order_by("name", "pk"))


def staff_list(*, actor: Actor) -> QuerySet[Staff]:
    """Everyone who works or worked here, those who do first, by name; a page of it goes to `staff_lines`."""
    found: QuerySet[Staff] = Staff.objects.filter(agency=actor.agency_id).select_related("user")
    return found.order_by("-is_active", "name", "pk")


def staff_lines(*, actor: Actor, people: Iterable[Staff]) -> list[StaffLine]:
    """What the list says of each of these colleagues, with their roles now."""
    rows, roles = list(people), defaultdict(list)
    for role in StaffRole.objects.in_force(actor.at).filter(staff__in=rows).order_by("role", "pk"):
        roles[role.staff_id].append(role)
    return [StaffLine(row, tuple(roles[row.pk]), _has_password(row)) for row in rows]


def staff_profile(*, actor: Actor, staff_id: UUID) -> StaffProfile:
    """One colleague and everything dated about them. Raises Hidden."""
    row: Staff = _one(Staff, Staff.objects.filter(agency=actor.agency_id, pk=staff_id).select_related("user", "agency"))
    roles = list(StaffRole.objects.filter(staff=row).order_by("-starts_at", "pk"))
    is_over = [role.ends_at is not None and role.ends_at <= actor.at for role in roles]
    current = tuple(role for role, over in zip(roles, is_over, strict=True) if not over)
    return StaffProfile(
        line=StaffLine(row, current, _has_password(row)),
        former_roles=tuple(role for role, over in zip(roles, is_over, strict=True) if over),
        supervised_by=_running(Supervision, actor, "supervisor", supervised=row),
        supervises=_running(Supervision, actor, "supervised", supervisor=row),
        memberships=_running(TeamMembership, actor, "team__program", staff=row),
        manages=_running(Management, actor, "program", staff=row),
    )


def _running(model: Any, actor: Actor, related: str, **who: Any) -> tuple[Any, ...]:
    rows = model.objects.filter(**who).exclude(ends_at__lte=actor.at)
    return tuple(rows.select_related(related).order_by("starts_at", "pk"))


def _has_password(staff: Staff) -> bool:
    return staff.user is not None and staff.user.has_usable_password()


def _one(model: type[Row], rows: Any) -> Row:
    found = rows.first()
    if not isinstance(found, model):
        raise Hidden
    return found


def _lines(actor: Actor, programs: QuerySet[Any]) -> list[ProgramLine]:
    rows = list(programs.select_related("site"))
    keys = [row.pk for row in rows]
    teams, managers = defaultdict(list), defaultdict(list)
    for team in Team.objects.filter(program__in=keys).order_by("-is_active", "name", "pk"):
        teams[team.program_id].append(team)
    running = Management.objects.in_force(actor.at).filter(program__in=keys).select_related("staff")
    for row in running.order_by("staff__name", "pk"):
        managers[row.program_id].append(row)
    return [ProgramLine(row, tuple(teams[row.pk]), tuple(managers[row.pk])) for row in rows]
