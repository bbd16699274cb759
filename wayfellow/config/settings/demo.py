"""The demo on one's own machine, with invented people: http on localhost, keys made at first start, no second factor asked."""

import os
import secrets

from .base import *  # noqa: F403
from .base import DATA_DIR, LOGGING, database

WAYFELLOW_SECOND_FACTOR = False
WAYFELLOW_DEMO = True


def _kept_key(name: str) -> str:
    """A key that survives restarts, so that the second `make demo` still reads the record; made once, readable by the owner only."""
    path = DATA_DIR / f"demo-{name}.key"
    if not path.exists():
        DATA_DIR.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(48))
    return path.read_text().strip()


SECRET_KEY = _kept_key("secret")
WAYFELLOW_RECORD_KEY = _kept_key("record")
DATABASES = {"default": database(os.environ.get("DATABASE_URL", ""))}
if not os.environ.get("DATABASE_URL"):
    # A file of its own: `wayfellow demo --fresh` can never throw away somebody's real record.
    DATABASES["default"]["NAME"] = DATA_DIR / "demo.sqlite3"
# Passkeys work on http://localhost, not on 127.0.0.1.
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
SESSION_COOKIE_SECURE = False
CSRF_COOKIE_SECURE = False
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
# The terminal shows the sign-ins; what each job did is for an operator's log.
LOGGING["handlers"]["console"]["level"] = "WARNING"
