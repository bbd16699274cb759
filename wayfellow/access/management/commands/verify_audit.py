"""`wayfellow verify_audit`: does every audit row still hold, and does the end of each chain stand where it stood?"""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from wayfellow.access import chain, heads


class Command(BaseCommand):
    help = "Check that no audit row was changed, taken out or cut off."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--heads",
            type=Path,
            default=settings.WAYFELLOW_AUDIT_HEADS,
            help="the file that `wayfellow audit_heads` writes, kept outside the database (default: %(default)s)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        total, broken = self._walk()
        noted, missing = heads.check(options["heads"])
        if broken or missing:
            lines = [f"Chain {found.chain}, row {found.seq} {found.problem}." for found in [*broken, *missing]]
            raise CommandError("\n".join(["The audit does not hold.", *lines]))
        self.stdout.write(f"{total} rows hold, in {len(chain.chains())} chains; {noted} heads noted outside fit.")

    def _walk(self) -> tuple[int, list[chain.Broken]]:
        columns = (TextColumn("Chain {task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        total, broken = 0, []
        with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
            for number in chain.chains():
                task = progress.add_task(str(number), total=chain.length(number))
                count, found = chain.verify(number, on_rows=lambda rows, task=task: progress.advance(task, rows))  # type: ignore[misc]
                total += count
                broken += [found] if found else []
        return total, broken
