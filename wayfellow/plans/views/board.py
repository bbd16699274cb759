"""The parts of the board: goals, objectives, and who does what. Each is a plain page; what was saved is shown in the plan."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from wayfellow import access
from wayfellow.people.models import Client
from wayfellow.plans import forms, selectors, services, verbs
from wayfellow.plans.models import Goal, Objective
from wayfellow.plans.views.steps import asked, back, drafted, plan_asked, plan_url, settled
from wayfellow.ui.pages import page


@access.client_view(verbs.GOAL_WRITE)
def goal_write(request: Any, client: Client, goal_id: UUID | None = None) -> HttpResponse:
    """Write a goal, or change one. `?need=` says which need it answers, `?from=` which received goal it begins with."""
    actor = request.actor
    row = selectors.goal(actor=actor, goal_id=goal_id) if goal_id else None
    plan = row.plan if row else plan_asked(request, client)
    kept = drafted(request, client, "goal", goal_id)
    form = forms.GoalForm(
        request.POST or None,
        row=row,
        draft=_without_need(request, kept["draft"]),
        start=_start_of_goal(request),
        place=goal_id or asked(request, "need"),
        needs=selectors.needs_for(actor=actor, plan=plan),
    )
    made = settled(
        form,
        lambda: services.goal_write(actor=actor, plan=plan, client=client, goal=row, at=request.now, **form.answers()),
    )
    if made:
        return back(request, client, made.plan_id, _("The goal is in the plan."), f"goal-{made.pk}")
    context = {"form": form, "client": client, "goal": row, "plan": plan, "kept": kept}
    return page(request, "plans/goal_write.html", context)


def _start_of_goal(request: Any) -> dict[str, Any]:
    need_id, from_id = asked(request, "need"), asked(request, "from")
    start = {"need": str(need_id)} if need_id else {}
    if from_id:
        received = selectors.goal(actor=request.actor, goal_id=from_id)
        start |= {"title": received.title, "words": received.words, "domain": received.domain}
    return start


def _without_need(request: Any, draft: dict[str, Any]) -> dict[str, Any]:
    """Who comes from a need means that one, whatever an older draft says."""
    return {name: value for name, value in draft.items() if name != "need" or not asked(request, "need")}


@access.client_view(verbs.GOAL_CLOSE)
def goal_close(request: Any, client: Client, goal_id: UUID) -> HttpResponse:
    """Say that a goal was reached or has ended, and how."""
    goal = selectors.goal(actor=request.actor, goal_id=goal_id)
    form = forms.CloseForm(request.POST or None, row=goal, choices=Goal.Status.choices)
    made = settled(
        form, lambda: services.goal_close(actor=request.actor, goal=goal, at=request.now, **form.cleaned_data)
    )
    if made:
        return back(request, client, made.plan_id, _("It is written down how this goal went."))
    context = {"form": form, "client": client, "title": goal.title, "plan_id": goal.plan_id}
    return page(request, "plans/goal_close.html", context)


@access.client_view(verbs.GOAL_WRITE)
def goal_reopen(request: Any, client: Client, goal_id: UUID) -> HttpResponse:
    """Work on an ended goal again."""
    goal = selectors.goal(actor=request.actor, goal_id=goal_id)
    if request.method != "POST" or goal.plan.origin:
        return redirect(plan_url(client, goal.plan_id))
    services.goal_reopen(actor=request.actor, goal=goal, at=request.now)
    return back(request, client, goal.plan_id, _("The goal is open again."), f"goal-{goal.pk}")


@access.client_view(verbs.OBJECTIVE_WRITE)
def objective_write(
    request: Any, client: Client, goal_id: UUID | None = None, objective_id: UUID | None = None
) -> HttpResponse:
    """Write an objective of a goal, or change one."""
    actor = request.actor
    row = selectors.objective(actor=actor, objective_id=objective_id) if objective_id else None
    goal = selectors.goal(actor=actor, goal_id=row.goal_id if row else goal_id)
    kept = drafted(request, client, "objective", (row or goal).pk)
    form = forms.ObjectiveForm(request.POST or None, row=row, draft=kept["draft"], place=(row or goal).pk)
    made = settled(
        form,
        lambda: services.objective_write(actor=actor, goal=goal, objective=row, at=request.now, **form.answers()),
    )
    if made:
        return back(request, client, goal.plan_id, _("The objective is in the plan."), f"goal-{goal.pk}")
    context = {"form": form, "client": client, "goal": goal, "objective": row, "kept": kept}
    return page(request, "plans/objective_write.html", context)


@access.client_view(verbs.OBJECTIVE_CLOSE)
def objective_close(request: Any, client: Client, objective_id: UUID) -> HttpResponse:
    """Say how an objective went."""
    objective = selectors.objective(actor=request.actor, objective_id=objective_id)
    form = forms.CloseForm(request.POST or None, row=objective, choices=Objective.Status.choices)
    made = settled(
        form,
        lambda: services.objective_close(actor=request.actor, objective=objective, at=request.now, **form.cleaned_data),
    )
    plan_id = objective.goal.plan_id
    if made:
        return back(request, client, plan_id, _("It is written down how this went."), f"goal-{made.goal_id}")
    context = {"form": form, "client": client, "title": objective.title, "plan_id": plan_id}
    return page(request, "plans/objective_close.html", context)


@access.client_view(verbs.INTERVENTION_WRITE)
def intervention_write(
    request: Any, client: Client, goal_id: UUID | None = None, intervention_id: UUID | None = None
) -> HttpResponse:
    """Write who does what for a goal, or change it. `?objective=` says which objective it serves."""
    actor = request.actor
    row = selectors.intervention(actor=actor, intervention_id=intervention_id) if intervention_id else None
    goal = selectors.goal(actor=actor, goal_id=row.goal_id if row else goal_id)
    kept = drafted(request, client, "action", (row or goal).pk)
    form = forms.InterventionForm(
        request.POST or None,
        row=row,
        draft=kept["draft"],
        start={"objective": str(asked(request, "objective") or "")},
        place=f"a{(row or goal).pk}",
        staff=selectors.doers(actor=actor),
        objectives=selectors.objectives_of(actor=actor, goal=goal),
        client_name=client.chosen_name,
    )
    act = {"actor": actor, "goal": goal, "intervention": row, "at": request.now}
    made = settled(form, lambda: services.intervention_write(**act, **form.answers()))
    if made:
        return back(request, client, goal.plan_id, _("It is in the plan who does what."), f"goal-{goal.pk}")
    context = {"form": form, "client": client, "goal": goal, "intervention": row, "kept": kept}
    return page(request, "plans/intervention_write.html", context)


@access.client_view(verbs.INTERVENTION_END)
def intervention_end(request: Any, client: Client, intervention_id: UUID) -> HttpResponse:
    """Say that something is no longer done."""
    row = selectors.intervention(actor=request.actor, intervention_id=intervention_id)
    plan_id = row.goal.plan_id
    if request.method != "POST" or row.goal.origin:
        return redirect(plan_url(client, plan_id, f"goal-{row.goal_id}"))
    services.intervention_end(actor=request.actor, intervention=row, at=request.now)
    say = _("It is written down that this is no longer done.")
    return back(request, client, plan_id, say, f"goal-{row.goal_id}")
