"""What django-allauth tells of someone's ways to sign in, told on to the audit. Listeners decide nothing."""

from __future__ import annotations

from typing import Any

from allauth.account import signals as account
from allauth.mfa import signals as mfa

from wayfellow.access import sessions, verbs


def connect() -> None:
    """Once, from AppConfig.ready."""
    for signal in (mfa.authenticator_added, mfa.authenticator_removed, mfa.authenticator_reset):
        signal.connect(_factor_changed, dispatch_uid="access.factor")
    mfa.authentication_failed.connect(_code_refused, dispatch_uid="access.code")
    account.password_changed.connect(_password_changed, dispatch_uid="access.password")


def _factor_changed(request: Any, user: Any, **_: Any) -> None:
    request.session.pop("second_factor", None)  # asked anew: it may have been the last one
    sessions.note(request, user, verbs.FACTOR_CHANGE)


def _code_refused(request: Any, user: Any, reauthentication: bool = False, **_: Any) -> None:
    sessions.note(request, user, verbs.UNLOCK if reauthentication else verbs.SIGN_IN, outcome="refused")


def _password_changed(request: Any, user: Any, **_: Any) -> None:
    sessions.note(request, user, verbs.PASSWORD_SET)
