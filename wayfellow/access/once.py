"""What is sent twice is made once: at once or one after the other, by the same key."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from django.db import IntegrityError

from wayfellow.access.errors import Hidden
from wayfellow.access.work import attempt

if TYPE_CHECKING:
    from wayfellow.access.actors import Actor

Row = TypeVar("Row")


def made_once(actor: Actor, model: type[Row], same: Any, **values: Any) -> tuple[Row, bool]:
    """The row among `same`, else one made now of `values`; and whether it was made now, which is what the caller records.

    same: rows of `model` that the actor may know, narrowed to the key. When two requests come this far at one moment (PostgreSQL),
    the database's own promise decides who is first. Raises Hidden for the key of a row outside `same`: it answers like a missing one.
    """
    guarded: Any = model
    before: Row | None = same.first()
    if before is not None:
        return before, False
    try:
        with attempt():
            made: Row = guarded.objects.for_writing(actor).create(**values)
    except IntegrityError:
        before = same.all().first()
        if before is None:
            raise Hidden from None
        return before, False
    return made, True
