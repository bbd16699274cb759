"""Agencies, staff, episodes, assignments."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import count
from typing import Any

from tests.factories import made
from tests.factories.people import client
from wayfellow.access import Actor
from wayfellow.access.models import User
from wayfellow.kernel import clock
from wayfellow.kernel.ids import new_id
from wayfellow.people.models import Client
from wayfellow.programs import selectors
from wayfellow.programs.models import (
    Agency,
    Assignment,
    BreakGlassOpening,
    BreakGlassRequest,
    Cover,
    Episode,
    Management,
    Program,
    Site,
    Staff,
    StaffRole,
    Supervision,
    Team,
    TeamMembership,
)

_number = count(1)
PASSWORD = "correct horse battery staple"


def long_ago() -> datetime:
    return clock.now() - timedelta(days=400)


def agency(**fields: Any) -> Agency:
    return Agency.objects.create(**({"name": f"Harbor {next(_number)}"} | fields))


def program(of: Agency, **fields: Any) -> Program:
    return Program.objects.create(**({"agency": of, "name": f"Program {next(_number)}"} | fields))


def staff(of: Agency, *roles: str, **fields: Any) -> Staff:
    """Somebody with an account (password PASSWORD) and these roles since long ago."""
    number = next(_number)
    user = User.objects.create_user(f"staff{number}@example.org", PASSWORD)
    person = Staff.objects.create(**({"agency": of, "user": user, "name": f"Worker {number}"} | fields))
    for role in roles or ("case_manager",):
        StaffRole.objects.create(staff=person, role=role, starts_at=long_ago())
    return person


def actor(person: Staff, at: datetime | None = None) -> Actor:
    at = at or clock.now()
    return selectors.actor_of_staff(staff=person, roles=selectors.role_codes(staff=person, at=at), at=at, source="test")


def listing_actor(person: Staff) -> Actor:
    """An actor on a page of lists, where the policy has read whom they know (once a request)."""
    found = actor(person)
    list(Client.objects.for_actor(found))
    found.trail.seen.clear()
    return found


def episode(of: Client, within: Program, **fields: Any) -> Episode:
    values = {"client": of, "program": within, "starts_at": long_ago(), "status": Episode.Status.OPEN}
    return made(Episode(**(values | fields)))


def assignment(to: Staff, of: Episode, **fields: Any) -> Assignment:
    values = {"staff": to, "episode": of, "client_id": of.client_id, "starts_at": long_ago()}
    return made(Assignment(**(values | fields)))


def client_of(worker: Staff, within: Program | None = None, **fields: Any) -> Client:
    """A client in an open episode that this worker is the primary of."""
    person = client(worker.agency, **fields)
    within = within or program(worker.agency)
    assignment(worker, episode(person, within))
    return person


def cover(covered: Staff, covering: Staff, **fields: Any) -> Cover:
    now = clock.now()
    values = {
        "starts_at": now - timedelta(days=1),
        "ends_at": now + timedelta(days=6),
        "made_by": covered.pk,
        "key": new_id(),
    }
    return Cover.objects.create(**({"covered": covered, "covering": covering} | values | fields))


def supervision(supervisor: Staff, supervised: Staff, **fields: Any) -> Supervision:
    return Supervision.objects.create(
        **({"supervisor": supervisor, "supervised": supervised, "starts_at": long_ago()} | fields)
    )


def management(person: Staff, of: Program, **fields: Any) -> Management:
    return Management.objects.create(**({"staff": person, "program": of, "starts_at": long_ago()} | fields))


def membership(person: Staff, of: Program, **fields: Any) -> TeamMembership:
    team = Team.objects.create(program=of, name=f"Team {next(_number)}")
    return TeamMembership.objects.create(**({"staff": person, "team": team, "starts_at": long_ago()} | fields))


def broken_glass(person: Staff, of: Client, opened: Episode | None = None, **fields: Any) -> BreakGlassOpening:
    now = clock.now()
    request = BreakGlassRequest.objects.create(
        agency=person.agency, staff=person, key=new_id(), at=now, asked_sealed="", why="they called", was_opened=True
    )
    values = {"starts_at": now, "ends_at": now + timedelta(hours=4), "episode": opened, "request": request}
    return made(BreakGlassOpening(**({"staff": person, "client": of} | values | fields)))


def record_keys(of: Client, within: Episode, worker: Staff) -> dict[str, Any]:
    """Values for the URLs of this package: an assignment of this client, and rows of the agency that are about nobody.

    Those of the agency are made once: a further record must change nothing that staff see in its settings (two-worlds test).
    """
    about_nobody = _rows_of_agency(worker.agency, within.program)
    other = Staff.objects.get(pk=about_nobody["staff_id"])
    ended = assignment(other, within, kind="secondary").pk
    return {"episode_id": within.pk, "assignment_id": ended, "program_id": within.program_id} | about_nobody


def _rows_of_agency(of: Agency, within: Program) -> dict[str, Any]:
    site = Site.objects.filter(agency=of, name="Main Street").first() or Site.objects.create(
        agency=of, name="Main Street"
    )
    other = Staff.objects.filter(agency=of, job_title="Somebody else").first()
    if other is None:
        other = staff(of, "nurse", job_title="Somebody else")
        membership(other, within)
        management(staff(of, "program_manager"), program(of))
        supervision(staff(of, "supervisor"), other)
        cover(other, staff(of))
        BreakGlassRequest.objects.create(
            agency=of, staff=other, key=new_id(), at=clock.now(), asked_sealed="", why="they called"
        )
    member = other.memberships.get()
    return {
        "site_id": site.pk,
        "team_id": member.team_id,
        "membership_id": member.pk,
        "management_id": Management.objects.filter(program__agency=of).order_by("-pk")[0].pk,
        "staff_id": other.pk,
        "role_id": StaffRole.objects.filter(staff=other).order_by("pk")[0].pk,
        "supervision_id": other.supervised_by.get().pk,
        "cover_id": other.covered_by.get().pk,
        "request_id": other.break_glass_requests.get().pk,
    }
