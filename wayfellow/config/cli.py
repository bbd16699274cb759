"""The `wayfellow` command: Django's commands and ours, with a help page an operator can read and errors of one line."""

import os
import sys
from collections.abc import Callable

from django.core.exceptions import ImproperlyConfigured
from django.core.management import ManagementUtility, get_commands
from django.core.management.base import BaseCommand, CommandError, handle_default_options
from django.db import DatabaseError, connections

from wayfellow.kernel.refusal import Refusal

PREFIX = "wayfellow.config.settings."
# What a person looks for, in the order in which they meet it. Commands of ours that stand in no group come under "Other".
GROUPS = (
    ("Run it", ("demo", "serve", "worker")),
    ("Set it up", ("migrate", "create_agency", "create_staff", "reset_second_factor", "createsuperuser")),
    ("Bring records in", ("import_fhir",)),
    ("Keep it safe", ("verify_audit", "audit_heads", "backup", "restore")),
)
# Django's own that an operator needs, in our words; the rest of Django's stand under `wayfellow help --commands`.
SAID_FOR_DJANGO = {"migrate": "Create the tables, or bring them up to this version."}
KEYS_HINT = (
    " Real use needs WAYFELLOW_SECRET_KEY and WAYFELLOW_RECORD_KEY, 32 random characters or more each;"
    " `wayfellow demo` and `wayfellow --demo COMMAND` need neither."
)
NOT_OFFERED = {"createsuperuser"}


def settings_default(argv: list[str]) -> str:
    """The settings for this call: the demo's for `demo` and `--demo`, else the ones for real people."""
    first = argv[1] if len(argv) > 1 else ""
    return PREFIX + ("demo" if first in {"demo", "--demo"} else "production")


def main(argv: list[str] | None = None) -> None:
    """Run one command. Ends the process: 0 when it worked, 1 or the command's own code when it did not, 130 after Ctrl C."""
    argv = list(sys.argv if argv is None else argv)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", settings_default(argv))
    if argv[1:2] == ["--demo"]:
        os.environ["DJANGO_SETTINGS_MODULE"] = settings_default(argv)
        del argv[1]
    argv[0] = "wayfellow"
    if argv[1:2] == ["migrate"] and os.environ.get("MIGRATE_DATABASE_URL"):
        # The tables belong to another role than the server's own, which may not change or empty the audit (docs/adr/0004).
        os.environ["DATABASE_URL"] = os.environ["MIGRATE_DATABASE_URL"]
    try:
        Utility(argv).execute()
    except KeyboardInterrupt:
        _say("\nStopped.")
        sys.exit(130)
    except ImproperlyConfigured as error:
        _say(f"The settings don't allow this: {_one_line(error)}{KEYS_HINT if 'SECRET_KEY' in str(error) else ''}")
        sys.exit(1)
    except DatabaseError as error:
        if "--traceback" in argv:
            raise
        _say(
            f"The database said no: {_one_line(error)} If it is new, run `wayfellow migrate` first; --traceback shows where."
        )
        sys.exit(1)


class Utility(ManagementUtility):
    """Django's, with our help page and our way to say what went wrong."""

    def main_help_text(self, commands_only: bool = False) -> str:
        if commands_only:
            return super().main_help_text(commands_only=True)
        return help_text(get_commands(), self._help_line)

    def fetch_command(self, subcommand: str) -> BaseCommand:
        command = super().fetch_command(subcommand)
        command.run_from_argv = lambda argv: run_quietly(command, argv)  # type: ignore[method-assign]
        return command

    def _help_line(self, name: str) -> str:
        words = SAID_FOR_DJANGO.get(name) or str(super().fetch_command(name).help).strip()
        return words.partition("\n")[0]


def run_quietly(command: BaseCommand, argv: list[str]) -> None:
    """Run `command` with the words after its name; a CommandError or a Refusal is one line and its exit code, no traceback."""
    command._called_from_command_line = True
    options = command.create_parser(argv[0], argv[1]).parse_args(argv[2:])
    words = vars(options)
    places = words.pop("args", ())
    handle_default_options(options)
    try:
        command.execute(*places, **words)
    except (CommandError, Refusal) as error:
        if options.traceback:
            raise
        _say(str(error).strip())
        sys.exit(getattr(error, "returncode", 1))
    finally:
        connections.close_all()


def help_text(commands: dict[str, str], line: Callable[[str], str]) -> str:
    """The help page for the installed `commands` (name to app); `line(name)` gives the one line about a command of ours."""
    ours = {name for name, app in commands.items() if str(app).startswith("wayfellow.")} - NOT_OFFERED
    known = ours | (set(SAID_FOR_DJANGO) & set(commands))
    groups = [(title, [name for name in names if name in known]) for title, names in GROUPS]
    grouped = {name for _, names in groups for name in names}
    groups.append(("Other", sorted(ours - grouped)))
    width = max((len(name) for name in known), default=0) + 2
    text = [
        "Wayfellow: the record and the daily companion of case managers.",
        "",
        "Use: wayfellow COMMAND [options]",
        "",
    ]
    for title, names in groups:
        if names:
            text += [title, *(f"  {name:<{width}}{line(name)}".rstrip() for name in names), ""]
    text += [
        "More",
        "  wayfellow COMMAND --help      what a command takes",
        "  wayfellow --demo COMMAND      the same, on the record of `make demo`",
        "  wayfellow help --commands     every command, Django's own too",
    ]
    return "\n".join(text)


def _one_line(error: Exception) -> str:
    words = " ".join(str(error).split()) or type(error).__name__
    return words if words.endswith(".") else words + "."


def _say(words: str) -> None:
    print(words, file=sys.stderr)


if __name__ == "__main__":
    main()
