"""What came from elsewhere, and bundles to bring it in with."""

from __future__ import annotations

import json
from itertools import count
from typing import Any

from tests.factories import made
from wayfellow.fhir.models import Received
from wayfellow.kernel import clock
from wayfellow.people.models import Client, Identifier

BASE = "https://clinic.example/fhir"
_number = count(1)


def received(of: Client, **fields: Any) -> Received:
    values = {
        "client": of,
        "resource_type": "Encounter",
        "title": "Visit at the clinic",
        "origin": BASE,
        "origin_id": f"Encounter/{next(_number)}",
        "print": "0" * 64,
        "received_at": clock.now(),
    }
    return made(Received(**(values | fields)))


def record_keys(client: Any, episode: Any, worker: Any) -> dict[str, Any]:
    received(client, episode=episode)
    return {}


def number_of(client: Client, system: str, value: str) -> Identifier:
    """A number that another system knows the client by."""
    return made(
        Identifier(
            client=client,
            agency_id=client.agency_id,
            system=system,
            value_sealed="v1.test",
            value_blind=Identifier.blinded(value),
        )
    )


def patient(key: str = "p1", **fields: Any) -> dict[str, Any]:
    """A Patient with a name, a birth date and one identifier."""
    values: dict[str, Any] = {
        "resourceType": "Patient",
        "id": key,
        "identifier": [{"system": "urn:clinic:number", "value": f"N-{key}"}],
        "name": [{"use": "official", "family": "Example", "given": ["Robin"]}],
        "birthDate": "1988-04-12",
    }
    return values | fields


def condition(key: str = "c1", of: str = "p1", **fields: Any) -> dict[str, Any]:
    values: dict[str, Any] = {
        "resourceType": "Condition",
        "id": key,
        "clinicalStatus": {"coding": [{"code": "active"}]},
        "code": {"text": "Panic disorder"},
        "subject": {"reference": f"Patient/{of}"},
    }
    return values | fields


def medicine(key: str = "m1", of: str = "p1", **fields: Any) -> dict[str, Any]:
    values: dict[str, Any] = {
        "resourceType": "MedicationRequest",
        "id": key,
        "status": "active",
        "intent": "order",
        "medicationCodeableConcept": {"text": "Sertraline 50 mg"},
        "subject": {"reference": f"Patient/{of}"},
    }
    return values | fields


def bundle(*resources: dict[str, Any], **fields: Any) -> dict[str, Any]:
    entries = [{"fullUrl": f"{BASE}/{one.get('resourceType')}/{one.get('id')}", "resource": one} for one in resources]
    return {"resourceType": "Bundle", "type": "collection", "entry": entries} | fields


def as_bytes(whole: Any) -> bytes:
    return json.dumps(whole).encode()
