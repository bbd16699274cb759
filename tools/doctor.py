"""Names what this machine lacks and the exact command that brings it. Runs before anything is installed: standard library only.

`python tools/doctor.py` looks and tells. `--install` (used by `make test`) also installs Debian packages, as root on Debian; it never
calls sudo. Exit code 1 when something is missing.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FONT_FOLDERS = (
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "/System/Library/Fonts",
    "~/.fonts",
    "~/.local/share/fonts",
)


@dataclass(frozen=True)
class Need:
    """One thing that the set-up, the tests or the demo need: what for, whether it is here, and Debian's package for it."""

    what: str
    why: str
    found: str
    package: str


def chromium() -> str:
    """The browser for the journeys: WAYFELLOW_CHROMIUM, or the first on PATH; empty when there is none."""
    chosen = os.environ.get("WAYFELLOW_CHROMIUM", "")
    return chosen or next((path for name in CHROMIUM_NAMES if (path := shutil.which(name))), "")


def postgres_bin() -> str:
    """The folder of the newest pg_ctl: PATH's, Debian's, Homebrew's; empty when there is none."""
    places = [
        *Path("/usr/lib/postgresql").glob("*/bin"),
        *Path("/opt/homebrew/opt").glob("postgresql@*/bin"),
        *Path("/usr").glob("pgsql-*/bin"),
    ]

    def version(folder: Path) -> float:
        digits = "".join(
            letter
            for letter in folder.parent.name.rpartition("@")[2].rpartition("-")[2]
            if letter.isdigit() or letter == "."
        )
        return float(digits or 0)

    usable = sorted(
        (folder for folder in places if (folder / "pg_ctl").exists() and (folder / "initdb").exists()), key=version
    )
    if usable:
        return str(usable[-1])
    on_path = shutil.which("pg_ctl")
    return str(Path(on_path).resolve().parent) if on_path else ""


def fonts() -> str:
    """Any scalable font: the pages bring their own for Latin letters, a browser still wants one of the system's."""
    for folder in (Path(name).expanduser() for name in FONT_FOLDERS):
        found = (
            next((path for kind in ("*.ttf", "*.otf", "*.ttc") for path in folder.rglob(kind)), None)
            if folder.is_dir()
            else None
        )
        if found:
            return str(found)
    return ""


def needs() -> list[Need]:
    """Everything looked for, found or not."""
    version = ".".join(str(part) for part in sys.version_info[:3])
    return [
        Need(
            f"Python {version}",
            "runs everything",
            sys.executable if (3, 11) <= sys.version_info[:2] < (3, 14) else "",
            "python3",
        ),
        Need(
            "Python's venv and pip",
            "make .venv",
            "here" if importlib.util.find_spec("ensurepip") else "",
            "python3-venv",
        ),
        Need("git", "names the files that `make check` looks at", shutil.which("git") or "", "git"),
        Need("Chromium", "the browser journeys of `make test`", chromium(), "chromium"),
        Need("PostgreSQL's server", "the tests on PostgreSQL, on a private server", postgres_bin(), "postgresql"),
        Need("a system font", "the browser's fallback", fonts(), "fonts-dejavu-core"),
    ]


def is_debian() -> bool:
    return Path("/etc/debian_version").exists() and bool(shutil.which("apt-get"))


def install(packages: list[str]) -> bool:
    """Install Debian packages as root; True when apt-get says that it worked."""
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    # Our tests start their own server: Debian's package need not make and start one.
    conf = Path("/etc/postgresql-common/createcluster.conf")
    if "postgresql" in packages and not conf.exists():
        conf.parent.mkdir(parents=True, exist_ok=True)
        conf.write_text("create_main_cluster = false\n")
    for words in (["update", "-q"], ["install", "-q", "-y", "--no-install-recommends", *packages]):
        print("+ apt-get", *words, flush=True)
        if subprocess.run(["apt-get", *words], env=quiet, stdin=subprocess.DEVNULL, check=False).returncode:  # noqa: S603
            return False
    return True


def main() -> int:
    options = argparse.ArgumentParser(description="Look at what this machine has for Wayfellow.")
    options.add_argument("--install", action="store_true", help="as root on Debian, install what is missing")
    options.add_argument("--quiet", action="store_true", help="say only what is missing")
    chosen = options.parse_args()
    missing = [need for need in needs() if not need.found]
    if missing and chosen.install and is_debian() and os.geteuid() == 0:
        if not install([need.package for need in missing]):
            print("apt-get could not install them; its own words are above.", file=sys.stderr)
            return 1
        missing = [need for need in needs() if not need.found]
    for need in needs():
        if not need.found:
            print(f"missing  {need.what}: {need.why}")
        elif not chosen.quiet:
            print(f"found    {need.what}  {need.found}")
    if not missing:
        return 0
    packages = " ".join(need.package for need in missing)
    print(
        f"\nTo install on Debian or Ubuntu, as root:\n  apt-get update && apt-get install --no-install-recommends {packages}",
        file=sys.stderr,
    )
    print(
        "Elsewhere, install the same by the system's own means; WAYFELLOW_CHROMIUM may name another Chromium.",
        file=sys.stderr,
    )
    return 1


if __name__ == "__main__":
    sys.exit(main())
