"""Names as keys for finding them: plain forms, and each with one letter left out."""

from __future__ import annotations

import unicodedata

from rapidfuzz.distance import DamerauLevenshtein

SHORTEST_KEY = 4


def plain(name: str) -> str:
    """The name in small letters, without accents, marks or doubled spaces."""
    bare = unicodedata.normalize("NFKD", name).casefold()
    letters = (letter if letter.isalnum() else " " for letter in bare if not unicodedata.combining(letter))
    return " ".join("".join(letters).split())


def search_keys(name: str) -> set[str]:
    """The plain form and, for names of four letters or more, each with one letter left out.

    Two names that differ by one letter added, lost or changed share a key (one-deletion keys).
    """
    whole = plain(name)
    keys = {whole} if whole else set()
    if len(whole) >= SHORTEST_KEY:
        keys |= {whole[:place] + whole[place + 1 :] for place in range(len(whole))}
    return keys


def name_keys(*names: str) -> set[str]:
    """Everything a person may be found by: each whole name and each word of it, with their one-letter-off keys."""
    parts = {part for name in names for part in (plain(name), *plain(name).split())}
    return {key for part in parts if part for key in search_keys(part)}


def is_close(one: str, other: str) -> bool:
    """Whether two plain names are the same but for one letter, or one is a whole word of the other."""
    if DamerauLevenshtein.distance(one, other, score_cutoff=1) <= 1:
        return True
    shorter, longer = sorted((one, other), key=len)
    return shorter in longer.split()
