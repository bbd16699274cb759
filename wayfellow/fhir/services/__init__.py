"""Writes: records from elsewhere come in."""

from wayfellow.fhir.services.importing import DryRun, bundle_receive

__all__ = ["DryRun", "bundle_receive"]
