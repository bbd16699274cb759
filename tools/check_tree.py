"""What must never stand in the tree: the address of a package index, a file over 1 MB, inline script or style in a template.

`python tools/check_tree.py` looks at what git tracks and at what it would add. Exit code 1 and one line per finding.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MOST_BYTES = 1_000_000
# The dots are put in here, so that this file does not find itself.
HOSTS = ("pypi org", "pythonhosted org", "registry npmjs org", "registry yarnpkg com", "npm pkg github com")
INDEX_HOSTS = re.compile(
    "|".join(rf"\b{host.replace(' ', chr(92) + '.')}\b" for host in HOSTS) + r"|\bfile:/" + r"//\S*(?:simple|wheels)",
    re.IGNORECASE,
)
INLINE = (
    (re.compile(r"<style\b", re.I), "a <style> element; put the rule into the package's stylesheet"),
    (re.compile(r"\sstyle\s*=", re.I), "a style attribute; use a class"),
    (re.compile(r"\son[a-z]+\s*=\s*[\"'{]", re.I), "an event handler attribute; use data-behaviour and a module"),
    (re.compile(r"\bjavascript:", re.I), "a javascript: address; use data-behaviour and a module"),
    (re.compile(r"\shx-on\b", re.I), "hx-on; use data-behaviour and a module"),
    (re.compile(r"=\s*[\"']\s*js:", re.I), "js: in an htmx attribute; use data-behaviour and a module"),
)
SCRIPT = re.compile(r"<script\b([^>]*)>", re.I)
COMMENT = re.compile(r"\{#.*?#\}|\{%\s*comment.*?endcomment\s*%\}|<!--.*?-->", re.S)


def inline_assets(text: str) -> list[str]:
    """What in this template a strict content security policy would refuse. A JSON data block is no script."""
    text = COMMENT.sub("", text)
    found = [f"{what} ({match.group(0).strip()})" for pattern, what in INLINE if (match := pattern.search(text))]
    for match in SCRIPT.finditer(text):
        attributes = match.group(1)
        if not re.search(r"\bsrc\s*=", attributes) and "application/json" not in attributes:
            found.append("a <script> without src; put it into a module")
    return found


def files() -> list[Path]:
    """Every file that is in the repository or would be with the next `git add`."""
    words = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(words, cwd=ROOT, capture_output=True, check=True).stdout  # noqa: S603
    return sorted({ROOT / name for name in listed.decode().split("\0") if name and (ROOT / name).is_file()})


def findings(paths: Iterable[Path]) -> Iterator[str]:
    """One line for each thing wrong, with file and line."""
    for path in paths:
        name = path.relative_to(ROOT)
        size = path.stat().st_size
        if size > MOST_BYTES:
            yield f"{name}: {size:,} bytes; over {MOST_BYTES:,} a file is fetched or generated at set-up, not kept in git"
            continue
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        for number, line in enumerate(text.splitlines(), 1):
            if match := INDEX_HOSTS.search(line):
                yield f"{name}:{number}: names a package index ({match.group(0)}); locks and notes must not (`make lock` leaves it out)"
        if path.suffix == ".html" and "templates" in path.parts:
            for found in inline_assets(text):
                yield f"{name}: {found}"


def main() -> int:
    wrong = list(findings(files()))
    for line in wrong:
        print(line)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
