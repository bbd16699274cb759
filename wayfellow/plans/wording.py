"""The words of this package that depend on a code: gaps, checks, and what changed between two versions."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wayfellow.assessments.models import Need
from wayfellow.plans import rules
from wayfellow.plans.models import Goal, Intervention, Objective
from wayfellow.plans.rules import Change
from wayfellow.ui.templatetags.ui import day_words

CHECK_WORDS: dict[str, tuple[str | Promise, str | Promise]] = {
    "needs": (
        gettext_lazy("Every need has a goal, and every goal a need"),
        gettext_lazy("A need has no goal yet, or a goal no need"),
    ),
    "objectives": (
        gettext_lazy("Every goal has an objective"),
        gettext_lazy("A goal has no objective yet"),
    ),
    "measures": (
        gettext_lazy("Every objective can be seen to happen, and has a date"),
        gettext_lazy("An objective still needs something"),
    ),
    "actions": (
        gettext_lazy("Every goal has something that is done, and someone who does it"),
        gettext_lazy("Something to do, or someone to do it, is missing"),
    ),
}

KIND_WORDS: dict[str, str | Promise] = {
    "need": gettext_lazy("Need"),
    "goal": gettext_lazy("Goal"),
    "objective": gettext_lazy("Objective"),
    "action": gettext_lazy("Action"),
}


def gap_words(code: str, title: str) -> str:
    """What is missing, in one sentence that names the thing."""
    words = {
        rules.NEED_WITHOUT_GOAL: _("“%(title)s” has no goal yet"),
        rules.GOAL_WITHOUT_NEED: _("“%(title)s” names no need yet"),
        rules.GOAL_WITHOUT_OBJECTIVE: _("“%(title)s” has no objective yet"),
        rules.GOAL_WITHOUT_ACTION: _("Nothing is done for “%(title)s” yet"),
        rules.OBJECTIVE_WITHOUT_MEASURE: _("How will we see “%(title)s”?"),
        rules.OBJECTIVE_WITHOUT_DATE: _("“%(title)s” has no date yet"),
        rules.OBJECTIVE_PAST_DATE: _("The day of “%(title)s” has passed: how did it go?"),
        rules.ACTION_WITHOUT_OWNER: _("Nobody is named for “%(title)s” yet"),
    }
    return words[code] % {"title": title}


def gap_short(code: str, title: str) -> str:
    """What is missing, beside the need or the goal that lacks it; what is further down is named all the same."""
    words = {
        rules.NEED_WITHOUT_GOAL: _("No goal yet"),
        rules.GOAL_WITHOUT_NEED: _("No need named yet"),
        rules.GOAL_WITHOUT_OBJECTIVE: _("No objective yet"),
        rules.GOAL_WITHOUT_ACTION: _("Nothing is done for it yet"),
    }
    return words.get(code) or gap_words(code, title)


def check_words(code: str, *, is_well: bool) -> str:
    """One line of the checks before signing."""
    well, todo = CHECK_WORDS[code]
    return str(well if is_well else todo)


def change_words(change: Change, today: date) -> str:
    """What changed, in one sentence. today: the agency's, for how days are said."""
    if change.kind == "plan":
        return _plan_change(change, today)
    kind = str(KIND_WORDS[change.kind])
    facts = {"kind": kind, "title": change.title}
    if change.how == "added":
        return _("%(kind)s added: “%(title)s”.") % facts
    if change.how == "gone":
        return _("%(kind)s no longer in the plan: “%(title)s”.") % facts
    if change.how == "closed":
        return _("%(kind)s “%(title)s”: %(now)s.") % (facts | {"now": status_words(change.kind, change.now)})
    return _fact_change(change, facts, today)


def status_words(kind: str, code: str) -> str:
    """How a goal or an objective stands, from its frozen code."""
    choices = Goal.Status if kind == "goal" else Objective.Status
    return str(dict(choices.choices).get(code, code))


def _plan_change(change: Change, today: date) -> str:
    if change.field == "own_words":
        return _("Their own words: “%(now)s”.") % {"now": change.now} if change.now else _("Their own words are gone.")
    return _("Looked at again on %(now)s.") % {"now": _said("review_date", change.now, today)}


def _fact_change(change: Change, facts: dict[str, str], today: date) -> str:
    facts = facts | {
        "field": _field_words(change),
        "was": _said(change.field, change.was, today),
        "now": _said(change.field, change.now, today),
    }
    if not change.was:
        return _("%(kind)s “%(title)s”: %(field)s is now “%(now)s”.") % facts
    if not change.now:
        return _("%(kind)s “%(title)s”: %(field)s is no longer “%(was)s”.") % facts
    return _("%(kind)s “%(title)s”: %(field)s was “%(was)s”, now “%(now)s”.") % facts


def _field_words(change: Change) -> str:
    if change.field == "title":
        return _("the wording")
    models: dict[str, Any] = {"need": Need, "goal": Goal, "objective": Objective, "action": Intervention}
    return str(models[change.kind]._meta.get_field(change.field).verbose_name)


def _said(field: str, value: str, today: date) -> str:
    """A frozen value as people say it: days in words, texts as they are."""
    return day_words(date.fromisoformat(value), today) if field.endswith("_date") and value else value
