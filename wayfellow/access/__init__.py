"""Access: actors, verbs, the policy, the audit chain. What the packages above use is named here.

Imported lazily, because models (and so Django's apps) are not loaded yet when this package first is.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from wayfellow.access.actors import Actor, system_actor
    from wayfellow.access.audit import record
    from wayfellow.access.errors import AccessDenied, Hidden
    from wayfellow.access.guarded import Guard, GuardedModel, OpenManager, Rule, WatchedQuerySet
    from wayfellow.access.marks import client_view, public_view, staff_view
    from wayfellow.access.once import made_once
    from wayfellow.access.policy import may, require
    from wayfellow.access.verbs import Verb
    from wayfellow.access.work import service

_HOMES = {
    "Actor": "actors",
    "system_actor": "actors",
    "record": "audit",
    "AccessDenied": "errors",
    "Hidden": "errors",
    "Guard": "guarded",
    "GuardedModel": "guarded",
    "OpenManager": "guarded",
    "Rule": "guarded",
    "WatchedQuerySet": "guarded",
    "client_view": "marks",
    "public_view": "marks",
    "staff_view": "marks",
    "made_once": "once",
    "may": "policy",
    "require": "policy",
    "Verb": "verbs",
    "service": "work",
}
__all__ = [
    "AccessDenied", "Actor", "Guard", "GuardedModel", "Hidden", "OpenManager", "Rule", "Verb", "WatchedQuerySet",
    "client_view", "made_once", "may", "public_view", "record", "require", "service", "staff_view", "system_actor",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    from importlib import import_module

    if name in _HOMES:
        return getattr(import_module(f"wayfellow.access.{_HOMES[name]}"), name)
    raise AttributeError(name)
