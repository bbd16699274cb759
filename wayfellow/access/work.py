"""The unit of work: a service's transaction, its audit rows appended last.

    @access.service
    def goal_close(*, actor, goal, at): ...

The outermost service opens the transaction. Guarded rows that were written but that no `audit.record` spoke of raise Unaudited
and roll everything back. Inner services join the outer one, so all of it is one transaction and one correlation id.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import wraps
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from django.db import transaction

from wayfellow.access.errors import NoActor, Unaudited
from wayfellow.access.trail import Entry

if TYPE_CHECKING:
    from wayfellow.access.actors import Actor

P = ParamSpec("P")
R = TypeVar("R")


@dataclass
class Work:
    """What one outermost service has touched and told. touched: client key -> model name, for the message of Unaudited."""

    actor: Actor
    touched: dict[Any, str] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)


_current: ContextVar[Work | None] = ContextVar("wayfellow_work", default=None)


@contextmanager
def work(actor: Actor) -> Iterator[Work]:
    """Open (or join) the unit of work; on leaving the outermost, check and write the audit rows, then commit."""
    joined = _current.get()
    if joined is not None:
        with transaction.atomic():
            yield joined
        return
    from wayfellow.access import chain  # models are loaded by now; this module is imported before them

    opened = Work(actor)
    token = _current.set(opened)
    try:
        with transaction.atomic():
            yield opened
            told = {entry.client_id for entry in opened.entries}.union(*(entry.clients for entry in opened.entries))
            silent = [name for client_id, name in opened.touched.items() if client_id not in told]
            if silent:
                raise Unaudited(f"Written without an audit row: {', '.join(sorted(silent))}.")
            chain.append(opened.actor, opened.entries)
        actor.trail.done.update((entry.verb, entry.client_id) for entry in opened.entries)
    finally:
        _current.reset(token)


def service(function: Callable[P, R]) -> Callable[P, R]:
    """Mark a function as a service: one transaction, keyword `actor` required, its audit rows written last."""

    @wraps(function)
    def wrapper(*args: P.args, **kwargs: P.kwargs) -> R:
        actor: Any = kwargs.get("actor")
        if actor is None:
            raise NoActor(f"{function.__name__} needs actor=.")
        with work(actor):
            return function(*args, **kwargs)

    return wrapper


@contextmanager
def attempt() -> Iterator[None]:
    """A savepoint for a write that the database may refuse: what it takes back counts as never touched, so it needs no audit row."""
    current = _current.get()
    before = dict(current.touched) if current else {}
    try:
        with transaction.atomic():
            yield
    except Exception:
        if current is not None:
            current.touched = before
        raise


def touched(actor: Actor, row: Any) -> None:
    """A guarded row is about to be written; outside a service that is a bug."""
    current = _current.get()
    if current is None:
        raise NoActor(f"{type(row).__name__} can only be written inside a service (@access.service).")
    current.touched[row.about()[0]] = type(row).__name__


def recorded(entry: Entry) -> None:
    """An audit entry of the running service."""
    current = _current.get()
    if current is None:
        raise NoActor("audit.record is called inside a service (@access.service).")
    current.entries.append(entry)
