"""Settings of the bench: as for real people, but over plain http on this machine, with one page more."""

import os
from pathlib import Path

from wayfellow.config.settings.base import *  # noqa: F403
from wayfellow.config.settings.base import TEMPLATES, database

SECRET_KEY = "bench-only-" + "x" * 40
WAYFELLOW_RECORD_KEY = "bench-only-" + "k" * 40
WAYFELLOW_SECOND_FACTOR = False
ALLOWED_HOSTS = ["localhost", "127.0.0.1"]
SESSION_COOKIE_SECURE = False
CSRF_COOKIE_SECURE = False
DATABASES = {"default": database(os.environ.get("DATABASE_URL", ""))}
ROOT_URLCONF = "tools.bench.urls"
TEMPLATES[0]["DIRS"] = [Path(__file__).parent / "templates"]
LOGGING = {"version": 1, "disable_existing_loggers": True, "root": {"level": "ERROR"}}
