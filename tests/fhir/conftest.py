"""Bundles, and a place for their people to go."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps

from tests.factories import fhir as bundles
from tests.factories import programs as make
from wayfellow.access import GuardedModel, system_actor
from wayfellow.access.models import AuditRow
from wayfellow.fhir import bundle, services, staging
from wayfellow.fhir.report import Report
from wayfellow.kernel import clock
from wayfellow.programs.models import Agency, Program

HERE = Path(__file__).resolve()
ROBIN = HERE.parents[1] / "data" / "fhir" / "robin-example.json"


@pytest.fixture
def agency(db) -> Agency:
    return make.agency()


@pytest.fixture
def program(agency) -> Program:
    return make.program(agency)


@dataclass
class Importer:
    """Brings whole bundles in, as the command does."""

    agency: Agency
    program: Program

    def __call__(self, whole: Any, **more: Any) -> Report:
        data = whole if isinstance(whole, bytes) else bundles.as_bytes(whole)
        actor = system_actor(job="import_fhir", agency_id=self.agency.pk, roles=frozenset({"importer"}), at=clock.now())
        values = {"program": self.program, "worker": None, "at": actor.at} | more
        origin = values.pop("origin", "")
        return services.bundle_receive(actor=actor, staged=staging.staged(bundle.read(data), origin), **values)


@pytest.fixture
def bring(agency, program) -> Importer:
    return Importer(agency, program)


@pytest.fixture
def robin() -> dict[str, Any]:
    """The invented record of Robin Example."""
    return json.loads(ROBIN.read_text())


def stored() -> dict[str, list[dict[str, Any]]]:
    """Every row about clients there is, whole."""
    models = [model for model in apps.get_models() if issubclass(model, GuardedModel)]
    return {model.__name__: list(model.objects.for_policy().order_by("pk").values()) for model in models}


@pytest.fixture
def rows() -> Callable[[], dict[str, list[dict[str, Any]]]]:
    return stored


@pytest.fixture
def audit() -> Callable[[], int]:
    return AuditRow.objects.count
