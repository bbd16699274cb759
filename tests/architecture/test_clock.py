"""One place asks what time it is; everything below the edge is told."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.architecture import tree

CLOCK = tree.PRODUCT / "kernel" / "clock.py"
ASKS = {
    "timezone.now", "timezone.localdate", "timezone.localtime", "datetime.now", "datetime.utcnow", "datetime.today", "date.today",
    "datetime.datetime.now", "datetime.datetime.utcnow", "datetime.date.today", "time.time", "time.localtime", "time.gmtime",
}  # fmt: skip
# These read a moment they are given.
FINE_WITH_A_VALUE = {"timezone.localdate", "timezone.localtime", "time.localtime", "time.gmtime"}
# The edge: where a request, a command or a job begins.
EDGE = {"middleware.py", "tasks.py"}


def asked(path: Path) -> Iterator[tuple[int, str]]:
    given = {id(node.func) for node in ast.walk(tree.tree(path)) if isinstance(node, ast.Call) and node.args}
    for node in ast.walk(tree.tree(path)):
        if isinstance(node, ast.Attribute):
            name = tree.dotted(node)
            name = name.removeprefix("django.utils.")
            if name in ASKS and not (name in FINE_WITH_A_VALUE and id(node) in given):
                yield node.lineno, name


def test_only_the_clock_asks_the_time() -> None:
    found = [
        f"{tree.where(path, line)} {name}"
        for path in tree.sources()
        if path != CLOCK and "commands" not in path.parts
        for line, name in asked(path)
    ]

    assert not found, tree.report(
        "A function that asks the time can't be tested at midnight or on a DST night. "
        "Take `at` as an argument; views pass `request.now`, commands `clock.now()`.",
        found,
    )


def test_the_clock_is_read_at_the_edge_only() -> None:
    found = [
        f"{tree.where(path, node.lineno)}"
        for path in tree.sources()
        if path != CLOCK and "commands" not in path.parts and path.name not in EDGE
        for node in ast.walk(tree.tree(path))
        if isinstance(node, ast.Call) and tree.dotted(node.func) == "clock.now"
    ]

    assert not found, tree.report(
        "The clock is read once, where a request, command or job begins, so that one page speaks of one moment. Take `at`.",
        found,
    )
