"""What happens in assessments that packages above must act upon."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from wayfellow.access import Actor
from wayfellow.assessments.models import Response


@dataclass(frozen=True)
class NextStep:
    """Where the request goes on: a URL name and its keyword arguments."""

    url_name: str
    arguments: dict[str, object]


@dataclass(frozen=True)
class SelfHarmEndorsed:
    """Somebody answered a question about death or self-harm with more than "not at all". Published in the transaction that keeps it.

    A listener answers with a NextStep; the view follows it, so that nobody can pass it by. A result that is sent twice is told twice.
    """

    actor: Actor
    response: Response
    at: datetime
