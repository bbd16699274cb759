"""Relations, URL names and templates follow the layers, which import-linter can't see because they are strings."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from django.apps import apps
from django.contrib.contenttypes.fields import GenericForeignKey, GenericRelation

from tests.architecture import tree

# Reversing and redirecting take URL names; the story and Today are where everybody returns to.
URL_CALLS = {"reverse", "reverse_lazy", "redirect", "resolve_url"}
HOME = "desk"
URL_TAG = re.compile(r"{%\s*url\s+[\"'](\w+):\w+[\"']")
TEMPLATE_TAG = re.compile(r"{%\s*(?:include|extends)\s+[\"'](\w+)/[\w/.-]+[\"']")
# What a package shows to others. access, ui and kernel are made to be used, so all of theirs may be imported.
# forms: the fields of a noun that a page of many parts asks for, too (intake).
SHOWN = {"selectors", "services", "verbs", "events", "models", "forms"}
# The invented agency needs the same calculations as the real one, for hashes and totals that hold.
SHOWN_TO_DEMO = SHOWN | {"rules", "reasons"}
FOUNDATION = {"access", "ui", "kernel"}


def our_models():
    for config in apps.get_app_configs():
        if config.name.startswith("wayfellow."):
            yield from ((config.name.split(".")[1], model) for model in config.get_models(include_auto_created=True))


def package_of_model(model) -> str:
    parts = model.__module__.split(".")
    return parts[1] if parts[0] == "wayfellow" else ""


def test_relations_between_models_point_down() -> None:
    found = []
    for package, model in our_models():
        for field in model._meta.get_fields(include_hidden=False):
            other = field.related_model if field.is_relation and not field.auto_created else None
            if isinstance(other, type) and not tree.may_know(package, package_of_model(other)):
                found.append(f"{model._meta.label}.{field.name} -> {other._meta.label}")

    assert not found, tree.report(
        "A lower package may not relate to a higher or neighbouring one: its table could not exist without the other's. "
        "Turn the relation round (the ForeignKey stands in the higher package), or keep a plain UUID as access does.",
        found,
    )


def test_no_relation_is_generic() -> None:
    found = [
        f"{model._meta.label}.{field.name}"
        for _, model in our_models()
        for field in model._meta.private_fields
        if isinstance(field, GenericForeignKey | GenericRelation)
    ]

    assert not found, tree.report(
        "A generic relation has no constraint in the database and hides its direction. "
        "Use one ForeignKey for each kind of thing, with a constraint that exactly one is set.",
        found,
    )


def url_names(path: Path) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree.tree(path)):
        if isinstance(node, ast.Call) and tree.dotted(node.func).rpartition(".")[2] in URL_CALLS and node.args:
            first = node.args[0]
            if (
                isinstance(first, ast.Constant)
                and isinstance(first.value, str)
                and re.fullmatch(r"\w+:\w+", first.value)
            ):
                yield node.lineno, first.value.partition(":")[0]


def test_url_names_point_down_or_home() -> None:
    found = [
        f"{tree.where(path, line)} names a URL of {other}"
        for path in tree.sources()
        for line, other in url_names(path)
        if other != HOME and not tree.may_know(tree.package_of(path), other)
    ]
    found += [
        f"{tree.where(path)} links to {other}"
        for path in tree.templates()
        for other in URL_TAG.findall(path.read_text(encoding="utf-8"))
        if other != HOME and not tree.may_know(tree.package_of(path), other)
    ]

    assert not found, tree.report(
        "A URL name of a higher package is an import in disguise: the page breaks when that package goes. Let the higher package offer the link "
        "(desk's shell, a page of desk), or have a listener set the result's `next_step`. Only desk, everybody's way home, may be named from below.",
        found,
    )


def test_templates_include_and_extend_downwards() -> None:
    found = [
        f"{tree.where(path)} uses a template of {other}"
        for path in tree.templates()
        for other in TEMPLATE_TAG.findall(path.read_text(encoding="utf-8"))
        if not tree.may_know(tree.package_of(path), other)
    ]

    assert not found, tree.report(
        "A template may use its own package's and lower ones. What two packages share goes to ui.", found
    )


def foreign_imports(path: Path) -> Iterator[tuple[int, str, str]]:
    for node in ast.walk(tree.tree(path)):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        for name in names:
            parts = name.split(".")
            if parts[0] == "wayfellow" and len(parts) > 2:
                yield node.lineno, parts[1], parts[2]


def test_other_packages_are_entered_by_their_front_doors() -> None:
    found = [
        f"{tree.where(path, line)} imports {other}.{part}"
        for path in tree.sources()
        for line, other, part in foreign_imports(path)
        if other not in {tree.package_of(path), *FOUNDATION, "config"}
        and part not in (SHOWN_TO_DEMO if "demo" in path.parts else SHOWN)
        and not (path.name == "urls.py" and part == "urls")
    ]

    assert not found, tree.report(
        f"From outside, a package is its {', '.join(sorted(SHOWN))}; the rest may change any day. Offer what you need there.",
        found,
    )
