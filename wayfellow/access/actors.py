"""Who is acting. An actor is made once, at the edge (a request, a command, a job), and passed down."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from wayfellow.access.trail import Trail
from wayfellow.kernel import clock
from wayfellow.kernel.ids import new_id

if TYPE_CHECKING:
    from wayfellow.access.policy import Circle, Standing


@dataclass(frozen=True)
class Actor:
    """A person of staff, or the system doing a named job, at one moment.

    roles: codes of data/roles.toml. at: the aware moment the request or command began; reasons are judged at it.
    source: where from, for the audit ("web 10.0.0.7", "command import_fhir"). focus: on a client's page, that client; then
    every guarded query is about that client alone, whatever it asks for. `standings` and `circles` remember decisions for this moment.
    """

    staff_id: UUID | None
    agency_id: UUID
    roles: frozenset[str]
    at: datetime
    source: str
    timezone: str = "UTC"
    kind: str = "staff"
    name: str = ""
    focus: UUID | None = None
    correlation_id: UUID = field(default_factory=new_id)
    trail: Trail = field(default_factory=Trail, compare=False, repr=False)
    standings: dict[UUID, Standing] = field(default_factory=dict, compare=False, repr=False)
    circles: dict[tuple[str, ...], Circle | None] = field(default_factory=dict, compare=False, repr=False)

    def focused(self, client_id: UUID) -> Actor:
        """The same actor on the page of one client."""
        return replace(self, focus=client_id)

    @property
    def today(self) -> date:
        """The agency's day at this moment: "today" wherever a page, a deadline or an age asks."""
        return clock.local_date(self.at, self.timezone)

    @property
    def is_system(self) -> bool:
        return self.kind == "system"


def system_actor(*, job: str, agency_id: UUID, roles: frozenset[str], at: datetime, timezone: str = "UTC") -> Actor:
    """The system doing a named `job` for one agency, with no more than the `roles` that job needs."""
    return Actor(
        staff_id=None,
        agency_id=agency_id,
        roles=roles,
        at=at,
        source=f"job {job}",
        timezone=timezone,
        kind="system",
        name=job,
    )
