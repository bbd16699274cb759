"""What each role may do stands in a file; a slip in it would quietly open nothing."""

import wayfellow.config.urls  # noqa: F401 - brings in the verbs of every package
from wayfellow.access import roles


def test_every_pattern_of_a_role_names_a_verb() -> None:
    assert roles.unmatched_patterns() == []
