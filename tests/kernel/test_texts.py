"""One spelling of what people type."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayfellow.kernel.texts import is_same_name, joined, tidy

typed_texts = st.text(max_size=60)


def test_windows_line_ends_trailing_spaces_and_composed_letters_are_the_same_words():
    assert tidy("Café\r\nat ten  \r\n") == tidy("Cafe\u0301\nat ten")


@given(typed_texts)
def test_tidying_twice_changes_nothing(text):
    assert tidy(tidy(text)) == tidy(text)


@pytest.mark.parametrize(
    ("theirs", "mine", "both"),
    [("a", "b", "a\n\nb"), ("same", "same ", "same"), ("", "b", "b"), ("a longer text", "longer", "a longer text")],
)
def test_two_texts_become_one_that_says_nothing_twice(theirs, mine, both):
    assert joined(theirs, mine) == both


@given(typed_texts, typed_texts)
def test_joining_two_texts_keeps_every_word_of_both(theirs, mine):
    both = joined(theirs, mine)

    assert tidy(theirs) in both
    assert tidy(mine) in both


@pytest.mark.parametrize(
    ("typed", "is_same"),
    [
        ("Renee Castellanos", True),
        ("  renee   CASTELLANOS ", True),
        ("Renée Castellanos", False),
        ("R. Castellanos", False),
        ("", False),
        (" ", False),
    ],
)
def test_a_typed_name_is_the_name_letter_case_and_spaces_aside(typed, is_same):
    assert is_same_name(typed, "Renee Castellanos") is is_same


def test_no_name_is_nobodys_name():
    assert not is_same_name(" ", "")
