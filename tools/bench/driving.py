"""Drives pages in a closed loop: each driver asks, waits for the whole answer, thinks for 100 ms, asks again."""

from __future__ import annotations

import math
import statistics
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from http.client import HTTPConnection

THINK_SECONDS = 0.1
WARM_UP = 20


@dataclass(frozen=True)
class Timing:
    """Milliseconds of one page: median, p95 by nearest rank, the slowest; and how many answers."""

    median: float
    p95: float
    slowest: float
    count: int


def timing_of(seconds: list[float]) -> Timing:
    """The figures of these answers. Nearest rank: the smallest value that at least 95 of 100 don't exceed."""
    ordered = sorted(seconds)
    rank = math.ceil(0.95 * len(ordered)) - 1
    return Timing(statistics.median(ordered) * 1e3, ordered[rank] * 1e3, ordered[-1] * 1e3, len(ordered))


class Wrong(Exception):
    """The server answered something else than the page that was asked for."""


def drive(port: int, address: Callable[[int, int], tuple[str, str]], *, drivers: int, requests: int) -> Timing:
    """`requests` answers in all by so many drivers. address: (driver, turn) -> (path, session cookie)."""
    found: list[float] = []
    wrong: list[str] = []
    each = math.ceil(requests / drivers)

    def run(driver: int) -> None:
        connection = HTTPConnection("127.0.0.1", port, timeout=60)
        for turn in range(-max(2, WARM_UP // drivers), each):
            path, cookie = address(driver, turn)
            begun = time.perf_counter()
            connection.request("GET", path, headers={"Host": f"localhost:{port}", "Cookie": f"sessionid={cookie}"})
            answer = connection.getresponse()
            answer.read()
            took = time.perf_counter() - begun
            if answer.status != 200:
                wrong.append(f"{path.split('/')[1] or 'today'} answered {answer.status}")
                return
            if turn >= 0:
                found.append(took)
            time.sleep(THINK_SECONDS)

    threads = [threading.Thread(target=run, args=(driver,)) for driver in range(drivers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if wrong:
        raise Wrong(wrong[0])
    return timing_of(found)
