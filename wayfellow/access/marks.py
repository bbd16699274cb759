"""The marks of views. Each view carries exactly one; MarkMiddleware answers 403 for a view without."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse

from wayfellow.access import audit, policy, reasons
from wayfellow.access.errors import AccessDenied, Hidden
from wayfellow.access.trail import Entry
from wayfellow.access.verbs import FORM_OPEN, Verb

View = Callable[..., HttpResponse]


@dataclass(frozen=True)
class Mark:
    """What a view declares. kind: client, staff or public. why: for a public view, why everybody may see it."""

    kind: str
    verb: Verb | None = None
    why: str = ""


def client_view(verb: Verb) -> Callable[[View], View]:
    """A page about one client. The URL's `client_id` becomes the client, found through the policy; the actor is focused on it.

    No reason to know the client, or no such client: the same not-here page. A role that may not do the verb: 403.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def wrapper(request: Any, client_id: UUID, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.actor is None:
                return redirect_to_login(request.get_full_path())
            try:
                client, focused, granted = policy.open_client(request.actor, verb, client_id)
            except (Hidden, AccessDenied):
                _refused(request, verb, client_id)
                raise
            request.staff_actor, request.actor = request.actor, focused
            request.client = client
            request.actor.trail.verb = verb
            if not verb.unlogged:
                # A page that writes has written nothing yet: the service says so when it has.
                read = FORM_OPEN if verb.writes else verb
                request.actor.trail.opened(audit.entry_of(focused, read, client_id, granted))
            else:
                request.actor.trail.done.add((verb.code, client_id))
            return view(request, client, *args, **kwargs)

        wrapper.wayfellow_access = Mark("client", verb)  # type: ignore[attr-defined]
        return wrapper

    return decorate


def staff_view(verb: Verb) -> Callable[[View], View]:
    """A page for staff about no single client: settings, lists. Whoever is seen on it is told to the audit as a list."""

    def decorate(view: View) -> View:
        @wraps(view)
        def wrapper(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.actor is None:
                return redirect_to_login(request.get_full_path())
            request.actor.trail.verb = verb
            try:
                policy.require(request.actor, verb)
            except AccessDenied:
                request.actor.trail.opened(Entry(verb=verb.code, outcome="refused"))
                raise
            return view(request, *args, **kwargs)

        wrapper.wayfellow_access = Mark("staff", verb)  # type: ignore[attr-defined]
        return wrapper

    return decorate


def public_view(*, why: str) -> Callable[[View], View]:
    """A page that anyone may see, signed in or not, because of `why`. It has no actor, so it can load no guarded row."""

    def decorate(view: View) -> View:
        @wraps(view)
        def wrapper(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
            request.staff_actor, request.actor = request.actor, None
            return view(request, *args, **kwargs)

        wrapper.wayfellow_access = Mark("public", why=why)  # type: ignore[attr-defined]
        return wrapper

    return decorate


def _refused(request: Any, verb: Verb, client_id: UUID) -> None:
    """Leave a row of the refused try, with the client's key only if there is such a client; asked for always, so that it tells nothing.

    Who knows the client by a protected episode alone leaves a row of that episode, which hides with it.
    """
    exists = reasons.client_model().objects.for_policy().filter(pk=client_id).exists()
    standing = policy.standing(request.actor, client_id)
    episode_id = standing.protected_by(next(iter(standing.granted), None))
    request.actor.trail.opened(
        Entry(verb=verb.code, client_id=client_id if exists else None, episode_id=episode_id, outcome="refused")
    )


def second_factor_is_asked() -> bool:
    """Whether staff must have a second factor here (always, outside the demo and the tests)."""
    return bool(settings.WAYFELLOW_SECOND_FACTOR)


def is_background(request: HttpRequest) -> bool:
    """A request that no human hand caused (a page looking after its drafts): it doesn't count as activity."""
    return request.headers.get("X-Wayfellow-Background") == "1"
