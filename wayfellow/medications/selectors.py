"""Reads: the list of medicines of the client whose page it is."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Case, IntegerField, Value, When

from wayfellow.access import Actor
from wayfellow.medications.models import Medication

# What they take comes first, what nobody is sure of next, what is over last.
_ORDER = Case(
    When(status=Medication.Status.ACTIVE, then=Value(0)),
    When(status=Medication.Status.UNKNOWN, then=Value(1)),
    default=Value(2),
    output_field=IntegerField(),
)


def medications(*, actor: Actor) -> list[Medication]:
    """All medicines of the actor's focused client: taken now, then not known, then stopped; each by name."""
    rows = Medication.objects.for_actor(actor).annotate(order=_ORDER)
    return list(rows.order_by("order", "name", "pk"))


def medication(*, actor: Actor, medication_id: UUID) -> Medication | None:
    """One medicine that the actor may know of; None for any other."""
    found: Medication | None = Medication.objects.for_actor(actor).filter(pk=medication_id).first()
    return found
