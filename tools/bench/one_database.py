"""The bench on one database: load, serve, drive each page by one and by eight, import, memory."""

from __future__ import annotations

import sys
import time
from importlib import import_module
from pathlib import Path
from uuid import UUID

import django
from django.conf import settings
from django.core.management import call_command

PAGES = {
    "constant": "/bench/{client}/",
    "today": "/",
    "caseload": "/clients/",
    "story": "/clients/{client}/",
    "story, 5 years": "/clients/{long}/",
    "plan": "/clients/{client}/plan/",
    "notes": "/clients/{client}/notes/",
}


IMPORTED_PEOPLE = 20


def run(*, clients: int, requests: int) -> None:
    """Print the table of one database."""
    django.setup()
    from tools.bench import __main__ as parent
    from tools.bench import importing, record

    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    loaded = record.load(clients, _progress)
    print(f"  loaded {loaded.rows:,} rows of {clients:,} clients in {loaded.seconds:.0f} s", flush=True)
    sessions = {worker: _session_of(worker) for worker in loaded.workers[:8]}
    port = parent.free_port()
    with parent.server(port) as running:
        _drive_all(port, loaded, sessions, requests)
        print(f"  memory of the server: {_memory(running.pid):.0f} MiB", flush=True)
    taken, plain, rows = importing.ratio(IMPORTED_PEOPLE)
    print(
        f"  import: {taken:,.0f} rows/s of {rows:,}; the database alone {plain:,.0f}; ratio {taken / plain:.3f}",
        flush=True,
    )


def _progress(done: int, total: int) -> None:
    if sys.stderr.isatty():
        print(f"\r  loading {done:,} of {total:,}", end="" if done < total else "\n", file=sys.stderr, flush=True)


def _session_of(worker: UUID) -> str:
    """A signed-in session, made past the door."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

    from wayfellow.programs.models import Staff

    user = Staff.objects.select_related("user").get(pk=worker).user
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    store[SESSION_KEY], store[HASH_SESSION_KEY] = str(user.pk), user.get_session_auth_hash()
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    # As after a minute of work: the page doesn't have to write down that someone is here.
    store["seen_minute"] = int(time.time() // 60)
    store.create()
    return str(store.session_key)


def _drive_all(port: int, loaded: object, sessions: dict[UUID, str], requests: int) -> None:
    from tools.bench import driving
    from tools.bench.record import Loaded

    assert isinstance(loaded, Loaded)
    for drivers in (1, min(8, len(sessions))):
        floor = None
        print(f"  {'page':<16}{'median':>9}{'p95':>9}{'max':>9}   ratio of median, p95 ({drivers} at once)", flush=True)
        for name, pattern in PAGES.items():

            def address(driver: int, turn: int, pattern: str = pattern) -> tuple[str, str]:
                # The long record belongs to the first worker, so everyone drives it with that session.
                worker = loaded.workers[0 if "{long}" in pattern else driver % len(sessions)]
                mine = loaded.clients_by_worker[worker]
                path = pattern.format(client=mine[turn % len(mine)], long=loaded.long_client)
                return path, sessions[worker]

            found = driving.drive(port, address, drivers=drivers, requests=requests)
            floor = floor or found
            print(
                f"  {name:<16}{found.median:>7.1f}ms{found.p95:>7.1f}ms{found.slowest:>7.1f}ms"
                f"   {found.median / floor.median:>5.2f} {found.p95 / floor.p95:>5.2f}",
                flush=True,
            )


def _memory(pid: int) -> float:
    """MiB of the server processes together, by proportional set size, so that shared pages count once."""
    total = 0
    for process in [pid, *_children(pid)]:
        for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                total += int(line.split()[1])
    return total / 1024


def _children(pid: int) -> list[int]:
    found = []
    for path in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in path.read_text().split():
            found += [int(child), *_children(int(child))]
    return found
