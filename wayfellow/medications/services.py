"""Writes: a medicine is written down, stops, or is received from elsewhere. Nobody prescribes here."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from wayfellow import access
from wayfellow.access import Actor
from wayfellow.access.received import FromElsewhere, Kept, keep
from wayfellow.kernel import clock
from wayfellow.kernel.refusal import Refusal
from wayfellow.medications import verbs
from wayfellow.medications.models import Medication
from wayfellow.people.models import Client
from wayfellow.programs import selectors as programs
from wayfellow.programs.models import Episode


class StoppedBeforeStart(Refusal):
    """The day it stopped lies before the day it began."""


class NotYetStopped(Refusal):
    """The day it stopped lies ahead: nobody has stopped it yet."""


class StoppedAlready(Refusal):
    """Somebody wrote down already that it has stopped."""


@access.service
def medication_record(
    *,
    actor: Actor,
    client: Client,
    key: UUID,
    at: datetime,
    name: str,
    dose: str = "",
    what_for: str = "",
    prescriber: str = "",
    since_date: date | None = None,
    told_by: str = "",
) -> Medication:
    """Write down a medicine that the client takes, in the words of who told us. The same `key` twice is one row.

    dose: as said or written, never worked out. It belongs to the episode that the actor works in (programs.episode_to_write_in).
    """
    access.require(actor, verbs.MEDICATION_RECORD, client)
    same = Medication.objects.for_actor(actor).filter(key=key, client=client)
    medication, is_new = access.made_once(
        actor,
        Medication,
        same,
        client=client,
        episode=programs.episode_to_write_in(actor=actor, client_id=client.pk),
        key=key,
        name=name,
        dose=dose,
        what_for=what_for,
        prescriber=prescriber,
        since_date=since_date,
        told_by=told_by,
        recorded_at=at,
        recorded_by=actor.staff_id,
    )
    if is_new:
        access.record(actor, verbs.MEDICATION_RECORD, medication)
    return medication


@access.service
def medication_stop(
    *, actor: Actor, medication: Medication, version: int, at: datetime, ended_date: date, ended_because: str = ""
) -> Medication:
    """Write down that the client no longer takes it, since `ended_date` (a day of the agency's calendar, today at the latest).

    Raises StoppedAlready, StoppedBeforeStart, NotYetStopped, Changed.
    """
    access.require(actor, verbs.MEDICATION_STOP, medication)
    if medication.status == Medication.Status.STOPPED:
        raise StoppedAlready(_("It is written down already that this medicine has stopped."))
    if medication.since_date and ended_date < medication.since_date:
        raise StoppedBeforeStart(_("That day is before they began to take it. Look at the day again."))
    if ended_date > clock.local_date(at, actor.timezone):
        raise NotYetStopped(_("That day is still to come. Write it down when they have stopped."))
    medication.save_if_current(
        version=version, status=Medication.Status.STOPPED, ended_date=ended_date, ended_because=ended_because
    )
    access.record(actor, verbs.MEDICATION_STOP, medication)
    return medication


@access.service
def medications_receive(
    *, actor: Actor, client: Client, episode: Episode | None, at: datetime, origin: str, rows: Iterable[FromElsewhere]
) -> dict[str, Kept]:
    """Take in medicines from `origin`, each under its `origin_id`: made once, brought up to date while nobody changed it here."""
    access.require(actor, verbs.MEDICATION_RECEIVE, episode or client)
    return keep(
        actor,
        verbs.MEDICATION_RECEIVE,
        Medication,
        rows,
        origin=origin,
        client=client,
        episode=episode,
        recorded_at=at,
        recorded_by=actor.staff_id,
    )
