"""`wayfellow demo`: an invented agency on this machine, made at the first start, and its server."""

import os
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from wayfellow.access import readiness
from wayfellow.config import serve
from wayfellow.config.demo import build
from wayfellow.config.demo.build import CLIENTS
from wayfellow.config.demo.crew import SignIn, sign_ins
from wayfellow.config.demo.static import static_collected
from wayfellow.config.demo.words import read
from wayfellow.kernel import clock
from wayfellow.programs.models import Agency, Staff

DATABASE_FILES = ("", "-wal", "-shm", "-journal")


class Command(BaseCommand):
    help = "Make an invented agency on this machine, if there is none yet, and serve it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--no-serve", action="store_true", help="make everything, but start no server")
        parser.add_argument("--fresh", action="store_true", help="throw the invented agency away and make a new one")
        parser.add_argument(
            "--clients", type=int, default=CLIENTS, help="how many invented people (default: %(default)s; 0: none yet)"
        )
        parser.add_argument(
            "--caseload", type=int, default=None, help="how many of them are Renee’s (default: 38 of 220)"
        )
        parser.add_argument(
            "--port", type=int, default=os.environ.get("PORT", serve.PORT), help="port (default: %(default)s, or PORT)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not getattr(settings, "WAYFELLOW_DEMO", False):
            raise CommandError("The invented agency is for the demo’s own settings: run `wayfellow demo`.")
        if options["clients"] < 0:
            raise CommandError("There can’t be fewer than no people: give --clients 0 or more.")
        try:
            if not options["no_serve"]:
                serve.port_check(serve.HOST, options["port"])
        except serve.PortTaken as error:
            raise CommandError(str(error)) from error
        if options["fresh"]:
            self._begin_anew()
        self._prepare()
        self._make(options["clients"], options["caseload"])
        if options["no_serve"]:
            self._say_sign_ins("The invented agency is made. `wayfellow demo` serves it.")
        else:
            self._serve(options["port"])

    def _begin_anew(self) -> None:
        """Only a file with the invented agency in it is thrown away, nobody else's."""
        if connection.vendor != "sqlite":
            raise CommandError("--fresh throws away the demo’s own file only. Point DATABASE_URL at an empty database.")
        if Agency._meta.db_table in connection.introspection.table_names():
            self._must_be_ours()
        connection.close()
        for end in DATABASE_FILES:
            Path(f"{connection.settings_dict['NAME']}{end}").unlink(missing_ok=True)

    def _prepare(self) -> None:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            self._step("Making the tables")
            call_command("migrate", interactive=False, verbosity=0)
        if static_collected():
            self._step("Collected styles and scripts")
        if wrong := readiness.problems():
            raise CommandError("Not started:\n  " + "\n  ".join(wrong))

    def _make(self, clients: int, caseload: int | None) -> None:
        if self._must_be_ours():
            return
        columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn()
        shown = Progress(*columns, console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty())
        with shown:
            task = shown.add_task("Inventing people", total=clients)
            build(
                at=clock.now(),
                clients=clients,
                caseload=caseload,
                on_clients=lambda done: shown.advance(task, done),
            )
        self._step(
            f"Invented {clients} {'person' if clients == 1 else 'people'}" if clients else "Invented the staff alone"
        )

    def _must_be_ours(self) -> bool:
        """Whether the invented agency is there already; CommandError where somebody else's is."""
        if not Agency.objects.exists():
            return False
        if not Staff.objects.filter(user__email=sign_ins()[0].email).exists():
            raise CommandError("Another agency lives in this database. Set WAYFELLOW_HOME to an empty folder.")
        return True

    def _serve(self, port: int) -> None:
        name = read("agency")["agency"]["name"]
        try:
            ended_alone = serve.run(
                port=port,
                on_ready=lambda: self._say_sign_ins(f"{name} is at http://localhost:{port}  (Ctrl C stops it)"),
            )
        except serve.PortTaken as error:
            raise CommandError(str(error)) from error
        if ended_alone:
            raise CommandError("The server ended by itself; its own words are above.")

    def _say_sign_ins(self, headline: str) -> None:
        """Where, as whom, and what to look at first; everybody in it is invented."""
        width = max(len(one.email) for one in sign_ins())
        lines = [_line(one, width) for one in sign_ins()]
        password = read("agency")["password"]
        self.stdout.write(f"\n{headline}\nEverybody in it is invented. They all sign in with the password {password}\n")
        self.stdout.write("\n".join(lines) + "\n")
        self.stdout.flush()

    def _step(self, words: str) -> None:
        self.stdout.write(words)
        self.stdout.flush()


def _line(one: SignIn, width: int) -> str:
    return f"  {one.email:<{width}}  {one.name} ({one.title})\n  {'':<{width}}  {one.look}"
