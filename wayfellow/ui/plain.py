"""Answers that carry nothing of anyone: not here, locked, unavailable. Static bodies, so that they can tell nothing apart."""

from __future__ import annotations

import secrets

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

_ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"


def _answer(template: str, status: int, *, says_reference: bool = False) -> HttpResponse:
    # No request is given to the template: no form token, no echo of the address, the same bytes for everyone.
    letters = reference()
    context = {"reference": letters} if says_reference else {}
    response = HttpResponse(render_to_string(template, context), status=status)
    response.headers["X-Wayfellow-Reference"] = letters
    response.headers["Cache-Control"] = "no-store"
    return response


def reference() -> str:
    """Four letters to read aloud, so that a log line can be found. They stand for nothing else."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(4))


def not_here(
    request: HttpRequest | None = None, exception: Exception | None = None, *, status: int = 404
) -> HttpResponse:
    """The one page for hidden and missing."""
    return _answer("ui/not_here.html", status)


def not_yours(request: HttpRequest | None = None, exception: Exception | None = None) -> HttpResponse:
    """The same page for what this role may not do."""
    return not_here(status=403)


def unavailable(request: HttpRequest | None = None) -> HttpResponse:
    """The audit can't be written, so nothing is shown; the safety page still answers."""
    return _answer("ui/unavailable.html", 503, says_reference=True)


def broken(request: HttpRequest | None = None) -> HttpResponse:
    """Something of ours broke: the words are safe, and here is a reference."""
    return _answer("ui/broken.html", 500, says_reference=True)


def too_often(request: HttpRequest | None = None) -> HttpResponse:
    """Too many tries at the door from here: wait, then go on."""
    return _answer("ui/too_often.html", 429)


def locked(request: HttpRequest, door: str) -> HttpResponse:
    """The door is locked for what a page sent. A script keeps what was typed in its page; a plain form is told to go back for it."""
    is_by_script = "HX-Request" in request.headers or request.headers.get("X-Requested-With") == "fetch"
    template = "ui/_locked.html" if is_by_script else "ui/locked.html"
    response = HttpResponse(render_to_string(template, {"door": door}), status=403)
    response.headers["Cache-Control"] = "no-store"
    return response


def form_too_old(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose token no longer fits (signed out in another tab): go back, what was typed is still there."""
    return _answer("ui/form_too_old.html", 403)
