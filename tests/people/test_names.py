"""Names as keys, and finding people by them."""

import pytest

from tests.factories import people
from tests.factories import programs as make
from wayfellow.people import rules, selectors


@pytest.mark.parametrize(
    ("written", "found"), [("  José  ÁLVAREZ ", "jose alvarez"), ("O’Neil-Rey", "o neil rey"), ("…", "")]
)
def test_a_plain_name_has_small_letters_and_no_accents(written, found):
    assert rules.plain(written) == found


@pytest.mark.parametrize("typed", ["Maribel", "Maribl", "Maribell", "Maribal"])
def test_names_one_letter_off_share_a_key(typed):
    assert rules.search_keys(typed) & rules.name_keys("Maribel Ortiz")


def test_a_short_name_is_found_only_whole():
    assert rules.search_keys("Bo") == {"bo"}


@pytest.mark.parametrize(
    ("one", "other", "is_close"),
    [("sam rowe", "sam rowe", True), ("sam", "sam rowe", True), ("sam rowe", "pat rowe", False), ("ann", "anne", True)],
)
def test_close_names_differ_by_one_letter_or_one_is_a_word_of_the_other(one, other, is_close):
    assert rules.is_close(one, other) is is_close


@pytest.mark.django_db
def test_people_are_found_by_chosen_or_legal_name_and_only_ones_own():
    worker = make.staff(make.agency())
    mine = people.name_keys(make.client_of(worker, chosen_name="Maribel", legal_name="Mary Ortiz"))
    people.name_keys(people.client(worker.agency, chosen_name="Maribel"))

    for words in ("mari", "Ortiz", "Maribl"):
        assert selectors.clients_named(actor=make.actor(worker), words=words) == [mine], words
    assert selectors.clients_named(actor=make.actor(worker), words=" ") == []
