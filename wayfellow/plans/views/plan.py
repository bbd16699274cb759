"""The plan as a whole: the board, their words, signing, and what was signed."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from wayfellow import access
from wayfellow.assessments import selectors as assessments
from wayfellow.kernel.ids import new_id
from wayfellow.people.models import Client
from wayfellow.plans import forms, selectors, services, verbs
from wayfellow.plans.models import CarePlan
from wayfellow.plans.views.steps import asked, back, drafted, plan_asked, settled
from wayfellow.ui.pages import page, saved


@access.client_view(verbs.PLAN_READ)
def plan(request: Any, client: Client) -> HttpResponse:
    """The board of the plan, with what is still missing and what was signed; without one, the way to begin it."""
    actor = request.actor
    all_plans = selectors.plans(actor=actor)
    found = plan_asked(request, client)
    chosen = found or next(iter(all_plans), None)
    # Without a plan in the address, the one that was found is the actor's own: nothing is left to begin.
    is_own = found is not None and asked(request, "plan") is None
    may_begin = not is_own and selectors.may_begin(actor=actor, client_id=client.pk, plans=all_plans)
    context = {"client": client, "plans": all_plans, "plan": chosen, "today": request.actor.today}
    context |= {"may_begin": may_begin, "key": new_id()}
    if chosen is not None:
        context |= _board_context(request, client, chosen)
    return page(request, "plans/plan.html", context)


def _board_context(request: Any, client: Client, chosen: CarePlan) -> dict[str, Any]:
    actor = request.actor
    board = selectors.board(actor=actor, plan=chosen)
    may_write = not chosen.origin and access.may(actor, verbs.PLAN_WRITE, chosen)
    signed = [one for one in selectors.versions(actor=actor) if one.plan_id == chosen.pk]
    found = {"board": board, "versions": signed, "may_write": may_write}
    found["strengths"] = [one for one in assessments.strengths(actor=actor) if one.ended_at is None]
    if may_write:
        kept = drafted(request, client, "plan", chosen.pk)
        found |= {"form": forms.OwnWordsForm(words=chosen.own_words, draft=kept["draft"]), "kept": kept}
    return found


@access.client_view(verbs.PLAN_WRITE)
def plan_start(request: Any, client: Client) -> HttpResponse:
    """Begin the plan."""
    if request.method != "POST":
        return redirect("plans:plan", client.pk)
    form = forms.StartForm(request.POST)
    key = form.cleaned_data["key"] if form.is_valid() else new_id()
    begun = services.plan_start(actor=request.actor, client=client, key=key, at=request.now)
    return back(request, client, begun.pk, _("The plan is begun. It starts with their words."))


@access.client_view(verbs.PLAN_WRITE)
def plan_write(request: Any, client: Client, plan_id: UUID) -> HttpResponse:
    """Write what the person wants, in their words."""
    chosen = selectors.plan_by_id(actor=request.actor, plan_id=plan_id)
    kept = drafted(request, client, "plan", plan_id)
    form = forms.OwnWordsForm(request.POST or None, words=chosen.own_words, draft=kept["draft"])
    act = {"actor": request.actor, "plan": chosen, "at": request.now}
    if settled(form, lambda: services.plan_write(**act, **form.cleaned_data)):
        return back(request, client, plan_id, _("Their words are in the plan."))
    return page(request, "plans/plan_write.html", {"client": client, "plan": chosen, "form": form, "kept": kept})


@access.client_view(verbs.PLAN_SIGN)
def plan_sign(request: Any, client: Client, plan_id: UUID) -> HttpResponse:
    """Read it once more, with what is still open, and sign."""
    actor = request.actor
    chosen = selectors.plan_by_id(actor=actor, plan_id=plan_id)
    kept = drafted(request, client, "sign", plan_id)
    form = forms.SignForm(
        request.POST or None,
        row=chosen,
        draft=kept["draft"],
        review=selectors.review_default(actor=actor, plan=chosen),
        client_name=client.chosen_name,
        my_name=actor.name,
    )
    act = {"actor": actor, "plan": chosen, "at": request.now}
    signed = settled(form, lambda: services.plan_sign(**act, **form.cleaned_data))
    if signed:
        say = _("The plan is signed. This is how it was agreed.")
        return saved(request, to="plans:version", client_id=client.pk, version_id=signed.pk, say=say)
    context = {"client": client, "plan": chosen, "form": form, "kept": kept, "today": request.actor.today}
    context["board"] = selectors.board(actor=actor, plan=chosen)
    context["rule"] = selectors.review_rule(actor=actor, plan=chosen)
    return page(request, "plans/plan_sign.html", context)


@access.client_view(verbs.PLAN_READ)
def version(request: Any, client: Client, version_id: UUID) -> HttpResponse:
    """A signed version, as it was agreed, to read or to print."""
    signed = selectors.version(actor=request.actor, version_id=version_id)
    context = {"client": client, "signed": signed, "today": request.actor.today, "now": request.now}
    return page(request, "plans/version.html", context)
