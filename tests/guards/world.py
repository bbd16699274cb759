"""One world with everything in it: a client with a full record, and every kind of actor around them.

Each package's factories say what its URLs need: `record_keys(client, episode, worker)` in tests/factories/<package>.py gives
values for URL parameters ("goal_id": ...), made for this client in this episode.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from importlib import import_module
from pkgutil import iter_modules
from typing import Any
from uuid import uuid4

from django.urls import URLPattern, URLResolver, get_resolver, reverse

import tests.factories
from tests.factories import people
from tests.factories import programs as make
from wayfellow.kernel import clock
from wayfellow.people.models import Client
from wayfellow.programs.models import Agency, Episode, Program, Staff


@dataclass
class World:
    """actors: by name. keys: values for URL parameters about `client`."""

    agency: Agency
    program: Program
    client: Client
    episode: Episode
    worker: Staff
    actors: dict[str, Staff | None]
    keys: dict[str, Any] = field(default_factory=dict)


HIDDEN_FROM = ("other agency", "unassigned", "cover expired", "conflict-blocked", "administrator")


def build() -> World:
    """The world, with one client, their worker, and everyone else."""
    agency = make.agency()
    program = make.program(agency)
    worker = make.staff(agency)
    person = people.client(agency)
    episode = make.episode(person, program)
    make.assignment(worker, episode)
    world = World(agency, program, person, episode, worker, _actors(agency, program, worker, person, episode))
    for module in _factories():
        if hasattr(module, "record_keys"):
            world.keys |= module.record_keys(person, episode, worker)
    world.keys["client_id"] = person.pk
    return world


def _factories() -> list[Any]:
    return [import_module(f"tests.factories.{info.name}") for info in iter_modules(tests.factories.__path__)]


def _actors(agency: Any, program: Any, worker: Any, person: Any, episode: Any) -> dict[str, Staff | None]:
    now = clock.now()
    blocked = make.staff(agency)
    make.assignment(blocked, episode, kind="secondary")
    people.conflict_block(person, blocked)
    expired = make.staff(agency)
    make.cover(worker, expired, starts_at=now - timedelta(days=9), ends_at=now - timedelta(minutes=1))
    covering = make.staff(agency)
    make.cover(worker, covering)
    supervisor = make.staff(agency, "supervisor")
    make.supervision(supervisor, worker)
    manager = make.staff(agency, "program_manager")
    make.management(manager, program)
    peer = make.staff(agency, "peer_support")
    make.assignment(peer, episode, kind="secondary")
    glass = make.staff(agency)
    make.broken_glass(glass, person)
    return {
        "anonymous": None,
        "other agency": make.staff(make.agency()),
        "unassigned": make.staff(agency),
        "cover expired": expired,
        "conflict-blocked": blocked,
        "administrator": make.staff(agency, "administrator"),
        "assigned": worker,
        "covering": covering,
        "supervisor": supervisor,
        "program manager": manager,
        "peer support": peer,
        "break-glass": glass,
        "privacy lead": make.staff(agency, "privacy_lead"),
    }


@dataclass(frozen=True)
class Route:
    """One URL pattern of the product: its name with namespace, its parameters, the mark of its view."""

    name: str
    parameters: tuple[str, ...]
    mark: Any

    def url(self, keys: dict[str, Any], **other: Any) -> str:
        values = {name: (other | keys).get(name) if name not in other else other[name] for name in self.parameters}
        missing = sorted(name for name, value in values.items() if value is None)
        assert not missing, (
            f"{self.name} needs {missing}: teach record_keys of tests/factories/{self.name.split(':')[0]}.py."
        )
        return reverse(self.name, kwargs=values)


def routes() -> list[Route]:
    """Every route of the URLconf, the frameworks' included."""
    return sorted(_walk(get_resolver(), ""), key=lambda route: route.name)


def _walk(resolver: URLResolver, namespace: str) -> list[Route]:
    found: list[Route] = []
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            found += _walk(pattern, inner)
        elif isinstance(pattern, URLPattern):
            mark = getattr(pattern.callback, "wayfellow_access", None)
            found.append(Route(f"{namespace}{pattern.name}", tuple(pattern.pattern.converters), mark))
    return found


def missing_id() -> Any:
    """The key of nobody."""
    return uuid4()
