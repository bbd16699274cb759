"""The door: the idle lock, the one-time password link, the first second factor. Sign-in itself is django-allauth's (sign_in.py)."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.reauthentication import reauthenticate_by_password
from allauth.mfa.webauthn.forms import ReauthenticateWebAuthnForm
from allauth.mfa.webauthn.internal import auth as webauthn
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from wayfellow.access import forms, selectors, services, sessions, verbs
from wayfellow.access.marks import public_view, staff_view
from wayfellow.ui.pages import page, saved


@staff_view(verbs.SIGN_IN_SETTINGS)
@sensitive_post_parameters()
def lock(request: Any) -> HttpResponse:
    """The locked page: nothing of anyone on it. It opens for a password, a code or a passkey, and leads back to where one was."""
    sessions.lock(request)
    factors = selectors.factors(user_id=request.user.pk)
    by_passkey = "credential" in request.POST
    form = forms.UnlockForm(
        request.POST if request.POST and not by_passkey else None, request=request, has_code_app=factors.has_code_app
    )
    passkey = ReauthenticateWebAuthnForm(request.POST if by_passkey else None, user=request.user)
    if (passkey if by_passkey else form).is_valid():
        sessions.unlock(request)
        sessions.note(request, request.user, verbs.UNLOCK)
        if by_passkey:
            passkey.save()
        else:
            reauthenticate_by_password(request)
        return redirect(_next(request))
    if request.POST:
        sessions.note(request, request.user, verbs.UNLOCK, outcome="refused")
    options = {"request_options": webauthn.begin_authentication(request.user)} if factors.passkeys else None
    return page(
        request, "access/lock.html", {"form": form, "passkey": passkey, "options": options, "next": _next(request)}
    )


@staff_view(verbs.SIGN_IN_SETTINGS)
@require_POST
def stay(request: HttpRequest) -> HttpResponse:
    """Somebody is here: reading or writing counts, though it asks the server for nothing. The middleware has noted it."""
    return HttpResponse(status=204)


@staff_view(verbs.SIGN_IN_SETTINGS)
def set_up_second_factor(request: HttpRequest) -> HttpResponse:
    """Where staff go who have no second factor yet."""
    return page(request, "access/set_up_second_factor.html", {"next": _next(request)})


@public_view(why="Somebody new has no password yet: their one-time link is what lets them choose one, and only that.")
@sensitive_post_parameters()
def set_password(request: Any, uidb36: str, key: str) -> HttpResponse:
    """Opening the link shows a form and changes nothing, since mail scanners open links too; sending it uses the link up."""
    user = selectors.user_of_link(uidb36=uidb36, key=key)
    actor = sessions.actor_of(request, user) if user is not None else None
    if user is None or actor is None:
        return page(request, "access/set_password_over.html")
    form = forms.NewPasswordForm(request.POST or None, user=user)
    if form.is_valid():
        services.set_password(actor=actor, user=user, password=form.cleaned_data["password"])
        return saved(request, to="account_login")
    return page(request, "access/set_password.html", {"form": form})


def _next(request: HttpRequest) -> str:
    wanted = request.POST.get("next") or request.GET.get("next") or "/"
    is_ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if is_ours else "/"
