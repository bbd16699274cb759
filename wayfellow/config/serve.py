"""Runs the web server and the worker for background jobs, side by side, and ends both together.

`run()` is what `wayfellow serve` and `wayfellow demo` call. It watches two child processes: granian, which ends everything when
it ends, and the worker, which is started again when it ends. Each child also watches us, so that nothing is left serving
when this process is killed outright.
"""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from http.client import HTTPConnection, HTTPException
from types import FrameType
from typing import Any

HOST = "127.0.0.1"
PORT = 8000
WORKERS = 2
STOP_SECONDS = 15
# A worker that dies at once, over and over, must not keep a core busy.
RESTART_SECONDS = (1, 5, 30)


class PortTaken(Exception):
    """Another program answers at this address."""


def port_check(host: str, port: int) -> None:
    """Raise PortTaken when `port` can't be had: said before anything is started, not by a server that dies in the background."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise PortTaken(
                f"Port {port} on {host} can't be used ({error.strerror}). Stop what uses it, or choose another with PORT or --port."
            ) from error


def run(
    *,
    host: str = HOST,
    port: int = PORT,
    workers: int = WORKERS,
    jobs: bool = True,
    on_ready: Callable[[], None] | None = None,
) -> int:
    """Serve until SIGINT, SIGTERM or the server's end; 0 when asked to stop, else 1. `on_ready` is called once, when the first page is answered.

    workers: server processes. jobs: also run background jobs. Raises PortTaken before anything starts.
    """
    port_check(host, port)
    return _Pair(host, port, workers, jobs).run(on_ready)


class _Pair:
    def __init__(self, host: str, port: int, workers: int, jobs: bool) -> None:
        self.host, self.port, self.workers, self.jobs = host, port, workers, jobs
        self.server: subprocess.Popen[bytes] | None = None
        self.worker: subprocess.Popen[bytes] | None = None
        self.stopping = False
        self.restarts = 0
        self.worker_due = 0.0

    def run(self, on_ready: Callable[[], None] | None) -> int:
        before = {name: signal.signal(name, self._stop) for name in (signal.SIGINT, signal.SIGTERM)}
        try:
            self.server = _child("server", self.host, str(self.port), str(self.workers))
            while self.server.poll() is None and not self.stopping:
                if on_ready and _answers(self.host, self.port):
                    on_ready()
                    on_ready = None
                self._worker_keep()
                time.sleep(0.2)
            return 0 if self.stopping else 1
        finally:
            self._end()
            for name, handler in before.items():
                signal.signal(name, handler)

    def _stop(self, signum: int, frame: FrameType | None) -> None:
        self.stopping = True
        # Ctrl C reaches the children by itself; a second signal would make the worker drop the job in hand.
        if not (signum == signal.SIGINT and sys.stdin is not None and sys.stdin.isatty()):
            self._signal(signal.SIGTERM)

    def _worker_keep(self) -> None:
        if not self.jobs or self.stopping or (self.worker and self.worker.poll() is None):
            return
        if self.worker and not self.worker_due:
            self.worker_due = time.monotonic() + RESTART_SECONDS[min(self.restarts, len(RESTART_SECONDS) - 1)]
            self.restarts += 1
        if time.monotonic() >= self.worker_due:
            self.worker, self.worker_due = _child("worker"), 0.0

    def _signal(self, signum: int) -> None:
        for child in (self.server, self.worker):
            if child and child.poll() is None:
                child.send_signal(signum)

    def _end(self) -> None:
        if not self.stopping:
            self._signal(signal.SIGTERM)
        patience = time.monotonic() + STOP_SECONDS
        for child in (self.server, self.worker):
            if child:
                with suppress(subprocess.TimeoutExpired):
                    child.wait(max(0.1, patience - time.monotonic()))
        self._signal(signal.SIGKILL)
        for child in (self.server, self.worker):
            if child:
                child.wait()


def _child(*words: str) -> subprocess.Popen[bytes]:
    # The same Python and the same settings, our own module: nothing in it comes from outside.
    return subprocess.Popen([sys.executable, "-m", "wayfellow.config.serve", *words], stdin=subprocess.DEVNULL)  # noqa: S603


def _answers(host: str, port: int) -> bool:
    connection = HTTPConnection(host, port, timeout=5)
    try:
        connection.request("HEAD", "/", headers={"Host": f"localhost:{port}"})
        connection.getresponse()
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()
    return True


def _end_with(parent: int) -> None:
    """End this process when `parent` is gone: a killed `wayfellow serve` leaves nobody serving."""

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(1)
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(STOP_SECONDS)
        os._exit(1)

    threading.Thread(target=watch, name="end-with-parent", daemon=True).start()


def application() -> Callable[..., Any]:
    """The WSGI application for one of granian's processes, which ends with the process that started it."""
    _end_with(os.getppid())
    from wayfellow.config.wsgi import application as wsgi

    return wsgi


def _server(host: str, port: str, workers: str) -> None:
    from granian import Granian
    from granian.constants import HTTPModes, Interfaces
    from granian.log import LogLevels

    Granian(
        "wayfellow.config.serve:application",
        factory=True,
        address=host,
        port=int(port),
        interface=Interfaces.WSGI,
        workers=int(workers),
        blocking_threads=4,
        backlog=256,
        http=HTTPModes.http1,
        websockets=False,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
        workers_kill_timeout=10,
    ).serve()


def _worker() -> None:
    import django
    from django.core.management import call_command

    django.setup()
    call_command("worker")


if __name__ == "__main__":
    _end_with(os.getppid())
    {"server": _server, "worker": _worker}[sys.argv[1]](*sys.argv[2:])
