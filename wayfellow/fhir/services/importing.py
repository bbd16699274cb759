"""A file's records come in, each person with all that is about them, in one transaction (issue 4, section 4)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from typing import Any
from uuid import UUID, uuid5

from django.utils.translation import gettext as _

from wayfellow import access
from wayfellow.access import Actor
from wayfellow.access.received import FromElsewhere, Kept, fingerprint
from wayfellow.assessments import services as assessments
from wayfellow.fhir import verbs
from wayfellow.fhir.mapping import Mapped
from wayfellow.fhir.models import Received
from wayfellow.fhir.report import How, Report
from wayfellow.fhir.services.person import NotOnePerson, client_known, details_receive, person_receive
from wayfellow.fhir.staging import Piece, Record, Staged
from wayfellow.medications import services as medications
from wayfellow.people import services as people
from wayfellow.people.models import Client
from wayfellow.plans import services as plans
from wayfellow.programs import services as programs
from wayfellow.programs.models import Episode, Program, Staff

# Who receives each kind of row. Plans come before goals, which stand in them.
RECEIVERS: dict[str, Callable[..., dict[str, Kept]]] = {
    "diagnosis": assessments.diagnoses_receive,
    "result": assessments.results_receive,
    "medication": medications.medications_receive,
    "plan": plans.plans_receive,
    "goal": plans.goals_receive,
    "allergy": people.allergies_receive,
    "helper": people.helpers_receive,
}
# These belong to the person, whatever episode they are in; the others to the episode.
OF_PERSON = frozenset({"allergy", "helper"})
PART2 = "protected by 42 CFR Part 2; bring it into a Part 2 program with --program"
CHANGED_HERE = "changed here since it came; that stays, and what came now is kept as received"
KNOWN_HERE = "names and dates stay as they are here"
MISTAKEN = "its source says that it was entered in error"
_NAMESPACE = UUID("b0f6fb0c-5ad0-4f4e-8a43-2f4d6f0f7c55")


class DryRun(Exception):
    """Nothing is wrong, and nothing is kept: everything is rolled back. Carries the report."""

    def __init__(self, report: Report) -> None:
        super().__init__("dry run")
        self.report = report


@dataclass
class _Run:
    """One file on its way in. taken: the people whom it has brought so far."""

    actor: Actor
    staged: Staged
    program: Program
    worker: Staff | None
    at: datetime
    taken: set[UUID] = field(default_factory=set)


@dataclass
class _Coming:
    """One person's record on its way in. known: what came before, by its key.

    left, prints: fingerprints of our rows' values, as the last import left them and as this one does.
    is_shielded: it goes into a Part 2 program, and the person is in another one as well, whose staff may not see any of it.
    """

    actor: Actor
    client: Client
    episode: Episode
    origin: str
    at: datetime
    known: Mapping[str, Received]
    is_shielded: bool
    kept: dict[str, Kept] = field(default_factory=dict)
    prints: dict[str, str] = field(default_factory=dict)

    @cached_property
    def left(self) -> dict[str, str]:
        return {key: str(mark) for received in self.known.values() for key, mark in received.prints.items()}


@access.service
def bundle_receive(
    *, actor: Actor, staged: Staged, program: Program, worker: Staff | None, at: datetime, is_dry_run: bool = False
) -> Report:
    """Take in all people of a staged file. New ones wait in `program`, or are assigned to `worker` there. Nothing is ever deleted.

    The same file twice changes nothing the second time. Raises DryRun with the report when asked to, and whatever
    programs.services refuses; then nothing of the file is kept.
    """
    access.require(actor, verbs.RECEIVED_KEEP)
    run = _Run(actor, staged, program, worker, at)
    for record in staged.records:
        _record(run, record)
    if is_dry_run:
        raise DryRun(staged.report)
    return staged.report


def _record(run: _Run, record: Record) -> None:
    """One person and their pieces, with a line in the report for each."""
    entry, report = record.whole.entry, run.staged.report
    try:
        found = _found(run, record)
    except NotOnePerson as refusal:
        report.add(entry, How.BAD, refusal.message)
        for piece in record.pieces:
            report.add(piece.entry, How.SKIPPED, f"its person, entry[{entry.place}], was not taken")
        return
    coming = _coming(run, record, found)
    run.taken.add(coming.client.pk)
    pieces = record.pieces if run.program.is_part2 else _without_part2(record.pieces, report)
    _pieces(coming, [record.whole, *(_shielded(pieces) if coming.is_shielded else pieces)], report)
    access.record(coming.actor, verbs.RECEIVED_KEEP, coming.episode)


def _found(run: _Run, record: Record) -> Client | None:
    """Who the person is here, or None for somebody new. Raises NotOnePerson."""
    if record.whole.is_part2 and not run.program.is_part2:
        raise NotOnePerson(PART2)
    origin_id = record.whole.entry.key
    found = client_known(actor=run.actor, origin=run.staged.origin, origin_id=origin_id, person=record.person)
    if found is not None and found.pk in run.taken:
        raise NotOnePerson("it shares an identifier with another person of the file; nobody is merged by an import")
    return found


def _coming(run: _Run, record: Record, found: Client | None) -> _Coming:
    """The person as they are here now, made if they are new, with their stay in the program."""
    key, person, origin = record.whole.entry.key, record.person, run.staged.origin
    known = _known(run.actor, found, origin) if found else {}
    is_shielded = found is not None and run.program.is_part2 and _is_elsewhere(run.actor, found, run.program)
    if found is not None and is_shielded:
        kept = Kept("ours", found)
    else:
        left = known[key].prints.get(key, "") if key in known else ""
        kept = person_receive(
            actor=run.actor, client=found, person=person, origin=origin, origin_id=key, print=left, at=run.at
        )
    here = run.actor.focused(kept.row.pk)
    episode = _episode(here, kept.row, run)
    if (
        not is_shielded
        and details_receive(actor=here, client=kept.row, person=person, at=run.at)
        and kept.how == "same"
    ):
        kept = Kept("changed", kept.row)
    return _Coming(
        here, kept.row, episode, origin, run.at, known, is_shielded,
        kept={key: kept}, prints={key: fingerprint(person.values)},
    )  # fmt: skip


def _is_elsewhere(actor: Actor, client: Client, program: Program) -> bool:
    """Whether they are, or were, in another program too, whose staff may not know of this one."""
    rows = Episode.objects.for_actor(actor.focused(client.pk)).filter(client=client).exclude(program=program)
    return bool(rows.exists())


def _shielded(pieces: Iterable[Piece]) -> list[Piece]:
    """What belongs to the person would show to staff of other programs; there it stays as received, in the protected stay."""
    return [replace(one, mapped=[row for row in one.mapped if row.target not in OF_PERSON]) for one in pieces]


def _without_part2(pieces: Iterable[Piece], report: Report) -> list[Piece]:
    """The pieces that a program which is none of Part 2 may have, with a line for each of the others."""
    kept = []
    for piece in pieces:
        if piece.is_part2:
            report.add(piece.entry, How.SKIPPED, PART2)
        else:
            kept.append(piece)
    return kept


def _known(actor: Actor, client: Client, origin: str) -> dict[str, Received]:
    rows = Received.objects.for_actor(actor.focused(client.pk)).filter(client=client, origin=origin)
    return {row.origin_id: row for row in rows.order_by("pk")}


def _episode(actor: Actor, client: Client, run: _Run) -> Episode:
    """The stay that the record belongs to: the running one in the program, else a new one that waits, or is the worker's at once."""
    stays = Episode.objects.for_actor(actor).filter(client=client, program=run.program)
    episode: Episode | None = stays.exclude(status=Episode.Status.CLOSED).first()
    if episode is None:
        key = uuid5(_NAMESPACE, f"{client.pk} {run.program.pk} {stays.count()}")
        episode = programs.episode_open(actor=actor, client=client, program=run.program, at=run.at, key=key)
    if run.worker is not None and episode.status == Episode.Status.WAITING:
        programs.episode_assign(actor=actor, episode=episode, staff=run.worker, at=run.at)
    return episode


# Pieces ------------------------------------------------------------------------------------------------------------


def _pieces(coming: _Coming, pieces: list[Piece], report: Report) -> None:
    """Take what is new or has changed; what came before in the same words isn't looked at again."""
    fresh = []
    for piece in pieces:
        before = coming.known.get(piece.entry.key)
        if before is not None and before.print == piece.mark:
            is_more = piece.entry.kind == "Patient" and coming.kept[piece.entry.key].how == "changed"
            report.add(piece.entry, How.CHANGED if is_more else How.SAME)
        elif before is None and any(row.is_mistaken for row in piece.mapped):
            report.add(piece.entry, How.SKIPPED, MISTAKEN)
        else:
            fresh.append(piece)
    all_plans = [row for piece in pieces for row in piece.mapped if row.target == "plan" and not row.is_mistaken]
    rows = [row for piece in fresh for row in piece.mapped]
    for target in RECEIVERS:
        _receive(coming, target, [row for row in rows if row.target == target], all_plans)
    for piece in fresh:
        report.add(piece.entry, *_fate(coming, piece))
    _remember(coming, fresh)


def _receive(coming: _Coming, target: str, rows: list[Mapped], all_plans: list[Mapped]) -> None:
    """Hand the rows of one kind to their receiver, and note what became of them."""
    if target == "goal" and rows:
        _plans_of(coming, rows, all_plans)
    items = [_item(coming, row) for row in rows]
    if not items:
        return
    where = {} if target in OF_PERSON else {"episode": coming.episode, "at": coming.at}
    kept = RECEIVERS[target](actor=coming.actor, client=coming.client, origin=coming.origin, rows=items, **where)
    coming.kept |= kept
    for item in items:
        if kept[item.origin_id].how != "ours":
            coming.prints[item.origin_id] = fingerprint(item.values)


def _plans_of(coming: _Coming, goals: Iterable[Mapped], all_plans: Iterable[Mapped]) -> None:
    """Have the plans that these goals stand in, also those that came before, and one for goals without a plan."""
    wanted = {str(goal.values["plan"]) for goal in goals} - coming.kept.keys()
    rows = [plan for plan in all_plans if plan.origin_id in wanted]
    missing = wanted - {plan.origin_id for plan in rows}
    rows += [Mapped("plan", key, {"title": _("Goals received without a plan")}) for key in missing]
    _receive(coming, "plan", rows, [])


def _item(coming: _Coming, row: Mapped) -> FromElsewhere:
    """A mapped row with our keys in it, and the fingerprint that the last import left."""
    values, once, along = dict(row.values), dict(row.once), {}
    if row.target == "plan":
        once = {"created_at": once.get("created") or coming.at}
    elif row.target == "goal":
        values["plan_id"] = coming.kept[str(values.pop("plan"))].row.pk
        along = {"closed_at": (once.get("closed") or coming.at) if values["status"] != "active" else None}
        once = {"created_at": once.get("started") or coming.at}
    return FromElsewhere(row.origin_id, values, once=once, along=along, print=coming.left.get(row.origin_id, ""))


def _fate(coming: _Coming, piece: Piece) -> tuple[How, str]:
    """What became of one piece: the most that became of its rows."""
    before = coming.known.get(piece.entry.key)
    if not piece.mapped:
        return (How.CHANGED if before else How.KEPT), ""
    hows = {coming.kept[row.origin_id].how for row in piece.mapped}
    if "new" in hows:
        return How.TAKEN, ""
    if "changed" in hows:
        return How.CHANGED, ""
    if "ours" in hows and piece.entry.kind == "Patient":
        return How.SAME, KNOWN_HERE
    return (How.SKIPPED, CHANGED_HERE) if "ours" in hows else (How.SAME, "")


def _remember(coming: _Coming, pieces: Iterable[Piece]) -> None:
    """Keep what came, so that it is known when it comes again."""
    new = []
    for piece in pieces:
        before = coming.known.get(piece.entry.key)
        values = _remembered(coming, piece, before)
        if before is None:
            row = Received(client=coming.client, episode=coming.episode, origin=coming.origin, **values)
            new.append(row)
        else:
            row = before
            row.acting(coming.actor).save_if_current(version=row.version, **values)
        access.record(coming.actor, verbs.RECEIVED_KEEP, row)
    Received.objects.for_writing(coming.actor).bulk_create(new, batch_size=200)


def _remembered(coming: _Coming, piece: Piece, before: Received | None) -> dict[str, Any]:
    entry = piece.entry
    prints = dict(before.prints) if before else {}
    prints |= {row.origin_id: coming.prints[row.origin_id] for row in piece.mapped if row.origin_id in coming.prints}
    return {
        "resource_type": entry.kind[:60],
        "origin_id": entry.key,
        "title": piece.title,
        "happened_date": piece.happened_date,
        # A Patient's numbers and addresses stand with people, sealed where they must be, and nowhere else.
        "content": {} if entry.kind == "Patient" else entry.resource.value,
        "print": piece.mark,
        "became": piece.mapped[0].target if piece.mapped else "",
        "prints": prints,
        "received_at": coming.at,
    }
