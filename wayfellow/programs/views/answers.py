"""How these pages answer: a form that is fine acts, one that isn't says why and keeps what was typed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from wayfellow.kernel.refusal import Changed, Refusal
from wayfellow.ui.pages import go_on_from, page

FORM = "programs/settings_form.html"


def answered(
    request: HttpRequest,
    form: forms.Form,
    act: Callable[[dict[str, Any]], HttpResponse],
    *,
    template: str = FORM,
    **context: Any,
) -> HttpResponse:
    """Give a valid form's facts to `act`; a refusal becomes the form's error. Else show the page with the form.

    When somebody saved in between, the page shows what stands now beside what was typed, and saving again is possible.
    """
    if form.is_bound and form.is_valid():
        try:
            return act(form.cleaned_data)
        except Changed as changed:
            context["theirs"] = _theirs(form, changed)
            go_on_from(form, changed)
        except Refusal as refusal:
            form.add_error(None, refusal.message)
    return shown(request, template, {"form": form, **context})


def shown(request: Any, template: str, context: dict[str, Any]) -> HttpResponse:
    """The page, with `today` in the agency's zone for the days on it."""
    return page(request, template, {"today": request.actor.today, **context})


def pressed(request: HttpRequest, act: Callable[[], object], *, to: str, say: str, **where: Any) -> HttpResponse:
    """The answer to a single button: `act`, say so, and go back; a refusal is said in its own words."""
    try:
        act()
        messages.success(request, say)
    except Refusal as refusal:
        messages.warning(request, refusal.message)
    return redirect(to, **where)


def _theirs(form: forms.Form, refusal: Changed) -> list[tuple[Any, str]]:
    """What stands now, by the label of its field, where it differs from what was typed."""
    found = []
    for name, mine in refusal.mine.items():
        theirs = getattr(refusal.theirs, name, None)
        if name in form.fields and theirs != mine:
            said = getattr(refusal.theirs, f"get_{name}_display", lambda value=theirs: value)()
            found.append((form.fields[name].label, _words(said)))
    return found


def _words(value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return str(value) if value not in (None, "") else _("nothing")
