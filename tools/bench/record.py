"""A big invented record, written past the guards: 10,000 clients, 200 rows each, and one with five years of notes."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import connection

from wayfellow.kernel import clock
from wayfellow.kernel.ids import new_id

BATCH = 2000
CASELOAD = 40
NOTES, SERVED, LONG_NOTES = 90, 60, 520
WORDS = (
    "They talked about sleep, the rent and the bus. Two calls were made together, and the form went in the post. " * 4
)


@dataclass(frozen=True)
class Loaded:
    """What was written: rows in all, seconds, and the people to drive pages with."""

    rows: int
    seconds: float
    workers: list[UUID]
    clients_by_worker: dict[UUID, list[UUID]]
    long_client: UUID


class Writer:
    """Rows of one model, written a batch at a time by the plain base manager: nobody reads here, so no policy is asked."""

    def __init__(self) -> None:
        self.waiting: dict[Any, list[Any]] = {}
        self.rows = 0

    def add(self, label: str, **fields: Any) -> Any:
        model = apps.get_model(label)
        row = model(**fields)
        self.waiting.setdefault(model, []).append(row)
        self.rows += 1
        return row

    def flush(self) -> None:
        for model, rows in self.waiting.items():
            for batch in batches(rows, BATCH):
                model._base_manager.bulk_create(batch)
        self.waiting = {}


def batches(rows: Iterable[Any], size: int) -> Iterator[list[Any]]:
    """The rows in lists of at most `size`."""
    waiting = iter(rows)
    while batch := list(islice(waiting, size)):
        yield batch


def load(clients: int, progress: Callable[[int, int], None]) -> Loaded:
    """Write the agency and `clients` clients, CASELOAD to a worker. progress: called with (done, all)."""
    begun, now, writer = time.monotonic(), clock.now(), Writer()
    agency = writer.add("programs.Agency", name="Bench agency")
    programs = [
        writer.add("programs.Program", agency=agency, name=f"Program {n}", kind="community", is_part2=n == 2)
        for n in range(3)
    ]
    writer.flush()
    workers: list[UUID] = []
    clients_by_worker: dict[UUID, list[UUID]] = {}
    long_client: UUID | None = None
    for number in range(clients):
        if number % CASELOAD == 0:
            staff = _worker(writer, agency, number // CASELOAD, now)
            writer.flush()
            workers.append(staff.pk)
            clients_by_worker[staff.pk] = []
        client = _client(writer, agency, programs[0], staff, number, now, long=number == 0)
        clients_by_worker[staff.pk].append(client.pk)
        long_client = long_client or client.pk
        if number % 100 == 99:
            writer.flush()
            progress(number + 1, clients)
    writer.flush()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    assert long_client is not None
    return Loaded(writer.rows, time.monotonic() - begun, workers, clients_by_worker, long_client)


def _worker(writer: Writer, agency: Any, number: int, now: datetime) -> Any:
    user = writer.add("access.User", email=f"worker{number}@bench.example", password="!")  # noqa: S106
    staff = writer.add("programs.Staff", agency=agency, user=user, name=f"Worker {number}")
    writer.add("programs.StaffRole", staff=staff, role="case_manager", starts_at=now - timedelta(days=900))
    return staff


def _client(writer: Writer, agency: Any, program: Any, staff: Any, number: int, now: datetime, *, long: bool) -> Any:
    begun = now - timedelta(days=1825 if long else 400)
    client = writer.add(
        "people.Client", agency_id=agency.pk, chosen_name=f"Person {number}", pronouns="they/them", created_at=begun
    )
    episode = writer.add(
        "programs.Episode", client=client, program=program, status="open", starts_at=begun, support_level="active"
    )
    about: dict[str, Any] = {"client": client, "episode": episode}
    writer.add("programs.Assignment", **about, staff=staff, starts_at=begun)
    writer.add("people.Phone", client=client, number="555-0100")
    writer.add("people.Allergy", client=client, substance="Penicillin")
    writer.add("people.RelatedPerson", client=client, name="Someone close", role="family")
    for name in ("Lithium", "Quetiapine"):
        writer.add("medications.Medication", **about, key=new_id(), name=name, dose="as written", recorded_at=begun)
    writer.add("assessments.Diagnosis", **about, key=new_id(), title="Bipolar I disorder", recorded_at=begun)
    interventions = _plan(writer, about, begun, now)
    _notes(writer, about, interventions, staff, begun, now, LONG_NOTES if long else NOTES)
    for month in range(12):
        for code, total in (("phq-9", 17 - month), ("gad-7", 14 - month // 2)):
            writer.add(
                "assessments.Response", **about, key=new_id(), instrument=code, total=max(total, 0), answers={},
                taken_at=begun + timedelta(days=30 * month),
            )  # fmt: skip
    return client


def _plan(writer: Writer, about: dict[str, Any], begun: datetime, now: datetime) -> list[Any]:
    plan = writer.add(
        "plans.CarePlan", **about, key=new_id(), created_at=begun, changed_at=begun, signed_number=1,
        signed_at=begun + timedelta(days=20), review_date=(now + timedelta(days=9)).date(),
    )  # fmt: skip
    interventions = []
    for place in range(3):
        need = writer.add(
            "assessments.Need", **about, key=new_id(), domain="housing", title="A home that holds", raised_at=begun, place=place
        )  # fmt: skip
        goal = writer.add(
            "plans.Goal", **about, key=new_id(), plan=plan, need=need, title="Keep the lease", created_at=begun, place=place
        )  # fmt: skip
        for step in range(2):
            objective = writer.add(
                "plans.Objective", **about, key=new_id(), goal=goal, title="Two months of rent on time",
                measure="rent receipts", aim="2 of 2", due_date=(now + timedelta(days=30)).date(), created_at=begun, place=step,
            )  # fmt: skip
            interventions.append(
                writer.add(
                    "plans.Intervention",
                    **about,
                    key=new_id(),
                    goal=goal,
                    objective=objective,
                    title="Budget together",
                    who="Worker",
                    how_often="monthly",
                    created_at=begun,
                    place=step,
                )
            )  # fmt: skip
    return interventions


def _notes(
    writer: Writer, about: dict[str, Any], interventions: list[Any], staff: Any, begun: datetime, now: datetime, count: int
) -> None:  # fmt: skip
    step = (now - begun) / (count + 1)
    for number in range(count):
        at = begun + step * (number + 1)
        note = writer.add(
            "notes.Note", **about, key=new_id(), kind="visit", happened_at=at, minutes=45, parts={"words": WORDS},
            author_id=staff.pk, created_at=at, signed_at=at, signed_name=staff.name, content_hash="0" * 64,
        )  # fmt: skip
        if number * 3 % count < SERVED * count // NOTES:
            writer.add(
                "notes.NoteThread", **about, note=note, intervention=interventions[number % len(interventions)]
            )  # fmt: skip
