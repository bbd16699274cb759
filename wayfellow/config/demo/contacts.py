"""The notes of a story: each contact and each try, signed or not, with the actions it served."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from wayfellow.config.demo.cast import Person
from wayfellow.config.demo.tale import Tale, Thread
from wayfellow.config.demo.words import SPANISH, phase_of, read
from wayfellow.notes import rules
from wayfellow.notes.models import Amendment, Note, NoteThread
from wayfellow.plans.models import Intervention
from wayfellow.programs.models import Staff

RHYTHM = {"light": 30, "steady": 14, "active": 7, "intensive": 3}
# Closer contact is for a time: further back, people were seen less often.
CLOSE_DAYS, LOOSE_DAYS = 90, 365
WITH_OTHERS_AFTER = 8
REMOTE = {"call", "video", "message"}
AFTER_CRISIS = "after a crisis"
FORMATS = {"renee": "dap", "abel": "free", "tess": "dap", "simone": "soap", "lupe": "birp"}
KINDS = ("visit", "visit", "visit", "visit", "office", "call", "call", "video", "message")
MINUTES = {
    "visit": (35, 65),
    "office": (30, 50),
    "call": (8, 25),
    "video": (25, 45),
    "message": (5, 10),
    "with_others": (20, 40),
}
WHERE = {"visit": "At home", "office": "North office", "with_others": "North office"}
TRIES = (
    ("no_answer", "call"),
    ("left_message", "call"),
    ("not_there", "visit"),
    ("declined", "message"),
    ("no_answer", "message"),
)


def contacts_made(tale: Tale) -> None:
    """Every contact from the first day to the last one, oldest first, then what stayed open."""
    if not tale.workers:
        return
    person, is_first_stay = tale.person, tale.program == tale.crew.programs[tale.person.program]
    last = person.last_days if is_first_stay else 4
    days = _contact_days(tale, max(last, tale.end, 1))
    for place, ago in enumerate(days):
        is_last = place == len(days) - 1
        kind = person.last_kind if is_last and person.last_kind else tale.random.choice(KINDS)
        # In a Part 2 stay nobody is spoken with about them: that would need their consent.
        is_apart = is_last or ago <= WITH_OTHERS_AFTER or tale.program.is_part2
        if not is_apart and tale.random.random() < 0.04:
            kind = "with_others"
        _contact(tale, ago, kind, unsigned=_is_unsigned(person, place, len(days)) and is_first_stay and not tale.end)
        if not is_last and tale.random.random() < 0.05:
            _attempt(tale, max(ago - 1, days[place + 1] + 1, 1), *tale.random.choice(TRIES))
    if "attempts" in person.flags and not tale.end and days and days[-1] > 3:
        for ago in (days[-1] - 2, max(1, days[-1] - 3)):
            _attempt(tale, ago, *tale.random.choice(TRIES[:2]))


def _contact_days(tale: Tale, last: int) -> list[int]:
    """Days ago, the oldest first: about the agreed rhythm, looser further back, a visit on the day they came."""
    every = tale.person.every_days or RHYTHM[tale.person.level]
    found, ago = [], last
    while ago < tale.start:
        found.append(ago)
        usual = every if ago < CLOSE_DAYS else max(every, 7) if ago < LOOSE_DAYS else max(every, 14)
        if "crisis" in tale.person.flags and ago > tale.days.last_sunday():
            usual = 7
        step = max(1, round(usual * tale.random.uniform(0.75, 1.25)))
        ago = max(ago + 1, tale.days.workday(ago + step))
    if not found or found[-1] < tale.start:
        found.append(max(tale.start, last))
    return found[::-1]


def _is_unsigned(person: Person, place: int, count: int) -> bool:
    if {"unsigned", "half"} & person.flags and place == count - 1:
        return True
    return "oldunsigned" in person.flags and place == max(0, count - 2)


def _contact(tale: Tale, ago: int, kind: str, *, unsigned: bool) -> Note:
    """One contact, with its words, its threads and its signature."""
    happened, author = tale.days.at(ago, tale.hour()), tale.worker_on(ago)
    minutes = tale.random.randint(*MINUTES[kind])
    worked = _worked_on(tale, ago)
    shared = "peer" in tale.helpers and tale.random.random() < 0.6
    code = next(code for code, staff in tale.crew.staff.items() if staff == author)
    layout = FORMATS.get(code, "free") if kind != "message" else "free"
    parts = _parts(tale, worked, kind, layout, ago)
    if unsigned and "half" in tale.person.flags:
        parts.pop("plan", None)
    note: Note = tale.add(
        Note,
        happened,
        kind=kind,
        is_contact=kind != "with_others",
        happened_at=happened,
        minutes=minutes,
        where=WHERE.get(kind, "") if not (kind == "visit" and tale.random.random() < 0.2) else "Outside, walking",
        who_was_there=_others(tale, kind),
        format=layout,
        parts=parts,
        is_shared_with_peer=shared,
        **_kept_from_them(tale),
        author_id=author.pk,
        created_at=happened + timedelta(minutes=minutes + 15),
    )
    served = _served(tale, worked, happened)
    if not unsigned:
        _signed(tale, note, author, served, ago)
    for intervention in served:
        tale.add(NoteThread, note.created_at, note=note, intervention=intervention)
    return note


def _signed(tale: Tale, note: Note, author: Staff, served: Sequence[Intervention], ago: int) -> None:
    """Signed the same day, or the next morning, and once in a long while amended."""
    later = (
        timedelta(hours=tale.random.randint(17, 22)) if ago > 2 and tale.random.random() < 0.25 else timedelta(hours=2)
    )
    note.signed_at, note.signed_name = note.created_at + later, author.name
    text = rules.canonical_text(
        note.content,
        client_id=note.client_id,
        author_id=note.author_id,
        threads=[one.pk for one in served],
        signed_name=note.signed_name,
    )
    note.content_hash = rules.content_hash(text)
    if ago > 4 and tale.random.random() < 0.015:
        book = read("general")["amendments"]
        place, at = tale.random.randrange(len(book["words"])), note.signed_at + timedelta(days=1, hours=1)
        about = {"words": book["words"][place], "why": book["why"][place], "author_name": author.name}
        tale.add(Amendment, at, note=note, author_id=author.pk, amended_at=at, **about)


def _attempt(tale: Tale, ago: int, attempt: str, kind: str) -> None:
    """A try of one tap: closed at once, no name under it."""
    author, at = tale.worker_on(ago), tale.days.at(ago, tale.hour(10, 15))
    note = tale.add(
        Note,
        at,
        kind=kind,
        is_contact=False,
        attempt=attempt,
        happened_at=at,
        author_id=author.pk,
        created_at=at,
        signed_at=at,
    )
    text = rules.canonical_text(note.content, client_id=note.client_id, author_id=author.pk, threads=(), signed_name="")
    note.content_hash = rules.content_hash(text)


def _worked_on(tale: Tale, ago: int) -> list[Thread]:
    """One or two of the threads that were open that day; none on the very first."""
    going_on = [thread for thread in tale.threads if thread.since >= ago >= thread.until]
    if not going_on:
        return []
    return tale.random.sample(going_on, min(len(going_on), tale.random.choice((1, 1, 2))))


def _served(tale: Tale, worked: Sequence[Thread], happened: datetime) -> list[Intervention]:
    """The actions that this contact served. Now and then a contact served none: that, too, is life."""
    if tale.random.random() < 0.06:
        return []
    found = []
    for thread in worked:
        known = [
            one for one in thread.actions
            if one.created_at <= happened and (one.ended_at is None or one.ended_at > happened)
        ]  # fmt: skip
        mine = [one for one in known if one.staff_id == tale.worker.pk] or known
        if mine:
            found.append(tale.random.choice(mine))
    return found


def _kept_from_them(tale: Tale) -> dict[str, Any]:
    """Once in a long while a note isn't for the person's own eyes, and says why."""
    if tale.random.random() > 0.008:
        return {}
    return {"client_can_read": False, "not_readable_because": "Names a neighbor who told us something in confidence."}


def _others(tale: Tale, kind: str) -> str:
    here = []
    if tale.person.interpreter and kind != "message":
        here.append(f"Interpreter, {tale.person.language}")
    if tale.circle and kind == "visit" and tale.random.random() < 0.15:
        here.append(tale.circle[0].name)
    return ", ".join(here)


def _parts(tale: Tale, worked: Sequence[Thread], kind: str, layout: str, ago: int) -> dict[str, str]:
    """What was written, by the parts of the format. What was worked on comes first: it is the note's headline."""
    book, draw = read("general"), tale.deck.draw
    phases = {thread.name: phase_of(thread.since - ago, is_stuck=tale.person.is_stuck) for thread in worked}
    phase = phases[worked[0].name] if worked else "early"
    begin = tale.fill(draw(("begin", kind), book["begin"][kind]))
    is_after_crisis = "crisis" in tale.person.flags and ago < tale.days.last_sunday()
    if is_after_crisis:
        kind, worked = AFTER_CRISIS, worked[:1]
    facts = [_fact(tale, thread, kind, phases[thread.name]) for thread in worked] or [begin]
    if worked and tale.random.random() < 0.3:
        facts.insert(1, begin)
    quote = _quote(tale, worked, kind, phase)
    plan = _next_step(tale, worked, kind)
    meant = book["after_crisis"]["meaning"] if is_after_crisis else book["meaning"][phase]
    meaning = tale.fill(draw(("meaning", kind, phase), meant))
    seen = " ".join(facts)
    if layout == "dap":
        parts = {"data": f"{seen} {quote}", "assessment": meaning, "plan": plan}
    elif layout == "birp":
        did, response = draw(("did",), book["did"]["any"]), tale.fill(draw(("response",), book["response"]["any"]))
        parts = {"behavior": seen, "intervention": did, "response": f"{response} {quote}", "plan": plan}
    elif layout == "soap":
        parts = {"subjective": quote, "objective": seen, "assessment": meaning, "plan": plan}
    else:
        parts = {"words": f"{seen} {quote} {plan}"}
    return rules.tidy_parts({code: " ".join(text.split()) for code, text in parts.items()})


def _fact(tale: Tale, thread: Thread, kind: str, phase: str) -> str:
    """What happened in one thread: told as it was seen there, or as it was told from afar."""
    book = read("general")
    if kind == AFTER_CRISIS:
        text = tale.deck.draw((kind,), book["after_crisis"]["facts"])
    elif kind == "with_others":
        text = tale.deck.draw(("others",), book["others"]["any"])
    elif kind in REMOTE:
        text = tale.deck.draw(("remote", phase), book["remote"][phase])
    else:
        text = tale.deck.draw((thread.name, phase, kind), _told_at(kind, thread.arc["talk"][phase]))
    return tale.fill(text).replace("{what}", thread.need.title)


def _next_step(tale: Tale, worked: Sequence[Thread], kind: str) -> str:
    """What was agreed at the end."""
    if kind == AFTER_CRISIS:
        return tale.fill(tale.deck.draw((kind, "next"), read("general")["after_crisis"]["next"]))
    if not worked:
        return "We meet again next week."
    return tale.fill(tale.deck.draw((worked[0].name, "next"), worked[0].arc["talk"]["next"]))


def _told_at(kind: str, sentences: Sequence[str]) -> Sequence[str]:
    """What can have happened there: at the office nobody sees the kitchen."""
    if kind != "office":
        return sentences
    at_home = read("general")["at_home"]
    return [one for one in sentences if not any(word in one for word in at_home)] or sentences


def _quote(tale: Tale, worked: Sequence[Thread], kind: str, phase: str) -> str:
    """Something they said, once things moved, in about half of the notes; in Spanish where they said it in Spanish."""
    if not worked or kind in ("with_others", AFTER_CRISIS) or phase == "early" or tale.random.random() < 0.4:
        return ""
    talk: dict[str, Any] = worked[0].arc["talk"]
    piles = ["quotes", "quotes_es"] if tale.person.language == SPANISH else ["quotes"]
    cards = [card for pile in piles for card in talk.get(pile, [])]
    if phase == "late":
        cards += [card for pile in piles for card in talk.get(f"{pile}_late", [])]
    quote = tale.deck.draw((worked[0].name, "quotes", phase), cards)
    frame = tale.fill(tale.deck.draw(("said",), read("general")["said"]["free"]))
    return frame.replace("{quote}", quote)
