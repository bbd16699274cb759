"""The `wayfellow` command: its help page, its settings, and what it says when something goes wrong."""

import os
import subprocess
import sys

import pytest
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError

from wayfellow.config import cli
from wayfellow.kernel.refusal import Refusal


class Saying(BaseCommand):
    """A command that ends as it is told."""

    def __init__(self, error: Exception | None = None) -> None:
        super().__init__()
        self.error = error
        self.requires_system_checks = []

    def handle(self, *args, **options) -> None:
        if self.error:
            raise self.error


def lines(commands: dict[str, str]) -> list[str]:
    return cli.help_text(commands, lambda name: f"about {name}").splitlines()


def test_the_help_page_groups_our_commands_and_leaves_djangos_out() -> None:
    said = lines(
        {
            "demo": "wayfellow.config",
            "verify_audit": "wayfellow.access",
            "migrate": "django.core",
            "shell": "django.core",
        }
    )

    assert said.index("Run it") < said.index("Set it up") < said.index("Keep it safe") < said.index("More")
    assert "  demo          about demo" in said
    assert "  migrate       about migrate" in said
    assert not [line for line in said if "shell" in line]


def test_a_command_without_a_group_is_still_found() -> None:
    said = lines({"knit": "wayfellow.desk"})

    assert said[said.index("Other") + 1] == "  knit  about knit"


@pytest.mark.parametrize(
    ("words", "settings"),
    [
        (["wayfellow"], "production"),
        (["wayfellow", "serve"], "production"),
        (["wayfellow", "demo"], "demo"),
        (["wayfellow", "--demo", "verify_audit"], "demo"),
    ],
)
def test_only_the_demo_gets_the_demos_settings(words: list[str], settings: str) -> None:
    assert cli.settings_default(words) == f"wayfellow.config.settings.{settings}"


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (CommandError("The file is empty.", returncode=3), 3),
        (CommandError("The file is empty."), 1),
        (Refusal("The file is empty."), 1),
    ],
)
@pytest.mark.django_db
def test_an_expected_no_is_one_line_and_its_exit_code(
    capsys: pytest.CaptureFixture[str], error: Exception, code: int
) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.run_quietly(Saying(error), ["wayfellow", "saying"])

    assert ended.value.code == code
    assert capsys.readouterr().err == "The file is empty.\n"


@pytest.mark.django_db
def test_a_bug_is_not_hidden() -> None:
    with pytest.raises(ZeroDivisionError):
        cli.run_quietly(Saying(ZeroDivisionError()), ["wayfellow", "saying"])


def test_a_database_that_says_no_is_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def execute(self: object) -> None:
        raise OperationalError("no such table: people_client")

    monkeypatch.setattr(cli.Utility, "execute", execute)

    with pytest.raises(SystemExit) as ended:
        cli.main(["wayfellow", "verify_audit"])

    assert ended.value.code == 1
    assert capsys.readouterr().err.startswith("The database said no: no such table: people_client. If it is new")


def test_the_page_and_an_unknown_command_from_the_shell() -> None:
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "wayfellow.config.settings.test"}

    def call(*words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "wayfellow.config.cli", *words]
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)

    page, unknown = call("--help"), call("knit")

    assert page.returncode == 0
    assert "  serve" in page.stdout
    assert unknown.returncode == 1
    assert unknown.stderr.startswith("Unknown command: 'knit'")
    assert "Traceback" not in unknown.stderr


@pytest.mark.parametrize(("command", "role"), [("migrate", "owner"), ("serve", "server")])
def test_only_migrate_comes_as_the_owner_of_the_tables(command, role, monkeypatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://server@/wayfellow")
    monkeypatch.setenv("MIGRATE_DATABASE_URL", "postgres://owner@/wayfellow")
    monkeypatch.setattr(cli.Utility, "execute", lambda self: None)

    cli.main(["wayfellow", command])

    assert os.environ["DATABASE_URL"] == f"postgres://{role}@/wayfellow"
