"""Reads about accounts: whose link it is, how someone proves who they are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from allauth.account.forms import default_token_generator
from allauth.account.utils import url_str_to_user_pk
from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError

from wayfellow.access.models import User


@dataclass(frozen=True, slots=True)
class Passkey:
    """A device that signs its owner in."""

    id: int
    name: str
    created_at: datetime
    last_used_at: datetime | None


@dataclass(frozen=True, slots=True)
class Factors:
    """How someone proves who they are, beside the password."""

    passkeys: tuple[Passkey, ...]
    has_code_app: bool
    codes_left: int

    @property
    def is_set_up(self) -> bool:
        return bool(self.passkeys) or self.has_code_app


def factors(*, user_id: UUID) -> Factors:
    """The passkeys, the code app and the number of recovery codes left of one account."""
    passkeys, has_code_app, codes_left = [], False, 0
    for row in Authenticator.objects.filter(user_id=user_id).order_by("created_at", "pk"):
        if row.type == Authenticator.Type.WEBAUTHN:
            passkeys.append(Passkey(row.pk, row.wrap().name, row.created_at, row.last_used_at))
        elif row.type == Authenticator.Type.TOTP:
            has_code_app = True
        else:
            codes_left = len(row.wrap().get_unused_codes())
    return Factors(tuple(passkeys), has_code_app, codes_left)


def user_of_link(*, uidb36: str, key: str) -> User | None:
    """Whose one-time password link this is; None when it was used, is older than three days, or never was one."""
    try:
        user = User.objects.filter(pk=url_str_to_user_pk(uidb36), is_active=True).first()
    except (ValueError, ValidationError):
        return None
    return user if user is not None and default_token_generator.check_token(user, key) else None
