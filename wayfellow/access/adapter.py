"""How django-allauth behaves here: nobody signs up, one answer for unknown and wrong, and every way in leaves an audit row."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wayfellow.access import secrets, sessions, verbs

# The key under which secrets of second factors are sealed: allauth seals before it knows the row.
FACTOR = UUID(int=0)


class StaffAccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by an administrator, and only for someone who works here."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _("That e-mail and password don’t go together. Try again."),
        "incorrect_password": _("That isn’t your password. Type it once more."),
        "enter_current_password": _("That isn’t your password now. Type it once more."),
        "too_many_login_attempts": _("That was several tries in a row. Wait five minutes, then try again."),
        "rate_limited": _("That was several tries in a row. Wait five minutes, then try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return "/"

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        return reverse("account_login")

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("access:me")

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        user = super().authenticate(request, **credentials)
        if user is not None and sessions.actor_of(request, user) is None:
            # Someone who works here no more hears what a wrong password hears.
            self.authentication_failed(request, **credentials)
            return None
        return user

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        sessions.refused(request, email=credentials.get("email") or "")

    def pre_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse | None:
        if sessions.actor_of(request, user) is None:  # a passkey of someone who works here no more
            messages.error(request, str(self.error_messages["email_password_mismatch"]))
            return redirect("account_login")
        response: HttpResponse | None = super().pre_login(request, user, **kwargs)
        return response

    def login(self, request: HttpRequest, user: Any) -> None:
        super().login(request, user)
        sessions.begin(request, user)

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = super().post_login(request, user, **kwargs)
        sessions.dress(response, user)
        return response

    def logout(self, request: HttpRequest) -> None:
        sessions.note(request, request.user, verbs.SIGN_OUT)
        super().logout(request)

    def reauthenticate(self, user: Any, password: str) -> bool:
        return bool(user.check_password(password))

    def add_message(self, request: HttpRequest, level: int, *args: Any, **kwargs: Any) -> None:
        """Only what went wrong is said; that someone is signed in they see."""
        if level >= messages.ERROR and (kwargs.get("message") or "message_template" not in kwargs):
            super().add_message(request, level, *args, **kwargs)


class StaffMFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Secrets of second factors are sealed at rest; words are ours."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("That code doesn’t fit. Wait for the next one and type it here."),
        "cannot_generate_recovery_codes": _("Set up your passkey or the code from your phone first."),
    }

    def encrypt(self, text: str) -> str:
        return secrets.seal(text, model="mfa.Authenticator", key=FACTOR, field="secret")

    def decrypt(self, encrypted_text: str) -> str:
        return secrets.unseal(encrypted_text, model="mfa.Authenticator", key=FACTOR, field="secret")

    def build_totp_svg(self, url: str) -> str:
        """The code to point a phone at, as an element of the page: the content policy allows no `data:` picture."""
        svg: str = super().build_totp_svg(url)
        return svg[svg.index("<svg") :]

    def generate_authenticator_name(self, user: Any, type: Any) -> str:
        return ""

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {**super().get_public_key_credential_rp_entity(), "name": "Wayfellow"}
