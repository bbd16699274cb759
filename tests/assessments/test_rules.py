"""How scales are scored: published cases, vectors collected elsewhere, and what must hold for any answers."""

import json
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayfellow.assessments import rules

PHQ9, GAD7 = rules.instruments()["phq-9"], rules.instruments()["gad-7"]
SCALES = [PHQ9, GAD7]
DAY = date(2026, 1, 5)


def scored(scale):
    return [item.link_id for item in scale.items if item.is_scored]


def given_answers(scale, values):
    """Answers in the scale's order; None is left out."""
    return {link: value for link, value in zip(scored(scale), values, strict=True) if value is not None}


def some_answers(scale):
    return st.dictionaries(st.sampled_from(scored(scale)), st.integers(0, 3))


# Totals and bands ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("scale", "total", "band"),
    [
        (PHQ9, 0, "minimal"), (PHQ9, 4, "minimal"), (PHQ9, 5, "mild"), (PHQ9, 9, "mild"), (PHQ9, 10, "moderate"),
        (PHQ9, 14, "moderate"), (PHQ9, 15, "moderately-severe"), (PHQ9, 19, "moderately-severe"), (PHQ9, 20, "severe"),
        (PHQ9, 27, "severe"), (GAD7, 0, "minimal"), (GAD7, 4, "minimal"), (GAD7, 5, "mild"), (GAD7, 9, "mild"),
        (GAD7, 10, "moderate"), (GAD7, 14, "moderate"), (GAD7, 15, "severe"), (GAD7, 21, "severe"),
    ],
)  # fmt: skip
def test_each_edge_of_a_band_is_as_published(scale, total, band):
    count = len(scored(scale))
    values = [min(3, max(0, total - 3 * place)) for place in range(count)]

    assert rules.score(scale, given_answers(scale, values)) == rules.Score(total, band, ())


@pytest.mark.parametrize("code", ["phq-9", "gad-7"])
def test_the_vectors_collected_elsewhere_come_out(code, shared_data):
    scale = rules.instruments()[code]
    vectors = json.loads((shared_data / "instruments" / "scoring-vectors.json").read_text())["vectors"]
    cases = [case for case in vectors if case["instrument"] == code]
    assert cases

    for case in cases:
        answers = given_answers(scale, case["answers"])
        found = rules.score(scale, answers)
        assert found.total == case["total"]
        assert found.band.replace("-", " ") == case.get("band", "")
        assert rules.tells_of_self_harm(scale, answers) == case.get("safety", False)


@pytest.mark.parametrize("code", ["phq-9", "gad-7"])
def test_questions_stand_as_they_were_collected(code, shared_data):
    theirs = json.loads((shared_data / "instruments" / f"{code}.json").read_text())["item"]
    texts = {item["linkId"]: item["text"] for item in theirs}

    assert all(texts[item.link_id] == item.text for item in rules.instruments()[code].items)


def test_the_scales_are_whole():
    assert [len(scored(scale)) for scale in SCALES] == [9, 7]
    assert [scale.highest_total for scale in SCALES] == [27, 21]
    for scale in SCALES:
        assert scale.copyright
        assert scale.source
        assert [band.low for band in scale.bands][1:] == [band.high + 1 for band in scale.bands][:-1]
        assert all([option.value for option in item.options] == [0, 1, 2, 3] for item in scale.items)


def test_how_hard_it_makes_things_is_no_part_of_the_total():
    last = PHQ9.items[-1]
    answers = given_answers(PHQ9, [1] * 9)

    assert not last.is_scored
    assert rules.score(PHQ9, answers | {last.link_id: 3}).total == 9


@pytest.mark.parametrize("scale", SCALES, ids=lambda scale: scale.code)
@given(data=st.data())
def test_any_answers_give_the_sum_of_all_or_no_total(scale, data):
    answers = data.draw(some_answers(scale))

    found = rules.score(scale, answers)

    if len(answers) == len(scored(scale)):
        assert found.total == sum(answers.values())
        assert found.band
        assert 0 <= found.total <= scale.highest_total
    else:
        assert (found.total, found.band) == (None, "")
        assert set(found.missing) == set(scored(scale)) - set(answers)


@pytest.mark.parametrize("scale", SCALES, ids=lambda scale: scale.code)
@given(data=st.data())
def test_a_higher_answer_never_lowers_the_total(scale, data):
    answers = {link: data.draw(st.integers(0, 2)) for link in scored(scale)}
    raised = data.draw(st.sampled_from(scored(scale)))

    more = rules.score(scale, answers | {raised: answers[raised] + 1}).total

    assert more == rules.score(scale, answers).total + 1


@given(answers=some_answers(PHQ9))
def test_item_9_above_zero_tells_of_self_harm_whatever_the_total(answers):
    assert rules.tells_of_self_harm(PHQ9, answers) == (answers.get("44260-8", 0) > 0)


# What isn't an answer ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("answers", [{"44250-9": 4}, {"44250-9": -1}, {"no-such-question": 1}])
def test_what_the_scale_does_not_offer_is_no_answer(answers):
    with pytest.raises(rules.NotAnAnswer):
        rules.checked(PHQ9, answers)


def test_answers_are_kept_in_the_order_of_the_questions():
    backwards = dict(reversed(given_answers(GAD7, [0, 1, 2, 3, 0, 1, 2]).items()))

    assert list(rules.checked(GAD7, backwards)) == scored(GAD7)


# Change --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("scale", "first", "last", "days", "code"),
    [
        (PHQ9, 18, 12, 60, "better"), (PHQ9, 18, 13, 60, "same"), (PHQ9, 12, 18, 60, "worse"), (PHQ9, 12, 17, 60, "same"),
        (GAD7, 12, 8, 60, "better"), (GAD7, 12, 9, 60, "same"), (GAD7, 8, 12, 60, "worse"),
        (PHQ9, 27, 0, 13, "early"), (PHQ9, 27, 0, 14, "better"),
    ],
)  # fmt: skip
def test_a_change_counts_from_the_published_number_of_points(scale, first, last, days, code):
    found = rules.change(scale, [(DAY, first), (DAY + timedelta(days=days), last)])

    assert (found.code, found.points) == (code, last - first)


def test_one_result_is_no_change():
    assert rules.change(PHQ9, [(DAY, 12)]).code == "first"


@given(between=st.lists(st.integers(0, 27)), first=st.integers(0, 27), last=st.integers(0, 27))
def test_only_the_ends_decide_and_both_directions_are_judged_alike(between, first, last):
    days = [DAY + timedelta(days=30 * place) for place in range(len(between) + 2)]

    there = rules.change(PHQ9, list(zip(days, [first, *between, last], strict=True)))
    back = rules.change(PHQ9, [(days[0], last), (days[-1], first)])

    assert there.points == -back.points
    assert {there.code, back.code} in ({"same"}, {"better", "worse"})
