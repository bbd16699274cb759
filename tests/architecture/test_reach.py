"""Rows are reached by selectors and services alone, and nothing goes round the guarded managers."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.architecture import tree

# reasons.py holds the policy's own querysets, demo makes an invented agency; neither answers a person.
READS_AND_WRITES = ("selectors", "services", "models", "reasons", "demo")
# What Django's internals use, and what knows no actor at all.
ROUND_THE_GUARD = {"_base_manager", "RawSQL", "raw", "extra", "cursor", "executescript"}
TOP_NAMES = {"RawSQL"}


def attributes(path: Path) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree.tree(path)):
        if isinstance(node, ast.Attribute):
            yield node.lineno, node.attr
        elif isinstance(node, ast.Name) and node.id in TOP_NAMES:
            yield node.lineno, node.id


def may_query(path: Path) -> bool:
    return (
        tree.package_of(path) == "access"
        or tree.is_kind(path, *READS_AND_WRITES)
        or ("commands" in path.parts and path.name == "demo.py")
    )


def test_objects_are_touched_in_selectors_and_services_only() -> None:
    found = [
        f"{tree.where(path, line)} .{name}"
        for path in tree.sources()
        if not may_query(path)
        for line, name in attributes(path)
        if name in {"objects", "_default_manager"}
    ]

    assert not found, tree.report(
        "Views, forms, templates and rules never query: only there would a missing filter show someone's record. "
        "Put the query into selectors.py (keyword-only, actor first) or services.py and call it by name.",
        found,
    )


def test_nothing_goes_round_the_guarded_managers() -> None:
    found = [
        f"{tree.where(path, line)} .{name}"
        for path in tree.sources()
        if tree.package_of(path) != "access"
        for line, name in attributes(path)
        if name in ROUND_THE_GUARD
    ]

    assert not found, tree.report(
        "The base manager and SQL by hand know no actor, so no reason, block or Part 2 filter holds there. "
        "Use `for_actor(actor)`; if the ORM really can't say it, the query belongs into access, with a guard test.",
        found,
    )
