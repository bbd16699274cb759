"""Pages of safety: the one that always answers, a person's own, and one step."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from wayfellow import access
from wayfellow.access import drafts
from wayfellow.kernel.refusal import Changed, Refusal
from wayfellow.people.models import Client
from wayfellow.programs import selectors as programs
from wayfellow.safety import forms, rules, selectors, services, verbs
from wayfellow.safety.models import SafetyStep
from wayfellow.ui.pages import go_on_from, page, saved


@access.public_view(why="A crisis needs no record: the lines and what to say answer anyone, at any time.")
def now(request: Any) -> HttpResponse:
    """What to say and whom to call, without opening anybody's record."""
    # Who works here also sees whom their agency calls; an agency is about no client, so nothing of a record is read.
    staff = request.staff_actor
    agency = programs.agency(actor=staff) if staff else None
    return page(request, "safety/now.html", {"lines": rules.lines(), "agency": agency, "is_staff": staff is not None})


@access.client_view(verbs.STEP_READ)
def client(request: Any, client: Client) -> HttpResponse:
    """Begin a step for this person, go on with an open one, see what was done before."""
    form = forms.OpenForm(request.POST or None)
    if form.is_valid():
        step = services.step_open(actor=request.actor, client=client, at=request.now, **form.cleaned_data)
        return saved(request, to="safety:step", client_id=client.pk, step_id=step.pk)
    context = {
        "client": client,
        "form": form,
        "open_steps": selectors.open_steps(actor=request.actor),
        "closed_steps": selectors.closed_steps(actor=request.actor),
        "lines": rules.lines(),
        "agency": programs.agency(actor=request.actor),
        "today": request.actor.today,
    }
    return page(request, "safety/client.html", context)


@access.client_view(verbs.STEP_READ)
def step(request: Any, client: Client, step_id: UUID) -> HttpResponse:
    """One step: what to say, the questions, whom to call, what was done."""
    found = selectors.step(actor=request.actor, step_id=step_id)
    code = services.draft_form(step_id=found.pk)
    draft = drafts.take(actor=request.actor, form=code, client_id=client.pk)
    form = forms.StepForm(request.POST or None, initial=_initial(found) | draft)
    context = _of_step(request, found) | {"client": client, "form": form, "draft_form": code, "draft": draft}
    if form.is_valid():
        try:
            services.step_write(
                actor=request.actor, step=found, at=request.now, close=request.POST.get("act") == "close",
                answers=form.answers, **{name: form.cleaned_data[name] for name in _KEPT},
            )  # fmt: skip
            return saved(request, to="safety:step", say=_said(found), client_id=client.pk, step_id=found.pk)
        except Changed as changed:
            context |= _both(form, changed)
        except services.NothingDone as refusal:
            form.add_error("done", refusal.message)
        except Refusal as refusal:
            form.add_error(None, refusal.message)
    return page(request, "safety/step.html", context)


def _of_step(request: Any, step: SafetyStep) -> dict[str, Any]:
    return {
        "step": step,
        "answers": selectors.answers_in_words(step=step),
        "asks_fifth": rules.needs_the_fifth(step.answers),
        "lines": rules.lines(),
        "credit": rules.credit(),
        "agency": programs.agency(actor=request.actor),
        "today": request.actor.today,
    }


def _both(form: forms.StepForm, changed: Changed) -> dict[str, Any]:
    """Both texts for the page; the form goes on from theirs."""
    theirs: Any = changed.theirs
    go_on_from(form, changed)
    return {"theirs": theirs, "their_answers": selectors.answers_in_words(step=theirs)}


_KEPT = ("version", "called", "done", "next_contact_date")


def _initial(step: SafetyStep) -> dict[str, Any]:
    return {name: getattr(step, name) for name in _KEPT} | dict(step.answers)


def _said(step: SafetyStep) -> str:
    """What is said after saving; that questions weren't asked is said kindly, never held against anyone."""
    if step.outcome == SafetyStep.Outcome.NOT_ASKED:
        asked = _("The four questions aren’t all asked; that can be right, and they can still be asked.")
    elif rules.needs_the_fifth(step.answers):
        asked = _("The fifth question is still to be asked.")
    else:
        asked = ""
    if step.closed_at:
        kept = _("It is written down. Thank you for staying with it.")
    else:
        kept = _("It is kept. The step stays open until what was done is written down.")
    return f"{kept} {asked}".strip()
