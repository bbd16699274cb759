"""The reasons that this package owns: who works with whom, and for how long."""

from __future__ import annotations

import unicodedata
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from wayfellow.access.reasons import Reason, RowSource
from wayfellow.people.models import Client, ConflictBlock, Identifier, Intake
from wayfellow.programs.models import (
    Assignment,
    BreakGlassOpening,
    Cover,
    Episode,
    Management,
    Supervision,
    TeamMembership,
    in_force,
)

if TYPE_CHECKING:
    from wayfellow.access.actors import Actor

WORKERS = frozenset({"case_manager", "social_worker", "therapist", "prescriber", "nurse", "peer_support"})
# Asked for in place of a day that wasn't given; nobody was born on it.
NOBODYS_BIRTHDAY = date(1, 1, 1)
MANAGERS = frozenset({"program_manager"})
ALL_STAFF = WORKERS | {"supervisor", "program_manager", "privacy_lead", "administrator"}


def assignments(actor: Actor) -> QuerySet[Any]:
    """Assignments of the actor in force."""
    return Assignment.objects.for_policy().filter(in_force(actor.at), staff=actor.staff_id)


def covered(actor: Actor) -> QuerySet[Any]:
    """Assignments in force of those whom the actor covers for."""
    people = Cover.objects.in_force(actor.at).filter(covering=actor.staff_id).values("covered")
    return Assignment.objects.for_policy().filter(in_force(actor.at), staff__in=people)


def shared(actor: Actor) -> QuerySet[Any]:
    """Open episodes of programs whose whole team, the actor among them, shares the caseload."""
    programs = TeamMembership.objects.in_force(actor.at).filter(staff=actor.staff_id).values("team__program")
    rows = Episode.objects.for_policy().exclude(status=Episode.Status.CLOSED)
    return rows.filter(program__in=programs, program__has_shared_caseload=True)


def taken_in(actor: Actor) -> QuerySet[Any]:
    """Intakes of the actor in force that led to a stay: nobody works with these people yet."""
    rows = Intake.objects.for_policy().filter(author_id=actor.staff_id, episode_id__isnull=False)
    return rows.filter(in_force(actor.at))


def supervised(actor: Actor) -> QuerySet[Any]:
    """Assignments in force of those whom the actor supervises."""
    people = Supervision.objects.in_force(actor.at).filter(supervisor=actor.staff_id).values("supervised")
    return Assignment.objects.for_policy().filter(in_force(actor.at), staff__in=people)


def managed_programs(actor: Actor) -> QuerySet[Any]:
    """The keys of the programs that the actor manages."""
    return Management.objects.in_force(actor.at).filter(staff=actor.staff_id).values("program")


def managed(actor: Actor) -> QuerySet[Any]:
    """Open episodes of the programs that the actor manages."""
    rows = Episode.objects.for_policy().exclude(status=Episode.Status.CLOSED)
    return rows.filter(program__in=managed_programs(actor))


def glass(actor: Actor) -> QuerySet[Any]:
    """What the actor has opened in an emergency and may still open."""
    return BreakGlassOpening.objects.for_policy().filter(in_force(actor.at), staff=actor.staff_id)


def _episodes_of_agency(actor: Actor) -> QuerySet[Any]:
    return Episode.objects.for_policy().filter(program__agency=actor.agency_id)


def _episodes_for_import(actor: Actor) -> QuerySet[Any]:
    rows = _episodes_of_agency(actor)
    return rows if actor.is_system else rows.none()


def _part2(actor: Actor) -> QuerySet[Any]:
    return Episode.objects.for_policy().filter(program__is_part2=True)


def blocked_staff_ids(*, client_id: UUID, at: datetime) -> frozenset[UUID]:
    """Who must not know this client at the moment: to leave them out of choices, never to be shown."""
    rows = ConflictBlock.objects.for_policy().filter(client=client_id, starts_at__lte=at)
    return frozenset(rows.filter(Q(ends_at=None) | Q(ends_at__gt=at)).values_list("staff_id", flat=True))


def running_episode(*, client_id: UUID, program_id: UUID, key: UUID) -> Episode | None:
    """The stay that a form with this key has opened, or that this client has in the program already; known or not to who asks."""
    rows = Episode.objects.for_policy().filter(client=client_id)
    running = rows.exclude(status=Episode.Status.CLOSED).filter(program=program_id)
    found: Episode | None = rows.filter(key=key).first() or running.first()
    return found


def asked_for(*, agency_id: UUID, name: str, birth_date: date | None, identifier: str) -> list[UUID]:
    """The clients of the agency who are exactly this: a full name (chosen or legal) with a birth date, or an identifier.

    Both looks are always taken, so that neither the time nor the statements tell what was found.
    """
    people = Client.objects.for_policy().filter(agency_id=agency_id)
    born = people.filter(birth_date=birth_date or NOBODYS_BIRTHDAY).order_by("pk")
    wanted = plain_name(name)
    found = {
        key for key, chosen, legal in born.values_list("pk", "chosen_name", "legal_name")
        if wanted and wanted in (plain_name(chosen), plain_name(legal))
    }  # fmt: skip
    known = Identifier.objects.for_policy().filter(agency_id=agency_id, value_blind=Identifier.blinded(identifier))
    by_number = set(known.values_list("client", flat=True))
    return sorted(found | by_number if identifier.strip() else found, key=str)


def plain_name(name: str) -> str:
    """A name without case, accents and double spaces, to compare it with another."""
    letters = unicodedata.normalize("NFKD", name.casefold())
    return " ".join("".join(letter for letter in letters if not unicodedata.combining(letter)).split())


def part2_episodes(*, client_id: UUID) -> tuple[list[Episode], bool]:
    """The client's Part 2 episodes, and whether they have no others: then that they are a client at all is protected."""
    rows = list(Episode.objects.for_policy().filter(client=client_id).select_related("program").order_by("pk"))
    protected = [row for row in rows if row.program.is_part2]
    return protected, bool(protected) and len(protected) == len(rows)


REASONS = (
    Reason("assignment", _("works with you"), WORKERS, assignments, episode="episode_id"),
    Reason("cover", _("covers for a colleague"), WORKERS | {"supervisor"}, covered, episode="episode_id"),
    Reason("shared caseload", _("is on the team that shares your care"), WORKERS, shared, episode="pk"),
    Reason(
        "supervision", _("supervises a worker of yours"), frozenset({"supervisor"}), supervised, episode="episode_id"
    ),
    Reason("management", _("manages the program"), frozenset({"program_manager"}), managed, episode="pk"),
    Reason("break-glass", _("opened it in an emergency"), ALL_STAFF, glass, episode="episode_id", in_lists=False),
    Reason(
        "privacy of episodes", _("looks after privacy"), frozenset({"privacy_lead"}), _episodes_of_agency, episode="pk"
    ),
    Reason(
        "import of episodes",
        _("an import that was started by name"),
        frozenset({"importer"}),
        _episodes_for_import,
        episode="pk",
    ),
)
PROTECTED_EPISODES = RowSource(_part2)
