"""Templates: no inline script or style, a known beginning, no surprises from outside."""

import re

from tests.architecture import tree
from tools.check_tree import inline_assets

LEADING = re.compile(r"\A(?:\s|{#.*?#})*", re.S)
EXTENDS = re.compile(r"{%\s*extends\s+[\"']([\w/.-]+)[\"']\s*%}")
INCLUDE = re.compile(r"{%\s*include\s+(.*?)%}", re.S)


def text(path) -> str:
    return path.read_text(encoding="utf-8")


def is_fragment(path) -> bool:
    return path.name.startswith("_")


def test_no_template_holds_script_or_style() -> None:
    found = [f"{tree.where(path)}: {what}" for path in tree.templates() for what in inline_assets(text(path))]

    assert not found, tree.report(
        "The content security policy refuses it in every environment, so it would not work anyway.", found
    )


def test_a_page_extends_a_shell() -> None:
    found = []
    for path in tree.templates():
        name = tree.template_name(path)
        if is_fragment(path) or name == "ui/base.html":
            continue
        start = EXTENDS.match(text(path), LEADING.match(text(path)).end())
        package = tree.package_of(path)
        if not start or not (start.group(1) in tree.SHELLS or start.group(1).startswith(f"{package}/")):
            found.append(f"{tree.where(path)} begins with {text(path).strip()[:50]!r}")

    assert not found, tree.report(
        f"A page begins with {{% extends %}} of one of {', '.join(sorted(tree.SHELLS))}, or of a page of its own package that does. "
        "A part of a page is a fragment: its name begins with _.",
        found,
    )


def test_a_fragment_extends_nothing() -> None:
    found = [tree.where(path) for path in tree.templates() if is_fragment(path) and EXTENDS.search(text(path))]

    assert not found, tree.report(
        "A fragment owns one element and is sent alone to htmx; a page that extends a shell has no underscore.", found
    )


def test_an_include_gets_only_what_it_is_given() -> None:
    found = [
        f"{tree.where(path)}: {{% include {words.strip()} %}}"
        for path in tree.templates()
        for words in INCLUDE.findall(text(path))
        if not re.search(r"\bonly\s*$", words.strip())
    ]

    assert not found, tree.report(
        "A fragment that reads its surroundings breaks when htmx asks for it alone. Write `with a=b only`.", found
    )


def test_a_template_lies_in_its_package() -> None:
    # allauth's pages are overridden by access under their own names.
    theirs = {"account", "mfa", "allauth", "socialaccount", "usersessions"}
    found = [
        tree.where(path)
        for path in tree.templates()
        if (folder := tree.template_name(path).split("/")[0]) != tree.package_of(path)
        and not (tree.package_of(path) == "access" and folder in theirs)
    ]

    assert not found, tree.report(
        "A template lies in wayfellow/<package>/templates/<package>/: two packages may have a list.html each.", found
    )
