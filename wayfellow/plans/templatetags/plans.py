"""How frozen facts of a signed version are said: its days are ISO text, its states are codes."""

from __future__ import annotations

from datetime import date

from django import template

from wayfellow.plans import wording
from wayfellow.ui.templatetags.ui import day_words

register = template.Library()


@register.filter
def frozen_day(text: str | None, today: date) -> str:
    """ "2026-06-18" as people say it; "" for none."""
    return day_words(date.fromisoformat(text), today) if text else ""


@register.filter
def frozen_status(code: str, kind: str) -> str:
    """How a goal or an objective stood."""
    return wording.status_words(kind, code)
