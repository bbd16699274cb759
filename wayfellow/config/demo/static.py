"""The static files that the server hands out, collected again only when one of them has changed."""

from __future__ import annotations

import hashlib
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.management import call_command

MANIFEST = "staticfiles.json"


def static_collected() -> bool:
    """Bring STATIC_ROOT up to date; whether there was anything to do."""
    root = Path(settings.STATIC_ROOT)
    stamp, now = root.with_name(f"{root.name}.stamp"), _fingerprint()
    if (root / MANIFEST).exists() and stamp.exists() and stamp.read_text() == now:
        return False
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.write_text(now)
    return True


def _fingerprint() -> str:
    """Every file's name, size and time of change, as one hash."""
    found = hashlib.sha256()
    for finder in finders.get_finders():
        for name, storage in sorted(finder.list(None), key=lambda one: one[0]):
            facts = Path(storage.path(name)).stat()
            found.update(f"{name} {facts.st_size} {facts.st_mtime_ns}\n".encode())
    return found.hexdigest()
