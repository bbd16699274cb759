"""What the services of this package share: rows that know their version, rows sent twice, rows of another agency."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db import IntegrityError
from django.utils.translation import gettext as _

from wayfellow.access import Actor, Hidden
from wayfellow.access.work import attempt
from wayfellow.kernel.refusal import Changed, Refusal
from wayfellow.programs.models import Keyed, OpenModel, Period, StaffRole

Row = TypeVar("Row")
Versioned = TypeVar("Versioned", bound=OpenModel)
KeyedRow = TypeVar("KeyedRow", bound=Keyed)
PeriodRow = TypeVar("PeriodRow", bound=Period)


class EndsBeforeStart(Refusal):
    """A period would end before it begins."""


def here_or_hidden(*, actor: Actor, agency_ids: Iterable[UUID]) -> None:
    """Raise Hidden unless every one of these agencies is the actor's: another agency's rows are missing ones."""
    if any(agency_id != actor.agency_id for agency_id in agency_ids):
        raise Hidden


def change_if_current(*, row: Versioned, version: int, **changes: Any) -> Versioned:
    """Write `changes` if the row still has this `version`; raises Changed, with the row as it stands, when somebody saved in between."""
    rows = type(row).objects.filter(pk=row.pk, version=version)
    if not rows.update(version=version + 1, **changes):
        raise Changed(
            _("Someone saved this while you were writing. What you typed is kept below; look at both and save again."),
            theirs=type(row).objects.get(pk=row.pk),
            mine=changes,
        )
    row.refresh_from_db()
    return row


def made_already(*, model: type[KeyedRow], key: UUID) -> KeyedRow | None:
    """The row that a form with this key has made before: a form sent twice makes one row."""
    found: KeyedRow | None = model.objects.filter(key=key).first()
    return found


def make_once(*, look: Callable[[], Row | None], make: Callable[[], Row]) -> Row:
    """What `look` finds, else what `make` makes; when another request makes it at this very moment, that one.

    The database's own promise decides who was first; the savepoint keeps the transaction going for who was second.
    A key of a row that `look` may not find answers like a missing one: Hidden.
    """
    found = look()
    if found is not None:
        return found
    try:
        with attempt():
            return make()
    except IntegrityError:
        found = look()
        if found is None:
            raise Hidden from None
        return found


def period_start(*, model: type[PeriodRow], starts_at: datetime, ends_at: datetime | None, **who: Any) -> PeriodRow:
    """A dated row about `who`; one of the same that has no end yet is the answer itself. Raises EndsBeforeStart."""
    if ends_at is not None and ends_at <= starts_at:
        raise EndsBeforeStart(_("The last day is before the first. Choose a later one."))
    return make_once(
        look=lambda: model.objects.filter(ends_at=None, **who).first(),
        make=lambda: model.objects.create(starts_at=starts_at, ends_at=ends_at, **who),
    )


def period_end(*, row: PeriodRow, at: datetime) -> PeriodRow:
    """End a dated row at the moment; one that has ended stays as it ended, one that hasn't begun becomes an empty period."""
    if row.ends_at is None or row.ends_at > at:
        row.ends_at = max(at, row.starts_at)
        row.save(update_fields=["ends_at"])
    return row


def has_role(*, staff_id: UUID, roles: Iterable[str], at: datetime) -> bool:
    """Whether this member of staff works here and has one of the roles at the moment."""
    found = StaffRole.objects.in_force(at).filter(staff=staff_id, staff__is_active=True, role__in=list(roles))
    return bool(found.exists())
