"""The one policy: may this actor do this to this record now, and why (docs/adr/0002).

Two shapes of the same rule. For many rows, `scope` builds the subqueries that guarded querysets filter by. For one client,
`standing` reads all that counts in a single statement and remembers it on the actor for the moment it stands for.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import Q, QuerySet, Value

from wayfellow.access import reasons as registry
from wayfellow.access import roles
from wayfellow.access.actors import Actor
from wayfellow.access.errors import AccessDenied, Hidden
from wayfellow.access.reasons import Reason, RowSource
from wayfellow.access.verbs import Verb


@dataclass(frozen=True)
class Granted:
    """One reason in force: its kind, its row, and the protected episode it opens, if any."""

    name: str
    row_id: UUID
    episode_id: UUID | None


@dataclass(frozen=True)
class Standing:
    """How an actor stands to one client at one moment."""

    client_id: UUID
    granted: tuple[Granted, ...] = ()
    blocked: bool = False
    protected: frozenset[UUID] = frozenset()

    def why(self, actor: Actor, verb: Verb, episode_id: UUID | None = None) -> Granted | None:
        """The reason that lets the actor do the verb, to rows of that episode if one is given; None: nothing does."""
        if self.blocked:
            return None
        for granted in self.granted:
            if episode_id in self.protected and granted.episode_id != episode_id:
                continue
            if _permits(actor, granted.name, verb):
                return granted
        return None

    def protected_by(self, granted: Granted | None) -> UUID | None:
        """The protected episode that this reason opened, if it did: the audit row then belongs to it, and hides with it."""
        return granted.episode_id if granted is not None and granted.episode_id in self.protected else None

    def hidden_episodes(self, actor: Actor, verb: Verb) -> frozenset[UUID]:
        """Protected episodes of this client whose rows this actor may not do the verb to."""
        open_ids = {granted.episode_id for granted in self.granted if _permits(actor, granted.name, verb)}
        return frozenset(self.protected - open_ids)


def _permits(actor: Actor, reason_name: str, verb: Verb) -> bool:
    reason = next((known for known in registry.reasons() if known.name == reason_name), None)
    if reason is None:
        return False
    return any(roles.opens(role, reason_name, verb.code) for role in actor.roles & reason.roles)


def _useful(actor: Actor, verb: Verb, *, lists: bool) -> list[Reason]:
    return [
        reason for reason in registry.reasons() if (reason.in_lists or not lists) and _permits(actor, reason.name, verb)
    ]


def scope(actor: Actor, verb: Verb, *, client: str, episode: str) -> Q:
    """The rows on which the actor may do the verb, as a filter on the fields `client` and (or "") `episode` of a guarded model.

    On a client's page (`actor.focus`) it is that client, with the hidden episodes named. Elsewhere the people whom the actor knows
    are read once and named too, up to MOST_KNOWN of them (a caseload); for more (an agency) it is subqueries over every reason.
    """
    if actor.focus is not None:
        return _scope_of_focus(actor, verb, client=client, episode=episode)
    useful = _useful(actor, verb, lists=True)
    if not useful:
        return Q(pk__in=[])
    circle = _circle(actor, useful)
    if circle is not None:
        here = Q(**{f"{client}__in": circle.clients})
        if episode and circle.hidden_episodes:
            here &= Q(**{f"{episode}__isnull": True}) | ~Q(**{f"{episode}__in": circle.hidden_episodes})
        return here
    known = Q()
    for reason in useful:
        known |= Q(**{f"{client}__in": reason.rows(actor).values(reason.client)})
    for block in registry.blocks():
        known &= ~Q(**{f"{client}__in": block.rows(actor).values(block.client)})
    if episode:
        known &= _episodes_scope(actor, useful, episode=episode)
    return known


@dataclass(frozen=True)
class Circle:
    """Whom some reasons let an actor know at one moment, and the protected episodes of theirs that none of the reasons names."""

    clients: list[UUID]
    hidden_episodes: list[UUID]


# More than this many people are not named in every statement. A caseload of 500, covered and shared ones with it, fits.
MOST_KNOWN = 1500


def _circle(actor: Actor, useful: list[Reason]) -> Circle | None:
    """The circle of these reasons, from one statement, remembered on the actor; None when it is too large to be named."""
    names = tuple(reason.name for reason in useful)
    if names not in actor.circles:
        actor.circles[names] = _read_circle(actor, useful)
    return actor.circles[names]


def _read_circle(actor: Actor, useful: list[Reason]) -> Circle | None:
    legs = [_leg("reason", reason.rows(actor), reason.client, reason.episode) for reason in useful]
    legs += [_leg("block", block.rows(actor), block.client, "") for block in registry.blocks()]
    for source in registry.protected_episodes():
        mine = Q()
        for reason in useful:
            mine |= Q(**{f"{source.client}__in": reason.rows(actor).values(reason.client)})
        legs.append(_leg("protected", source.rows(actor).filter(mine), source.client, source.key))
    rows = list(_together(legs)[: 4 * MOST_KNOWN + 1])
    blocked = {client_id for kind, client_id, _ in rows if kind == "block"}
    clients = {client_id for kind, client_id, _ in rows if kind == "reason"} - blocked
    if len(rows) > 4 * MOST_KNOWN or len(clients) > MOST_KNOWN:
        return None
    open_ids = {episode_id for kind, _, episode_id in rows if kind == "reason"}
    hidden = {episode_id for kind, _, episode_id in rows if kind == "protected"} - open_ids
    return Circle(sorted(map(_uuid, clients)), sorted(map(_uuid, hidden)))


def _leg(kind: str, rows: QuerySet[Any], key: str, episode: str) -> QuerySet[Any]:
    """One leg of a union: (kind, key, episode), in column types that both databases join without casts of their own."""
    episode_value: Any = models.F(episode) if episode else Value(None, output_field=models.UUIDField())
    found: QuerySet[Any] = (
        rows.order_by()
        .annotate(_kind=Value(kind, output_field=models.CharField()), _key=models.F(key), _episode=episode_value)
        .values_list("_kind", "_key", "_episode")
    )
    return found


def _together(legs: list[QuerySet[Any]]) -> QuerySet[Any]:
    """All legs in one statement."""
    return legs[0].union(*legs[1:], all=True) if len(legs) > 1 else legs[0]


def _episodes_scope(actor: Actor, useful: Iterable[Reason], *, episode: str) -> Q:
    """Rows of no episode, of one that isn't protected, or of a protected one that some useful reason names."""
    allowed = Q(**{f"{episode}__isnull": True})
    hidden = Q()
    for source in registry.protected_episodes():
        hidden |= Q(**{f"{episode}__in": source.rows(actor).values(source.key)})
    if hidden:
        allowed |= ~hidden
    for reason in useful:
        if reason.episode:
            allowed |= Q(**{f"{episode}__in": reason.rows(actor).values(reason.episode)})
    return allowed


def _scope_of_focus(actor: Actor, verb: Verb, *, client: str, episode: str) -> Q:
    assert actor.focus is not None
    found = standing(actor, actor.focus)
    if found.blocked or not any(_permits(actor, granted.name, verb) for granted in found.granted):
        return Q(pk__in=[])
    here = Q(**{client: actor.focus})
    hidden = found.hidden_episodes(actor, verb)
    if episode and hidden:
        here &= Q(**{f"{episode}__isnull": True}) | ~Q(**{f"{episode}__in": list(hidden)})
    return here


def standing(actor: Actor, client_id: UUID) -> Standing:
    """How the actor stands to the client at `actor.at`, from one statement; remembered on the actor."""
    if client_id not in actor.standings:
        actor.standings[client_id] = _read_standing(actor, client_id)
    return actor.standings[client_id]


def forget(actor: Actor, client_id: UUID) -> None:
    """Read the standing anew at the next question: a reason of this client was just written in this very request."""
    actor.standings.pop(client_id, None)
    actor.circles.clear()


def _read_standing(actor: Actor, client_id: UUID) -> Standing:
    def about(source: Reason | RowSource) -> QuerySet[Any]:
        return source.rows(actor).filter(**{source.client: client_id})

    parts = [
        _leg(f"reason:{reason.name}", about(reason), "pk", reason.episode)
        for reason in registry.reasons()
        if actor.roles & reason.roles
    ]
    parts += [_leg("block", about(block), "pk", "") for block in registry.blocks()]
    parts += [_leg("protected", about(source), source.key, source.key) for source in registry.protected_episodes()]
    if not parts:
        return Standing(client_id)
    rows = list(_together(parts))
    order = {f"reason:{reason.name}": place for place, reason in enumerate(registry.reasons())}
    protected = frozenset(_uuid(key) for kind, key, _ in rows if kind == "protected")
    # What opens no protected episode is named first: its audit row tells nobody of one.
    granted = sorted(
        (row for row in rows if row[0] in order),
        key=lambda row: (_uuid_or_none(row[2]) in protected, order[row[0]], str(row[1])),
    )
    return Standing(
        client_id=client_id,
        granted=tuple(
            Granted(kind.removeprefix("reason:"), _uuid(key), _uuid_or_none(ep)) for kind, key, ep in granted
        ),
        blocked=any(kind == "block" for kind, _, _ in rows),
        protected=protected,
    )


def _uuid(value: Any) -> UUID:
    return value if isinstance(value, UUID) else UUID(str(value))


def _uuid_or_none(value: Any) -> UUID | None:
    return None if value is None else _uuid(value)


def may(actor: Actor | None, verb: Verb, thing: Any = None) -> bool:
    """Whether `require` would let it pass. For hiding what would be refused; hiding never replaces refusing."""
    try:
        require(actor, verb, thing)
    except (Hidden, AccessDenied):
        return False
    return True


def require(actor: Actor | None, verb: Verb, thing: Any = None) -> Granted | None:
    """Raise unless the actor may do the verb to the thing: a guarded instance, a client's key, or None for what is about no client.

    Raises Hidden when the actor has no reason to know the client (or the row's protected episode), AccessDenied when the
    client is known but the role may not do this. Gives the reason that let it pass; None for what is about no client.
    """
    if actor is None:
        raise Hidden
    if thing is None:
        if any(roles.may_without_client(role, verb.code) for role in actor.roles):
            return None
        raise AccessDenied(verb.code)
    client_id, episode_id = _about(thing)
    if actor.focus is not None and client_id != actor.focus:
        raise Hidden
    found = standing(actor, client_id)
    granted = found.why(actor, verb, episode_id)
    if granted is not None:
        return granted
    if found.blocked or not found.granted or (episode_id in found.protected and not _knows(found, episode_id)):
        raise Hidden
    raise AccessDenied(verb.code)


def _knows(found: Standing, episode_id: UUID | None) -> bool:
    return any(granted.episode_id == episode_id for granted in found.granted)


def _about(thing: Any) -> tuple[UUID, UUID | None]:
    """The client and the episode that a thing is about."""
    if isinstance(thing, UUID):
        return thing, None
    client_id, episode_id = thing.about()
    return _uuid(client_id), episode_id


def open_client(actor: Actor, verb: Verb, client_id: UUID) -> tuple[Any, Actor, Granted]:
    """The client, the actor focused on it, and the reason; or Hidden, the same for a missing client and one that may not be known."""
    granted = require(actor, verb, client_id)
    assert granted is not None
    focused = actor.focused(client_id)
    client = registry.client_model().objects.for_policy().filter(pk=client_id).first()
    if client is None:
        raise Hidden
    return client.acting(focused), focused, granted
