"""Pages of assessments: needs and strengths, diagnoses, scales and their results."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wayfellow import access
from wayfellow.access import drafts
from wayfellow.assessments import forms, selectors, services, verbs
from wayfellow.assessments.models import Need, Strength
from wayfellow.kernel.refusal import Changed, Refusal
from wayfellow.people.models import Client
from wayfellow.ui.pages import go_on_from, page, saved

HERE = "assessments:assessments"


@access.client_view(verbs.NEED_READ)
def assessments(request: Any, client: Client) -> HttpResponse:
    """Needs in their order, strengths, working diagnoses, results of scales, and the way to each form."""
    actor = request.actor
    needs = selectors.needs(actor=actor)
    sees_diagnoses = access.may(actor, verbs.DIAGNOSIS_READ, client)
    context = {
        "client": client,
        "today": request.actor.today,
        "open_needs": [need for need in needs if need.closed_at is None],
        "closed_needs": [need for need in needs if need.closed_at],
        "strengths": selectors.strengths(actor=actor),
        "diagnoses": selectors.diagnoses(actor=actor) if sees_diagnoses else None,
        "diagnoses_before": selectors.diagnoses_before(actor=actor) if sees_diagnoses else None,
        "courses": selectors.courses(actor=actor) if access.may(actor, verbs.RESULT_READ, client) else None,
        "instruments": selectors.instruments(),
    }
    return page(request, "assessments/assessments.html", context)


@access.client_view(verbs.NEED_WRITE)
def need_write(request: Any, client: Client, need_id: UUID | None = None) -> HttpResponse:
    """Write down a need, or change one."""
    need = selectors.need(actor=request.actor, need_id=need_id) if need_id else None
    form = forms.NeedForm(request.POST or None, initial=_initial(need))
    context: dict[str, Any] = {"client": client, "form": form, "need": need}
    if form.is_valid():
        try:
            services.need_write(actor=request.actor, client=client, need=need, at=request.now, **form.cleaned_data)
            return saved(request, to=HERE, say=_("The need is written down."), client_id=client.pk)
        except Changed as changed:
            go_on_from(form, changed)
            context["theirs"] = changed.theirs
        except Refusal as refusal:
            form.add_error(None, refusal.message)
    return page(request, "assessments/need_write.html", context)


@access.client_view(verbs.NEED_CLOSE)
def need_close(request: Any, client: Client, need_id: UUID) -> HttpResponse:
    """Say how a need ended."""
    need = selectors.need(actor=request.actor, need_id=need_id)
    form = forms.NeedCloseForm(request.POST or None, initial={"version": need.version})
    if form.is_valid():
        try:
            services.need_close(actor=request.actor, need=need, at=request.now, **form.cleaned_data)
            return saved(request, to=HERE, say=_("The need is closed, with how it ended."), client_id=client.pk)
        except Refusal as refusal:
            form.add_error(None, refusal.message)
    return page(request, "assessments/need_close.html", {"client": client, "form": form, "need": need})


@access.client_view(verbs.NEED_CLOSE)
@require_POST
def need_reopen(request: Any, client: Client, need_id: UUID) -> HttpResponse:
    """Take up a need again."""
    need = selectors.need(actor=request.actor, need_id=need_id)
    change = partial(services.need_reopen, actor=request.actor, need=need, version=need.version)
    return _pressed(request, client, change, _("The need is open again."))


@access.client_view(verbs.NEED_WRITE)
@require_POST
def need_first(request: Any, client: Client, need_id: UUID) -> HttpResponse:
    """Put a need first, because the person does."""
    need = selectors.need(actor=request.actor, need_id=need_id)
    return _pressed(
        request, client, partial(services.need_first, actor=request.actor, need=need), _("It comes first now.")
    )


@access.client_view(verbs.STRENGTH_WRITE)
def strength_write(request: Any, client: Client, strength_id: UUID | None = None) -> HttpResponse:
    """Write down what they have, or change it."""
    strength = selectors.strength(actor=request.actor, strength_id=strength_id) if strength_id else None
    form = forms.StrengthForm(request.POST or None, initial=_initial(strength))
    context: dict[str, Any] = {"client": client, "form": form, "strength": strength}
    if form.is_valid():
        try:
            services.strength_write(
                actor=request.actor, client=client, strength=strength, at=request.now, **form.cleaned_data
            )
            return saved(request, to=HERE, say=_("The strength is written down."), client_id=client.pk)
        except Changed as changed:
            go_on_from(form, changed)
            context["theirs"] = changed.theirs
    return page(request, "assessments/strength_write.html", context)


@access.client_view(verbs.STRENGTH_WRITE)
@require_POST
def strength_end(request: Any, client: Client, strength_id: UUID) -> HttpResponse:
    """Take off the list what no longer holds."""
    strength = selectors.strength(actor=request.actor, strength_id=strength_id)
    change = partial(
        services.strength_end, actor=request.actor, strength=strength, version=strength.version, at=request.now
    )
    return _pressed(request, client, change, _("It is off the list; the record keeps it."))


@access.client_view(verbs.DIAGNOSIS_WRITE)
def diagnosis_write(request: Any, client: Client) -> HttpResponse:
    """Write down a working diagnosis."""
    form = forms.DiagnosisForm(request.POST or None)
    if form.is_valid():
        services.diagnosis_write(actor=request.actor, client=client, at=request.now, **form.cleaned_data)
        return saved(request, to=HERE, say=_("The diagnosis is written down."), client_id=client.pk)
    return page(request, "assessments/diagnosis_write.html", {"client": client, "form": form})


@access.client_view(verbs.DIAGNOSIS_WRITE)
@require_POST
def diagnosis_end(request: Any, client: Client, diagnosis_id: UUID) -> HttpResponse:
    """Say that a diagnosis no longer holds, from today."""
    found = selectors.diagnosis(actor=request.actor, diagnosis_id=diagnosis_id)
    change = partial(
        services.diagnosis_end, actor=request.actor, diagnosis=found, version=found.version, on=request.actor.today
    )
    return _pressed(request, client, change, _("It no longer counts as a working diagnosis."))


@access.client_view(verbs.DIAGNOSIS_WRITE)
@require_POST
def diagnosis_resume(request: Any, client: Client, diagnosis_id: UUID) -> HttpResponse:
    """Say that a diagnosis holds after all."""
    found = selectors.diagnosis(actor=request.actor, diagnosis_id=diagnosis_id)
    change = partial(services.diagnosis_resume, actor=request.actor, diagnosis=found, version=found.version)
    return _pressed(request, client, change, _("It counts as a working diagnosis again."))


@access.client_view(verbs.RESULT_TAKE)
def response_record(request: Any, client: Client, instrument: str) -> HttpResponse:
    """Go through a scale. Saved as one answers; a positive answer about self-harm leads to the safety step at once."""
    scale = selectors.instrument(code=instrument)
    code = services.draft_form(instrument=instrument)
    draft = drafts.take(actor=request.actor, form=code, client_id=client.pk)
    form = forms.ResponseForm(request.POST or None, instrument=scale, initial=draft)
    if form.is_valid():
        try:
            done = services.response_record(
                actor=request.actor, client=client, key=form.cleaned_data["key"], instrument=instrument,
                answers=form.answers, way=form.cleaned_data["way"], at=request.now,
            )  # fmt: skip
            if done.next_step:
                return redirect(done.next_step.url_name, **done.next_step.arguments)
            say = _("The answers are kept.")
            return saved(request, to="assessments:response", say=say, client_id=client.pk, response_id=done.response.pk)
        except Refusal as refusal:
            form.add_error(None, refusal.message)
    context = {"client": client, "form": form, "scale": scale, "draft_form": code, "draft": draft}
    return page(request, "assessments/response_record.html", context)


@access.client_view(verbs.RESULT_READ)
def response(request: Any, client: Client, response_id: UUID) -> HttpResponse:
    """One result: the answers in their words, the total, what it means, where the scale comes from."""
    found = selectors.response(actor=request.actor, response_id=response_id)
    scale = selectors.instrument_of(response=found)
    trend = None
    if scale and found.total is not None:
        earlier = selectors.earlier_totals(actor=request.actor, response=found)
        trend = selectors.trend_of(actor=request.actor, instrument=scale.code, results=[found, *earlier])
    context = {
        "client": client,
        "today": request.actor.today,
        "result": found,
        "scale": scale,
        "answers": selectors.answers_in_words(response=found),
        "band": selectors.band_words(code=found.band),
        "trend": trend,
    }
    return page(request, "assessments/response.html", context)


def _pressed(request: Any, client: Client, change: Callable[[], object], say: str) -> HttpResponse:
    """After the press of a button on the page: what it did, or that somebody else changed the row in this very moment."""
    try:
        change()
    except Changed:
        say = _("Someone changed this just now. Look again, and press once more if it still fits.")
    return saved(request, to=HERE, say=say, client_id=client.pk)


def _initial(row: Need | Strength | None) -> dict[str, Any]:
    if row is None:
        return {}
    return {name: getattr(row, name) for name in ("key", "version", "domain", "title", "words")}
