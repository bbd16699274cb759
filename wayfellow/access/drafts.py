"""Drafts: what somebody is writing, on the server as they type, so that no reload, crash or lock loses a word (docs/adr/0005).

A view fills its form with `take`, the page saves to `access:draft_save`, and the service that saves what it became calls `clear`.
Nobody but the author reads a draft, and it opens only while its author may still open the person's record.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from wayfellow.access import policy, secrets, verbs
from wayfellow.access.actors import Actor
from wayfellow.access.errors import NoActor
from wayfellow.access.models import Draft
from wayfellow.kernel.refusal import Changed, Refusal

LONGEST_FORM = LONGEST_GROUP = 120
MOST_GROUPS = 200
MOST_LETTERS = 200_000

Fields = Mapping[str, Sequence[str]]


class TooLong(Refusal):
    """More than a draft holds; nothing was saved, the words are still in the page."""


class DraftGone(Refusal):
    """The draft that this page knew has become something since, and was cleared. What it sends now would bring it back."""


class DraftChanged(Changed):
    """Another page of the same author has saved a group since. theirs, mine: by field. version: what a page that keeps its own words sends next."""

    theirs: dict[str, list[str]]

    def __init__(self, message: str, *, theirs: object, mine: dict[str, object], version: int) -> None:
        super().__init__(message, theirs=theirs, mine=mine)
        self.version = version


class Taken(dict[str, Any]):
    """The saved fields by name, to begin a form with: text, or a list where several were chosen. Empty when there is no draft.

    version: what the form says in `data-draft-version`. at: when it was last saved; None without a draft.
    """

    version: int = 0
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """The page that saves. writer: its own random name. seq: its how-manieth save. version: up to which change it has seen; None: not told."""

    writer: str = ""
    seq: int = 0
    version: int | None = None


def save(
    *,
    actor: Actor,
    form: str,
    client_id: UUID | None,
    fields: Fields,
    at: datetime,
    group: str = "",
    page: Page | None = None,
) -> int:
    """Keep one group of fields (name to its values), as `save_groups` does."""
    return save_groups(actor=actor, form=form, client_id=client_id, groups={group: fields}, at=at, page=page)


def save_groups(
    *,
    actor: Actor,
    form: str,
    client_id: UUID | None,
    groups: Mapping[str, Fields],
    at: datetime,
    page: Page | None = None,
) -> int:
    """Keep these groups, all or none, and give the version up to which the page has now seen everything.

    The same page may save over its own older version, since an answer can be lost on its way. Raises TooLong, Hidden, AccessDenied;
    DraftGone when the draft that the page has seen was cleared; DraftChanged when another page has saved one of the groups after
    `page.version` and wrote something else.
    """
    policy.require(actor, verbs.DRAFT_KEEP, client_id)
    _measure(form, groups)
    page = page or Page()
    try:
        with transaction.atomic():
            return _write(actor, form, client_id, groups, at, page)
    except IntegrityError:
        # Two pages made the first row of a group at the same moment (PostgreSQL): now it is there, and is judged like any other.
        with transaction.atomic():
            return _write(actor, form, client_id, groups, at, page)


def take(*, actor: Actor, form: str, client_id: UUID | None = None) -> Taken:
    """What this author has written in this form about this person so far. Raises Hidden when they may not open the record (any more)."""
    policy.require(actor, verbs.DRAFT_KEEP, client_id)
    taken = Taken()
    for row in _rows(actor, form, client_id).order_by("version", "pk"):
        for name, values in _opened(row).items():
            taken[name] = "" if not values else values[0] if len(values) == 1 else values
        taken.version = row.version
        taken.at = row.updated_at if taken.at is None else max(taken.at, row.updated_at)
    return taken


def clear(*, actor: Actor, form: str, client_id: UUID | None = None) -> None:
    """Throw the draft away, in the transaction that saves what it became."""
    _rows(actor, form, client_id).delete()


def _author(actor: Actor) -> UUID:
    if actor.staff_id is None:
        raise NoActor("A draft belongs to a person; the system writes none.")
    return actor.staff_id


def _rows(actor: Actor, form: str, client_id: UUID | None) -> Any:
    return Draft.objects.filter(author_id=_author(actor), client_id=client_id, form=form)


def _measure(form: str, groups: Mapping[str, Fields]) -> None:
    letters = sum(len(name) + sum(map(len, values)) for fields in groups.values() for name, values in fields.items())
    too_many = len(groups) > MOST_GROUPS or letters > MOST_LETTERS
    if too_many or len(form) > LONGEST_FORM or any(len(group) > LONGEST_GROUP for group in groups):
        raise _too_long()


def _too_long() -> TooLong:
    return TooLong(_("This is more than a draft can hold. Your words are still in the page: save it, or make it two."))


def _write(
    actor: Actor, form: str, client_id: UUID | None, groups: Mapping[str, Fields], at: datetime, page: Page
) -> int:
    rows = {row.group: row for row in _rows(actor, form, client_id).select_for_update().order_by("pk")}
    if len(rows.keys() | groups.keys()) > MOST_GROUPS:
        raise _too_long()
    newest = max((row.version for row in rows.values()), default=0)
    if page.version and not rows:
        raise DraftGone(
            _("This was saved already, and its draft put away. What you write from here on begins a new one.")
        )
    _compare(rows, groups, page, newest)
    for group, fields in groups.items():
        row = rows.get(group)
        if row is not None and page.writer and row.writer == page.writer and row.seq >= page.seq:
            continue  # an older save of this page that came late
        row = row or Draft(author_id=_author(actor), client_id=client_id, form=form, group=group, created_at=at)
        row.sealed = _sealed(row, fields)
        row.version, row.writer, row.seq, row.updated_at = newest + 1, page.writer, page.seq, at
        row.save()
    unseen = [row for row in rows.values() if _is_unseen(row, page) and row.group not in groups]
    # A page that hasn't seen another group's newest words must be told so when it comes to write there.
    return page.version if unseen and page.version is not None else newest + 1


def _compare(rows: Mapping[str, Draft], groups: Mapping[str, Fields], page: Page, newest: int) -> None:
    theirs: dict[str, list[str]] = {}
    for group, fields in groups.items():
        row = rows.get(group)
        if row is None or not _is_unseen(row, page):
            continue
        kept = _opened(row)
        theirs |= {name: kept[name] for name, values in fields.items() if name in kept and kept[name] != list(values)}
    if theirs:
        mine = {name: list(values) for fields in groups.values() for name, values in fields.items() if name in theirs}
        raise DraftChanged(
            _("You wrote here in another window too. Both texts are kept: choose which one stays."),
            theirs=theirs,
            mine=dict(mine),
            version=newest,
        )


def _is_unseen(row: Draft, page: Page) -> bool:
    return page.version is not None and row.version > page.version and row.writer != page.writer


def _sealed(row: Draft, fields: Fields) -> str:
    text = json.dumps({name: list(values) for name, values in fields.items()}, ensure_ascii=False)
    return secrets.seal(text, model="access.Draft", key=row.pk, field="sealed")


def _opened(row: Draft) -> dict[str, list[str]]:
    text = secrets.unseal(row.sealed, model="access.Draft", key=row.pk, field="sealed")
    found: dict[str, list[str]] = json.loads(text) if text else {}
    return found
