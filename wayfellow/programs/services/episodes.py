"""Episodes of care and who works in them."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from wayfellow import access
from wayfellow.access import Actor, GuardedModel, Hidden, policy
from wayfellow.access.verbs import Verb
from wayfellow.kernel import events as kernel_events
from wayfellow.kernel.refusal import Refusal
from wayfellow.people import services as people
from wayfellow.people.models import Client, Intake
from wayfellow.programs import verbs
from wayfellow.programs.events import EpisodeAssigned, EpisodeClosed
from wayfellow.programs.models import Assignment, Episode, Program, Staff, SupportLevel
from wayfellow.programs.reasons import WORKERS, blocked_staff_ids, running_episode
from wayfellow.programs.services.changing import has_role, here_or_hidden, make_once


class EpisodeIsClosed(Refusal):
    """Nothing of a closed episode changes any more."""


class NotAssignable(Refusal):
    """This member of staff can't work with this client: another role, no longer here, or a reason nobody is told."""


class AssignedMeanwhile(Refusal):
    """Another assignment of the same stay was made at the same moment."""


# The name of a reason (programs/reasons.py).
MANAGEMENT = "management"


class StandsInOnly(Refusal):
    """Who covers or came in an emergency doesn't decide about the stay, nor does the manager of another program."""


@access.service
def episode_open(
    *,
    actor: Actor,
    client: Client,
    program: Program,
    at: datetime,
    key: UUID,
    referred_by: str = "",
    came_because: str = "",
    support_level: str = SupportLevel.STEADY,
    contact_every_days: int | None = None,
) -> Episode:
    """A stay of the client in the program, waiting for a worker. The same `key` twice is one row, and so is a stay that is open already.

    contact_every_days: the rhythm agreed with the person, whole days, None for none. Raises AccessDenied, StandsInOnly.
    That a stay is open already is never said: the actor may not know of it (42 CFR Part 2).
    """
    granted = access.require(actor, verbs.EPISODE_OPEN, client)
    _not_in_passing(actor, client, verbs.EPISODE_OPEN, {"break-glass"})
    here_or_hidden(actor=actor, agency_ids=[client.agency_id, program.agency_id])
    found = make_once(
        look=lambda: running_episode(client_id=client.pk, program_id=program.pk, key=key),
        make=lambda: Episode.objects.for_writing(actor).create(
            client=client,
            program=program,
            starts_at=at,
            support_level=support_level,
            contact_every_days=contact_every_days,
            referred_by=referred_by,
            came_because=came_because,
            key=key,
        ),
    )
    if found.key == key:
        _intake_leads_to(actor, client, found)
    policy.forget(actor, client.pk)  # a Part 2 stay is protected from now on
    access.record(actor, verbs.EPISODE_OPEN, found, reason=granted.name if granted else "")
    episode: Episode = found.acting(actor)
    return episode


@access.service
def episode_change(
    *, actor: Actor, episode: Episode, version: int, support_level: str, contact_every_days: int | None
) -> Episode:
    """Another support level or contact rhythm (whole days, None for none). Raises Changed, EpisodeIsClosed, StandsInOnly."""
    access.require(actor, verbs.EPISODE_CHANGE, episode)
    _not_in_passing(actor, episode, verbs.EPISODE_CHANGE, {"break-glass"})
    _still_open(episode)
    episode.acting(_here(actor, episode)).save_if_current(
        version=version, support_level=support_level, contact_every_days=contact_every_days
    )
    access.record(actor, verbs.EPISODE_CHANGE, episode)
    return episode


@access.service
def episode_close(*, actor: Actor, episode: Episode, version: int, at: datetime, closed_because: str) -> Episode:
    """End the stay and every assignment in it, at once. Raises Changed, EpisodeIsClosed, StandsInOnly."""
    access.require(actor, verbs.EPISODE_CLOSE, episode)
    _not_in_passing(actor, episode, verbs.EPISODE_CLOSE, {"break-glass", "cover"})
    _still_open(episode)
    running = _running(actor, episode)
    episode.acting(_here(actor, episode)).save_if_current(
        version=version, status=Episode.Status.CLOSED, ends_at=at, closed_because=closed_because
    )
    access.record(actor, verbs.EPISODE_CLOSE, episode)
    for assignment in running:
        _end(actor, assignment, verbs.EPISODE_CLOSE, at)
    kernel_events.publish(EpisodeClosed(actor, episode, at))
    return episode


@access.service
def episode_assign(
    *, actor: Actor, episode: Episode, staff: Staff, at: datetime, kind: str = Assignment.Kind.PRIMARY
) -> Assignment:
    """Have `staff` work with the client from now on. A new primary takes the place of the former one, at once.

    Somebody who has that place already keeps the row they have. An intake of the client ends with it.
    Raises EpisodeIsClosed, NotAssignable, StandsInOnly.
    """
    access.require(actor, verbs.EPISODE_ASSIGN, episode)
    _not_in_passing(actor, episode, verbs.EPISODE_ASSIGN, {"break-glass", "cover"})
    _still_open(episode)
    _assignable(actor, episode, staff, at)
    running = _running(actor, episode)
    for assignment in running:
        if assignment.staff_id == staff.pk and assignment.kind == kind:
            access.record(actor, verbs.EPISODE_ASSIGN, assignment)
            return assignment
    for assignment in running:
        is_former = kind == Assignment.Kind.PRIMARY and assignment.kind == Assignment.Kind.PRIMARY
        if is_former or assignment.staff_id == staff.pk:
            _end(actor, assignment, verbs.EPISODE_ASSIGN, at)
    return _assign(actor, episode, staff, at, kind)


@access.service
def assignment_end(*, actor: Actor, assignment: Assignment, at: datetime) -> Assignment:
    """End one assignment, at once. A stay that is left without a primary worker waits in the queue again. Raises StandsInOnly."""
    access.require(actor, verbs.EPISODE_ASSIGN, assignment)
    _not_in_passing(actor, assignment, verbs.EPISODE_ASSIGN, {"break-glass", "cover"})
    if assignment.ends_at is not None and assignment.ends_at <= at:
        access.record(actor, verbs.EPISODE_ASSIGN, assignment)
        return assignment
    _end(actor, assignment, verbs.EPISODE_ASSIGN, at)
    if assignment.kind == Assignment.Kind.PRIMARY:
        episode = Episode.objects.for_actor(_here(actor, assignment)).get(pk=assignment.episode_id)
        if episode.status == Episode.Status.OPEN:
            episode.save_if_current(version=episode.version, status=Episode.Status.WAITING)
            access.record(actor, verbs.EPISODE_ASSIGN, episode)
    return assignment


def _here(actor: Actor, row: GuardedModel) -> Actor:
    """The actor on the page of this row's client: there a break-glass opening counts as well."""
    client_id = row.about()[0]
    return actor if actor.focus == client_id else actor.focused(client_id)


def _still_open(episode: Episode) -> None:
    if episode.status == Episode.Status.CLOSED:
        raise EpisodeIsClosed(_("This stay is closed, so nothing in it changes. Open a new one to go on."))


def _not_in_passing(actor: Actor, row: GuardedModel, verb: Verb, passing: set[str]) -> None:
    """Raise StandsInOnly for an actor who knows the client by nothing but these reasons, or as the manager of another program."""
    client_id, episode_id = row.about()
    standing = policy.standing(actor, client_id)
    steady = policy.Standing(
        client_id=client_id,
        granted=tuple(
            granted
            for granted in standing.granted
            if granted.name not in passing
            and not (granted.name == MANAGEMENT and episode_id not in (None, granted.episode_id))
        ),
        protected=standing.protected,
    )
    if steady.why(actor, verb, episode_id) is None:
        raise StandsInOnly(
            _(
                "This isn’t yours to decide: you are here for a short time, or for another program. Ask the worker or the program’s manager."
            )
        )


def _assignable(actor: Actor, episode: Episode, staff: Staff, at: datetime) -> None:
    if staff.agency_id != actor.agency_id:
        raise Hidden
    # One sentence for all of it: that somebody is blocked from a client is nobody's to read here.
    if not has_role(staff_id=staff.pk, roles=WORKERS, at=at) or staff.pk in blocked_staff_ids(
        client_id=episode.client_id, at=at
    ):
        raise NotAssignable(_("%(name)s can’t take this person on. Choose somebody else.") % {"name": staff.name})


def _running(actor: Actor, episode: Episode) -> list[Assignment]:
    rows = Assignment.objects.for_actor(_here(actor, episode)).filter(episode=episode, ends_at=None)
    return list(rows.order_by("kind", "starts_at", "pk"))


def _end(actor: Actor, assignment: Assignment, verb: Verb, at: datetime) -> None:
    assignment.acting(_here(actor, assignment))
    assignment.ends_at = at
    assignment.save(update_fields=["ends_at"])
    access.record(actor, verb, assignment)


def _assign(actor: Actor, episode: Episode, staff: Staff, at: datetime, kind: str) -> Assignment:
    assignment = _new_assignment(actor, episode, staff, at, kind)
    access.record(actor, verbs.EPISODE_ASSIGN, assignment)
    if episode.status == Episode.Status.WAITING and kind == Assignment.Kind.PRIMARY:
        episode.acting(_here(actor, episode)).save_if_current(version=episode.version, status=Episode.Status.OPEN)
        access.record(actor, verbs.EPISODE_ASSIGN, episode)
    client = Client.objects.for_actor(_here(actor, episode)).get(pk=episode.client_id)
    people.intake_end(actor=_here(actor, client), client=client, at=at)
    kernel_events.publish(EpisodeAssigned(actor, episode, assignment, at))
    return assignment


def _new_assignment(actor: Actor, episode: Episode, staff: Staff, at: datetime, kind: str) -> Assignment:
    try:
        with transaction.atomic():
            row: Assignment = Assignment.objects.for_writing(actor).create(
                client_id=episode.client_id,
                episode=episode,
                staff=staff,
                kind=kind,
                starts_at=at,
                made_by=actor.staff_id,
            )
            return row
    except IntegrityError:
        raise AssignedMeanwhile(
            _("Somebody was assigned at the same moment. Look who it is, and choose again.")
        ) from None


def _intake_leads_to(actor: Actor, client: Client, episode: Episode) -> None:
    """The author of an intake knows the stay that came of it, also one under Part 2."""
    here = _here(actor, client)
    own = Intake.objects.for_actor(here).filter(author_id=actor.staff_id, episode_id=None, ends_at__gt=actor.at)
    for intake in own.order_by("pk"):
        intake.episode_id = episode.pk
        intake.save(update_fields=["episode_id"])
