"""Needs, strengths, diagnoses, results."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from tests.factories import made
from wayfellow.assessments import rules
from wayfellow.assessments.models import Diagnosis, Need, Response, Strength
from wayfellow.kernel import clock
from wayfellow.kernel.ids import new_id


def need(of: Any, episode: Any = None, **fields: Any) -> Need:
    values = {"client": of, "episode": episode, "key": new_id(), "domain": "housing", "title": "A home that holds"}
    return made(Need(**(values | {"raised_at": clock.now()} | fields)))


def strength(of: Any, episode: Any = None, **fields: Any) -> Strength:
    values = {"client": of, "episode": episode, "key": new_id(), "domain": "family", "title": "A sister who picks up"}
    return made(Strength(**(values | {"noted_at": clock.now()} | fields)))


def diagnosis(of: Any, episode: Any = None, **fields: Any) -> Diagnosis:
    values = {"client": of, "episode": episode, "key": new_id(), "title": "Bipolar I disorder"}
    return made(Diagnosis(**(values | {"recorded_at": clock.now()} | fields)))


def response(of: Any, episode: Any = None, instrument: str = "phq-9", each: int = 1, **fields: Any) -> Response:
    """A result with the same answer to every scored question."""
    scale = rules.instruments()[instrument]
    answers = {item.link_id: each for item in scale.items if item.is_scored}
    found = rules.score(scale, answers)
    values = {
        "client": of, "episode": episode, "key": new_id(), "instrument": instrument, "instrument_version": scale.version,
        "taken_at": clock.now() - timedelta(days=1), "answers": answers, "total": found.total, "band": found.band,
    }  # fmt: skip
    return made(Response(**(values | fields)))


def record_keys(client: Any, episode: Any, worker: Any) -> dict[str, Any]:
    """A row of each kind, for the URLs of this package."""
    return {
        "need_id": need(client, episode, raised_by=worker.pk).pk,
        "strength_id": strength(client, episode).pk,
        "diagnosis_id": diagnosis(client, episode).pk,
        "response_id": response(client, episode).pk,
        "instrument": "gad-7",
    }
