"""What is due, in the words that reach a screen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wayfellow.schedule.rules import Due
from wayfellow.ui.templatetags.ui import day_words


@dataclass(frozen=True, slots=True)
class DueWords:
    """A due item as a row shows it: what, how near (state and words for `ui_due`), and why it is due."""

    due: Due
    what: str
    state: str
    words: str
    why: str


def due_words(due: Due, today: date) -> DueWords:
    """`due` in words, as people say them: "3 days late", "today", "tomorrow", "Jun 18"."""
    return DueWords(due=due, what=_what(due), state=due.state, words=_when(due, today), why=_why(due))


def _what(due: Due) -> str:
    match due.rule:
        case "plan-review":
            return _("Care plan review")
        case "first-plan":
            return _("First care plan")
        case "note-signing":
            return _("Note to sign")
        case "contact-rhythm" if due.every_days == 7:
            return _("Contact, weekly")
        case "contact-rhythm":
            return ngettext("Contact, every day", "Contact, every %(days)d days", due.every_days or 1) % {
                "days": due.every_days or 1
            }
    return due.rule


def _when(due: Due, today: date) -> str:
    late = due.days_late(today)
    if late:
        return ngettext("%(days)d day late", "%(days)d days late", late) % {"days": late}
    return day_words(due.act_by, today)


def _why(due: Due) -> str:
    if due.is_verified:
        return _("Because: %(source)s.") % {"source": due.source}
    return _("Because: %(source)s. Not yet checked by your agency.") % {"source": due.source}
