"""Medicines."""

from __future__ import annotations

from typing import Any

from tests.factories import made
from wayfellow.kernel import clock
from wayfellow.kernel.ids import new_id
from wayfellow.medications.models import Medication
from wayfellow.people.models import Client


def medication(of: Client, **fields: Any) -> Medication:
    values = {"client": of, "key": new_id(), "name": "Sertraline", "recorded_at": clock.now()}
    return made(Medication(**(values | fields)))


def record_keys(client: Any, episode: Any, worker: Any) -> dict[str, Any]:
    return {"medication_id": medication(client, episode=episode).pk}
