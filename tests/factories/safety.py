"""Safety steps."""

from __future__ import annotations

from typing import Any

from tests.factories import made
from wayfellow.kernel import clock
from wayfellow.kernel.ids import new_id
from wayfellow.safety.models import SafetyStep


def step(of: Any, episode: Any = None, **fields: Any) -> SafetyStep:
    values = {
        "client": of,
        "episode": episode,
        "key": new_id(),
        "opened_at": clock.now(),
        "why_words": "I can’t any more",
    }
    return made(SafetyStep(**(values | fields)))


def record_keys(client: Any, episode: Any, worker: Any) -> dict[str, Any]:
    """A step, for the URLs of this package."""
    return {"step_id": step(client, episode).pk}
