"""`wayfellow audit_heads`: note the end of each audit chain outside the database, so that a cut tail shows. Run it every hour."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from wayfellow.access import heads
from wayfellow.kernel import clock


class Command(BaseCommand):
    help = "Note where each audit chain ends, in a file outside the database."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--to",
            type=Path,
            default=settings.WAYFELLOW_AUDIT_HEADS,
            help="the file; keep it on another disk or machine (default: %(default)s)",
        )
        parser.add_argument("--print", action="store_true", help="write to the screen and to no file")

    def handle(self, *args: Any, **options: Any) -> None:
        lines = heads.lines(at=clock.now())
        if options["print"]:
            for line in lines:
                self.stdout.write(line)
            return
        heads.append(options["to"], lines)
        self.stdout.write(f"{len(lines)} heads noted in {options['to']}.")
