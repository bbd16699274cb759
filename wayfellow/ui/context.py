"""What every page needs to know about the way it is shown; nothing about anybody."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import get_language, get_language_bidi

THEME_COOKIE = "theme"
THEMES = ("light", "dark")


@dataclass(frozen=True, slots=True)
class Look:
    theme: str  # "light", "dark", or "" when the device decides
    lang: str
    dir: str  # "ltr" or "rtl"


def ui(request: HttpRequest) -> dict[str, Look]:
    """`ui.theme`, `ui.lang` and `ui.dir`. A cookie with any other value counts as no choice."""
    theme = request.COOKIES.get(THEME_COOKIE, "")
    return {
        "ui": Look(
            theme=theme if theme in THEMES else "",
            lang=get_language() or "en",
            dir="rtl" if get_language_bidi() else "ltr",
        )
    }
