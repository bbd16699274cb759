"""`wayfellow reset_second_factor EMAIL`: for someone whose phone and recovery codes are gone. They set up a new one at the next sign-in."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from wayfellow.access import services
from wayfellow.access.models import User
from wayfellow.access.reasons import actor_loader
from wayfellow.kernel import clock


class Command(BaseCommand):
    help = "Take away the passkeys and codes of someone who lost them, once you know that it is them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", help="the address they sign in with")

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(email=options["email"].strip().lower()).first()
        actor = actor_loader()(user=user, at=clock.now(), source="command reset_second_factor") if user else None
        if user is None or actor is None:
            raise CommandError("Nobody who works here signs in with this address.")
        count = services.second_factor_reset(actor=actor, user=user)
        self.stdout.write(f"{count} taken away. At the next sign-in they set up a new one, after the password.")
