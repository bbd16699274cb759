"""Roles as data: what each role may do once a reason is there (data/roles.toml)."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path

from wayfellow.access.verbs import all_verbs

ROLES_FILE = Path(__file__).parent / "data" / "roles.toml"


@dataclass(frozen=True)
class Role:
    """opens: patterns of verbs it may do with any of its reasons. only_with: further patterns, by the name of the reason they need.
    without: what it may do in its agency without any client (settings, lists of its own work)."""

    code: str
    label: str
    opens: tuple[str, ...]
    only_with: dict[str, tuple[str, ...]]
    without: tuple[str, ...]


@cache
def roles() -> dict[str, Role]:
    """Every role, by code. Source: data/roles.toml."""
    table = tomllib.loads(ROLES_FILE.read_text())
    return {
        code: Role(
            code=code,
            label=row["label"],
            opens=tuple(row.get("opens", ())),
            only_with={reason: tuple(patterns) for reason, patterns in row.get("only_with", {}).items()},
            without=tuple(row.get("without", ())),
        )
        for code, row in table.items()
    }


def _matches(code: str, patterns: tuple[str, ...]) -> bool:
    return any(fnmatchcase(code, pattern) for pattern in patterns)


@cache
def opens(role_code: str, reason_name: str, verb_code: str) -> bool:
    """Whether the role may do the verb to a client it knows by that kind of reason. An unknown role may do nothing."""
    role = roles().get(role_code)
    if role is None:
        return False
    return _matches(verb_code, role.opens) or _matches(verb_code, role.only_with.get(reason_name, ()))


@cache
def may_without_client(role_code: str, verb_code: str) -> bool:
    """Whether the role may do a verb that is about no client (settings, making a new client, its own lists)."""
    role = roles().get(role_code)
    return role is not None and _matches(verb_code, role.without)


def unmatched_patterns() -> list[str]:
    """Patterns in the file that match no verb: a spelling mistake, named by a test."""
    codes = list(all_verbs())
    patterns = {
        pattern
        for role in roles().values()
        for group in (role.opens, role.without, *role.only_with.values())
        for pattern in group
    }
    return sorted(pattern for pattern in patterns if not any(fnmatchcase(code, pattern) for code in codes))
