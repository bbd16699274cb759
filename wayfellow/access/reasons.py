"""Reasons: the dated rows that let someone know a client. The packages above register theirs from apps.py."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from wayfellow.access.actors import Actor


@dataclass(frozen=True)
class Reason:
    """One kind of reason.

    name: stands in the audit. label: the same in words, after "because" ("Renee is the case manager").
    roles: it counts only for actors with one of these roles, and opens what those roles may do.
    rows: the rows in force for an actor at `actor.at`, each opening one client. client, episode: their field paths to a client's
    key and (or "") an episode's; a row of a protected (Part 2) episode opens that episode's rows too, no other row does.
    in_lists: False for a reason that opens a page but puts nobody on a list (break-glass).
    protected: False for a reason whose rows never open a protected episode, whatever episode they name.
    """

    name: str
    label: Any
    roles: frozenset[str]
    rows: Callable[[Actor], QuerySet[Any]]
    client: str = "client_id"
    episode: str = ""
    in_lists: bool = True


@dataclass(frozen=True)
class RowSource:
    """Rows that the policy needs beside reasons: conflict blocks, protected episodes. Field paths as in Reason."""

    rows: Callable[[Actor], QuerySet[Any]]
    client: str = "client_id"
    key: str = "pk"


_reasons: dict[str, Reason] = {}
_blocks: list[RowSource] = []
_protected: list[RowSource] = []
_client_model: list[Any] = []
_actor_loaders: list[Callable[..., Actor | None]] = []


def register_reason(reason: Reason) -> None:
    """Make a kind of reason count. Once, from AppConfig.ready."""
    _reasons[reason.name] = reason


def register_block(rows: RowSource) -> None:
    """Rows that beat every reason: the actor never knows their clients (conflict blocks)."""
    if rows not in _blocks:
        _blocks.append(rows)


def register_protected_episodes(rows: RowSource) -> None:
    """Episodes whose rows need a reason for that very episode (42 CFR Part 2). `key`: the path of the episode's key."""
    if rows not in _protected:
        _protected.append(rows)


def register_client_model(model: Any) -> None:
    """The model that `client_view` finds clients in."""
    _client_model[:] = [model]


def register_actor_loader(loader: Callable[..., Actor | None]) -> None:
    """What makes an Actor of a signed-in user: called with user=, at=, source=. None: this user is nobody here (any more)."""
    _actor_loaders[:] = [loader]


def reasons() -> list[Reason]:
    """All kinds of reasons, in the order of their registration."""
    return list(_reasons.values())


def blocks() -> list[RowSource]:
    return list(_blocks)


def protected_episodes() -> list[RowSource]:
    return list(_protected)


def client_model() -> Any:
    return _client_model[0]


def actor_loader() -> Callable[..., Actor | None]:
    return _actor_loaders[0]
