"""What the shell around every staff page shows, and the tabs around a client's record. Offered is what would not be refused."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from wayfellow import access
from wayfellow.access import Actor
from wayfellow.access.verbs import all_verbs
from wayfellow.people import selectors as people
from wayfellow.people.models import Allergy, Client, Phone
from wayfellow.ui.shell import Place, Shell
from wayfellow.ui.templatetags.ui import hue_of, initials_of


@dataclass(frozen=True, slots=True)
class Offer:
    """A place or a tab, and the code of the verb that it needs. also: further URL names that count as being here."""

    url_name: str
    label: Any
    icon: str
    verb: str
    key: str = ""
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RecordHead:
    """What stands at the head of every page about one client. age: in whole years; None while the birth date isn't known.

    phone: the number they like best; None where none is known.
    """

    allergies: tuple[Allergy, ...]
    age: int | None
    phone: Phone | None


PLAN_PAGES = tuple(
    f"plans:{name}"
    for name in (
        "plan_sign", "plan_write", "version", "goal_write", "goal_close", "objective_write", "objective_close",
        "intervention_write",
    )
)  # fmt: skip


def places() -> list[Offer]:
    """The places of the rail, in their order."""
    return [
        Offer("desk:today", _("Today"), "sun", "desk.today.read", "t"),
        Offer("desk:caseload", _("Clients"), "users", "desk.list.read", "c", ("desk:intake",)),
        Offer("programs:queue", _("Waiting"), "clock", "programs.queue.read", "w"),
        Offer("programs:covers", _("Cover"), "calendar-share", "programs.cover.mine", "v"),
        Offer("programs:break_glass_reviews", _("Emergencies"), "key", "programs.breakglass.review", "e"),
        Offer("desk:audit", _("What was done"), "eye", "access.audit.review", "a"),
        Offer("people:duplicates", _("Twice here?"), "users-group", "people.duplicate.review", "d"),
        Offer("programs:settings", _("Settings"), "settings", "programs.settings.read", "s"),
    ]


def tabs() -> list[Offer]:
    """The pages of one record, in their order."""
    return [
        Offer("desk:story", _("Story"), "route", "desk.story.read"),
        Offer("plans:plan", _("Plan"), "target-arrow", "plans.plan.read", also=PLAN_PAGES),
        Offer("notes:notes", _("Notes"), "writing", "notes.note.read_shared", also=("notes:note",)),
        Offer("assessments:assessments", _("Assessments"), "checklist", "assessments.need.read"),
        Offer("medications:medications", _("Medicines"), "pill", "medications.medication.read"),
        Offer("safety:client", _("Safety"), "shield-heart", "safety.step.read", also=("safety:step",)),
        Offer("people:details", _("Details"), "user", "people.client.read"),
        Offer(
            "programs:episodes",
            _("Programs"),
            "building-community",
            "programs.episode.read",
            also=("programs:episode", "programs:episode_open", "programs:episode_change", "programs:episode_assign"),
        ),
        Offer("fhir:received", _("Received"), "download", "fhir.received.read"),
        Offer("desk:opened", _("Opened by"), "eye", "access.audit.read"),
        Offer("desk:conflict_blocks", _("Hidden from"), "shield-lock", "people.block.change"),
    ]


def shell(request: HttpRequest) -> dict[str, Any]:
    """`shell` for staff pages; about a client also `record_tabs` and `record_head`. Nothing on a public page."""
    staff: Actor | None = getattr(request, "staff_actor", None)
    actor: Actor | None = getattr(request, "actor", None)
    if staff is None or actor is None:
        return {}
    client = getattr(request, "client", None)
    found: dict[str, Any] = {"shell": _shell(request, staff, client)}
    if client is not None:
        found["record_tabs"] = _offered(request, actor, tabs(), client)
        found["record_head"] = SimpleLazyObject(lambda: _record_head(actor, client))
    return found


def _shell(request: HttpRequest, actor: Actor, client: Any) -> Shell:
    focused: Actor = request.actor  # type: ignore[attr-defined]
    can_write = client is not None and access.may(focused, all_verbs()["notes.note.write"], client)
    may_help = client is not None and access.may(focused, all_verbs()["safety.step.read"], client)
    return Shell(
        places=_offered(request, actor, places()),
        me_name=actor.name,
        initials=initials_of(actor.name),
        hue=hue_of(actor.staff_id),
        safety_url=reverse("safety:client", args=[client.pk]) if may_help else reverse("safety:now"),
        jump_url=reverse("desk:jump") if access.may(actor, all_verbs()["desk.jump.use"]) else "",
        sign_out_url=reverse("account_logout"),
        me_url=reverse("access:me"),
        new_note_url=reverse("notes:note_write", args=[client.pk]) if can_write else "",
        lock_url=reverse("access:lock"),
        stay_url=reverse("access:stay"),
        lock_minutes=settings.WAYFELLOW_IDLE_MINUTES,
        is_keys_on=request.user.has_keys,  # type: ignore[union-attr]
    )


def _offered(request: HttpRequest, actor: Actor, offers: list[Offer], client: Client | None = None) -> list[Place]:
    """Those that the actor may use; about a client, decided by how the actor stands to them."""
    here = request.resolver_match.view_name if request.resolver_match else ""
    where = [client.pk] if client is not None else []
    return [
        Place(
            reverse(offer.url_name, args=where),
            offer.label,
            offer.icon,
            here in (offer.url_name, *offer.also),
            key=offer.key,
        )
        for offer in offers
        if access.may(actor, all_verbs()[offer.verb], client)
    ]


def _record_head(actor: Actor, client: Client) -> RecordHead:
    return RecordHead(
        allergies=tuple(people.allergies(actor=actor)),
        phone=people.phone_to_try(actor=actor),
        age=_age(client.birth_date, actor.today),
    )


def _age(born: date | None, today: date) -> int | None:
    if born is None:
        return None
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))
