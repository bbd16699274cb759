"""For the tests: quick password hashing, fixed keys. tests/architecture proves that production has none of these switches."""

import os
import tempfile
from pathlib import Path

from .base import *  # noqa: F403
from .base import PACKAGE_DIR, database

SECRET_KEY = "tests-only-" + "x" * 48
WAYFELLOW_RECORD_KEY = "tests-only-" + "k" * 48
ALLOWED_HOSTS = ["testserver", "localhost"]
DATABASES = {"default": database(os.environ.get("DATABASE_URL", ""))}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, not memory: the live server's threads and the tests must see one database, with the pragmas of real life.
    DATABASES["default"]["TEST"] = {"NAME": Path(tempfile.gettempdir()) / f"wayfellow-test-{os.getpid()}.sqlite3"}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
WAYFELLOW_SECOND_FACTOR = False
# What a second language needs of the pages (lang, figures, choices) is proven before its words are translated.
LANGUAGES = [("en", "English"), ("es", "Spanish")]
SESSION_COOKIE_SECURE = False
CSRF_COOKIE_SECURE = False
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
ACCOUNT_RATE_LIMITS = False
MFA_RATE_LIMITS = False
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
STATIC_ROOT = PACKAGE_DIR.parent / "var" / "test-static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # whitenoise warns of a missing folder, and warnings are errors
WAYFELLOW_AUDIT_HEADS = Path(tempfile.gettempdir()) / f"wayfellow-test-heads-{os.getpid()}.log"
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
