"""The product's source as the architecture tests read it: files, syntax trees, layers, templates."""

import ast
import re
from collections.abc import Iterator
from configparser import ConfigParser
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PRODUCT = ROOT / "wayfellow"
# Pages that bring in nothing of their own: every other page extends one of them.
SHELLS = {
    "ui/base.html", "ui/page.html", "ui/page_writing.html", "ui/door.html", "ui/plain.html", "people/record.html",
}  # fmt: skip


@cache
def layers() -> list[set[str]]:
    """The packages of `.importlinter`, top layer first: the one place where their order is written."""
    config = ConfigParser()
    config.read(ROOT / ".importlinter", encoding="utf-8")
    lines = config["importlinter:contract:layers"]["layers"].strip().splitlines()
    return [set(re.findall(r"\w+", line)) for line in lines]


def depth(package: str) -> int | None:
    """How far down `package` stands, 0 for the top; None for a package that is not ours."""
    return next((number for number, names in enumerate(layers()) if package in names), None)


def may_know(package: str, other: str) -> bool:
    """Whether `package` may import `other`, relate to it or name it: itself, a lower layer, or someone else's package."""
    mine, theirs = depth(package), depth(other)
    return package == other or mine is None or theirs is None or mine < theirs


def package_of(path: Path) -> str:
    """The package that owns a file: `plans` for wayfellow/plans/views.py."""
    parts = path.relative_to(PRODUCT).parts
    return parts[0] if len(parts) > 1 else ""


@cache
def sources() -> list[Path]:
    """Every Python file of the product but migrations, which are generated or frozen."""
    return sorted(path for path in PRODUCT.rglob("*.py") if "migrations" not in path.parts)


@cache
def tree(path: Path) -> ast.Module:
    """The syntax tree of one file."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


@cache
def templates() -> list[Path]:
    """Every HTML template of the product."""
    return sorted(path for path in PRODUCT.glob("*/templates/**/*.html"))


def template_name(path: Path) -> str:
    """The name under which Django finds a template."""
    parts = path.parts
    return "/".join(parts[parts.index("templates") + 1 :])


def where(path: Path, line: int | None = None) -> str:
    """A place that an editor opens."""
    return f"{path.relative_to(ROOT)}" + (f":{line}" if line else "")


def is_kind(path: Path, *kinds: str) -> bool:
    """Whether a file is `services.py`, or lies in `services/`, for one of `kinds`, directly in its package."""
    parts = path.relative_to(PRODUCT).parts
    return len(parts) > 1 and parts[1].removesuffix(".py") in kinds


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function and method in a file, nested ones too."""
    return (node for node in ast.walk(tree(path)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def public_functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """The functions at the top of a file whose name has no underscore."""
    return (
        node
        for node in tree(path).body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and not node.name.startswith("_")
    )


def dotted(node: ast.expr) -> str:
    """`a.b.c` of an attribute or name, empty for anything else."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        before = dotted(node.value)
        return f"{before}.{node.attr}" if before else node.attr
    return ""


def report(title: str, found: list[str]) -> str:
    """One message for all that a test found: why it matters and how to mend it, then the places."""
    return title + "\n  " + "\n  ".join(found)
