"""One spelling of what people type: to keep it, to compare it, to sign it. Pure."""

import unicodedata


def tidy(text: str) -> str:
    """One spelling of the same text: Unicode composed (NFC), line ends \\n, no spaces at the ends of lines or of the whole."""
    composed = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    return "\n".join(line.rstrip() for line in composed.split("\n")).strip()


def joined(theirs: str, mine: str) -> str:
    """Both texts tidied, theirs first, once where one holds the other: nobody's words vanish."""
    first, second = tidy(theirs), tidy(mine)
    if first in second or second in first:
        return max(first, second, key=len)
    return f"{first}\n\n{second}"


def is_same_name(typed: str, name: str) -> bool:
    """Whether the typed name is the name, letter case and spaces aside; an accent counts. An empty one never is."""
    return bool(typed.strip()) and _plain_name(typed) == _plain_name(name)


def _plain_name(name: str) -> str:
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())
