"""Who has opened a record, and why: the audit read back through the same policy."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from wayfellow.access import policy, reasons, verbs
from wayfellow.access.actors import Actor
from wayfellow.access.models import AuditListed, AuditRow
from wayfellow.access.verbs import sentence_of
from wayfellow.kernel import clock

LIST_ROWS_READ = 400
SEES_ALL = "privacy_lead"


@dataclass(frozen=True)
class Line:
    """One line: who did what, when, and the reason that let them. times: how often, for what was folded into one line of a day."""

    at: datetime
    staff_id: UUID | None
    actor_kind: str
    sentence: str
    reason: str
    outcome: str
    times: int = 1


def rows(*, actor: Actor, client_id: UUID) -> QuerySet[AuditRow]:
    """Rows about this one record, the newest first, for paging.

    A row of a protected episode, or of someone whom only such an episode let in, is shown to those who may know of it, and one of a
    private verb to the privacy lead. Raises Hidden, AccessDenied.
    """
    policy.require(actor, verbs.AUDIT_READ, client_id)
    found: QuerySet[AuditRow] = AuditRow.objects.filter(client_id=client_id)
    if SEES_ALL not in actor.roles:
        hidden = policy.standing(actor, client_id).hidden_episodes(actor, verbs.AUDIT_READ)
        found = found.filter(Q(episode_id=None) | ~Q(episode_id__in=list(hidden))).exclude(verb__in=_private())
    return found.order_by("-at", "-seq", "pk")


def agency_rows(*, actor: Actor, staff_id: UUID | None = None, refused_only: bool = False) -> QuerySet[AuditRow]:
    """For who looks after privacy: everything that was done in the agency, the newest first, for paging. Raises AccessDenied."""
    policy.require(actor, verbs.AUDIT_REVIEW)
    found: QuerySet[AuditRow] = AuditRow.objects.filter(agency_id=actor.agency_id)
    if staff_id is not None:
        found = found.filter(staff_id=staff_id)
    if refused_only:
        found = found.filter(outcome="refused")
    return found.order_by("-at", "-seq", "pk")


def lines(*, rows: Iterable[AuditRow]) -> list[Line]:
    """The rows in words."""
    return [
        Line(row.at, row.staff_id, row.actor_kind, sentence_of(row.verb), reason_words(row.reason), row.outcome)
        for row in rows
    ]


def listed(*, actor: Actor, client_id: UUID, staff_ids: frozenset[UUID]) -> list[Line]:
    """On whose lists this person was lately, folded by colleague and day of the agency, the newest first.

    staff_ids: the colleagues of whom the actor knows that they work with this person; of others only the privacy lead is told.
    """
    policy.require(actor, verbs.AUDIT_READ, client_id)
    found = AuditListed.objects.filter(client_id=client_id).select_related("row")
    if SEES_ALL not in actor.roles:
        found = found.filter(row__staff_id__in=list(staff_ids)).exclude(row__verb__in=_private())
    folded: dict[tuple[object, ...], Line] = {}
    for one in found.order_by("-row__at", "pk")[:LIST_ROWS_READ]:
        row = one.row
        key = (row.staff_id, clock.local_date(row.at, actor.timezone), row.verb)
        if key in folded:
            folded[key] = replace(folded[key], times=folded[key].times + 1)
        else:
            folded[key] = Line(row.at, row.staff_id, row.actor_kind, sentence_of(row.verb), "", row.outcome)
    return list(folded.values())


def reason_words(name: str) -> str:
    """A reason's label, after "because"; "" for none that is known."""
    return next((str(reason.label) for reason in reasons.reasons() if reason.name == name), "")


def _private() -> list[str]:
    return [verb.code for verb in verbs.all_verbs().values() if verb.private]
