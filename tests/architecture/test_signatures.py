"""What is called from outside explains itself and can't be called in the wrong order."""

import ast

from tests.architecture import tree


def test_public_functions_say_what_they_promise() -> None:
    found = [
        f"{tree.where(path, node.lineno)} {node.name}"
        for path in tree.sources()
        if tree.is_kind(path, "services", "selectors", "rules")
        for node in tree.public_functions(path)
        if not ast.get_docstring(node)
    ]

    assert not found, tree.report(
        "A docstring: first line the promise; then units and ranges, errors raised, and the source of a number. Or a leading underscore.",
        found,
    )


def test_selectors_and_services_are_called_by_name() -> None:
    found = [
        f"{tree.where(path, node.lineno)} {node.name}({', '.join(arg.arg for arg in node.args.args)}, …)"
        for path in tree.sources()
        if tree.is_kind(path, "services", "selectors")
        for node in tree.public_functions(path)
        if node.args.args or node.args.posonlyargs
    ]

    assert not found, tree.report(
        "Two ids of the same type change places unseen. Begin the arguments with `*`, the actor first.", found
    )


def test_the_actor_comes_first() -> None:
    found = []
    for path in tree.sources():
        if tree.is_kind(path, "services", "selectors"):
            for node in tree.public_functions(path):
                names = [arg.arg for arg in (*node.args.args, *node.args.kwonlyargs)]
                if "actor" in names and names[0] != "actor":
                    found.append(f"{tree.where(path, node.lineno)} {node.name}({', '.join(names)})")

    assert not found, tree.report("Who asks is the first thing a reader wants to know: `*, actor, …`.", found)
