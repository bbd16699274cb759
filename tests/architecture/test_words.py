"""Words on the screen: the ones that blame, shout or say nothing."""

import ast
import re
from collections.abc import Iterator

from tests.architecture import tree

NEVER = re.compile(
    r"\b(invalid|successfully|please|oops|non-?compliant|no-?show|abuser|overdue|patients?|cases?(?! manager))\b|!(?=\s|$|[\"'<])",
    re.IGNORECASE,
)
GETTEXT = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy"}
TRANSLATED = re.compile(r"{%\s*(?:translate|trans)\s+(\"[^\"]*\"|'[^']*')")
BLOCK = re.compile(r"{%\s*blocktrans(?:late)?\b.*?%}(.*?){%\s*endblocktrans(?:late)?\s*%}", re.S)
# "in case" and "case management" are no person.
FINE = re.compile(r"\b(?:in|just in|any|each|this|that|which) cases?\b|\bcase (?:management|load|work)", re.IGNORECASE)


def words_in_python(path) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree.tree(path)):
        if isinstance(node, ast.Call) and tree.dotted(node.func).rpartition(".")[2] in GETTEXT:
            yield from (
                (arg.lineno, arg.value)
                for arg in node.args
                if isinstance(arg, ast.Constant) and isinstance(arg.value, str)
            )


def words_in_template(path) -> Iterator[str]:
    text = path.read_text(encoding="utf-8")
    yield from (match[1:-1] for match in TRANSLATED.findall(text))
    yield from BLOCK.findall(text)


def wrong(words: str) -> str:
    match = NEVER.search(FINE.sub("", words))
    return match.group(0) if match else ""


def test_no_text_blames_shouts_or_says_nothing() -> None:
    found = [
        f"{tree.where(path, line)}: {bad!r} in {words!r}"
        for path in tree.sources()
        for line, words in words_in_python(path)
        if (bad := wrong(words))
    ]
    found += [
        f"{tree.where(path)}: {bad!r} in {words.strip()!r}"
        for path in tree.templates()
        for words in words_in_template(path)
        if (bad := wrong(words))
    ]

    assert not found, tree.report(
        "Say what happened, what was kept and what to do now, in plain words: 'client' or the name, 'didn't come', '3 days late'. "
        "The list is NEVER in tests/architecture/test_words.py.",
        found,
    )
