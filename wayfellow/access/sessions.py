"""Sessions of staff: how one begins, locks, ends, and what of it the audit is told."""

from __future__ import annotations

import logging
from typing import Any
from uuid import UUID

from allauth.core.internal.httpkit import get_client_ip
from django.conf import settings
from django.contrib import auth
from django.http import HttpResponse

from wayfellow.access import chain, reasons, verbs
from wayfellow.access.actors import Actor, system_actor
from wayfellow.access.models import User
from wayfellow.access.trail import Entry
from wayfellow.access.verbs import Verb
from wayfellow.ui.context import THEME_COOKIE

log = logging.getLogger("wayfellow.access")
# An address that nobody here has belongs to no agency; its row is there all the same, so that both answers take equally long.
NO_AGENCY = UUID(int=0)
THEME_SECONDS = 365 * 24 * 60 * 60


def source_of(request: Any) -> str:
    """Where a request comes from, for the audit: the browser's address, as the proxies that we trust tell it."""
    return f"web {get_client_ip(request) or 'unknown'}"


def actor_of(request: Any, user: Any) -> Actor | None:
    """The actor that this account is now; None for someone who works here no more, or never did."""
    if not user.is_active:
        return None
    return reasons.actor_loader()(user=user, at=request.now, source=source_of(request))


def begin(request: Any, user: User) -> None:
    """A session begins: its clock, the person's own settings, its audit row. No row, no session."""
    seconds = int(request.now.timestamp())
    request.session.update({"since": seconds, "seen_minute": seconds // 60})
    request.session.pop("locked", None)
    note(request, user, verbs.SIGN_IN)


def dress(response: HttpResponse, user: User) -> None:
    """Bring the person's theme and language to this browser."""
    secure = bool(settings.SESSION_COOKIE_SECURE)
    if user.theme:
        # Scripts change it too (ui/static/ui/js/theme.js); it says nothing about anybody.
        response.set_cookie(THEME_COOKIE, user.theme, max_age=THEME_SECONDS, samesite="Lax", secure=secure)
    else:
        response.delete_cookie(THEME_COOKIE, samesite="Lax")
    if user.language:
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            user.language,
            max_age=THEME_SECONDS,
            samesite="Lax",
            secure=secure,
            httponly=True,
        )
    else:
        response.delete_cookie(settings.LANGUAGE_COOKIE_NAME, samesite="Lax")


def is_over(request: Any) -> bool:
    """Whether the session has had its hours, however busy it was."""
    seconds = int(request.now.timestamp())
    since = request.session.get("since")
    if since is None:
        request.session["since"] = seconds
        return False
    return bool(seconds - since >= settings.SESSION_COOKIE_AGE)


def end(request: Any) -> None:
    """The session ends here, whatever it held."""
    auth.logout(request)


def lock(request: Any) -> None:
    """From now on every page is the door, until `unlock`."""
    request.session["locked"] = True


def unlock(request: Any) -> None:
    """The person has shown who they are: the door opens."""
    request.session.pop("locked", None)
    request.session["seen_minute"] = int(request.now.timestamp()) // 60


def note(request: Any, user: Any, verb: Verb, *, outcome: str = "done") -> None:
    """One audit row about this account's own coming and going."""
    actor = actor_of(request, user) if user.is_authenticated else None
    if actor is not None:
        chain.append_now(actor, [Entry(verb=verb.code, outcome=outcome)])


def refused(request: Any, *, email: str) -> None:
    """A sign-in that didn't fit. Its row names the member of staff, if the address is one's; else nobody."""
    user = User.objects.filter(email=email.strip().lower()).first()
    actor = actor_of(request, user) if user is not None else None
    log.warning("A sign-in was refused.")
    if actor is None:
        actor = system_actor(job="sign-in", agency_id=NO_AGENCY, roles=frozenset(), at=request.now)
    chain.append_now(actor, [Entry(verb=verbs.SIGN_IN.code, outcome="refused")])
