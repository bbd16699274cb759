"""What the answers to the ASQ mean, by its published rule, and the lines that answer at any hour."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayfellow.safety import rules

LINKS = [question.link_id for question in rules.questions()]
ANY_ANSWERS = st.dictionaries(st.sampled_from(LINKS), st.sampled_from(["", rules.YES, rules.NO, rules.REFUSED]))


def asked(*words):
    """Answers in order; None isn't asked."""
    return {link: word for link, word in zip(LINKS, words, strict=False) if word}


@pytest.mark.parametrize(
    ("answers", "outcome", "asks_fifth"),
    [
        (asked("no", "no", "no", "no"), "negative", False),
        (asked("yes", "no", "no", "no"), "positive", True),
        (asked("no", "no", "refused", "no"), "positive", True),
        (asked("no", "no", "no", "yes", "no"), "positive", False),
        (asked("no", "yes", "no", "no", "yes"), "acute", False),
        (asked("no", "yes", "no", "no", "refused"), "acute", False),
        (asked("yes"), "positive", True),
        (asked("no", "no", "no"), "not_asked", False),
        ({}, "not_asked", False),
        ({"asq-5": "yes"}, "acute", False),
    ],
)
def test_answers_mean_what_the_toolkit_says(answers, outcome, asks_fifth):
    assert rules.outcome(answers) == outcome
    assert rules.needs_the_fifth(answers) == asks_fifth


def test_the_vectors_collected_elsewhere_come_out(shared_data):
    path = shared_data / "instruments" / "scoring-vectors.json"
    words = {1: rules.YES, 0: rules.NO, None: None}
    ours = {"negative": "negative", "non-acute positive": "positive", "acute positive": "acute"}
    cases = [case for case in json.loads(path.read_text())["vectors"] if case["instrument"] == "asq"]
    assert cases

    for case in cases:
        assert rules.outcome(asked(*[words[answer] for answer in case["answers"]])) == ours[case["result"]]


@given(answers=ANY_ANSWERS, link=st.sampled_from(LINKS))
def test_a_yes_never_makes_it_look_calmer(answers, link):
    order = ["negative", "not_asked", "positive", "acute"]

    before, after = rules.outcome(answers), rules.outcome(answers | {link: rules.YES})

    assert order.index(after) >= order.index(before)
    assert after in ("positive", "acute")


@given(answers=ANY_ANSWERS)
def test_negative_means_that_all_four_were_asked_and_denied(answers):
    if rules.outcome(answers) == "negative":
        assert [answers.get(link) for link in rules.FIRST_FOUR] == [rules.NO] * 4


@pytest.mark.parametrize("answers", [{"asq-9": "yes"}, {"asq-1": "maybe"}])
def test_what_is_no_answer_is_refused(answers):
    with pytest.raises(rules.NotAnAnswer):
        rules.checked(answers)


def test_an_empty_answer_is_left_out():
    assert rules.checked({"asq-2": "no", "asq-1": ""}) == {"asq-2": "no"}


def test_there_are_five_questions_with_their_credit():
    assert [*rules.FIRST_FOUR, rules.RIGHT_NOW] == LINKS
    assert "NIMH" in rules.credit()


def test_every_line_is_dated_and_has_a_source():
    lines = {line.code: line for line in rules.lines()}

    assert (lines["988"].phone, lines["988"].text) == ("988", "988")
    assert all(line.source and line.reviewed_on for line in rules.lines())
