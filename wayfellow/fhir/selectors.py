"""Reads: what came from elsewhere about a client, and where a file's people go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from django.db.models import Count, Max, QuerySet

from wayfellow.access import Actor
from wayfellow.fhir.models import Received
from wayfellow.kernel.refusal import Refusal
from wayfellow.programs.models import Agency, Program, Staff

Named = TypeVar("Named", Agency, Program)


class NoTarget(Refusal):
    """It isn't clear into which agency and program a file goes, or to whom."""


@dataclass(frozen=True)
class Target:
    """Where the people of a file go."""

    agency: Agency
    program: Program
    worker: Staff | None


@dataclass(frozen=True)
class Origin:
    """One place that sent something: how many things, and when the last came."""

    name: str
    count: int
    latest_at: datetime


def received(*, actor: Actor, kind: str = "") -> QuerySet[Received]:
    """On a client's page: what came, the newest first, of one kind of resource or of all; for paging."""
    rows = Received.objects.for_actor(actor).select_related("episode__program").defer("content", "prints")
    if kind:
        rows = rows.filter(resource_type=kind)
    found: QuerySet[Received] = rows.order_by("-happened_date", "resource_type", "-pk")
    return found


def kinds(*, actor: Actor) -> list[tuple[str, int]]:
    """On a client's page: which kinds of resources came, and how many of each, the most first."""
    rows = Received.objects.for_actor(actor).values("resource_type").annotate(count=Count("pk"))
    return [(row["resource_type"], row["count"]) for row in rows.order_by("-count", "resource_type")]


def origins(*, actor: Actor) -> list[Origin]:
    """On a client's page: who sent something."""
    rows = Received.objects.for_actor(actor).values("origin").annotate(count=Count("pk"), latest_at=Max("received_at"))
    return [Origin(row["origin"], row["count"], row["latest_at"]) for row in rows.order_by("origin")]


def target(*, agency: str = "", program: str = "", worker: str = "") -> Target:
    """The agency, program (each by name or key, or the only one there is) and worker (by e-mail). Raises NoTarget."""
    where = _one(list(Agency.objects.order_by("name", "pk")), agency, "agency")
    programs = Program.objects.filter(agency=where, is_active=True).order_by("name", "pk")
    return Target(where, _one(list(programs), program, "program"), _worker(where, worker) if worker else None)


def _one(rows: Sequence[Named], wanted: str, what: str) -> Named:
    if not rows:
        raise NoTarget(f"There is no {what} yet. Make one first; `wayfellow create_agency` begins.")
    found = [row for row in rows if not wanted or row.name.casefold() == wanted.casefold() or str(row.pk) == wanted]
    if len(found) == 1:
        return found[0]
    names = ", ".join(row.name for row in rows)
    raise NoTarget(f"Say which {what} with --{what}: {names}.")


def _worker(agency: Agency, email: str) -> Staff:
    found: Any = Staff.objects.filter(agency=agency, is_active=True, user__email__iexact=email).first()
    if found is None:
        raise NoTarget("Nobody with this e-mail works in the agency. --worker takes the address they sign in with.")
    worker: Staff = found
    return worker
