"""What a plan still lacks, when it is looked at again, the text that a signature stands for, and what changed since. Pure: no Django, no clock."""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from wayfellow.kernel.texts import tidy

REVIEW_FILE = Path(__file__).parent / "data" / "review.toml"
# The edition of the content: a version is read and checked by the edition it was signed under.
CONTENT_EDITION = 1
FINGERPRINT_LETTERS = 16

NEED_WITHOUT_GOAL = "need_without_goal"
GOAL_WITHOUT_NEED = "goal_without_need"
GOAL_WITHOUT_OBJECTIVE = "goal_without_objective"
GOAL_WITHOUT_ACTION = "goal_without_action"
OBJECTIVE_WITHOUT_MEASURE = "objective_without_measure"
OBJECTIVE_WITHOUT_DATE = "objective_without_date"
OBJECTIVE_PAST_DATE = "objective_past_date"
ACTION_WITHOUT_OWNER = "action_without_owner"

# The checks before signing, in their order: each is well when none of its gaps is open.
CHECKS: Mapping[str, tuple[str, ...]] = {
    "needs": (NEED_WITHOUT_GOAL, GOAL_WITHOUT_NEED),
    "objectives": (GOAL_WITHOUT_OBJECTIVE,),
    "measures": (OBJECTIVE_WITHOUT_MEASURE, OBJECTIVE_WITHOUT_DATE, OBJECTIVE_PAST_DATE),
    "actions": (GOAL_WITHOUT_ACTION, ACTION_WITHOUT_OWNER),
}

Content = Mapping[str, Any]


# When it is looked at again -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ReviewRule:
    """After how many days a plan is looked at again, by kind of program, from a day on."""

    days: Mapping[str, int]
    otherwise_days: int
    effective_from: date
    reviewed_on: date
    source: str
    is_verified: bool

    def days_for(self, kind: str) -> int:
        """Whole days from signing to review, for a kind of program ("" or an unknown one: the general figure)."""
        return self.days.get(kind, self.otherwise_days)


@cache
def review_rules() -> tuple[ReviewRule, ...]:
    """Every table of data/review.toml, the newest first."""
    rows = tomllib.loads(REVIEW_FILE.read_text(encoding="utf-8"))["table"]
    found = [
        ReviewRule(
            days=dict(row["days"]),
            otherwise_days=row["otherwise_days"],
            effective_from=row["effective_from"],
            reviewed_on=row["reviewed_on"],
            source=row["source"],
            is_verified=row["verified"],
        )
        for row in rows
    ]
    return tuple(sorted(found, key=lambda rule: rule.effective_from, reverse=True))


def review_rule_on(day: date) -> ReviewRule:
    """The rule that counts on the day; before the first one, the first. Source: data/review.toml."""
    rules = review_rules()
    return next((rule for rule in rules if rule.effective_from <= day), rules[-1])


def review_date(*, signed_on: date, kind: str) -> date:
    """The day to look at a plan again that was signed on `signed_on` in a program of this kind. Source: data/review.toml."""
    return signed_on + timedelta(days=review_rule_on(signed_on).days_for(kind))


# What is still missing ----------------------------------------------------------------------------------------------


def need_gaps(*, is_open: bool, goals: int) -> list[str]:
    """Codes of what an open need lacks. goals: how many answer it, closed ones too."""
    return [NEED_WITHOUT_GOAL] if is_open and not goals else []


def goal_gaps(*, is_open: bool, has_need: bool, objectives: int, actions: int) -> list[str]:
    """Codes of what an open goal lacks. objectives: open or closed ones; actions: those that go on."""
    if not is_open:
        return []
    missing = (
        (not has_need, GOAL_WITHOUT_NEED),
        (not objectives, GOAL_WITHOUT_OBJECTIVE),
        (not actions, GOAL_WITHOUT_ACTION),
    )
    return [code for is_missing, code in missing if is_missing]


def objective_gaps(*, is_open: bool, is_measured: bool, due_date: date | None, today: date) -> list[str]:
    """Codes of what an open objective lacks: a way to see it, a day, or, once its day has passed, a word on how it went."""
    if not is_open:
        return []
    found = [] if is_measured else [OBJECTIVE_WITHOUT_MEASURE]
    if due_date is None:
        found.append(OBJECTIVE_WITHOUT_DATE)
    elif due_date < today:
        found.append(OBJECTIVE_PAST_DATE)
    return found


def action_gaps(*, goes_on: bool, has_owner: bool) -> list[str]:
    """Codes of what an action that goes on lacks."""
    return [ACTION_WITHOUT_OWNER] if goes_on and not has_owner else []


# What a signature stands for ----------------------------------------------------------------------------------------


def plain(value: Any) -> Any:
    """A value as it is frozen: texts tidied, days and moments as ISO text (moments in UTC), keys as text, the rest as it is."""
    if isinstance(value, str):
        return tidy(value)
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(inner) for inner in value]
    return value if value is None or isinstance(value, (bool, int)) else str(value)


def canonical_text(content: Content) -> str:
    """The one text that stands for a content: the same facts and words always give the same text, others never do.

    JSON with sorted keys; texts tidied. Reading it back and asking again gives the same text.
    """
    return json.dumps(plain(content), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def content_hash(content: Content) -> str:
    """SHA-256 of the canonical text, in hexadecimal."""
    return hashlib.sha256(canonical_text(content).encode()).hexdigest()


def fingerprint(text: str) -> str:
    """The beginning of the SHA-256 of a text, by which a form says which text it began from."""
    return hashlib.sha256(tidy(text).encode()).hexdigest()[:FINGERPRINT_LETTERS]


def frozen_board(board: Any) -> dict[str, Any]:
    """The content of a board (selectors.Board) as of now: their words, needs, goals, objectives and actions, in their order.

    Goals that ended since the last signing stand under `ended`, so that a version tells how it went.
    """
    plan = board.plan
    content = {
        "edition": CONTENT_EDITION,
        "plan": plan.pk,
        "client": plan.client_id,
        "episode": plan.episode_id,
        "title": plan.title,
        "own_words": plan.own_words,
        "needs": [_frozen_need(need) for need in board.needs],
        "ended": [_frozen_goal(goal) for goal in board.ended_since(plan.signed_at)],
    }
    frozen: dict[str, Any] = plain(content)
    return frozen


def _frozen_need(row: Any) -> dict[str, Any]:
    facts = _facts(row.need, "title", "words", "domain") if row.need else {"id": "", "title": ""}
    return facts | {"goals": [_frozen_goal(goal) for goal in row.goals]}


def _frozen_goal(row: Any) -> dict[str, Any]:
    return _facts(row.goal, "title", "words", "domain", "status", "target_date", "closed_because") | {
        "objectives": [_frozen_objective(step) for step in row.steps],
        "actions": [_frozen_action(action) for action in row.loose if action.ended_at is None],
    }


def _frozen_objective(row: Any) -> dict[str, Any]:
    names = ("title", "measure", "baseline", "aim", "instrument", "due_date", "status", "outcome")
    actions = [_frozen_action(action) for action in row.interventions if action.ended_at is None]
    return _facts(row.objective, *names) | {"actions": actions}


def _frozen_action(action: Any) -> dict[str, Any]:
    return _facts(action, "title", "staff_id", "who", "how_often", "where")


def _facts(row: Any, *names: str) -> dict[str, Any]:
    return {"id": row.pk} | {name: getattr(row, name) for name in names}


# What changed -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Change:
    """One difference between two contents. kind: plan, need, goal, objective or action. how: added, gone, closed or changed.

    field, was, now: for a change, which fact, and both its values as frozen (dates in ISO, codes as codes).
    """

    kind: str
    how: str
    title: str
    field: str = ""
    was: str = ""
    now: str = ""


# Keys and codes that say nothing to a reader are left out.
_COMPARED: Mapping[str, tuple[str, ...]] = {
    "plan": ("own_words", "review_date"),
    "need": ("title", "words"),
    "goal": ("title", "words", "target_date"),
    "objective": ("title", "measure", "baseline", "aim", "due_date"),
    "action": ("title", "who", "how_often", "where"),
}


def changes(before: Content, after: Content) -> list[Change]:
    """What is different in `after`, in its order: facts of the plan first, then what was added, changed, closed, and what is gone."""
    old, new = dict(_things(before)), dict(_things(after))
    found = _changed("plan", "", before, after)
    for (kind, key), thing in new.items():
        was = old.get((kind, key))
        if was is None:
            found.append(Change(kind, "added", thing["title"]))
            continue
        if thing.get("status", "") != was.get("status", ""):
            found.append(Change(kind, "closed", thing["title"], "status", was.get("status", ""), thing["status"]))
        found += _changed(kind, thing["title"], was, thing)
    return found + [
        Change(kind, "gone", thing["title"]) for (kind, key), thing in old.items() if _is_gone(kind, key, thing, new)
    ]


def _is_gone(kind: str, key: str, thing: Content, new: Mapping[tuple[str, str], Content]) -> bool:
    """A goal that had ended when it was last signed isn't told again, nor is what belonged to it."""
    return (kind, key) not in new and thing.get("status", "active") == "active"


def _changed(kind: str, title: str, was: Content, now: Content) -> list[Change]:
    return [
        Change(kind, "changed", title, name, str(was.get(name) or ""), str(now.get(name) or ""))
        for name in _COMPARED[kind]
        if (was.get(name) or "") != (now.get(name) or "")
    ]


def _things(content: Content) -> Iterator[tuple[tuple[str, str], Content]]:
    """Everything with a key, by kind and key, in the order of the page."""
    for need in content.get("needs", ()):
        if need["id"]:
            yield ("need", need["id"]), need
        yield from _goals(need.get("goals", ()))
    yield from _goals(content.get("ended", ()))


def _goals(goals: Iterable[Content]) -> Iterator[tuple[tuple[str, str], Content]]:
    for goal in goals:
        yield ("goal", goal["id"]), goal
        for objective in goal.get("objectives", ()):
            yield ("objective", objective["id"]), objective
            yield from (((("action", action["id"]), action)) for action in objective.get("actions", ()))
        yield from ((("action", action["id"]), action) for action in goal.get("actions", ()))
