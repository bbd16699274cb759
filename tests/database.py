"""What only tests may do to the database: let the audit be emptied between two tests.

The product has no such switch; tests/access/test_audit_chain.py proves it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connections

from wayfellow.access import triggers


@contextmanager
def audit_open_to_change(using: str = "default") -> Iterator[None]:
    """Without the audit's triggers, for the length of the block."""
    connection = connections[using]
    is_postgres = connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        for name in triggers.present(using):
            table = next(table for table in triggers.TABLES if name.startswith(table))
            cursor.execute(f"DROP TRIGGER {name} ON {table}" if is_postgres else f"DROP TRIGGER {name}")
    yield
    triggers.install(using)
