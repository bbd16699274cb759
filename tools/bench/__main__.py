"""Load, serve, drive, print: `python -m tools.bench [--clients N] [--requests N] [--only sqlite|postgres]`."""

from __future__ import annotations

import argparse
import os
import platform
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tools")]


def main() -> None:
    """Both databases, one after the other, each in a process of its own so that Django meets one database only."""
    options = argparse.ArgumentParser(prog="make bench", description=__doc__)
    options.add_argument("--clients", type=int, default=10_000)
    options.add_argument("--requests", type=int, default=300)
    options.add_argument("--only", choices=("sqlite", "postgres"))
    options.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    chosen = options.parse_args()
    if chosen.here:
        from tools.bench import one_database

        one_database.run(clients=chosen.clients, requests=chosen.requests)
        return
    print(f"{platform.processor() or platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    words = ["--here", "--clients", str(chosen.clients), "--requests", str(chosen.requests)]
    for name in ("sqlite", "postgres"):
        if chosen.only in (None, name):
            print(f"\n{name}", flush=True)
            with _database(name) as environment:
                subprocess.run([sys.executable, "-m", "tools.bench", *words], check=True, cwd=ROOT, env=environment)  # noqa: S603


@contextmanager
def _database(name: str) -> Iterator[dict[str, str]]:
    with tempfile.TemporaryDirectory(prefix="wfbench-") as home:
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tools.bench.settings",
            "WAYFELLOW_HOME": home,
            "PYTHONPATH": str(ROOT),
        }
        environment.pop("DATABASE_URL", None)
        if name == "sqlite":
            yield environment
            return
        from postgres import private_server

        with private_server(durable=True) as url:
            yield {**environment, "DATABASE_URL": url}


def free_port() -> int:
    """A loopback port that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def server(port: int) -> Iterator[subprocess.Popen[bytes]]:
    """The product's own server with two processes, until the block ends."""
    code = f"from wayfellow.config import serve; serve.run(port={port}, workers=2, jobs=False)"
    running = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT)  # noqa: S603
    try:
        for _ in range(300):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield running
    finally:
        running.send_signal(signal.SIGTERM)
        running.wait(30)


if __name__ == "__main__":
    main()
