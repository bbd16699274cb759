"""`wayfellow serve`: the web server and the background jobs, in the foreground."""

import os
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from wayfellow.access import readiness
from wayfellow.config import serve


class Command(BaseCommand):
    help = "Serve the pages and run background jobs, until you stop it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--host",
            default=os.environ.get("HOST", serve.HOST),
            help="address to listen on (default: %(default)s, this machine only)",
        )
        parser.add_argument(
            "--port",
            type=int,
            default=os.environ.get("PORT", serve.PORT),
            help="port to listen on (default: %(default)s, or PORT)",
        )
        parser.add_argument(
            "--workers", type=int, default=serve.WORKERS, help="server processes (default: %(default)s)"
        )
        parser.add_argument(
            "--no-jobs", action="store_true", help="serve only; `wayfellow worker` runs the background jobs elsewhere"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        host, port = options["host"], options["port"]
        if wrong := readiness.problems():
            raise CommandError("Not started:\n  " + "\n  ".join(wrong))

        def ready() -> None:
            self.stdout.write(
                f"Serving on http://{'localhost' if host == serve.HOST else host}:{port}  (Ctrl C stops it)"
            )
            self.stdout.flush()

        try:
            ended_alone = serve.run(
                host=host, port=port, workers=options["workers"], jobs=not options["no_jobs"], on_ready=ready
            )
        except serve.PortTaken as error:
            raise CommandError(str(error)) from error
        if ended_alone:
            raise CommandError("The server ended by itself; its own words are above.")
