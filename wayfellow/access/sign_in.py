"""The pages of django-allauth that we use, under the names it knows them by, each with a mark and a template of ours.

What isn't listed here doesn't exist: no sign-up, no e-mail pages, no reset by e-mail (an administrator hands out a one-time link).
"""

from __future__ import annotations

from typing import Any, cast

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.http import HttpResponse
from django.urls import path
from django.views.generic import RedirectView

from wayfellow.access import verbs
from wayfellow.access.marks import View, public_view, staff_view


class _Answer:
    """A form that needs something answers 422, as everywhere here."""

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        form = context.get("form")
        if form is not None and form.is_bound and form.errors:
            kwargs.setdefault("status", 422)
        response: HttpResponse = super().render_to_response(context, **kwargs)  # type: ignore[misc]
        return response


def _view(base: Any, template: str) -> View:
    ours = type(base.__name__, (_Answer, base), {"__module__": __name__, "template_name": f"access/{template}.html"})
    view: View = ours.as_view()  # type: ignore[attr-defined]
    return view


def _door(base: Any, template: str, *, why: str) -> View:
    return public_view(why=why)(_view(base, template))


def _own(base: Any, template: str) -> View:
    return staff_view(verbs.SIGN_IN_SETTINGS)(_view(base, template))


_to_me: View = staff_view(verbs.SIGN_IN_SETTINGS)(cast(View, RedirectView.as_view(pattern_name="access:me")))
_BEFORE = "Nobody is signed in yet when they sign in."

urlpatterns = [
    path("", _door(account.LoginView, "sign_in", why=_BEFORE), name="account_login"),
    path("code/", _door(mfa.AuthenticateView, "sign_in_code", why=_BEFORE), name="mfa_authenticate"),
    path("passkey/", _door(webauthn.LoginWebAuthnView, "sign_in", why=_BEFORE), name="mfa_login_webauthn"),
    path("out/", _door(account.LogoutView, "sign_out", why="Whoever is signed in may leave."), name="account_logout"),
    path("again/", _own(account.ReauthenticateView, "again"), name="account_reauthenticate"),
    path("again/code/", _own(mfa.ReauthenticateView, "again_code"), name="mfa_reauthenticate"),
    path(
        "again/passkey/", _own(webauthn.ReauthenticateWebAuthnView, "again_passkey"), name="mfa_reauthenticate_webauthn"
    ),
    path("password/", _own(account.PasswordChangeView, "password_change"), name="account_change_password"),
    path("second-factor/", _to_me, name="mfa_index"),
    path("second-factor/phone/", _own(totp.ActivateTOTPView, "code_app_add"), name="mfa_activate_totp"),
    path("second-factor/phone/remove/", _own(totp.DeactivateTOTPView, "code_app_remove"), name="mfa_deactivate_totp"),
    path("second-factor/codes/", _own(codes.ViewRecoveryCodesView, "recovery_codes"), name="mfa_view_recovery_codes"),
    path(
        "second-factor/codes/new/",
        _own(codes.GenerateRecoveryCodesView, "recovery_codes_new"),
        name="mfa_generate_recovery_codes",
    ),
    path("second-factor/passkeys/", _to_me, name="mfa_list_webauthn"),
    path("second-factor/passkeys/add/", _own(webauthn.AddWebAuthnView, "passkey_add"), name="mfa_add_webauthn"),
    path(
        "second-factor/passkeys/<int:pk>/remove/",
        _own(webauthn.RemoveWebAuthnView, "passkey_remove"),
        name="mfa_remove_webauthn",
    ),
]
