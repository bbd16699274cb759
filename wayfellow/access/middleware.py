"""At the edge of each request: who acts, is the door locked, is the view marked, is the audit written."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.http import urlencode

from wayfellow.access import chain, marks, sessions
from wayfellow.access.errors import AuditUnavailable
from wayfellow.kernel import clock
from wayfellow.ui import plain

log = logging.getLogger("wayfellow.access")
GetResponse = Callable[[HttpRequest], HttpResponse]

# Where a locked or half-set-up person may still go: out, the door itself, and the safety page, which always answers.
OPEN_WHILE_LOCKED = {"access:lock", "account_logout", "safety:now", "access:set_up_second_factor"}
OPEN_WITHOUT_SECOND_FACTOR = OPEN_WHILE_LOCKED | {
    "mfa_activate_totp", "mfa_view_recovery_codes", "mfa_generate_recovery_codes", "mfa_add_webauthn",
    "account_reauthenticate", "access:stay",
}  # fmt: skip


class ActorMiddleware:
    """request.now: the moment of this request. request.actor: who acts, or None. request.staff_actor: the same, never focused.

    Times are shown as the agency's clocks show them.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        request.now = clock.now()
        request.actor = None
        if request.user.is_authenticated:
            request.actor = sessions.actor_of(request, request.user)
            if request.actor is None or sessions.is_over(request):
                # Nobody who works here (any more), or twelve hours have passed: what they wrote is in their drafts.
                sessions.end(request)
                request.actor = None
        request.staff_actor = request.actor
        with timezone.override(request.actor.timezone if request.actor else None):
            return self.get_response(request)


class LockMiddleware:
    """The idle lock and the second factor, kept on the server."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        if request.user.is_authenticated:
            name = _name_of(request.path_info)
            if self._is_locked(request) and name not in OPEN_WHILE_LOCKED:
                return self._door(request, "access:lock")
            if (
                marks.second_factor_is_asked()
                and name not in OPEN_WITHOUT_SECOND_FACTOR
                and not _has_second_factor(request)
            ):
                return self._door(request, "access:set_up_second_factor")
        return self.get_response(request)

    def _is_locked(self, request: Any) -> bool:
        minute = int(request.now.timestamp() // 60)
        seen = request.session.get("seen_minute")
        if seen is not None and minute - seen >= settings.WAYFELLOW_IDLE_MINUTES:
            sessions.lock(request)
        if request.session.get("locked"):
            return True
        if seen != minute and not marks.is_background(request):
            request.session["seen_minute"] = minute  # once a minute at most
        return False

    def _door(self, request: Any, url_name: str) -> HttpResponse:
        door = reverse(url_name)
        if request.method != "GET" or request.headers.get("X-Requested-With") == "fetch":
            # What was typed stays in the page that sent it; the page says that the door is locked.
            response = plain.locked(request, door)
            response.headers["X-Wayfellow-Door"] = door
            return response
        return redirect(f"{door}?{urlencode({'next': request.get_full_path()})}")


class AuditMiddleware:
    """Writes down what the page has read, after it is ready and before it is sent. No audit, no answer."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        response = self.get_response(request)
        actor = request.actor or request.staff_actor
        if actor is not None:
            entries = actor.trail.to_write()
            if entries and response.streaming:
                raise AuditUnavailable("A page about clients can't be streamed: its audit row comes first.")
            try:
                chain.append_now(actor, entries)
            except Exception:
                log.exception("The audit could not be written; the page was not sent.")
                response = plain.unavailable(request)
        if request.user.is_authenticated or actor is not None:
            response.headers["Cache-Control"] = "no-store"
        patch_vary_headers(response, ["HX-Request"])
        return response


class MarkMiddleware:
    """A view without a mark answers 403, in every environment."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        if getattr(view, "wayfellow_access", None) is None:
            log.error("The view %s.%s carries no access mark.", view.__module__, getattr(view, "__name__", "?"))
            return plain.not_here(request, status=403)
        return None


def _name_of(path: str) -> str:
    try:
        return resolve(path).view_name
    except Resolver404:
        return ""


def _has_second_factor(request: Any) -> bool:
    if not request.session.get("second_factor"):
        from allauth.mfa.utils import is_mfa_enabled

        if not is_mfa_enabled(request.user):
            return False
        request.session["second_factor"] = True
    return True
