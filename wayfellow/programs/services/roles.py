"""Dated facts about staff: roles, teams, supervision, management. A reason that rests on one ends with it, at once."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from wayfellow import access
from wayfellow.access import Actor
from wayfellow.kernel.refusal import Refusal
from wayfellow.programs import verbs
from wayfellow.programs.models import (
    Management,
    Program,
    Staff,
    StaffRole,
    StaffRoleCode,
    Supervision,
    Team,
    TeamMembership,
)
from wayfellow.programs.services.changing import has_role, here_or_hidden, period_end, period_start
from wayfellow.programs.services.staff import keep_an_administrator


class RoleMissing(Refusal):
    """Supervising and managing open records only to those who have that role."""


class OfThemselves(Refusal):
    """Nobody supervises themselves."""


@access.service
def role_grant(
    *, actor: Actor, staff: Staff, role: str, starts_at: datetime, ends_at: datetime | None = None
) -> StaffRole:
    """Give a role (a code of StaffRoleCode) in [starts_at, ends_at). One that runs already is the answer. Raises EndsBeforeStart."""
    access.require(actor, verbs.STAFF_CHANGE)
    here_or_hidden(actor=actor, agency_ids=[staff.agency_id])
    row = period_start(model=StaffRole, starts_at=starts_at, ends_at=ends_at, staff=staff, role=role)
    access.record(actor, verbs.STAFF_CHANGE, row)
    return row


@access.service
def role_end(*, actor: Actor, role: StaffRole, at: datetime) -> StaffRole:
    """End a role now. Raises LastAdministrator."""
    access.require(actor, verbs.STAFF_CHANGE)
    here_or_hidden(actor=actor, agency_ids=[role.staff.agency_id])
    if role.role == StaffRoleCode.ADMINISTRATOR:
        keep_an_administrator(staff=role.staff, at=at)
    row = period_end(row=role, at=at)
    access.record(actor, verbs.STAFF_CHANGE, row)
    return row


@access.service
def team_join(*, actor: Actor, team: Team, staff: Staff, starts_at: datetime) -> TeamMembership:
    """Put a colleague on a team. A membership that runs already is the answer."""
    access.require(actor, verbs.STAFF_CHANGE)
    here_or_hidden(actor=actor, agency_ids=[staff.agency_id, team.program.agency_id])
    row = period_start(model=TeamMembership, starts_at=starts_at, ends_at=None, team=team, staff=staff)
    access.record(actor, verbs.STAFF_CHANGE, row)
    return row


@access.service
def team_leave(*, actor: Actor, membership: TeamMembership, at: datetime) -> TeamMembership:
    """End a membership now."""
    access.require(actor, verbs.STAFF_CHANGE)
    here_or_hidden(actor=actor, agency_ids=[membership.staff.agency_id])
    row = period_end(row=membership, at=at)
    access.record(actor, verbs.STAFF_CHANGE, row)
    return row


@access.service
def supervision_start(
    *, actor: Actor, supervisor: Staff, supervised: Staff, starts_at: datetime, ends_at: datetime | None = None
) -> Supervision:
    """Have one colleague supervise another in [starts_at, ends_at). Raises RoleMissing, OfThemselves, EndsBeforeStart."""
    access.require(actor, verbs.STAFF_CHANGE)
    here_or_hidden(actor=actor, agency_ids=[supervisor.agency_id, supervised.agency_id])
    if supervisor.pk == supervised.pk:
        raise OfThemselves(_("Nobody supervises themselves. Choose somebody else."))
    _must_have(supervisor, StaffRoleCode.SUPERVISOR, actor.at)
    row = period_start(
        model=Supervision, starts_at=starts_at, ends_at=ends_at, supervisor=supervisor, supervised=supervised
    )
    access.record(actor, verbs.STAFF_CHANGE, row)
    return row


@access.service
def supervision_end(*, actor: Actor, supervision: Supervision, at: datetime) -> Supervision:
    """End a supervision now."""
    access.require(actor, verbs.STAFF_CHANGE)
    here_or_hidden(actor=actor, agency_ids=[supervision.supervised.agency_id])
    row = period_end(row=supervision, at=at)
    access.record(actor, verbs.STAFF_CHANGE, row)
    return row


@access.service
def management_start(*, actor: Actor, program: Program, staff: Staff, starts_at: datetime) -> Management:
    """Have a colleague manage a program from then on. Raises RoleMissing."""
    access.require(actor, verbs.STAFF_CHANGE)
    here_or_hidden(actor=actor, agency_ids=[program.agency_id, staff.agency_id])
    _must_have(staff, StaffRoleCode.PROGRAM_MANAGER, actor.at)
    row = period_start(model=Management, starts_at=starts_at, ends_at=None, program=program, staff=staff)
    access.record(actor, verbs.STAFF_CHANGE, row)
    return row


@access.service
def management_end(*, actor: Actor, management: Management, at: datetime) -> Management:
    """End a management now."""
    access.require(actor, verbs.STAFF_CHANGE)
    here_or_hidden(actor=actor, agency_ids=[management.program.agency_id])
    row = period_end(row=management, at=at)
    access.record(actor, verbs.STAFF_CHANGE, row)
    return row


def _must_have(staff: Staff, role: StaffRoleCode, at: datetime) -> None:
    if not has_role(staff_id=staff.pk, roles=[role], at=at):
        raise RoleMissing(
            _("%(name)s doesn’t have the role “%(role)s” now. Give it to them first.")
            % {"name": staff.name, "role": role.label}
        )
