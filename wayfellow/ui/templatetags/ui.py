"""The components of the gallery as tags. Small ones that a page holds by the hundred are plain functions, the rest are templates."""

import zlib
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BaseForm, BoundField
from django.templatetags.static import static
from django.utils import formats, timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext_lazy, pgettext
from django.utils.translation import gettext as _

from wayfellow.ui import fields

register = template.Library()

HUES = 6
LEVELS = {
    "light": 1,
    "light_touch": 1,
    "steady": 2,
    "active": 3,
    "intensive": 4,
}
LEVEL_WORDS = (
    gettext_lazy("Not set"),
    gettext_lazy("Light touch"),
    gettext_lazy("Steady"),
    gettext_lazy("Active"),
    gettext_lazy("Intensive"),
)
EMPTY = mark_safe("")


# Icons, initials, states, days ------------------------------------------------------------------------------------


@register.simple_tag
def ui_icon(name: str, css: str = "") -> SafeString:
    """An icon of the sprite, always beside a word or a `.vh` name."""
    return icon(name, static("ui/vendor/icons.svg"), css)


@lru_cache(maxsize=512)
def icon(name: str, sprite: str, css: str = "") -> SafeString:
    return format_html(
        '<svg class="ico{}" aria-hidden="true"><use href="{}#i-{}"></use></svg>', f" {css}" if css else "", sprite, name
    )


def hue_of(identity: object) -> int:
    """A hue from 1 to 6, the same for the same id, on every machine. It means nothing."""
    return zlib.crc32(str(identity).encode()) % HUES + 1


def initials_of(name: str) -> str:
    """The first letters of the first and the last word of a name: "Mari Vega" is MV."""
    words = [word for word in (part.strip("\"'“”‘’().,") for part in name.split()) if word]
    if not words:
        return "·"
    return (words[0][0] + (words[-1][0] if len(words) > 1 else "")).upper()


@register.simple_tag
def ui_avatar(identity: object, name: str, size: str = "") -> SafeString:
    """Initials in a circle. `size`: "s", "l" or nothing. Hidden from screen readers: the name stands beside it."""
    return format_html(
        '<span class="av{}" data-h="{}" aria-hidden="true">{}</span>',
        f" {size}" if size else "",
        hue_of(identity),
        initials_of(name),
    )


@register.simple_tag
def ui_due(due: Any) -> SafeString:
    """How near something is, in words. `due.state`: soon, today, late, wait, done or ""; `due.words` says it."""
    if not due:
        return EMPTY
    check = ui_icon("check") if due.state == "done" else EMPTY
    return format_html('<span class="due{}">{}{}</span>', f" {due.state}" if due.state else "", check, due.words)


@register.simple_tag
def ui_acuity(level: int | str | None, words: bool = False) -> SafeString:
    """The support level as four small bars: 1 to 4, or its code. The words are visible, or there for screen readers only."""
    number = LEVELS.get(level, 0) if isinstance(level, str) else int(level or 0)
    said = LEVEL_WORDS[number]
    text = (
        format_html(" {}", said)
        if words
        else format_html('<span class="vh">{}</span>', _("Support level: %(level)s") % {"level": said})
    )
    return format_html("{}{}", acuity_bars(number), text)


@lru_cache(maxsize=8)
def acuity_bars(number: int) -> SafeString:
    bars = format_html_join(
        "", "<i{}></i>", ((mark_safe(' class="on"') if bar <= number else "",) for bar in range(1, 5))
    )
    return format_html('<span class="acuity" aria-hidden="true">{}</span>', bars)


@register.filter(name="ui_day")
def day_words(day: date | datetime | None, today: date | None = None) -> str:
    """ "today", "tomorrow", "yesterday", "Jun 18", "Jun 18, 2027": the year only when it isn't this one."""
    if day is None:
        return ""
    return day_in_words(local_day(day), today, get_language() or "en")


@register.simple_tag(name="ui_day")
def day_time(day: date | datetime | None, today: date | None = None) -> SafeString:
    """The same words in a `<time>` that machines can read."""
    if day is None:
        return EMPTY
    plain = local_day(day)
    return format_html(
        '<time datetime="{}">{}</time>', plain.isoformat(), day_in_words(plain, today, get_language() or "en")
    )


@register.filter(name="ui_time", expects_localtime=True)
def time_words(moment: datetime | None) -> str:
    """ "9:30 am", "1:15 pm" in the active time zone; "13:15" in a language whose people count to 24."""
    if moment is None:
        return ""
    # Translators: a Django time format, as people say a time: "1:15 pm". Use G:i where 24 hours are usual.
    words = pgettext("a time of day", "g:i A")
    return formats.time_format(moment, words, use_l10n=False).lower()


def local_day(day: date | datetime) -> date:
    """A moment becomes the day it is in the active time zone; a day stays what it is."""
    if isinstance(day, datetime):
        return timezone.localtime(day).date() if timezone.is_aware(day) else day.date()
    return day


# Formatting a date costs 21 microseconds; a page repeats few distinct days.
@lru_cache(maxsize=4096)
def day_in_words(day: date, today: date | None, language: str) -> str:
    if today is not None:
        near = {0: _("today"), 1: _("tomorrow"), -1: _("yesterday")}.get((day - today).days)
        if near:
            return near
    # Translators: Django date formats, as people say a day: "Jun 18" and "Jun 18, 2027".
    with_year, without = pgettext("a day with its year", "M j, Y"), pgettext("a day of this year", "M j")
    return formats.date_format(
        day, without if today is not None and day.year == today.year else with_year, use_l10n=False
    )


# Buttons -----------------------------------------------------------------------------------------------------------


@register.simple_tag
def ui_button(
    text: str,
    icon: str = "",
    kind: str = "",
    href: str = "",
    type: str = "submit",
    hidden_text: bool = False,
    **attributes: Any,
) -> SafeString:
    """An act, or with `href` a way somewhere. `kind`: words of primary, berry, quiet, s, icon, wide, tall.

    Further attributes by keyword, `_` for `-`: `hx_get=url`, `name="act"`, `form="note"`. None and False are left out.
    """
    picture = ui_icon(icon) if icon else EMPTY
    label: Any = format_html('<span class="vh">{}</span>', text) if hidden_text or "icon" in kind.split() else text
    css = f"btn {kind}".strip()
    rest = attributes_html(attributes)
    if href:
        return format_html('<a class="{}" href="{}"{}>{}{}</a>', css, href, rest, picture, label)
    return format_html('<button class="{}" type="{}"{}>{}{}</button>', css, type, rest, picture, label)


def attributes_html(attributes: dict[str, Any]) -> SafeString:
    """Attributes from keywords. Handlers and styles are refused: the content policy would drop them in silence."""
    pairs = []
    for key, value in attributes.items():
        name = key.strip("_").replace("_", "-")
        if name.startswith(("on", "hx-on")) or name == "style":
            raise ValueError(f"{name}: no inline handlers or styles; give it a class or a data-behaviour.")
        if value is None or value is False:
            continue
        pairs.append((name, "" if value is True else value))
    return format_html_join("", ' {}="{}"', pairs)


# Forms -------------------------------------------------------------------------------------------------------------


@register.inclusion_tag("ui/_field.html")
def ui_field(field: BoundField, **wishes: Any) -> dict[str, Any]:
    """A form's field with label, error and hint. Wishes: see `fields.FieldLook`."""
    return {"field": fields.field_look(field, **wishes)}


@register.inclusion_tag("ui/_errors.html")
def ui_errors(*forms: BaseForm, title: str = "") -> dict[str, Any]:
    """The linked summary above a form that needs something; nothing while all is well."""
    return {"errors": fields.errors_of(forms), "title": title}


# Pages -------------------------------------------------------------------------------------------------------------


@register.inclusion_tag("ui/_empty.html")
def ui_empty(title: str, text: str = "", url: str = "", action: str = "", icon: str = "") -> dict[str, Any]:
    """What would be here, why that is fine, and one way to begin."""
    return {"title": title, "text": text, "url": url, "action": action, "icon": icon}


@register.inclusion_tag("ui/_note.html")
def ui_note(
    title: str, text: str = "", kind: str = "", icon: str = "info-circle", url: str = "", action: str = ""
) -> dict[str, Any]:
    """A standing message. `kind`: "" (plain), honey, moss, pine, berry (a person's safety only)."""
    return {"title": title, "text": text, "kind": kind, "icon": icon, "url": url, "action": action}


@register.inclusion_tag("ui/_save.html")
def ui_save(state: str = "", words: str = "") -> dict[str, Any]:
    """Where a form says whether it is saved. `state`: "", writing, saved or off; draft.js keeps it true."""
    return {"state": state, "words": words}


@register.inclusion_tag("ui/_toast.html")
def ui_toast(text: str, undo_url: str = "") -> dict[str, Any]:
    """What was just done, with Undo for 20 seconds."""
    return {"text": text, "undo_url": undo_url}


@register.inclusion_tag("ui/_pager.html", takes_context=True)
def ui_pager(context: template.Context, page_obj: Page, by: str = "", parameter: str = "page") -> dict[str, Any]:
    """Where one is in a list, and the way on. `by` says the order: "by what is due". Other parameters of the address stay."""
    request = context.get("request")
    query = request.GET.copy() if request else None

    def address(number: int) -> str:
        if query is None:
            return f"?{parameter}={number}"
        query[parameter] = str(number)
        return f"?{query.urlencode()}"

    return {
        "page": page_obj,
        "by": by,
        "previous": address(page_obj.previous_page_number()) if page_obj.has_previous() else "",
        "next": address(page_obj.next_page_number()) if page_obj.has_next() else "",
    }


@register.simple_tag
def ui_said(words: str, who: str = "", lang: str = "") -> SafeString:
    """Someone's own words, in the voice font, with who and when. `lang` when they aren't in the page's language."""
    footer = format_html("<footer>{}</footer>", who) if who else EMPTY
    tongue = format_html(' lang="{}"', lang) if lang else EMPTY
    return format_html(
        '<blockquote class="said"><p class="voice"{}>“{}”</p>{}</blockquote>', tongue, words.strip('“”"'), footer
    )
