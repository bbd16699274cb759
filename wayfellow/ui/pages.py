"""How a view answers: a page, a fragment of it, or a redirect that says what was saved."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from wayfellow.kernel.refusal import Changed


def page(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any] | None = None,
    *,
    fragments: Mapping[str, str] | None = None,
) -> HttpResponse:
    """Render the page; 422 when a form in the context is bound and has errors.

    fragments: element id -> template. A request of htmx whose HX-Target is one of them gets that fragment alone.
    """
    context = dict(context or {})
    has_errors = any(
        isinstance(value, BaseForm) and value.is_bound and bool(value.errors) for value in context.values()
    )
    target = request.headers.get("HX-Target", "")
    if fragments and target in fragments:
        template = fragments[target]
    return render(request, template, context, status=422 if has_errors else 200)


def saved(request: HttpRequest, *, to: Any, say: str = "", **url_kwargs: Any) -> HttpResponse:
    """After a write: say what happened and go to `to` (a URL, a URL name with its arguments, or an object with its own URL)."""
    if say:
        messages.success(request, say)
    return redirect(to, **url_kwargs)


def go_on_from(form: Any, changed: Changed) -> None:
    """Somebody saved in between: say so on the form, which keeps what was typed and can now be saved over what stands there."""
    form.add_error(None, changed.message)
    form.data = form.data.copy()
    form.data["version"] = str(getattr(changed.theirs, "version", ""))
