"""Production settings have no switch of the tests or the demo, and nothing that the environment can weaken."""

import importlib
import os
import re
import subprocess
import sys

import pytest

from tests.architecture import tree


@pytest.fixture(scope="module")
def production():
    return importlib.import_module("wayfellow.config.settings.production")


def settings_of(module) -> dict[str, object]:
    return {name: getattr(module, name) for name in dir(module) if name.isupper()}


def test_production_has_no_name_that_only_tests_or_the_demo_set(production) -> None:
    base = set(settings_of(importlib.import_module("wayfellow.config.settings.base")))
    elsewhere = set()
    for name in ("test", "demo"):
        source = (tree.PRODUCT / "config" / "settings" / f"{name}.py").read_text(encoding="utf-8")
        elsewhere |= set(re.findall(r"^([A-Z][A-Z_0-9]+)\s*[:=]", source, re.M))

    switches = sorted((elsewhere - base) & set(settings_of(production)))

    assert not switches, (
        f"Switches of the tests or the demo are set in production: {switches}. Whoever reads production.py must be able to believe it."
    )


def test_production_is_not_weakened(production) -> None:
    values = settings_of(production)

    assert values["DEBUG"] is False
    assert values["WAYFELLOW_SECOND_FACTOR"] is True
    assert values["SESSION_COOKIE_SECURE"] is values["CSRF_COOKIE_SECURE"] is values["SECURE_SSL_REDIRECT"] is True
    assert values["SECURE_HSTS_SECONDS"] >= 31_536_000
    assert values["PASSWORD_HASHERS"][0].endswith("Argon2PasswordHasher")
    assert values["ACCOUNT_RATE_LIMITS"]
    assert not values.get("MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN")
    assert "django.contrib.admin" not in values["INSTALLED_APPS"]
    assert not re.search("unsafe|nonce|[*]", str(values["CONTENT_SECURITY_POLICY"]))
    assert not values["SILENCED_SYSTEM_CHECKS"]


def test_the_environment_can_not_weaken_production() -> None:
    # Every setting as a variable that says yes to debugging and no to safety: none may be heard.
    switches = {"DEBUG": "1", "WAYFELLOW_DEMO": "1", "WAYFELLOW_SECOND_FACTOR": "0", "SESSION_COOKIE_SECURE": "0"}
    script = (
        "from wayfellow.config.settings import production as p;"
        "print(p.DEBUG, getattr(p, 'WAYFELLOW_DEMO', False), p.WAYFELLOW_SECOND_FACTOR, p.SESSION_COOKIE_SECURE)"
    )

    said = subprocess.run(
        [sys.executable, "-c", script],
        env={**os.environ, **switches},
        cwd=tree.ROOT,
        capture_output=True,
        text=True,
        check=True,
    )

    assert said.stdout.split() == ["False", "False", "True", "True"]


def test_production_refuses_to_start_without_keys() -> None:
    bare = {name: value for name, value in os.environ.items() if not name.startswith("WAYFELLOW_")}
    bare["DJANGO_SETTINGS_MODULE"] = "wayfellow.config.settings.production"

    said = subprocess.run(
        [sys.executable, "-m", "wayfellow.config.cli", "serve"],
        env=bare,
        cwd=tree.ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert said.returncode != 0
    assert "WAYFELLOW_SECRET_KEY" in said.stderr, said.stderr
    assert "Traceback" not in said.stderr, said.stderr
