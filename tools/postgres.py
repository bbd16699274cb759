"""A private PostgreSQL for one command: no network, its own folder in /tmp, gone at the end.

`python tools/postgres.py pytest …` runs the command with DATABASE_URL set and ends with its exit code.
`private_server()` does the same for Python. As root the server runs as `postgres` or `nobody`, since it refuses to run as root.
"""

from __future__ import annotations

import argparse
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from urllib.parse import quote

sys.path.insert(0, str(Path(__file__).resolve().parent))
from doctor import postgres_bin

START_SECONDS = 30
# For tests alone: what a crash would lose is thrown away anyway.
HASTY = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
MODEST = {"listen_addresses": "", "max_connections": "80", "shared_buffers": "128MB", "log_min_messages": "warning"}


class PostgresError(Exception):
    """The server could not be made or started; the message says what to do."""


def _account() -> pwd.struct_passwd | None:
    if os.geteuid():
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise PostgresError(
        "PostgreSQL does not run as root, and this machine has neither `postgres` nor `nobody` to run it as."
    )


def _as(account: pwd.struct_passwd | None) -> dict[str, object]:
    if account is None:
        return {}
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": [], "cwd": "/"}


@contextmanager
def private_server(*, durable: bool = False) -> Iterator[str]:
    """Make and start a server, give its DATABASE_URL, stop and remove it whatever happens. durable: flush as in real life (bench)."""
    binaries = Path(postgres_bin() or "/nonexistent")
    if not (binaries / "initdb").exists():
        raise PostgresError(
            "PostgreSQL's server isn't on this machine. `make doctor` names the command that installs it."
        )
    account = _account()
    # A socket's path has 107 letters at most, so /tmp and not TMPDIR, which can be long.
    home = Path(tempfile.mkdtemp(prefix="wfpg-", dir="/tmp"))
    server: subprocess.Popen[bytes] | None = None
    try:
        if account:
            os.chown(home, account.pw_uid, account.pw_gid)
        made = subprocess.run(  # noqa: S603
            [binaries / "initdb", "-D", home / "data", "-U", "wayfellow", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"],
            capture_output=True, text=True, check=False, **_as(account),
        )  # fmt: skip
        if made.returncode:
            raise PostgresError(f"initdb said: {made.stderr.strip()}")
        options = {**MODEST, **({} if durable else HASTY), "unix_socket_directories": str(home)}
        words = [word for name, value in options.items() for word in ("-c", f"{name}={value}")]
        with (home / "log").open("wb") as log:
            server = subprocess.Popen(  # noqa: S603
                [binaries / "postgres", "-D", home / "data", *words],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                **_as(account),
            )
        _wait(server, binaries, home)
        subprocess.run([binaries / "createdb", "-h", home, "-U", "wayfellow", "wayfellow"], check=True)  # noqa: S603
        yield f"postgres://wayfellow@{quote(str(home), safe='')}/wayfellow"
    finally:
        if server:
            _stop(server)
        shutil.rmtree(home, ignore_errors=True)


def _wait(server: subprocess.Popen[bytes], binaries: Path, home: Path) -> None:
    until = time.monotonic() + START_SECONDS
    while server.poll() is None and time.monotonic() < until:
        if subprocess.run([binaries / "pg_isready", "-q", "-h", home, "-U", "wayfellow"], check=False).returncode == 0:  # noqa: S603
            return
        time.sleep(0.1)
    raise PostgresError(
        f"PostgreSQL did not start; its log says:\n{(home / 'log').read_text(errors='replace')[-2000:]}"
    )


def _stop(server: subprocess.Popen[bytes]) -> None:
    # SIGINT is PostgreSQL's fast shutdown, SIGQUIT its immediate one.
    for signum in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
        if server.poll() is not None:
            return
        server.send_signal(signum)
        try:
            server.wait(10)
        except subprocess.TimeoutExpired:
            continue


def _run(command: list[str], url: str) -> int:
    child = subprocess.Popen(command, env={**os.environ, "DATABASE_URL": url})  # noqa: S603

    def forward(signum: int, frame: FrameType | None) -> None:
        child.send_signal(signum)

    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, forward)
    return child.wait()


def main() -> int:
    options = argparse.ArgumentParser(description="Run a command with a private PostgreSQL; DATABASE_URL names it.")
    options.add_argument("--durable", action="store_true", help="flush as in real life")
    options.add_argument("command", nargs=argparse.REMAINDER)
    chosen = options.parse_args()
    if not chosen.command:
        options.error("name the command to run")

    def end(signum: int, frame: FrameType | None) -> None:
        sys.exit(128 + signum)

    # Before the command runs too, a signal must reach the `finally` that stops the server.
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, end)
    try:
        with private_server(durable=chosen.durable) as url:
            code = _run(chosen.command, url)
            return code if code >= 0 else 128 - code
    except PostgresError as error:
        print(error, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
