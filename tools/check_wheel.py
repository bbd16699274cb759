"""Looks into a built wheel: the browser parts, templates and data are in it; tests and tools are not."""

from __future__ import annotations

import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MUST_HOLD = ("wayfellow/ui/static/ui/vendor/", "wayfellow/ui/templates/ui/")
CARRIED = {".html", ".css", ".js", ".toml", ".json", ".txt", ".py", ".svg", ".mo"}


def problems(wheel: Path) -> list[str]:
    """What is missing from or too much in `wheel`, one sentence each."""
    names = set(zipfile.ZipFile(wheel).namelist())
    wrong = [
        f"nothing under {folder}; run `make assets` before the build"
        for folder in MUST_HOLD
        if not any(name.startswith(folder) for name in names)
    ]
    wrong += [
        f"{name} does not belong into a release"
        for name in sorted(names)
        if name.split("/")[0] in {"tests", "tools", "docs", "node_modules"}
    ]
    here = {
        str(path.relative_to(ROOT))
        for path in (ROOT / "wayfellow").rglob("*")
        if path.suffix in CARRIED and "__pycache__" not in path.parts
    }
    wrong += [f"{name} is in the tree but not in the wheel" for name in sorted(here - names)]
    if not any(name.endswith(".dist-info/licenses/LICENSE") for name in names):
        wrong.append("the licence is missing")
    return wrong


def main() -> int:
    wheel = Path(sys.argv[1])
    wrong = problems(wheel)
    for line in wrong:
        print(line)
    if not wrong:
        print(f"{wheel}: {wheel.stat().st_size / 1e6:.1f} MB, complete")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
