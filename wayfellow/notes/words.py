"""Notes in the words that reach a screen."""

from __future__ import annotations

from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from wayfellow.notes.models import Note
from wayfellow.notes.rules import Advice

# Short enough to lie side by side; the whole words stand in the record.
KINDS = (
    (Note.Kind.VISIT, pgettext_lazy("how we met", "Visit"), "home"),
    (Note.Kind.OFFICE, pgettext_lazy("how we met", "Office"), "building-community"),
    (Note.Kind.CALL, pgettext_lazy("how we met", "Call"), "phone"),
    (Note.Kind.VIDEO, pgettext_lazy("how we met", "Video"), "video"),
    (Note.Kind.MESSAGE, pgettext_lazy("how we met", "Message"), "message"),
    (Note.Kind.WITH_OTHERS, pgettext_lazy("how we met", "With others, about them"), "users"),
    (Note.Kind.OTHER, pgettext_lazy("how we met", "Something else"), "dots"),
)
IN_TOUCH, NOT_WITH_THEM = "in_touch", "not_with_them"
REACHED = (
    (IN_TOUCH, gettext_lazy("Yes, we were in touch")),
    *((attempt.value, format_lazy("{} {}", gettext_lazy("No:"), attempt.label)) for attempt in Note.Attempt),
    (NOT_WITH_THEM, gettext_lazy("This wasn’t with them")),
)
# The attempts that are one tap, each with the way that it was made.
ONE_TAP = (
    (Note.Attempt.NO_ANSWER, Note.Kind.CALL, gettext_lazy("No answer"), "phone"),
    (Note.Attempt.LEFT_MESSAGE, Note.Kind.CALL, gettext_lazy("Left a message"), "message"),
    (Note.Attempt.NOT_THERE, Note.Kind.VISIT, gettext_lazy("Not there"), "home"),
)
DAY_PARTS = {
    "morning": gettext_lazy("in the morning"),
    "afternoon": gettext_lazy("in the afternoon"),
    "evening": gettext_lazy("in the evening"),
}
CHANNELS = {
    "call": gettext_lazy("a call"),
    "message": gettext_lazy("a message"),
    "visit": gettext_lazy("a visit"),
    "video": gettext_lazy("a video call"),
}


def advice_words(advice: Advice | None) -> str:
    """What else to try, in one sentence: "Not tried yet: in the evening, or a message." "" when there is nothing to say."""
    if advice is None:
        return ""
    hours = [str(DAY_PARTS[code]) for code in advice.day_parts[:2]]
    ways = [str(CHANNELS[code]) for code in advice.channels]
    *most, last = hours + ways
    tried = _("%(most)s, or %(last)s") % {"most": ", ".join(most), "last": last} if most else last
    return _("Not tried yet: %(tried)s.") % {"tried": tried}
