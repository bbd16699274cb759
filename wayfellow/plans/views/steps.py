"""Steps that the views of this package share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from wayfellow.access import drafts
from wayfellow.kernel.refusal import Changed
from wayfellow.people.models import Client
from wayfellow.plans import selectors, services
from wayfellow.plans.models import CarePlan
from wayfellow.ui.pages import saved


def asked(request: HttpRequest, name: str) -> UUID | None:
    """A key in the address, or None for none and for what is no key."""
    try:
        return UUID(request.GET.get(name, ""))
    except ValueError:
        return None


def plan_asked(request: Any, client: Client) -> CarePlan | None:
    """The plan named in the address; without one, the plan where the actor works with the client."""
    plan_id = asked(request, "plan")
    if plan_id is not None:
        return selectors.plan_by_id(actor=request.actor, plan_id=plan_id)
    return selectors.plan(actor=request.actor, client_id=client.pk)


def plan_url(client: Client, plan_id: UUID, anchor: str = "") -> str:
    """The page of one plan, at one of its parts."""
    url = reverse("plans:plan", args=[client.pk]) + f"?plan={plan_id}"
    return f"{url}#{anchor}" if anchor else url


def settled(form: Any, act: Callable[[], Any]) -> Any:
    """What the service gives, or None when it refused: then the form says why."""
    if not form.is_valid():
        return None
    try:
        return act()
    except Changed as refusal:
        form.stand_against(refusal)
    except services.PlanRefusal as refusal:
        form.refused(refusal)
    return None


def drafted(request: Any, client: Client, kind: str, row_id: UUID | None) -> dict[str, Any]:
    """What a form with a draft needs: the words of it, its address and its version."""
    code = services.draft_form(kind=kind, row_id=row_id)
    taken = drafts.take(actor=request.actor, form=code, client_id=client.pk)
    return {"draft": taken, "url": reverse("access:draft_save", args=[client.pk, code]), "version": taken.version}


def back(request: HttpRequest, client: Client, plan_id: UUID, say: str, anchor: str = "") -> HttpResponse:
    """To the plan, saying what happened."""
    return saved(request, to=plan_url(client, plan_id, anchor), say=say)
