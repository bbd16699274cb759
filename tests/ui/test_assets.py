"""Static parts: everything named is there, nothing is heavy, no colour or style stands where it shouldn't."""

import gzip
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.template.loader import render_to_string
from django.test import override_settings

from tools import assets
from wayfellow.ui.gallery import gallery_context

ROOT = Path(settings.PACKAGE_DIR).parent
UI = ROOT / "wayfellow/ui"
STATIC = UI / "static/ui"
CSS = sorted((STATIC / "css").glob("*.css"))
SCRIPTS = sorted((STATIC / "js").glob("*.js"))
TEMPLATES = sorted((UI / "templates").rglob("*.html"))
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
RAW_COLOUR = re.compile(
    r"#[0-9a-f]{3,8}\b|\b(?:rgb|rgba|hsl|hsla|oklch|oklab|lab|lch|hwb)\(|(?<![-\w])(?:black|white|red|green|blue|gray|grey)(?![-\w])",
    re.I,
)
COLD_PAGE = 150_000
FONTS = 100_000


def test_the_browser_parts_are_there() -> None:
    assert assets.VENDOR.is_dir(), "Run `make assets` first: the browser parts are copied from their locked packages."
    for name in (
        "htmx.min.js",
        "icons.svg",
        "licences/htmx.txt",
        "licences/tabler-icons.txt",
        "licences/newsreader.txt",
    ):
        assert (assets.VENDOR / name).stat().st_size > 0


def test_the_sprite_has_every_icon_of_the_list_and_no_other() -> None:
    sprite = (assets.VENDOR / "icons.svg").read_text()

    assert re.findall(r'<symbol id="i-([\w-]+)"', sprite) == assets.icon_names()
    assert len(assets.icon_names()) <= 90


def test_every_icon_that_a_template_or_our_code_names_is_in_the_list() -> None:
    names = set()
    for path in (ROOT / "wayfellow").rglob("*.html"):
        text = path.read_text()
        names |= set(re.findall(r'{% ui_icon "([\w-]+)"', text)) | set(
            re.findall(r'{% ui_button [^%]*?icon="([\w-]+)"', text)
        )
    for place in gallery_context(posted=None)["shell"].places:
        names.add(place.icon)

    assert names
    assert names <= set(assets.icon_names())


def test_the_lock_names_no_index() -> None:
    lock = json.loads((ROOT / "package-lock.json").read_text())

    assert not [name for name, package in lock["packages"].items() if "resolved" in package]
    assert all("integrity" in package for name, package in lock["packages"].items() if name)


def test_a_second_run_changes_nothing() -> None:
    subprocess.run([sys.executable, str(ROOT / "tools/assets.py")], check=True, capture_output=True)
    before = {path: path.stat().st_mtime_ns for path in assets.VENDOR.rglob("*") if path.is_file()}

    done = subprocess.run([sys.executable, str(ROOT / "tools/assets.py")], check=True, capture_output=True, text=True)

    assert "up to date" in done.stdout
    assert before == {path: path.stat().st_mtime_ns for path in assets.VENDOR.rglob("*") if path.is_file()}


def test_an_unknown_icon_is_refused_by_name() -> None:
    with pytest.raises(assets.AssetsError, match="no-such-icon"):
        assets.icon_symbol("no-such-icon")


@pytest.mark.parametrize("path", [path for path in CSS if path.name != "tokens.css"], ids=lambda path: path.name)
def test_only_tokens_hold_a_raw_colour(path: Path) -> None:
    css = COMMENT.sub("", path.read_text())

    assert not RAW_COLOUR.findall(css), "Name it in tokens.css, light and dark, and use the token here."


@pytest.mark.parametrize("path", CSS, ids=lambda path: path.name)
def test_a_stylesheet_stands_in_layers_and_uses_known_tokens(path: Path) -> None:
    css = COMMENT.sub("", path.read_text())
    tokens = set(re.findall(r"(--[\w-]+)\s*:", "".join(sheet.read_text() for sheet in CSS)))
    outside = re.sub(r"@layer [\w, ]+;|@import [^;]+;|@font-face\s*{[^}]*}", "", css)
    depth, loose = 0, ""
    for letter in outside:
        loose += letter if depth == 0 else ""
        depth += {"{": 1, "}": -1}.get(letter, 0)

    assert depth == 0
    assert re.sub(r"@layer \w+ {", "", loose).strip() == ""
    assert set(re.findall(r"var\((--[\w-]+)", css)) <= tokens


def test_the_entry_brings_in_every_stylesheet() -> None:
    named = re.findall(r'@import "([\w.]+)";', (STATIC / "css/ui.css").read_text())

    assert sorted(named) == [path.name for path in CSS if path.name != "ui.css"]


def test_every_behaviour_that_a_template_asks_for_is_registered() -> None:
    registered = set(
        re.findall(r'register\("([\w-]+)", \(\) => import\("\./([\w-]+)\.js"\)\)', (STATIC / "js/main.js").read_text())
    )
    asked = set()
    for path in TEMPLATES:
        for value in re.findall(r'data-behaviour="([^"]*)"', path.read_text()):
            asked |= set(re.sub(r"{%.*?%}", " ", value).split())

    assert asked <= {name for name, _file in registered}
    assert all(name == file and (STATIC / f"js/{file}.js").is_file() for name, file in registered)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_no_template_holds_style_handlers_or_scripts(path: Path) -> None:
    text = path.read_text()

    assert not re.search(r"\sstyle\s*=|<style|\son\w+\s*=|hx-on|javascript:|js:", text)
    assert not [tag for tag in re.findall(r"<script[^>]*>", text) if "src=" not in tag]


@override_settings(
    STORAGES={"staticfiles": {"BACKEND": "wayfellow.ui.storage.ModuleStaticFilesStorage"}},
    STATICFILES_DIRS=[],
)
def test_collected_files_name_each_other_by_hash(tmp_path: Path) -> None:
    with override_settings(STATIC_ROOT=str(tmp_path)):
        call_command("collectstatic", interactive=False, verbosity=0)
    manifest = json.loads((tmp_path / "staticfiles.json").read_text())["paths"]
    main = (tmp_path / manifest["ui/js/main.js"]).read_text()
    entry = (tmp_path / manifest["ui/css/ui.css"]).read_text()
    tokens = (tmp_path / manifest["ui/css/tokens.css"]).read_text()

    for path in SCRIPTS:
        if path.name != "main.js":
            assert f'"./{Path(manifest["ui/js/" + path.name]).name}"' in main
    for path in CSS:
        if path.name != "ui.css":
            assert Path(manifest["ui/css/" + path.name]).name in entry
    assert Path(manifest["ui/vendor/fonts/newsreader-latin-wght-normal.woff2"]).name in tokens
    assert not [path for path in (tmp_path / "ui").rglob("*.js") if "sourceMappingURL" in path.read_text()]


def packed(*paths: Path) -> int:
    return sum(len(gzip.compress(path.read_bytes(), 6)) for path in paths)


def test_a_cold_page_is_light() -> None:
    page = len(gzip.compress(render_to_string("ui/gallery.html", gallery_context(posted=None)).encode(), 6))
    parts = packed(*CSS, *SCRIPTS, assets.VENDOR / "htmx.min.js", assets.VENDOR / "icons.svg", STATIC / "mark.svg")
    fonts = sum(path.stat().st_size for path in (assets.VENDOR / "fonts").glob("*-latin-wght-normal.woff2"))

    assert page + parts < COLD_PAGE
    assert 0 < fonts < FONTS
