"""What a note is made of: formats, the canonical text, headlines, and what else to try."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayfellow.kernel.texts import tidy
from wayfellow.notes import rules
from wayfellow.notes.models import Note
from wayfellow.notes.rules import Content, Try

AT = datetime(2026, 11, 24, 15, 30, tzinfo=UTC)
CLIENT, AUTHOR, THREAD, OTHER = (UUID(int=number) for number in range(1, 5))

texts = st.text(max_size=60)
contents = st.builds(
    Content,
    kind=st.sampled_from(Note.Kind.values),
    happened_at=st.datetimes(min_value=datetime(2020, 1, 1), max_value=datetime(2030, 1, 1), timezones=st.just(UTC)),
    is_contact=st.booleans(),
    minutes=st.none() | st.integers(0, 600),
    where=texts,
    who_was_there=texts,
    format=st.sampled_from(Note.Format.values),
    parts=st.dictionaries(st.sampled_from(list(rules.parts_known())), texts, max_size=5),
    client_can_read=st.booleans(),
)


def canonical(content, **fields):
    values = {"client_id": CLIENT, "author_id": AUTHOR, "threads": [THREAD, OTHER], "signed_name": "Renee"}
    return rules.canonical_text(content, **(values | fields))


def test_the_file_and_the_database_know_the_same_formats():
    assert list(rules.formats()) == Note.Format.values


def test_every_part_belongs_to_a_format():
    used = {part.code for one in rules.formats().values() for part in one.parts}

    assert used == set(rules.parts_known())


@given(contents)
def test_the_canonical_text_is_the_same_for_the_same_note(content):
    shuffled = replace(content, parts=dict(reversed(list(content.parts.items()))))
    elsewhere = replace(content, happened_at=content.happened_at.astimezone(timezone(timedelta(hours=-5))))

    assert canonical(content) == canonical(content.tidied())
    assert canonical(content) == canonical(shuffled, threads=[OTHER, THREAD, OTHER])
    assert canonical(content) == canonical(elsewhere)


@given(contents, contents)
def test_two_notes_share_a_canonical_text_only_when_they_say_the_same(first, second):
    same = first.tidied() == second.tidied()

    assert (canonical(first) == canonical(second)) is same


@given(contents)
def test_tidying_twice_changes_nothing(content):
    assert content.tidied().tidied() == content.tidied()


@pytest.mark.parametrize(
    "change",
    [
        {"minutes": 41},
        {"where": "At home"},
        {"who_was_there": "Her sister"},
        {"client_can_read": False},
        {"parts": {"words": "We walked to the park."}},
        {"parts": {"plan": "We walked to the bank."}},
        {"happened_at": AT + timedelta(minutes=1)},
    ],
)
def test_every_fact_of_a_note_is_in_its_canonical_text(change):
    content = Content(kind="visit", happened_at=AT, minutes=40, parts={"words": "We walked to the bank."})

    assert canonical(content) != canonical(replace(content, **change))


@pytest.mark.parametrize("change", [{"client_id": OTHER}, {"author_id": OTHER}, {"threads": []}, {"signed_name": "R"}])
def test_who_it_is_about_who_wrote_it_and_what_it_served_are_in_it_too(change):
    content = Content(kind="visit", happened_at=AT)

    assert canonical(content) != canonical(content, **change)


@given(*[st.dictionaries(st.sampled_from(["data", "plan", "words"]), texts)] * 2)
def test_keeping_both_versions_keeps_every_word_of_both(theirs, mine):
    both = rules.joined_parts(theirs, mine)

    for version in (theirs, mine):
        for code, text in version.items():
            assert tidy(text) in both[code]


@pytest.mark.parametrize(
    ("text", "headline"),
    [
        ("Met at the door. She was rested.", "Met at the door."),
        ("One line\nand another", "One line"),
        ("No end", "No end"),
        ("word " * 40, "word " * 17 + "word…"),
        ("x" * 200, "x" * 89 + "…"),
        ("  . Odd start", ". Odd start"),
    ],
)
def test_a_headline_is_the_first_sentence(text, headline):
    assert rules.headline("free", {"words": text}) == headline


def test_what_follows_the_headline_does_not_say_it_again():
    parts = {"data": "Met at the door. She was rested.", "plan": "Call on Friday."}

    assert rules.after_headline("dap", parts) == "She was rested. Call on Friday."
    assert rules.after_headline("free", {"words": "One sentence."}) == ""
    assert rules.after_headline("free", {"words": "word " * 40}).startswith("word word")


@given(texts, st.integers(5, 80))
def test_a_cut_text_is_never_too_long(text, letters):
    assert len(rules.cut(text, letters)) <= letters


def test_words_of_another_format_come_after_those_of_the_chosen_one():
    parts = {"words": "Free words.", "plan": "Call.", "data": "Rested."}

    ordered = rules.parts_in_order("dap", parts)

    assert [part.code for part, _ in ordered] == ["data", "plan", "words"]


def test_one_try_is_no_pattern():
    assert rules.another_way([Try(9, "call")]) is None


def test_after_two_calls_in_the_morning_other_hours_and_other_ways_are_named():
    advice = rules.another_way([Try(9, "call"), Try(10, "call")])

    assert advice == rules.Advice(2, ("afternoon", "evening"), ("message", "visit"))


def test_the_way_they_like_comes_first():
    advice = rules.another_way([Try(9, "call"), Try(10, "call")], liked="in_person")

    assert advice.channels[0] == "visit"


def test_when_everything_was_tried_nothing_is_suggested():
    tries = [Try(9, "call"), Try(14, "message"), Try(19, "visit"), Try(19, "video")]

    assert rules.another_way(tries) is None
