"""Forms of the door and of one's own settings."""

from __future__ import annotations

from typing import Any

from allauth.core import ratelimit
from allauth.mfa.models import Authenticator
from django import forms
from django.conf import settings
from django.contrib.auth import password_validation
from django.utils.translation import gettext_lazy as _

from wayfellow.access.models import User


class NewPasswordForm(forms.Form):
    """A password of one's own, once: what is shown by pressing Show need not be typed twice."""

    password = forms.CharField(
        label=_("Your new password"),
        strip=False,
        max_length=256,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least 12 letters or signs. A few words you can remember are better than one with odd signs."),
        error_messages={"required": _("Type a password.")},
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        password_validation.validate_password(password, self.user)
        return password


class UnlockForm(forms.Form):
    """The password, or the code from one's phone."""

    password = forms.CharField(
        label=_("Password"),
        strip=False,
        max_length=256,
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    code = forms.CharField(
        label=_("Or the code from your phone"),
        max_length=16,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )

    def __init__(self, *args: Any, request: Any, has_code_app: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request, self.user = request, request.user
        if not has_code_app:
            del self.fields["code"]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        password, code = cleaned.get("password", ""), cleaned.get("code", "").strip()
        if not password and not code:
            self.add_error("password", _("Type your password to open the page again."))
            return cleaned
        key = f"unlock-{self.user.pk}"
        if not ratelimit.consume(self.request, action="login_failed", key=key):
            raise forms.ValidationError(_("That was several tries in a row. Wait five minutes, then try again."))
        if password:
            if not self.user.check_password(password):
                self.add_error("password", _("That isn’t your password. Type it once more."))
        elif not self._code_fits(code):
            self.add_error("code", _("That code doesn’t fit. Wait for the next one and type it here."))
        if not self.errors:
            ratelimit.clear(self.request, action="login_failed", key=key)
        return cleaned

    def _code_fits(self, code: str) -> bool:
        row = Authenticator.objects.filter(user=self.user, type=Authenticator.Type.TOTP).first()
        return row is not None and bool(row.wrap().validate_code(code))


class MeForm(forms.Form):
    """How someone likes their pages."""

    theme = forms.ChoiceField(
        label=_("Light or dark"),
        required=False,
        choices=[("light", _("Light")), ("dark", _("Dark")), ("", _("As my device"))],
        widget=forms.RadioSelect(attrs={"icons": {"light": "sun", "dark": "moon", "": "device-mobile"}}),
    )
    language = forms.ChoiceField(
        label=_("Language"), required=False, choices=[("", _("As my browser")), *settings.LANGUAGES]
    )
    has_keys = forms.BooleanField(
        label=_("Keys for quick ways"),
        required=False,
        help_text=_("Press ? on any page to see them."),
        widget=forms.CheckboxInput(attrs={"variant": "switch"}),
    )
