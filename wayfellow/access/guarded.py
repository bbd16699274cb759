"""Guarded models: rows about a client that can't be read or written without saying who does it.

    class Note(GuardedModel):
        guard = Guard(read=verbs.NOTE_READ)             # fields client and episode, unless told otherwise

    Note.objects.for_actor(actor).filter(...)           # scoped by the policy, tells the trail what it loaded
    Note.objects.filter(...)                            # raises NoActor as soon as it would run

Ways around it that we know raise too, each with a case in tests/guards: joins and annotations over another guarded table,
`|`, `union`, bulk updates and deletes, saving without an actor or outside a service. The plain base manager, which Django's
own internals need, and raw SQL are kept out of product code by tests/architecture.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, NoReturn, Self
from uuid import UUID

from django.apps import apps
from django.db import models
from django.db.models import Q
from django.db.models.sql import Query

from wayfellow.access import policy
from wayfellow.access.actors import Actor
from wayfellow.access.errors import GuardBypass, NoActor
from wayfellow.access.verbs import Verb
from wayfellow.access.work import touched
from wayfellow.kernel.ids import new_id
from wayfellow.kernel.refusal import Changed


@dataclass(frozen=True)
class Rule:
    """One verb that lets rows be read; `where` narrows it to some rows (notes shared with peer support)."""

    verb: Verb
    where: Q | None = None


@dataclass(frozen=True)
class Guard:
    """How a model's rows are guarded.

    read: the verb that loads rows. also: further rules, each opening some rows by another verb. client, episode: the fields
    that hold the client's and (or "") the episode's key. author: the field with the staff id that alone may read ("" for none).
    joins: relations to guarded models of the same client and episode, which a query may follow.
    """

    read: Verb
    also: tuple[Rule, ...] = ()
    client: str = "client_id"
    episode: str = "episode_id"
    author: str = ""
    joins: frozenset[str] = frozenset()

    def scope(self, actor: Actor) -> Q:
        """The filter of the rows that the actor may load."""
        rows = policy.scope(actor, self.read, client=self.client, episode=self.episode)
        for rule in self.also:
            more = policy.scope(actor, rule.verb, client=self.client, episode=self.episode)
            rows |= more & rule.where if rule.where is not None else more
        return rows & Q(**{self.author: actor.staff_id}) if self.author else rows


# Set on a Query that for_actor or for_policy has made; clones keep it.
SCOPED = "wayfellow_scoped"


@cache
def _guarded_tables() -> frozenset[str]:
    return frozenset(model._meta.db_table for model in apps.get_models() if issubclass(model, GuardedModel))


def _inner_queries(query: Query) -> Iterator[Query]:
    """The subqueries inside a query's conditions, annotations and order, however deep."""
    nodes: list[Any] = [query.where, *query.annotations.values(), *query.order_by]
    while nodes:
        node = nodes.pop()
        inner = node if isinstance(node, Query) else getattr(node, "query", None)
        if isinstance(inner, Query):
            yield inner
            yield from _inner_queries(inner)
            continue
        nodes += getattr(node, "children", ())
        nodes += node.get_source_expressions() if hasattr(node, "get_source_expressions") else ()


class WatchedQuerySet(models.QuerySet[Any]):
    """A queryset that refuses to reach a guarded table by a join, whatever model it starts from."""

    def _refuse_joins(self) -> None:
        closed = _guarded_tables() - self._allowed_tables()
        for name, alias in self.query.alias_map.items():
            is_base = name == self.query.base_table
            if alias.table_name in closed and not is_base and self.query.alias_refcount.get(name):
                raise GuardBypass(
                    f"{self.model.__name__} is joined to {alias.table_name}: ask that package's selector."
                )
        if isinstance(self.query.select_related, dict):
            self._refuse_related(self.model, self.query.select_related, closed)
        self._refuse_order(closed)

    def _refuse_order(self, closed: frozenset[str]) -> None:
        """order_by, too, makes its joins only when it runs."""
        options = self.model._meta
        names = self.query.order_by or (options.ordering if self.query.default_ordering else ())
        for name in names:
            if not isinstance(name, str) or name == "?" or name.lstrip("-+") in self.query.annotations:
                continue
            steps, *_ = self.query.names_to_path(name.lstrip("-+").split("__"), options)
            if any(step.to_opts.db_table in closed for step in steps):
                raise GuardBypass(f"{self.model.__name__} is ordered by {name}, which reaches a guarded model.")

    def _refuse_related(self, model: Any, chosen: dict[str, Any], closed: frozenset[str]) -> None:
        """select_related makes its joins only when it runs, so its names are looked at instead."""
        for name, deeper in chosen.items():
            related = model._meta.get_field(name).related_model
            if related._meta.db_table in closed:
                raise GuardBypass(f"select_related({name!r}) from {model.__name__} reaches a guarded model.")
            self._refuse_related(related, deeper, closed)

    def _allowed_tables(self) -> frozenset[str]:
        return frozenset()

    def _refuse_unscoped_subqueries(self) -> None:
        """Exists(queryset) takes the query out of its queryset, so the mark that `for_actor` leaves is looked for there."""
        for inner in _inner_queries(self.query):
            table = inner.model._meta.db_table if inner.model is not None else ""
            if table in _guarded_tables() and not getattr(inner, SCOPED, False):
                raise NoActor(f"A subquery on {table} starts at .objects.for_actor(actor).")

    def _ready(self) -> None:
        """Called before anything runs."""
        self._refuse_joins()
        self._refuse_unscoped_subqueries()

    def _fetch_all(self) -> None:
        if self._result_cache is None:
            self._ready()
        super()._fetch_all()

    def iterator(self, *args: Any, **kwargs: Any) -> Any:
        self._ready()
        return super().iterator(*args, **kwargs)

    def count(self) -> int:
        self._ready()
        return super().count()

    def exists(self) -> bool:
        self._ready()
        return super().exists()

    def aggregate(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        figures = dict(enumerate((*args, *kwargs.values())))
        self.annotate(**{f"_figure_{place}": figure for place, figure in figures.items()})._ready()
        return super().aggregate(*args, **kwargs)

    def explain(self, *args: Any, **kwargs: Any) -> str:
        self._ready()
        return super().explain(*args, **kwargs)

    def update(self, **kwargs: Any) -> int:
        self._ready()
        return super().update(**kwargs)

    def delete(self) -> Any:
        self._ready()
        return super().delete()

    def resolve_expression(self, *args: Any, **kwargs: Any) -> Any:
        self._ready()
        return super().resolve_expression(*args, **kwargs)


class OpenManager(models.Manager.from_queryset(WatchedQuerySet)):  # type: ignore[misc]
    """For models that are about no client (programs, staff): free to use, but never a way into a guarded table."""

    use_in_migrations = False


class GuardedQuerySet(WatchedQuerySet):
    """Rows about clients. Nothing runs before `for_actor` (or, for reasons and the policy itself, `for_policy`)."""

    _actor: Actor | None = None
    _plain = False
    _is_fact = False

    def for_actor(self, actor: Actor) -> Self:
        """The rows this actor may read now; what is loaded is told to the actor's trail and carries the actor on."""
        if actor is None:
            raise NoActor(f"{self.model.__name__} was asked for without an actor.")
        found = self.filter(self.model.guard.scope(actor))
        found._actor = actor
        setattr(found.query, SCOPED, True)
        return found

    def for_fact(self, actor: Actor, verb: Verb) -> Self:
        """Rows whose bare fact (that there was a contact, and when) the actor may know by this verb, though perhaps not read.

        Only for use inside another query; run by itself it raises NoActor, so no text can leave by this way.
        """
        found = self.filter(policy.scope(actor, verb, client=self.model.guard.client, episode=self.model.guard.episode))
        found._is_fact = True
        setattr(found.query, SCOPED, True)
        return found

    def resolve_expression(self, *args: Any, **kwargs: Any) -> Any:
        if self._is_fact:
            super()._ready()
            return models.QuerySet.resolve_expression(self, *args, **kwargs)
        return super().resolve_expression(*args, **kwargs)

    def for_policy(self) -> Self:
        """All rows, unscoped and untold: for reasons.py files and the policy, which decide with them and show none of them."""
        found = self.all()
        found._plain = True
        setattr(found.query, SCOPED, True)
        return found

    def for_writing(self, actor: Actor) -> Self:
        """No scope, only for `create` and `bulk_create` in a service that has asked `access.require` already."""
        found = self.none()
        found._actor = actor
        return found

    def _clone(self) -> Any:
        copy = super()._clone()  # type: ignore[misc]
        copy._actor, copy._plain, copy._is_fact = self._actor, self._plain, self._is_fact
        return copy

    def _allowed_tables(self) -> frozenset[str]:
        if self._plain:
            return _guarded_tables()
        related = (self.model._meta.get_field(name).related_model for name in self.model.guard.joins)
        return frozenset(model._meta.db_table for model in related)

    def prefetch_related(self, *lookups: Any) -> Any:
        """As in Django, but never forward to a guarded model: that way asks no policy. Reverse ones carry the actor on."""
        for lookup in lookups:
            field = self.model._meta.get_field(str(lookup).split("__")[0]) if isinstance(lookup, str) else None
            related = field.related_model if field is not None and field.concrete else None
            if related is not None and related._meta.db_table in _guarded_tables() - self._allowed_tables():
                raise GuardBypass(f"prefetch_related({lookup!r}) from {self.model.__name__} reaches a guarded model.")
        return super().prefetch_related(*lookups)

    def _ready(self) -> None:
        if self._actor is None and not self._plain:
            raise NoActor(f"{self.model.__name__} is guarded: start at .objects.for_actor(actor).")
        super()._ready()

    def _fetch_all(self) -> None:
        if self._result_cache is None:
            self._ready()
            self._result_cache = list(iter(self._iterable_class(self)))  # type: ignore[call-overload]
            if self._actor is not None:
                self._tell(self._result_cache)  # before the prefetches below, which ask the rows for their actor
        super()._fetch_all()

    def iterator(self, *args: Any, **kwargs: Any) -> Any:
        for row in super().iterator(*args, **kwargs):
            if self._actor is not None:
                self._tell((row,))
            yield row

    def _tell(self, rows: Iterable[Any]) -> None:
        """Let each instance carry the actor, and the trail know which clients were seen."""
        assert self._actor is not None
        name = self.model.guard.client.removesuffix("_id") if self.model.guard.client != "id" else "pk"
        for row in rows:
            if isinstance(row, GuardedModel):
                row._actor = self._actor
                self._actor.trail.saw((row.about()[0],))
            elif isinstance(row, dict):
                self._actor.trail.saw(row[key] for key in (self.model.guard.client, name) if key in row)

    def create(self, **kwargs: Any) -> Any:
        if self._actor is None:
            raise NoActor(f"{self.model.__name__} can't be made without an actor.")
        row = self.model(**kwargs)
        row._actor = self._actor
        row.save(force_insert=True, using=self.db)
        return row

    def bulk_create(self, objs: Iterable[Any], *args: Any, **kwargs: Any) -> list[Any]:
        if self._actor is None:
            raise NoActor(f"{self.model.__name__} can't be made without an actor.")
        if kwargs.get("update_conflicts"):
            raise GuardBypass("bulk_create with update_conflicts would write over rows that nobody has asked for.")
        rows = list(objs)
        for row in rows:
            row._actor = self._actor
            touched(self._actor, row)
        # Django's bulk_create asks self for nothing but the connection and the model.
        return super().bulk_create(rows, *args, **kwargs)

    def _refuse(self, what: str) -> NoReturn:
        raise GuardBypass(
            f"{what} on {self.model.__name__} can't be audited row by row. Load the rows and change each."
        )

    def _raw_delete(self, using: str | None) -> Any:
        self._refuse("_raw_delete()")

    def update(self, **kwargs: Any) -> int:
        self._refuse("update()")

    def delete(self) -> Any:
        self._refuse("delete()")

    def bulk_update(self, *args: Any, **kwargs: Any) -> int:
        self._refuse("bulk_update()")

    def get_or_create(self, *args: Any, **kwargs: Any) -> Any:
        self._refuse("get_or_create()")

    def update_or_create(self, *args: Any, **kwargs: Any) -> Any:
        self._refuse("update_or_create()")

    def raw(self, *args: Any, **kwargs: Any) -> Any:
        self._refuse("raw()")

    def union(self, *others: Any, **kwargs: Any) -> Any:
        if not self._plain:
            self._refuse("union()")
        return super().union(*others, **kwargs)

    def intersection(self, *others: Any) -> Any:
        self._refuse("intersection()")

    def difference(self, *others: Any) -> Any:
        self._refuse("difference()")

    def __or__(self, other: Any) -> Any:
        self._refuse("|")

    def __and__(self, other: Any) -> Any:
        self._refuse("&")

    def __xor__(self, other: Any) -> Any:
        self._refuse("^")

    async def aiterator(self, *args: Any, **kwargs: Any) -> Any:
        self._refuse("aiterator()")
        yield


class GuardedManager(models.Manager.from_queryset(GuardedQuerySet)):  # type: ignore[misc]
    """The default manager of guarded models. On a related manager the instance hands its actor on."""

    use_in_migrations = False

    def get_queryset(self) -> GuardedQuerySet:
        rows: GuardedQuerySet = super().get_queryset()
        actor = getattr(getattr(self, "instance", None), "_actor", None)
        return rows if actor is None else rows.for_actor(actor)


class GuardedModel(models.Model):
    """A row about one client. Made, changed and deleted only inside a service (`access.service`), with an audit row."""

    guard: Guard
    _actor: Actor | None = None

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)

    objects = GuardedManager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        """The key and nothing else: a row is printed into logs and messages, and nobody's name belongs there."""
        return str(self.pk)

    def about(self) -> tuple[Any, UUID | None]:
        """The keys of the client and the episode (or None) that this row is about."""
        return getattr(self, self.guard.client), (getattr(self, self.guard.episode) if self.guard.episode else None)

    def acting(self, actor: Actor) -> Self:
        """This row, carrying the actor for its own writes and its related managers."""
        self._actor = actor
        return self

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save with the actor that the row carries; NoActor without one, Unaudited later if the service records nothing."""
        if self._actor is None:
            raise NoActor(f"{type(self).__name__} can't be saved without an actor.")
        touched(self._actor, self)
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        """Delete, by the same rule as `save`."""
        if self._actor is None:
            raise NoActor(f"{type(self).__name__} can't be deleted without an actor.")
        touched(self._actor, self)
        return super().delete(*args, **kwargs)

    def save_if_current(self, *, version: int, **changes: Any) -> None:
        """Write `changes` if the row still has this `version`, and raise the version by one.

        Raises Changed, with the row as it stands now, when somebody saved in between.
        The row needs an integer field `version`.
        """
        if self._actor is None:
            raise NoActor(f"{type(self).__name__} can't be saved without an actor.")
        touched(self._actor, self)
        model: Any = type(self)
        rows = model._base_manager.filter(pk=self.pk, version=version)
        if not rows.update(version=version + 1, **changes):
            theirs = model._base_manager.get(pk=self.pk)
            theirs._actor = self._actor
            raise Changed(
                "Someone saved this while you were writing. Both texts are kept below.", theirs=theirs, mine=changes
            )
        for name, value in changes.items():
            setattr(self, name, value)
        self.version = version + 1
