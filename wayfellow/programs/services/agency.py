"""The agency, its sites, programs and teams."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID
from zoneinfo import available_timezones

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from wayfellow import access
from wayfellow.access import AccessDenied, Actor
from wayfellow.kernel.refusal import Refusal
from wayfellow.programs import verbs
from wayfellow.programs.models import Agency, Program, Site, Staff, StaffRoleCode, Team
from wayfellow.programs.services.changing import change_if_current, here_or_hidden, made_already, make_once
from wayfellow.programs.services.staff import staff_invite


class Part2Stays(Refusal):
    """A program under 42 CFR Part 2 can't stop being one: its record would open to those who may not know of it."""


class NoSuchTimeZone(Refusal):
    """Not a name of the IANA time zone list."""


class WeakPassword(Refusal):
    """A password that is too short or known to everyone."""


@access.service
def agency_create(
    *,
    actor: Actor,
    name: str,
    timezone: str,
    administrator_name: str,
    administrator_email: str,
    at: datetime,
    password: str | None = None,
) -> Staff:
    """A new agency under the key `actor.agency_id`, and its first administrator, without a password unless one is given.

    timezone: an IANA name. Raises NoSuchTimeZone, EmailInUse, WeakPassword, AccessDenied for anyone but the system: the
    command create_agency and the demo.
    """
    access.require(actor, verbs.SETTINGS_CHANGE)
    if not actor.is_system:
        raise AccessDenied(verbs.SETTINGS_CHANGE.code)
    _known_timezone(timezone)
    _strong_enough(password)
    Agency.objects.create(pk=actor.agency_id, name=name, timezone=timezone)
    staff = staff_invite(
        actor=actor,
        key=actor.correlation_id,
        name=administrator_name,
        email=administrator_email,
        roles=[StaffRoleCode.ADMINISTRATOR],
        at=at,
    )
    if password is not None and staff.user is not None:
        staff.user.set_password(password)
        staff.user.save(update_fields=["password"])
    access.record(actor, verbs.SETTINGS_CHANGE, staff)
    return staff


@access.service
def agency_change(
    *,
    actor: Actor,
    agency: Agency,
    version: int,
    name: str,
    timezone: str,
    phone: str = "",
    on_call_phone: str = "",
    crisis_line: str = "",
) -> Agency:
    """Change what is known of the agency. timezone: an IANA name. Raises Changed, NoSuchTimeZone."""
    access.require(actor, verbs.SETTINGS_CHANGE)
    here_or_hidden(actor=actor, agency_ids=[agency.pk])
    _known_timezone(timezone)
    row = change_if_current(
        row=agency,
        version=version,
        name=name,
        timezone=timezone,
        phone=phone,
        on_call_phone=on_call_phone,
        crisis_line=crisis_line,
    )
    access.record(actor, verbs.SETTINGS_CHANGE, row)
    return row


@access.service
def site_add(*, actor: Actor, key: UUID, name: str, address: str = "", phone: str = "") -> Site:
    """A place the agency works from. The same `key` twice is one row."""
    access.require(actor, verbs.SETTINGS_CHANGE)
    site: Site = make_once(
        look=lambda: made_already(model=Site, key=key),
        make=lambda: Site.objects.create(agency_id=actor.agency_id, key=key, name=name, address=address, phone=phone),
    )
    here_or_hidden(actor=actor, agency_ids=[site.agency_id])
    access.record(actor, verbs.SETTINGS_CHANGE, site)
    return site


@access.service
def site_change(
    *, actor: Actor, site: Site, version: int, name: str, address: str = "", phone: str = "", is_active: bool = True
) -> Site:
    """Change a place, or say that it isn't used any more. Raises Changed."""
    access.require(actor, verbs.SETTINGS_CHANGE)
    here_or_hidden(actor=actor, agency_ids=[site.agency_id])
    row = change_if_current(row=site, version=version, name=name, address=address, phone=phone, is_active=is_active)
    access.record(actor, verbs.SETTINGS_CHANGE, row)
    return row


@access.service
def program_add(
    *,
    actor: Actor,
    key: UUID,
    name: str,
    kind: str = Program.Kind.COMMUNITY,
    site: Site | None = None,
    is_part2: bool = False,
    has_shared_caseload: bool = False,
) -> Program:
    """A program. kind: a code of Program.Kind; one for substance use is a Part 2 program. The same `key` twice is one row."""
    access.require(actor, verbs.SETTINGS_CHANGE)
    is_part2 = is_part2 or kind == Program.Kind.SUD
    here_or_hidden(actor=actor, agency_ids=[site.agency_id] if site else [])
    program: Program = make_once(
        look=lambda: made_already(model=Program, key=key),
        make=lambda: Program.objects.create(
            agency_id=actor.agency_id,
            key=key,
            name=name,
            kind=kind,
            site=site,
            is_part2=is_part2,
            has_shared_caseload=has_shared_caseload,
        ),
    )
    here_or_hidden(actor=actor, agency_ids=[program.agency_id])
    access.record(actor, verbs.SETTINGS_CHANGE, program)
    return program


@access.service
def program_change(
    *,
    actor: Actor,
    program: Program,
    version: int,
    name: str,
    kind: str,
    site: Site | None = None,
    is_part2: bool = False,
    has_shared_caseload: bool = False,
    is_active: bool = True,
) -> Program:
    """Change a program, or say that it takes nobody new. Raises Changed; Part2Stays when it would stop being a Part 2 program."""
    access.require(actor, verbs.SETTINGS_CHANGE)
    is_part2 = is_part2 or kind == Program.Kind.SUD
    here_or_hidden(actor=actor, agency_ids=[program.agency_id, *([site.agency_id] if site else [])])
    if Program.objects.filter(pk=program.pk, is_part2=True).exists() and not is_part2:
        raise Part2Stays(
            _("A Part 2 program stays one, or its record would open to others. Make a new program instead.")
        )
    row = change_if_current(
        row=program,
        version=version,
        name=name,
        kind=kind,
        site=site,
        is_part2=is_part2,
        has_shared_caseload=has_shared_caseload,
        is_active=is_active,
    )
    access.record(actor, verbs.SETTINGS_CHANGE, row)
    return row


@access.service
def team_add(*, actor: Actor, program: Program, key: UUID, name: str) -> Team:
    """A team of a program. The same `key` twice is one row."""
    access.require(actor, verbs.SETTINGS_CHANGE)
    here_or_hidden(actor=actor, agency_ids=[program.agency_id])
    team: Team = make_once(
        look=lambda: made_already(model=Team, key=key),
        make=lambda: Team.objects.create(program=program, key=key, name=name),
    )
    here_or_hidden(actor=actor, agency_ids=[team.program.agency_id])
    access.record(actor, verbs.SETTINGS_CHANGE, team)
    return team


@access.service
def team_change(*, actor: Actor, team: Team, version: int, name: str, is_active: bool = True) -> Team:
    """Change a team's name, or say that it works no more. Raises Changed."""
    access.require(actor, verbs.SETTINGS_CHANGE)
    here_or_hidden(actor=actor, agency_ids=[team.program.agency_id])
    row = change_if_current(row=team, version=version, name=name, is_active=is_active)
    access.record(actor, verbs.SETTINGS_CHANGE, row)
    return row


def _strong_enough(password: str | None) -> None:
    try:
        if password is not None:
            validate_password(password)
    except ValidationError as error:
        raise WeakPassword(" ".join(error.messages)) from None


def _known_timezone(name: str) -> None:
    if name not in available_timezones():
        raise NoSuchTimeZone(
            _("We don’t know a time zone “%(name)s”. Write it like America/New_York.") % {"name": name}
        )
