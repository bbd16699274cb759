"""Sizes at which a thing has become two things."""

from pathlib import Path

from tests.architecture import tree

FUNCTION, MODULE, TEMPLATE, TEST_FILE = 50, 600, 240, 800


def lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def test_a_function_fits_on_a_screen() -> None:
    found = [
        f"{tree.where(path, node.lineno)} {node.name}: {size} lines"
        for path in tree.sources()
        for node in tree.functions(path)
        if (size := (node.end_lineno or node.lineno) - node.lineno + 1) > FUNCTION
    ]

    assert not found, tree.report(f"Aim at 25 lines, {FUNCTION} at most: name the steps and move them out.", found)


def test_a_module_is_about_one_noun() -> None:
    found = [f"{tree.where(path)}: {lines(path)} lines" for path in tree.sources() if lines(path) > MODULE]

    assert not found, tree.report(
        f"Aim at 300 lines, {MODULE} at most: split by noun (models/goal.py), with the same names from the package.",
        found,
    )


def test_a_template_is_one_page_or_part() -> None:
    found = [f"{tree.where(path)}: {lines(path)} lines" for path in tree.templates() if lines(path) > TEMPLATE]

    assert not found, tree.report(
        f"Aim at 120 lines, {TEMPLATE} at most: move a part into a fragment, or a look into a component of ui.", found
    )


def test_a_test_file_is_about_one_feature() -> None:
    found = [
        f"{tree.where(path)}: {lines(path)} lines"
        for path in (tree.ROOT / "tests").rglob("*.py")
        if lines(path) > TEST_FILE
    ]

    assert not found, tree.report(
        f"Aim at 400 lines, {TEST_FILE} at most: one file for each feature, factories into tests/factories.", found
    )
