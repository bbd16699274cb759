"""How quick the import is: rows a second, beside the database's own quickest way for the same rows (COPY, executemany)."""

from __future__ import annotations

import io
import json
import tempfile
import time
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any
from uuid import UUID

from django.apps import apps
from django.core.management import call_command
from django.db import connection, transaction

INVENTED = Path(__file__).resolve().parents[2] / "tests/data/fhir/robin-example.json"
OBSERVATIONS = 150


def ratio(people: int) -> tuple[float, float, int]:
    """(import rows a second, the database's own rows a second, rows) for so many invented people of about 160 entries each."""
    before = _keys()
    with tempfile.TemporaryDirectory() as home:
        files = [_bundle(Path(home), number) for number in range(people)]
        with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
            begun = time.perf_counter()
            call_command("import_fhir", *files, program="Program 0", verbosity=0)
            took = time.perf_counter() - begun
    rows = {table: _rows(table, known) for table, known in before.items()}
    count = sum(len(found) for found in rows.values())
    return count / took, count / _written_plainly(rows), count


def _bundle(home: Path, number: int) -> str:
    """Robin once more under other keys, with a year of measurements."""
    text = INVENTED.read_text().replace("robin", f"robin{number}").replace("N-77", f"N-{number}")
    text = text.replace("999-11-2222", f"{900 + number // 100:03}-{number % 100:02}-2222")
    whole = json.loads(text)
    for place in range(OBSERVATIONS):
        whole["entry"].append({"fullUrl": f"https://clinic.example/fhir/Observation/{number}-{place}", "resource": {
            "resourceType": "Observation", "id": f"{number}-{place}", "status": "final",
            "code": {"coding": [{"system": "http://loinc.org", "code": "8867-4", "display": "Heart rate"}]},
            "subject": {"reference": whole["entry"][0]["fullUrl"]}, "effectiveDateTime": "2026-05-01T09:00:00Z",
            "valueQuantity": {"value": 60 + place % 40, "unit": "/min"},
        }})  # fmt: skip
    path = home / f"robin-{number}.json"
    path.write_text(json.dumps(whole))
    return str(path)


def _tables() -> list[str]:
    ours = [model._meta.db_table for model in apps.get_models() if model.__module__.startswith("wayfellow.")]
    return sorted(table for table in ours if not table.startswith("access_chainhead"))


def _keys() -> dict[str, set[Any]]:
    found: dict[str, set[Any]] = {}
    with connection.cursor() as cursor:
        for table in _tables():
            cursor.execute(f'SELECT id FROM "{table}"')  # noqa: S608 - the names of our own tables
            found[table] = {row[0] for row in cursor.fetchall()}
    return found


def _rows(table: str, known: set[Any]) -> list[tuple[Any, ...]]:
    """The rows that the import has added to this table."""
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608
        place = [column[0] for column in cursor.description].index("id")
        return [row for row in cursor.fetchall() if row[place] not in known]


def _written_plainly(rows: dict[str, list[tuple[Any, ...]]]) -> float:
    """Seconds to write the same rows into bare copies of their tables, in one transaction."""
    filled = {table: found for table, found in rows.items() if found}
    with connection.cursor() as cursor:
        for table in filled:
            cursor.execute(f'CREATE TABLE "bench_{table}" AS SELECT * FROM "{table}" LIMIT 0')  # noqa: S608
    begun = time.perf_counter()
    with transaction.atomic(), connection.cursor() as cursor:
        for table, found in filled.items():
            if connection.vendor == "postgresql":
                with cursor.copy(f'COPY "bench_{table}" FROM STDIN') as copy:
                    for row in found:
                        copy.write_row([_plain(value) for value in row])
            else:
                marks = ", ".join("%s" for _ in found[0])
                cursor.executemany(f'INSERT INTO "bench_{table}" VALUES ({marks})', found)  # noqa: S608
    return time.perf_counter() - begun


def _plain(value: Any) -> Any:
    if isinstance(value, dict | list):
        return json.dumps(value)
    return str(value) if isinstance(value, UUID) else value
