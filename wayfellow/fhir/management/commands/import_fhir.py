"""`wayfellow import_fhir FILE…`: bring in people with their records from FHIR R4 Bundles."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import IntegrityError
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from wayfellow.access import Actor, system_actor
from wayfellow.fhir import bundle, selectors, services
from wayfellow.fhir.report import How, Report
from wayfellow.fhir.staging import staged
from wayfellow.kernel import clock
from wayfellow.kernel.refusal import Refusal

ROLES = frozenset({"importer"})


class CameTwice(Refusal):
    """Two imports of the same records at once: the first one counts."""


class Command(BaseCommand):
    help = (
        "Bring in people with their records from FHIR R4 Bundles (JSON).\n\n"
        "Each file is taken whole or not at all. What was taken before is known again and never doubled, what people changed\n"
        "here since is left as it is, and nothing is deleted. Every entry has a line: taken, kept as received, brought up to\n"
        "date, unchanged, skipped or bad, with its place in the file and never a word of the person. Ends with 1 if a file was\n"
        "refused or brought nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", metavar="FILE", help="a Bundle as JSON; best one file a person")
        parser.add_argument("--agency", default="", help="the agency by name or key; needless when there is only one")
        parser.add_argument("--program", default="", help="the program by name or key, in which new people wait")
        parser.add_argument("--worker", default="", help="the e-mail of the worker who takes them on at once")
        parser.add_argument("--from", dest="origin", default="", help="where the files come from; else read from them")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen, and keep nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        goal = selectors.target(agency=options["agency"], program=options["program"], worker=options["worker"])
        failed = 0
        with self._progress() as progress:
            for name in options["files"]:
                at = clock.now()
                actor = system_actor(
                    job="import_fhir", agency_id=goal.agency.pk, roles=ROLES, at=at, timezone=goal.agency.timezone
                )
                try:
                    report = self._file(Path(name), actor, goal, options, progress)
                except Refusal as refusal:
                    failed += 1
                    self.stderr.write(f"{name}: refused, nothing of it was kept. {refusal.message}")
                    continue
                failed += report.is_fruitless
                self._say(name, report, options)
        if failed:
            raise CommandError(f"{failed} of {len(options['files'])} files brought nothing.")

    def _file(self, path: Path, actor: Actor, goal: selectors.Target, options: Any, progress: Progress) -> Report:
        """One file: read, sorted and mapped first, then written in one transaction."""
        found = bundle.read(_bytes(path))
        bar = progress.add_task(path.name, total=len(found.entries))
        ready = staged(found, options["origin"], lambda: progress.advance(bar))
        try:
            return services.bundle_receive(
                actor=actor,
                staged=ready,
                program=goal.program,
                worker=goal.worker,
                at=actor.at,
                is_dry_run=options["dry_run"],
            )
        except services.DryRun as dry:
            return dry.report
        except IntegrityError as error:
            raise CameTwice("The same records came in from another import meanwhile. Run it once more.") from error
        finally:
            progress.remove_task(bar)

    def _say(self, name: str, report: Report, options: Any) -> None:
        if options["verbosity"] > 0:
            for line in report.in_order():
                style = self.style.ERROR if line.how == How.BAD else str
                self.stdout.write(f"{name}: {style(str(line))}")
        tail = " Nothing was kept: this was a dry run." if options["dry_run"] else ""
        self.stdout.write(f"{name}: {report.summary()}{tail}")

    def _progress(self) -> Progress:
        """A bar on the terminal's error channel, and nothing where there is no terminal."""
        console = Console(stderr=True)
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        return Progress(*columns, console=console, transient=True, disable=not sys.stderr.isatty())


def _bytes(path: Path) -> bytes:
    """What the file holds, but never more than may be taken."""
    try:
        with path.open("rb") as file:
            return file.read(bundle.MAX_BYTES + 1)
    except OSError as error:
        raise bundle.NotABundle(f"It can't be read: {error.strerror or error}.") from error
