"""What happens here that a package above may want to know."""

from dataclasses import dataclass
from datetime import datetime

from wayfellow.access import Actor
from wayfellow.programs.models import Assignment, Episode


@dataclass(frozen=True)
class EpisodeAssigned:
    """Somebody works with a client from now on. Published in the transaction that assigned them."""

    actor: Actor
    episode: Episode
    assignment: Assignment
    at: datetime


@dataclass(frozen=True)
class EpisodeClosed:
    """A stay in a program ended. Published in the transaction that closed it."""

    actor: Actor
    episode: Episode
    at: datetime
