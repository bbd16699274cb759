"""`wayfellow create_agency`: an agency and its first administrator, who sets everything else up on the screen."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email

from wayfellow.access import system_actor
from wayfellow.kernel import clock
from wayfellow.kernel.ids import new_id
from wayfellow.programs import services

SHOWN = "{agency} is set up, and {name} administers it.\nHand {email} this link; it works once, for three days:\n\n  {link}\n"


class Command(BaseCommand):
    help = "Set up an agency and its first administrator."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", help="the agency's name")
        parser.add_argument(
            "--timezone", required=True, help="its time zone, like America/New_York: deadlines count its days"
        )
        parser.add_argument("--email", required=True, help="the first administrator's address; they sign in with it")
        parser.add_argument("--administrator", default="", help="their name (default: what stands before the @)")
        parser.add_argument(
            "--address", default="http://localhost:8000", help="where people reach Wayfellow (default: %(default)s)"
        )
        parser.add_argument(
            "--password-stdin", action="store_true", help="read their password from the standard input; no link is made"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        name, email = options["name"].strip(), options["email"].strip()
        self._look_over(name, email)
        password = sys.stdin.readline().rstrip("\n") if options["password_stdin"] else None
        actor = system_actor(
            job="create_agency", agency_id=new_id(), roles=frozenset({"administrator"}), at=clock.now()
        )
        administrator = services.agency_create(
            actor=actor,
            name=name,
            timezone=options["timezone"],
            administrator_name=options["administrator"].strip() or email.partition("@")[0],
            administrator_email=email,
            password=password,
            at=actor.at,
        )
        if password is not None:
            self.stdout.write(f"{name} is set up. {administrator.name} signs in with {email} and that password.")
            return
        link = options["address"].rstrip("/") + services.staff_link(actor=actor, staff=administrator)
        self.stdout.write(SHOWN.format(agency=name, name=administrator.name, email=email, link=link))

    def _look_over(self, name: str, email: str) -> None:
        if not name:
            raise CommandError("Give the agency a name.")
        try:
            validate_email(email)
        except ValidationError:
            raise CommandError(f"{email} is not a whole e-mail address; it looks like name@example.org.") from None
