"""Reads: what was opened in an emergency, and what the privacy lead still has to look at."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from wayfellow.access import Actor, Hidden, policy
from wayfellow.access.errors import AccessDenied
from wayfellow.access.secrets import unseal
from wayfellow.kernel import clock
from wayfellow.people import verbs as people_verbs
from wayfellow.people.models import Client
from wayfellow.programs import reasons
from wayfellow.programs.models import BreakGlassOpening, BreakGlassRequest, Supervision
from wayfellow.programs.rules import review_by


@dataclass(frozen=True)
class Review:
    """One request as the privacy lead sees it: what was typed, whom it opened, by when to look at it.

    clients: those it opened, names only. is_mine: this privacy lead may review it. is_late: the day has passed.
    """

    request: BreakGlassRequest
    asked: dict[str, Any]
    clients: tuple[Client, ...]
    by: date
    is_late: bool
    is_mine: bool


def open_glass(*, actor: Actor) -> list[BreakGlassOpening]:
    """What this actor has opened in an emergency and may still open, each with its client; one a client, the newest first.

    For Today alone: such a client stands on no other list. One statement while there is none.
    """
    found: dict[UUID, BreakGlassOpening] = {}
    for opening in reasons.glass(actor).order_by("-starts_at", "pk"):
        if opening.client_id in found:
            continue
        try:
            client, focused, _ = policy.open_client(actor, people_verbs.NAME_READ, opening.client_id)
        except (Hidden, AccessDenied):
            continue  # a conflict block made since, or a role that opens nothing
        actor.trail.saw((client.pk,))
        opening.client = client
        found[client.pk] = opening.acting(focused)
    return list(found.values())


def break_glass_requests(*, actor: Actor, done: bool = False) -> QuerySet[BreakGlassRequest]:
    """The agency's requests that wait for a review, the oldest first; `done`: the reviewed ones, the newest first.

    A page of it goes to `break_glass_reviews`.
    """
    rows = BreakGlassRequest.objects.filter(agency=actor.agency_id).select_related("staff", "reviewed_by")
    found: QuerySet[BreakGlassRequest] = rows.filter(reviewed_at__isnull=not done)
    return found.order_by("-at" if done else "at", "pk")


def break_glass_reviews(*, actor: Actor, requests: Iterable[BreakGlassRequest]) -> list[Review]:
    """What the privacy lead sees of each of these requests of the agency, in their order."""
    return _reviews(actor, [request for request in requests if request.agency_id == actor.agency_id])


def break_glass_request(*, actor: Actor, request_id: UUID) -> Review:
    """One request of the agency, as in the list. Raises Hidden."""
    rows = BreakGlassRequest.objects.filter(agency=actor.agency_id, pk=request_id)
    found = _reviews(actor, list(rows.select_related("staff", "reviewed_by")))
    if not found:
        raise Hidden
    return found[0]


def _reviews(actor: Actor, requests: list[BreakGlassRequest]) -> list[Review]:
    openings = BreakGlassOpening.objects.for_actor(actor).filter(request__in=[request.pk for request in requests])
    opened: dict[UUID, dict[UUID, Client]] = {}
    for opening in openings.select_related("client").order_by("pk"):
        opened.setdefault(opening.request_id, {})[opening.client_id] = opening.client
    supervised = Supervision.objects.in_force(actor.at).filter(supervisor=actor.staff_id)
    not_mine = {actor.staff_id, *supervised.values_list("supervised", flat=True)}
    today = actor.today
    found = []
    for request in requests:
        by = review_by(clock.local_date(request.at, actor.timezone))
        clients = tuple(opened.get(request.pk, {}).values())
        is_late = request.reviewed_at is None and by < today
        found.append(Review(request, _asked(request), clients, by, is_late, request.staff_id not in not_mine))
    return found


def _asked(request: BreakGlassRequest) -> dict[str, Any]:
    text = unseal(request.asked_sealed, model="programs.BreakGlassRequest", key=request.pk, field="asked")
    asked = {name: value for name, value in json.loads(text or "{}").items() if value}
    if "birth_date" in asked:
        asked["birth_date"] = date.fromisoformat(asked["birth_date"])
    return asked
