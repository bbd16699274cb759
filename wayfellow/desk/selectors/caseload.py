"""The caseload: everyone this worker works with, by who needs them next."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wayfellow.access import Actor
from wayfellow.kernel import clock
from wayfellow.notes import selectors as notes
from wayfellow.notes.models import Note
from wayfellow.people.models import Client
from wayfellow.plans import selectors as plans
from wayfellow.programs import selectors as programs
from wayfellow.programs.models import Episode, Staff
from wayfellow.schedule import selectors as schedule
from wayfellow.schedule.selectors import DueWords, Facts

STATE_ORDER = {"late": 0, "today": 1, "soon": 2, "": 3}


@dataclass(frozen=True)
class CaseloadRow:
    """One client of a caseload, with all their open episodes that the actor may know of.

    due: everything the rules ask for, nearest first. last_contact_day: in the agency's time zone; None: not yet in touch.
    covered_for: the colleague whose client this is, when the actor only covers.
    """

    client: Client
    episodes: tuple[Episode, ...]
    due: tuple[DueWords, ...]
    last_contact: datetime | None
    last_contact_day: date | None
    days_since_contact: int | None
    review_date: date | None
    covered_for: Staff | None

    @property
    def support_level(self) -> str:
        """The highest level among the episodes: the most that is asked of anyone."""
        order = list(Episode._meta.get_field("support_level").choices or ())
        codes = [code for code, _label in order]
        return max((episode.support_level for episode in self.episodes), key=codes.index)

    def rule(self, code: str) -> DueWords | None:
        """What one rule asks for, if it asks for anything."""
        return next((item for item in self.due if item.due.rule == code), None)

    @property
    def contact(self) -> DueWords | None:
        return self.rule("contact-rhythm")

    @property
    def review(self) -> DueWords | None:
        return self.rule("plan-review")

    @property
    def rhythm_words(self) -> str:
        """How often this person agreed to be in touch, in words; "" when nothing says it."""
        every = self.contact.due.every_days if self.contact else None
        if every is None:
            return ""
        if every == 7:
            return _("weekly")
        return ngettext("every day", "every %(days)d days", every) % {"days": every}

    @property
    def is_due(self) -> bool:
        """Whether anything is late, due today or soon."""
        return any(item.state for item in self.due)

    @property
    def due_besides(self) -> list[DueWords]:
        """What is late, due today or soon besides contact and review, which have places of their own on a list."""
        return [item for item in self.due if item.state and item is not self.contact and item is not self.review]

    @property
    def nearest(self) -> DueWords | None:
        return self.due[0] if self.due else None

    @property
    def is_past_rhythm(self) -> bool:
        return self.contact is not None and self.contact.state == "late"

    def needs_next(self) -> tuple[int, date, str]:
        """The order of "who needs me next": what is late, then today, then soon; then the day; then the name."""
        if self.nearest is None:
            return (len(STATE_ORDER), date.max, self.client.chosen_name)
        return (STATE_ORDER[self.nearest.state], self.nearest.due.act_by, self.client.chosen_name)


@dataclass(frozen=True)
class Known:
    """What several pages need of many clients, each part read in one statement. Keys: clients', but signed plans by episode.

    unsigned: the actor's own notes that wait for their signature, the oldest first.
    """

    last_contacts: dict[UUID, datetime]
    reviews: dict[UUID, date]
    unsigned: Sequence[Note]


def caseload(*, actor: Actor, team: bool = False) -> list[CaseloadRow]:
    """The actor's caseload (or, for a supervisor, their team's), who needs them next first."""
    episodes = programs.supervised_episodes(actor=actor) if team else programs.caseload(actor=actor)
    return rows_of(
        actor=actor,
        episodes=episodes,
        known=known(actor=actor),
        workers=programs.primary_workers(actor=actor, episodes=episodes),
        covered=programs.covered_staff_ids(actor=actor),
    )


def known(*, actor: Actor) -> Known:
    """Last contacts, signed plans' review dates, and unsigned notes of everyone the actor may read about."""
    return Known(
        last_contacts=notes.last_contacts(actor=actor),
        reviews=plans.review_dates_by_episode(actor=actor),
        unsigned=notes.unsigned(actor=actor),
    )


def rows_of(
    *,
    actor: Actor,
    episodes: Iterable[Episode],
    known: Known,
    workers: Mapping[UUID, Staff],
    covered: frozenset[UUID],
) -> list[CaseloadRow]:
    """One row a client for these episodes, in the order of `CaseloadRow.needs_next`.

    workers: the primary one of each episode, by its key. covered: the keys of colleagues whom the actor covers for.
    """
    today = actor.today
    by_client: dict[UUID, list[Episode]] = defaultdict(list)
    for episode in episodes:
        by_client[episode.client_id].append(episode)
    due = _due_by_client(actor, by_client, known, today)
    rows = [
        CaseloadRow(
            client=many[0].client,
            episodes=tuple(many),
            due=tuple(due[client_id]),
            last_contact=known.last_contacts.get(client_id),
            last_contact_day=_day(known.last_contacts.get(client_id), actor),
            days_since_contact=_days_since(known.last_contacts.get(client_id), actor, today),
            review_date=min((known.reviews[one.pk] for one in many if one.pk in known.reviews), default=None),
            covered_for=_covered_for(actor, many, workers, covered),
        )
        for client_id, many in by_client.items()
    ]
    return sorted(rows, key=CaseloadRow.needs_next)


def _due_by_client(
    actor: Actor, by_client: dict[UUID, list[Episode]], known: Known, today: date
) -> dict[UUID, list[DueWords]]:
    facts = [
        _facts_of(actor, episode, known, with_notes=place == 0)
        for many in by_client.values()
        for place, episode in enumerate(many)
    ]
    found: dict[UUID, list[DueWords]] = defaultdict(list)
    for item in schedule.due(facts=facts, today=today):
        # Someone in two programs is one person to be in touch with: the nearer of the two rhythms counts.
        here = found[item.due.client_id]
        if item.due.rule == "contact-rhythm" and any(one.due.rule == item.due.rule for one in here):
            continue
        here.append(item)
    return found


def _facts_of(actor: Actor, episode: Episode, known: Known, *, with_notes: bool) -> Facts:
    """What the deadline rules need of one episode. Unsigned notes count once a client: with the first of their episodes."""
    unsigned = [note for note in known.unsigned if note.client_id == episode.client_id] if with_notes else []
    return Facts(
        client_id=episode.client_id,
        episode_id=episode.pk,
        opened=clock.local_date(episode.starts_at, actor.timezone),
        support_level=episode.support_level,
        contact_every_days=episode.contact_every_days,
        last_contact=_day(known.last_contacts.get(episode.client_id), actor),
        plan_review=known.reviews.get(episode.pk),
        has_signed_plan=episode.pk in known.reviews,
        unsigned_notes=tuple(clock.local_date(note.happened_at, actor.timezone) for note in unsigned),
    )


def _day(at: datetime | None, actor: Actor) -> date | None:
    return clock.local_date(at, actor.timezone) if at else None


def _days_since(at: datetime | None, actor: Actor, today: date) -> int | None:
    return (today - clock.local_date(at, actor.timezone)).days if at else None


def _covered_for(
    actor: Actor, episodes: list[Episode], workers: Mapping[UUID, Staff], covered: frozenset[UUID]
) -> Staff | None:
    """The covered colleague among the primary workers; None when the client is the actor's own."""
    primary = [workers[episode.pk] for episode in episodes if episode.pk in workers]
    if any(worker.pk == actor.staff_id for worker in primary):
        return None
    return next((worker for worker in primary if worker.pk in covered), None)
