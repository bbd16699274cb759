"""Cover: who stands in for whom, from when to when."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from wayfellow import access
from wayfellow.access import AccessDenied, Actor
from wayfellow.kernel.refusal import Refusal
from wayfellow.programs import verbs
from wayfellow.programs.models import Cover, Staff
from wayfellow.programs.reasons import WORKERS
from wayfellow.programs.selectors.cover import may_arrange_for
from wayfellow.programs.services.changing import EndsBeforeStart, has_role, here_or_hidden, make_once, period_end

COVERING = WORKERS | {"supervisor"}


class CannotCover(Refusal):
    """This member of staff can't stand in: oneself, another role, or no longer here."""


@access.service
def cover_make(
    *,
    actor: Actor,
    covered: Staff,
    covering: Staff,
    starts_at: datetime,
    ends_at: datetime,
    key: UUID,
    why: str = "",
) -> Cover:
    """Have `covering` stand in for `covered` in [starts_at, ends_at). The same `key` twice is one row.

    For oneself, or for others by who supervises them, manages a program of theirs or administers the agency (AccessDenied).
    Raises CannotCover, EndsBeforeStart.
    """
    _may_arrange(actor, covered)
    here_or_hidden(actor=actor, agency_ids=[covered.agency_id, covering.agency_id])
    cover = make_once(
        look=lambda: Cover.objects.filter(key=key, covered=covered).first(),
        make=lambda: _new_cover(actor, covered, covering, starts_at, ends_at, key, why),
    )
    access.record(actor, _verb(actor, covered))
    return cover


@access.service
def cover_end(*, actor: Actor, cover: Cover, at: datetime) -> Cover:
    """End a cover now; one that hasn't begun is called off. By those who may make it (AccessDenied)."""
    _may_arrange(actor, cover.covered)
    here_or_hidden(actor=actor, agency_ids=[cover.covered.agency_id])
    period_end(row=cover, at=at)
    access.record(actor, _verb(actor, cover.covered))
    return cover


def _new_cover(
    actor: Actor, covered: Staff, covering: Staff, starts_at: datetime, ends_at: datetime, key: UUID, why: str
) -> Cover:
    if covering.pk == covered.pk:
        raise CannotCover(_("Nobody covers for themselves. Choose a colleague."))
    if not has_role(staff_id=covering.pk, roles=COVERING, at=actor.at):
        raise CannotCover(_("%(name)s can’t cover for someone. Choose somebody else.") % {"name": covering.name})
    if ends_at <= starts_at or ends_at <= actor.at:
        raise EndsBeforeStart(_("The last day is over, or before the first. Choose a later one."))
    cover: Cover = Cover.objects.create(
        covered=covered,
        covering=covering,
        starts_at=starts_at,
        ends_at=ends_at,
        why=why,
        made_by=actor.staff_id or actor.correlation_id,
        key=key,
    )
    return cover


def _verb(actor: Actor, covered: Staff) -> access.Verb:
    return verbs.COVER_MINE if covered.pk == actor.staff_id else verbs.COVER_CHANGE


def _may_arrange(actor: Actor, covered: Staff) -> None:
    access.require(actor, _verb(actor, covered))
    if not may_arrange_for(actor=actor, covered=covered):
        raise AccessDenied(verbs.COVER_CHANGE.code)
