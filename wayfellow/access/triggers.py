"""The database's own promise that the audit is only ever added to (docs/adr/0004).

Installed after every migrate, because a later migration that remakes the table drops them in silence; asserted at start-up.
"""

from __future__ import annotations

from typing import Any

from django.db import connections

TABLES = ("access_auditrow", "access_auditlisted")

_POSTGRES_FUNCTION = """
CREATE OR REPLACE FUNCTION wayfellow_audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'The audit is only added to.'; END $$
"""


def _statements(vendor: str) -> list[str]:
    if vendor == "postgresql":
        made, refuse = [_POSTGRES_FUNCTION], "EXECUTE FUNCTION wayfellow_audit_refuse()"
        for table in TABLES:
            made += [
                f"DROP TRIGGER IF EXISTS {table}_keep ON {table}",
                f"CREATE TRIGGER {table}_keep BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW {refuse}",
                f"DROP TRIGGER IF EXISTS {table}_whole ON {table}",
                f"CREATE TRIGGER {table}_whole BEFORE TRUNCATE ON {table} FOR EACH STATEMENT {refuse}",
            ]
        return made
    refuse = "BEGIN SELECT RAISE(ABORT, 'The audit is only added to.'); END"
    return [
        f"CREATE TRIGGER IF NOT EXISTS {table}_{act.lower()} BEFORE {act} ON {table} {refuse}"
        for table in TABLES
        for act in ("UPDATE", "DELETE")
    ]


def expected(vendor: str) -> set[str]:
    """The names of the triggers that must be there."""
    acts = ("keep", "whole") if vendor == "postgresql" else ("update", "delete")
    return {f"{table}_{act}" for table in TABLES for act in acts}


def present(using: str = "default") -> set[str]:
    """The names of the triggers that are there."""
    connection = connections[using]
    question = (
        "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'"
        if connection.vendor == "postgresql"
        else "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    )
    with connection.cursor() as cursor:
        cursor.execute(question)
        return {name for (name,) in cursor.fetchall()} & expected(connection.vendor)


def install(using: str = "default", **_: Any) -> None:
    """Make the triggers, if the tables are there. Safe to call again."""
    connection = connections[using]
    if not set(TABLES) <= set(connection.introspection.table_names()):
        return
    with connection.cursor() as cursor:
        for statement in _statements(connection.vendor):
            cursor.execute(statement)
