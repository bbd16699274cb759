"""Values for the URLs of access."""

from __future__ import annotations

from typing import Any


def record_keys(client: Any, episode: Any, worker: Any) -> dict[str, Any]:
    return {"form": "notes.note"}
