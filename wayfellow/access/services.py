"""What someone changes about their own account. Coming and going is in sessions.py."""

from __future__ import annotations

from allauth.mfa.models import Authenticator

from wayfellow.access import policy, verbs
from wayfellow.access.actors import Actor
from wayfellow.access.audit import record
from wayfellow.access.models import User
from wayfellow.access.work import service


@service
def me(*, actor: Actor, user: User, theme: str, language: str, has_keys: bool) -> User:
    """Keep how this person likes their pages. theme: light, dark or "" (as the device has it). language: a code of LANGUAGES or ""."""
    policy.require(actor, verbs.SIGN_IN_SETTINGS)
    user.theme, user.language, user.has_keys = theme, language, has_keys
    user.save(update_fields=["theme", "language", "has_keys"])
    record(actor, verbs.SIGN_IN_SETTINGS)
    return user


@service
def set_password(*, actor: Actor, user: User, password: str) -> User:
    """The person whom a one-time link was for has chosen a password: the link is used up, and every older session of theirs ends."""
    policy.require(actor, verbs.SIGN_IN_SETTINGS)
    user.set_password(password)
    user.save(update_fields=["password"])
    record(actor, verbs.PASSWORD_SET)
    return user


@service
def second_factor_reset(*, actor: Actor, user: User) -> int:
    """Take away every passkey, code app and recovery code of this account, for an operator who knows whom it is for; how many there were.

    Sessions that are open stay open: they were opened with what is taken away now.
    """
    policy.require(actor, verbs.SIGN_IN_SETTINGS)
    count: int = Authenticator.objects.filter(user_id=user.pk).delete()[0]
    record(actor, verbs.FACTOR_CHANGE)
    return count
