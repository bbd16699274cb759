"""The power goes out: the server is killed outright while words arrive, and every word that it has answered for is there again.

kill -9 leaves what the system has in its hands, a power cut does not (docs/adr/0003): so the last test asks each connection
whether a commit waits for the disk.
"""

import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from http.client import HTTPConnection, HTTPException
from itertools import count
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.db import connection

from tests.architecture import tree
from wayfellow.kernel.ids import new_id

SERVER = """
from wayfellow.config import serve
raise SystemExit(serve.run(port={port}, workers=2, jobs=False, on_ready=lambda: print("ready", flush=True)))
"""
WRITING_SECONDS = 1.5
TOKEN = "t" * 32


class Desk:
    """One worker's browser, as plain HTTP."""

    def __init__(self, port: int, session: str, client_id: str, note_id: str) -> None:
        self.port, self.here, self.begun = port, f"/clients/{client_id}", note_id
        self.headers = {
            "Host": f"localhost:{port}",
            "Cookie": f"sessionid={session}; csrftoken={TOKEN}",
            "X-CSRFToken": TOKEN,
            "Content-Type": "application/x-www-form-urlencoded",
        }

    def ask(self, method: str, path: str, fields: dict[str, str] | None = None) -> tuple[int, str]:
        line = HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            line.request(method, self.here + path, urlencode(fields) if fields else None, self.headers)
            answer = line.getresponse()
            return answer.status, answer.read().decode()
        finally:
            line.close()

    def draft(self, words: str) -> bool:
        fields = {"groups": "part_words", "fields.part_words": "part_words", "part_words": words}
        return self.ask("POST", f"/drafts/note-{self.begun}/", fields)[0] == 200

    def note(self, words: str) -> bool:
        fields = {"key": str(new_id()), "kind": "call", "reached": "in_touch", "format": "free", "act": "keep"}
        fields |= {"happened_at": "2026-01-05T10:30", "part_plan": words}
        return self.ask("POST", "/notes/new/", fields)[0] == 302


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "wayfellow.config.settings.test",
        "DATABASE_URL": f"sqlite:///{tmp_path}/power.sqlite3",
        "WAYFELLOW_HOME": str(tmp_path),
        "PYTHONPATH": str(tree.ROOT),
    }


@pytest.fixture
def port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def started(environment: dict[str, str], port: int) -> subprocess.Popen[str]:
    """A running server in a process group of its own, so that one signal reaches all of it."""
    process = subprocess.Popen(
        [sys.executable, "-c", SERVER.format(port=port)],
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    )
    assert process.stdout
    assert process.stdout.readline() == "ready\n"
    return process


def killed(process: subprocess.Popen[str]) -> None:
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    assert process.stdout
    process.stdout.close()


def write_until_dark(write, mark: str, answered: list[str]) -> None:
    """Send one numbered word after another; keep those that were answered for, until nobody answers."""
    for number in count():
        words = f"{mark}{number}."
        try:
            if write(words):
                answered.append(words)
        except (OSError, HTTPException):
            return


@pytest.mark.slow
def test_every_word_that_was_answered_for_survives_kill_9(environment: dict[str, str], port: int) -> None:
    seeded = subprocess.run(
        [sys.executable, "-m", "tests.notes.power"],
        env=environment,
        cwd=tree.ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    desk = Desk(port, *seeded.stdout.split())
    drafts, notes, more_notes = [], [], []
    server = started(environment, port)
    writers = [
        threading.Thread(target=write_until_dark, args=(desk.draft, "draft", drafts)),
        threading.Thread(target=write_until_dark, args=(desk.note, "note", notes)),
        threading.Thread(target=write_until_dark, args=(desk.note, "more", more_notes)),
    ]
    try:
        for writer in writers:
            writer.start()
        time.sleep(WRITING_SECONDS)
    finally:
        killed(server)
    for writer in writers:
        writer.join()

    server = started(environment, port)
    try:
        status, page = desk.ask("GET", f"/notes/{desk.begun}/edit/")
        pages = [
            desk.ask("GET", f"/notes/?page={number}")[1]
            for number in range(1, 2 + (len(notes) + len(more_notes)) // 25 + 1)
        ]
    finally:
        killed(server)

    assert status == 200
    assert drafts
    assert notes
    assert more_notes
    there = re.search(r"draft(\d+)\.", page)
    assert there
    assert int(there[1]) >= int(drafts[-1].removeprefix("draft").rstrip("."))  # one may have been kept, its answer lost
    found = set(re.findall(r"(?:note|more)\d+\.", " ".join(pages)))
    assert [words for words in notes + more_notes if words not in found] == []


@pytest.mark.parametrize("settings", ["base", "demo", "test"])
def test_every_connection_of_server_and_worker_waits_for_the_disk(settings: str, tmp_path: Path) -> None:
    """`serve` and `worker` read the same settings; what a new connection of theirs says is what counts."""
    script = (
        "import django; django.setup(); from django.db import connection as c; k = c.cursor();"
        "print([k.execute('PRAGMA ' + name).fetchone()[0] for name in ('synchronous', 'journal_mode', 'foreign_keys')])"
    )
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    environment |= {"DJANGO_SETTINGS_MODULE": f"wayfellow.config.settings.{settings}", "WAYFELLOW_HOME": str(tmp_path)}
    environment |= {"WAYFELLOW_SECRET_KEY": "x" * 50, "WAYFELLOW_RECORD_KEY": "y" * 50}

    said = subprocess.run(
        [sys.executable, "-c", script], env=environment, cwd=tree.ROOT, capture_output=True, text=True, check=True
    )

    assert said.stdout.strip() == "[2, 'wal', 1]"


@pytest.mark.django_db
def test_a_threads_own_connection_waits_for_the_disk_too() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("SQLite's own setting")
    said = []

    def ask() -> None:
        from django.db import connections

        with connections["default"].cursor() as cursor:
            said.append(cursor.execute("PRAGMA synchronous").fetchone()[0])
        connections.close_all()

    thread = threading.Thread(target=ask)
    thread.start()
    thread.join()

    assert said == [2]
