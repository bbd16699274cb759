"""What each kind of row is received by: the owning package's models and verbs, by the one rule of access.received."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import TypeAlias

from wayfellow import access
from wayfellow.access import Actor
from wayfellow.access.received import FromElsewhere, Kept, keep
from wayfellow.assessments import services as assessments
from wayfellow.medications import services as medications
from wayfellow.people import verbs as people
from wayfellow.people.models import Allergy, Client, RelatedPerson
from wayfellow.plans import services as plans
from wayfellow.programs.models import Episode

Rows: TypeAlias = Iterable[FromElsewhere]


@access.service
def allergies_receive(
    *, actor: Actor, client: Client, episode: Episode, at: datetime, origin: str, rows: Rows
) -> dict[str, Kept]:
    """Allergies, for everyone who may know the client, whichever program they are in."""
    access.require(actor, people.CLIENT_CHANGE, client)
    return keep(actor, people.CLIENT_CHANGE, Allergy, rows, origin=origin, client=client)


@access.service
def helpers_receive(
    *, actor: Actor, client: Client, episode: Episode, at: datetime, origin: str, rows: Rows
) -> dict[str, Kept]:
    """People of other agencies who help the client."""
    access.require(actor, people.CLIENT_CHANGE, client)
    role = RelatedPerson.Role.HELPER
    return keep(actor, people.CLIENT_CHANGE, RelatedPerson, rows, origin=origin, client=client, role=role)


# Plans come before goals, which stand in them.
RECEIVERS: dict[str, Callable[..., dict[str, Kept]]] = {
    "diagnosis": assessments.diagnoses_receive,
    "result": assessments.results_receive,
    "medication": medications.medications_receive,
    "allergy": allergies_receive,
    "helper": helpers_receive,
    "plan": plans.plans_receive,
    "goal": plans.goals_receive,
}
