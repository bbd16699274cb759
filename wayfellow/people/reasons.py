"""The reasons and blocks that this package owns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from wayfellow.access.reasons import Reason, RowSource
from wayfellow.people import rules
from wayfellow.people.models import Client, ConflictBlock, Identifier, Intake, NameKey, PossibleDuplicate

if TYPE_CHECKING:
    from wayfellow.access.actors import Actor

INTAKE_DAYS = 14
AUTHORS = frozenset({"case_manager", "social_worker", "therapist", "supervisor"})


def _intakes(actor: Actor) -> QuerySet[Any]:
    return Intake.objects.for_policy().filter(author_id=actor.staff_id, starts_at__lte=actor.at, ends_at__gt=actor.at)


def _blocks(actor: Actor) -> QuerySet[Any]:
    rows = ConflictBlock.objects.for_policy().filter(staff_id=actor.staff_id, starts_at__lte=actor.at)
    return rows.filter(Q(ends_at=None) | Q(ends_at__gt=actor.at))


def _clients_of_agency(actor: Actor) -> QuerySet[Any]:
    return Client.objects.for_policy().filter(agency_id=actor.agency_id)


def _clients_for_import(actor: Actor) -> QuerySet[Any]:
    rows = _clients_of_agency(actor)
    return rows if actor.is_system else rows.none()


INTAKE = Reason("intake", _("wrote you down as new"), AUTHORS, _intakes, episode="episode_id")
PRIVACY = Reason("privacy", _("looks after privacy"), frozenset({"privacy_lead"}), _clients_of_agency, client="pk")
IMPORT = Reason(
    "import", _("an import that was started by name"), frozenset({"importer"}), _clients_for_import, client="pk"
)
CONFLICT_BLOCKS = RowSource(_blocks)


def similar_clients(client: Client) -> list[tuple[UUID, str]]:
    """The keys of other clients of the agency who may be this person, each with what agrees ("name,birth_date").

    A name one letter off with the same birth date, or the same name where a birth date isn't known. For the privacy lead's eyes only.
    """
    keys = rules.name_keys(client.chosen_name) | rules.name_keys(client.legal_name)
    near = NameKey.objects.for_policy().filter(agency_id=client.agency_id, key__in=keys).exclude(client=client)
    rows = Client.objects.for_policy().filter(pk__in=near.values("client")).order_by("pk")
    found = []
    for other in rows:
        if client.birth_date and other.birth_date:
            if client.birth_date == other.birth_date:
                found.append((other.pk, "name,birth_date"))
        elif rules.plain(client.chosen_name) == rules.plain(other.chosen_name):
            found.append((other.pk, "name"))
    return found


# What agrees between two rows, beside name and birth_date.
SAME_NUMBER = "number"


def others_with(client: Client, *, system: str, mark: str) -> list[UUID]:
    """The keys of other clients of the agency who have this number (its blind index). For the privacy lead's eyes only."""
    rows = Identifier.objects.for_policy().filter(agency_id=client.agency_id, system=system, value_blind=mark)
    return sorted(set(rows.exclude(client=client).values_list("client_id", flat=True)))


def is_pair_known(client_id: UUID, other_id: UUID) -> bool:
    """Whether the privacy lead has, or had, these two to compare."""
    pairs = Q(client=client_id, other_id=other_id) | Q(client=other_id, other_id=client_id)
    return PossibleDuplicate.objects.for_policy().filter(pairs).exists()
