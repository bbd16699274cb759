"""The server and its children start together, say when they are ready, and end together."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from wayfellow.config import serve

SCRIPT = """
from wayfellow.config import serve
raise SystemExit(serve.run(port={port}, workers=1, jobs=False, on_ready=lambda: print("ready", flush=True)))
"""


@pytest.fixture
def port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@pytest.fixture
def served(port: int, tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """A running server that has said it is ready."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "wayfellow.config.settings.test",
        "DATABASE_URL": f"sqlite:///{tmp_path}/served.sqlite3",
    }
    command = [sys.executable, "-c", SCRIPT.format(port=port)]
    process = subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True)
    assert process.stdout
    assert process.stdout.readline() == "ready\n"
    yield process
    process.kill()
    process.wait()
    process.stdout.close()


def answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def wait_for_silence(port: int, seconds: float) -> None:
    until = time.monotonic() + seconds
    while answers(port):
        assert time.monotonic() < until, "something still answers on the port"
        time.sleep(0.1)


@pytest.mark.parametrize("signum", [signal.SIGTERM, signal.SIGINT])
@pytest.mark.slow
def test_a_signal_ends_all_of_it_with_code_0(served: subprocess.Popen[str], port: int, signum: int) -> None:
    assert answers(port)

    served.send_signal(signum)

    assert served.wait(20) == 0
    assert not answers(port)


@pytest.mark.slow
def test_a_server_killed_outright_leaves_nobody_serving(served: subprocess.Popen[str], port: int) -> None:
    served.kill()
    served.wait()

    wait_for_silence(port, 20)


def test_a_taken_port_is_said_before_anything_starts() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        taken = other.getsockname()[1]

        with pytest.raises(serve.PortTaken, match=f"Port {taken} on 127.0.0.1 can't be used"):
            serve.run(port=taken)
