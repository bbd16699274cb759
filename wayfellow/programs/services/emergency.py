"""Break-glass: opening a record in an emergency, and the privacy lead's review of it."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from wayfellow import access
from wayfellow.access import Actor, Hidden, policy, roles
from wayfellow.access.secrets import seal
from wayfellow.access.trail import Entry
from wayfellow.access.work import recorded
from wayfellow.kernel import clock
from wayfellow.kernel.ids import new_id
from wayfellow.kernel.refusal import Refusal
from wayfellow.people import verbs as people_verbs
from wayfellow.programs import reasons, verbs
from wayfellow.programs.models import BreakGlassOpening, BreakGlassRequest, Episode, Staff, Supervision
from wayfellow.programs.rules import GLASS_A_DAY, GLASS_HOURS
from wayfellow.programs.services.changing import here_or_hidden

GLASS = "break-glass"


class TooManyToday(Refusal):
    """Three a day for one person, whatever came of them."""


class ReviewedAlready(Refusal):
    """Another privacy lead was first."""


class NotYoursToReview(Refusal):
    """Nobody reviews themselves or, alone, those whom they supervise."""


@dataclass(frozen=True)
class MedicalEmergency:
    """What 42 CFR 2.51(c) has written down, beside who discloses and when, which the request knows by itself."""

    told_name: str
    told_where: str
    nature: str
    no_consent_because: str


@access.service
def break_glass(
    *,
    actor: Actor,
    key: UUID,
    at: datetime,
    why: str,
    name: str = "",
    birth_date: date | None = None,
    identifier: str = "",
    emergency: MedicalEmergency | None = None,
) -> BreakGlassRequest:
    """Ask to open one record: by full name and birth date, or by an identifier. The same `key` twice is one request.

    Exactly one match opens for 4 hours, never past a conflict block; Part 2 rows, and people known by Part 2 alone, only with
    the facts of a medical emergency (42 CFR 2.51). What came of it is told by Today alone. Raises TooManyToday.
    """
    access.require(actor, verbs.BREAKGLASS_ASK)
    made: BreakGlassRequest | None = BreakGlassRequest.objects.filter(key=key, staff=actor.staff_id).first()
    if made is not None:
        access.record(actor, verbs.BREAKGLASS_ASK)
        return made
    _not_too_many(actor, at)
    matched = reasons.asked_for(agency_id=actor.agency_id, name=name, birth_date=birth_date, identifier=identifier)
    # From here on a match, none and a block take the same statements: nobody's key stands in for a missing one.
    client_id = matched[0] if len(matched) == 1 else new_id()
    episodes, is_known_by_part2_only = reasons.part2_episodes(client_id=client_id)
    is_opened = (
        not policy.standing(actor, client_id).blocked
        and len(matched) == 1
        and any(roles.opens(role, GLASS, people_verbs.NAME_READ.code) for role in actor.roles)
        and (emergency is not None or not is_known_by_part2_only)
    )
    request = _request(actor, key, at, why, emergency, is_opened, _asked(name, birth_date, identifier))
    _openings(actor, request, client_id if is_opened else None, episodes if emergency else [])
    if not is_opened:
        recorded(
            Entry(verb=verbs.BREAKGLASS_ASK.code, client_id=client_id if len(matched) == 1 else None, outcome="refused")
        )
    policy.forget(actor, client_id)
    return request


@access.service
def break_glass_review(
    *, actor: Actor, request: BreakGlassRequest, at: datetime, outcome: str, words: str
) -> BreakGlassRequest:
    """Say whether it was needed (a code of BreakGlassRequest.Outcome), in words. Raises NotYoursToReview, ReviewedAlready."""
    access.require(actor, verbs.BREAKGLASS_REVIEW)
    here_or_hidden(actor=actor, agency_ids=[request.agency_id])
    supervised = Supervision.objects.in_force(at).filter(supervisor=actor.staff_id, supervised=request.staff_id)
    if request.staff_id == actor.staff_id or supervised.exists():
        raise NotYoursToReview(
            _("This is about you, or about someone you supervise. Another privacy lead looks at it.")
        )
    open_still = BreakGlassRequest.objects.filter(pk=request.pk, reviewed_at=None)
    if not open_still.update(reviewed_at=at, reviewed_by=actor.staff_id, review_outcome=outcome, review_words=words):
        raise ReviewedAlready(_("Someone has looked at this already. Your words are kept below; nothing was changed."))
    openings = list(BreakGlassOpening.objects.for_actor(actor).filter(request=request).order_by("pk"))
    for opening in openings:
        access.record(actor, verbs.BREAKGLASS_REVIEW, opening)
    if not openings:
        access.record(actor, verbs.BREAKGLASS_REVIEW)
    request.refresh_from_db()
    return request


def _not_too_many(actor: Actor, at: datetime) -> None:
    today = clock.day_start(clock.local_date(at, actor.timezone), actor.timezone)
    if BreakGlassRequest.objects.filter(staff=actor.staff_id, at__gte=today).count() >= GLASS_A_DAY:
        raise TooManyToday(
            _(
                "You have asked three times today, which is as often as it goes. Call the on-call number or your privacy lead."
            )
        )


def _asked(name: str, birth_date: date | None, identifier: str) -> str:
    return json.dumps(
        {"name": name, "birth_date": birth_date.isoformat() if birth_date else "", "identifier": identifier}
    )


def _request(
    actor: Actor,
    key: UUID,
    at: datetime,
    why: str,
    emergency: MedicalEmergency | None,
    is_opened: bool,
    asked: str,
) -> BreakGlassRequest:
    row = BreakGlassRequest(
        agency_id=actor.agency_id,
        staff=Staff.objects.get(pk=actor.staff_id),
        key=key,
        at=at,
        why=why,
        is_medical_emergency=emergency is not None,
        emergency_facts=asdict(emergency) if emergency else {},
        was_opened=is_opened,
    )
    row.asked_sealed = seal(asked, model="programs.BreakGlassRequest", key=row.pk, field="asked")
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        raise Hidden from None  # the key of a colleague's request, which no page of ours hands out
    return row


def _openings(actor: Actor, request: BreakGlassRequest, client_id: UUID | None, episodes: list[Episode]) -> None:
    if client_id is None:
        BreakGlassOpening.objects.for_policy().filter(request=request).exists()  # a statement where the others insert
        return
    rows = [
        BreakGlassOpening(
            request=request,
            client_id=client_id,
            episode_id=episode_id,
            staff_id=request.staff_id,
            starts_at=request.at,
            ends_at=request.at + timedelta(hours=GLASS_HOURS),
        )
        for episode_id in [None, *[episode.pk for episode in episodes]]
    ]
    for row in BreakGlassOpening.objects.for_writing(actor).bulk_create(rows):
        access.record(actor, verbs.BREAKGLASS_ASK, row, reason=GLASS)
