"""Who has opened a record, and why: the audit read back through the same policy (ACCESS.md)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from wayfellow.access import policy, reasons, verbs
from wayfellow.access.actors import Actor
from wayfellow.access.models import AuditListed, AuditRow
from wayfellow.access.verbs import sentence_of

LIST_ROWS_READ = 400


@dataclass(frozen=True)
class Line:
    """One line: who did what, when, and the reason that let them. times: how often, for what was folded into one line."""

    at: datetime
    staff_id: UUID | None
    actor_kind: str
    sentence: str
    reason: str
    outcome: str
    times: int = 1


def opened_rows(*, actor: Actor, client_id: UUID) -> QuerySet[AuditRow]:
    """Rows about this one record, the newest first, for paging. A row of an episode that the actor may not know isn't among them.

    Raises Hidden, AccessDenied.
    """
    policy.require(actor, verbs.AUDIT_READ, client_id)
    rows = AuditRow.objects.filter(client_id=client_id).exclude(verb__startswith="access.draft.")
    standing = policy.standing(actor, client_id)
    if "privacy_lead" not in actor.roles:
        hidden = standing.protected - {granted.episode_id for granted in standing.granted}
        rows = rows.filter(Q(episode_id=None) | ~Q(episode_id__in=list(hidden)))
        rows = rows.exclude(reason_id__in=_reason_ids_of(actor, client_id, hidden))
    return rows.order_by("-at", "-seq", "pk")


def _reason_ids_of(actor: Actor, client_id: UUID, episodes: frozenset[UUID]) -> list[UUID]:
    """Keys of reasons that name one of these episodes: an opening for such a reason would tell of it, whoever opened."""
    if not episodes:
        return []
    found: list[UUID] = []
    for reason in reasons.all_rows_by_episode():
        found += reason(client_id, episodes)
    return found


def lines_of(rows: list[AuditRow]) -> list[Line]:
    """The rows in words."""
    return [
        Line(row.at, row.staff_id, row.actor_kind, sentence_of(row.verb), reason_words(row.reason), row.outcome)
        for row in rows
    ]


def listed(*, actor: Actor, client_id: UUID) -> list[Line]:
    """On whose lists this person was lately, folded by colleague and day; the newest first."""
    policy.require(actor, verbs.AUDIT_READ, client_id)
    rows = AuditListed.objects.filter(client_id=client_id).select_related("row").order_by("-row__at", "pk")
    folded: dict[tuple[object, ...], Line] = {}
    for one in rows[:LIST_ROWS_READ]:
        key = (one.row.staff_id, one.row.at.date(), one.row.verb)
        times = folded[key].times + 1 if key in folded else 1
        first = folded.get(key)
        folded[key] = Line(
            first.at if first else one.row.at, one.row.staff_id, one.row.actor_kind,
            sentence_of(one.row.verb), "", one.row.outcome, times,
        )  # fmt: skip
    return sorted(folded.values(), key=lambda line: line.at, reverse=True)


def reason_words(name: str) -> str:
    """A reason's label, after "because"; "" for none that is known."""
    return next((str(reason.label) for reason in reasons.reasons() if reason.name == name), "")
