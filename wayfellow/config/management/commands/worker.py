"""`wayfellow worker`: background jobs alone, for a deployment that runs them beside the server."""

from argparse import ArgumentParser

from django_tasks_db.management.commands import db_worker


class Command(db_worker.Command):
    help = "Run background jobs alone, until you stop it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        # Each look at the queue is a write lock on SQLite: every five seconds is soon enough for our jobs.
        parser.set_defaults(queue_name="*", interval=5, reload=False)
