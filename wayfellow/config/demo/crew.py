"""The agency, its programs and its twelve people: rows about no client."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from random import Random
from typing import Any

from django.contrib.auth.hashers import make_password

from wayfellow.access.models import User
from wayfellow.config.demo.days import Days
from wayfellow.config.demo.rows import key_at
from wayfellow.config.demo.words import read
from wayfellow.programs.models import (
    Agency,
    Cover,
    Management,
    Program,
    Site,
    Staff,
    StaffRole,
    Supervision,
    Team,
    TeamMembership,
)

FOUNDED_DAYS = 6 * 365
NINE = 9 * 60
COVER_FROM, COVER_UNTIL = 2, -5


@dataclass(frozen=True)
class SignIn:
    """How somebody gets in, for the screen. look: what is worth a look first."""

    name: str
    title: str
    email: str
    look: str


@dataclass(frozen=True)
class Crew:
    """The agency and who works there, by the codes of data/agency.toml."""

    agency: Agency
    programs: Mapping[str, Program]
    staff: Mapping[str, Staff]
    password: str
    sign_ins: tuple[SignIn, ...]


def email_of(row: Mapping[str, Any]) -> str:
    """Where somebody of the crew signs in."""
    return f"{row['code']}@{read('agency')['domain']}"


def sign_ins() -> tuple[SignIn, ...]:
    """Everybody's, in the order of the file."""
    return tuple(SignIn(row["name"], row["title"], email_of(row), row["look"]) for row in read("agency")["staff"])


def crew_made(days: Days, random: Random) -> Crew:
    """Write the agency, its programs and its staff."""
    facts = read("agency")
    began = days.at(FOUNDED_DAYS, NINE)
    agency = Agency.objects.create(id=key_at(began, random), **facts["agency"])
    programs = _programs(facts, agency, began, random)
    staff = _staff(facts, agency, began, random)
    _bonds(facts, programs, staff, began, random)
    _cover(staff, days, random)
    return Crew(agency, programs, staff, facts["password"], sign_ins())


def _programs(facts: Mapping[str, Any], agency: Agency, began: datetime, random: Random) -> dict[str, Program]:
    sites = {}
    for row in facts["sites"]:
        values = {name: value for name, value in row.items() if name != "code"}
        key = key_at(began, random)
        sites[row["code"]] = Site.objects.create(id=key, key=key, agency=agency, **values)
    programs = {}
    for row in facts["programs"]:
        values = {name: value for name, value in row.items() if name not in ("code", "site", "team")}
        key = key_at(began, random)
        programs[row["code"]] = Program.objects.create(
            id=key, key=key, agency=agency, site=sites[row["site"]], **values
        )
    return programs


def _staff(facts: Mapping[str, Any], agency: Agency, began: datetime, random: Random) -> dict[str, Staff]:
    # One password for all of them, so hashed once: a strong hash takes a tenth of a second.
    hashed = make_password(facts["password"])
    staff = {}
    for number, row in enumerate(facts["staff"]):
        user = User.objects.create(id=key_at(began, random), email=email_of(row), password=hashed)
        key = key_at(began, random)
        staff[row["code"]] = Staff.objects.create(
            id=key,
            key=key,
            agency=agency,
            user=user,
            name=row["name"],
            job_title=row["title"],
            phone=f"(207) 555-01{20 + number}",
        )
    return staff


def _bonds(
    facts: Mapping[str, Any],
    programs: Mapping[str, Program],
    staff: Mapping[str, Staff],
    began: datetime,
    random: Random,
) -> None:
    teams = {}
    for row in facts["programs"]:
        key = key_at(began, random)
        teams[row["code"]] = Team.objects.create(id=key, key=key, program=programs[row["code"]], name=row["team"])
    for row in facts["staff"]:
        person = staff[row["code"]]
        for role in row["roles"]:
            StaffRole.objects.create(id=key_at(began, random), staff=person, role=role, starts_at=began)
        for code in row["teams"]:
            TeamMembership.objects.create(id=key_at(began, random), staff=person, team=teams[code], starts_at=began)
        for code in row.get("supervises", ()):
            Supervision.objects.create(
                id=key_at(began, random), supervisor=person, supervised=staff[code], starts_at=began
            )
        for code in row.get("manages", ()):
            Management.objects.create(id=key_at(began, random), staff=person, program=programs[code], starts_at=began)


def _cover(staff: Mapping[str, Staff], days: Days, random: Random) -> None:
    """Tess is away; Renee stands in for her until the end of the week."""
    made_at = days.at(COVER_FROM + 1, NINE)
    Cover.objects.create(
        id=key_at(made_at, random),
        key=key_at(made_at, random),
        covered=staff["tess"],
        covering=staff["renee"],
        starts_at=days.at(COVER_FROM, 0),
        ends_at=days.at(COVER_UNTIL, 0),
        why="Away this week, back on her desk after.",
        made_by=staff["tess"].pk,
    )
