"""What must be true before the server answers anyone. Each failure is named, so that it can be mended."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from wayfellow.access import triggers

SQLITE_PRAGMAS = {"synchronous": 2, "foreign_keys": 1, "recursive_triggers": 1, "journal_mode": "wal"}


def problems() -> list[str]:
    """What is wrong with this installation, in words; empty when it may start."""
    return _keys() + _switches() + broken_now()


def broken_now() -> list[str]:
    """What can go wrong after the start as well: the database is another, or lost its triggers. Empty while all is well."""
    return _triggers() + _pragmas()


def _secret_key() -> str:
    try:
        return str(settings.SECRET_KEY)
    except ImproperlyConfigured:  # Django's own words for an empty one say nothing about ours
        return ""


def _keys() -> list[str]:
    return [
        f"{name} is missing or too short: set it to at least 32 random characters."
        for name, value in (
            ("WAYFELLOW_SECRET_KEY", _secret_key()),
            ("WAYFELLOW_RECORD_KEY", settings.WAYFELLOW_RECORD_KEY),
        )
        if len(value) < 32
    ]


def _switches() -> list[str]:
    found = []
    if settings.DEBUG:
        found.append("DEBUG is on: it would show records in error pages.")
    if not settings.WAYFELLOW_SECOND_FACTOR and not getattr(settings, "WAYFELLOW_DEMO", False):
        found.append("WAYFELLOW_SECOND_FACTOR is off: staff must sign in with a second factor.")
    return found


def _triggers() -> list[str]:
    missing = triggers.expected(connection.vendor) - triggers.present()
    return (
        [f"The audit's triggers are missing ({', '.join(sorted(missing))}): run `wayfellow migrate`."]
        if missing
        else []
    )


def _pragmas() -> list[str]:
    """No test can cut the power, so what makes a word survive it is asserted (docs/adr/0003)."""
    if connection.vendor != "sqlite":
        return []
    with connection.cursor() as cursor:
        actual = {}
        for name in SQLITE_PRAGMAS:
            cursor.execute(f"PRAGMA {name}")
            actual[name] = cursor.fetchone()[0]
    return [
        f"SQLite's {name} is {actual[name]}, it must be {value}."
        for name, value in SQLITE_PRAGMAS.items()
        if actual[name] != value
    ]
