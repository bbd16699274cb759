"""Rows that come from elsewhere (an import), under the key they have there: made once, and never over what was changed here."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, TypeAlias
from uuid import UUID, uuid5

from django.db import models

from wayfellow.access.actors import Actor
from wayfellow.access.audit import record
from wayfellow.access.secrets import blind
from wayfellow.access.verbs import Verb

Guarded: TypeAlias = type[Any]  # a GuardedModel with client, origin and origin_id
# Constants of our own: the same row of the same source always gets the same key, so two imports at once can't make two rows.
_NAMESPACE = UUID("6d1f4b0e-53d5-4c6c-9a3e-0c2f9c1d7a11")


@dataclass(frozen=True)
class FromElsewhere:
    """One row as its source has it.

    values: fields that follow the source, relations by their key (`plan_id`). once: fields set when the row is made.
    along: fields written whenever `values` are. These two are no part of what is compared.
    print: the fingerprint of the values that the last import left ("" if there was none).
    """

    origin_id: str
    values: Mapping[str, Any]
    once: Mapping[str, Any] = field(default_factory=dict)
    along: Mapping[str, Any] = field(default_factory=dict)
    print: str = ""


@dataclass(frozen=True)
class Kept:
    """What became of one row. how: new, same, changed (brought up to date) or ours (changed here since, so it stays)."""

    how: str
    row: Any


def fingerprint(values: Mapping[str, Any]) -> str:
    """A keyed fingerprint of values, the same for what a row is given and for what it then holds; tells nothing without the key."""
    plain = {name: _moment(value) if isinstance(value, datetime) else value for name, value in values.items()}
    return blind(json.dumps(plain, sort_keys=True, default=str), field="access.received")


def _moment(at: datetime) -> str:
    """The same moment reads the same, whatever clock it was written by: the database gives UTC back."""
    return at.astimezone(UTC).isoformat()


def keep(
    actor: Actor,
    verb: Verb,
    model: Guarded,
    rows: Iterable[FromElsewhere],
    *,
    origin: str,
    client: Any,
    is_final: bool = False,
    **same: Any,
) -> dict[str, Kept]:
    """Take the rows into `model`, each with an audit row; called in a service that has asked `require`.

    A known row is brought up to date only while its fields still are what the last import left; what people changed here stays.
    is_final: rows that never change, whatever the source says later. same: fields that all new rows share.
    """
    here = actor if actor.focus == client.pk else actor.focused(client.pk)
    known = {row.origin_id: row for row in model.objects.for_actor(here).filter(client=client, origin=origin)}
    found: dict[str, Kept] = {}
    new: list[Any] = []
    for item in rows:
        if item.origin_id in found:
            continue
        if item.origin_id in known:
            found[item.origin_id] = _again(here, known[item.origin_id], item, is_final=is_final)
            continue
        fields = same | dict(item.once) | dict(item.along) | dict(item.values)
        row = model(client=client, origin=origin, origin_id=item.origin_id, **fields)
        if _has(model, "key"):
            row.key = uuid5(_NAMESPACE, f"{model._meta.label_lower} {client.pk} {origin} {item.origin_id}")
        new.append(row)
        found[item.origin_id] = Kept("new", row)
    model.objects.for_writing(here).bulk_create(new, batch_size=200)
    for kept in found.values():
        if kept.how in ("new", "changed"):
            record(here, verb, kept.row)
    return found


def _again(actor: Actor, row: Any, item: FromElsewhere, *, is_final: bool) -> Kept:
    """A row that came before: what it holds now, against what came then and what comes now."""
    held = {name: getattr(row, name) for name in item.values}
    if fingerprint(held) == fingerprint(item.values):
        return Kept("same", row)
    if is_final or fingerprint(held) != item.print:
        return Kept("ours", row)
    row.acting(actor)
    changes = dict(item.along) | dict(item.values)
    if _has(type(row), "version"):
        row.save_if_current(version=row.version, **changes)
    else:
        for name, value in changes.items():
            setattr(row, name, value)
        row.save(update_fields=list(changes))
    return Kept("changed", row)


def _has(model: type[models.Model], name: str) -> bool:
    return any(each.name == name for each in model._meta.fields)
