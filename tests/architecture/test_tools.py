"""The tools that guard the tree find what they are for."""

import pytest

from tests.architecture import tree
from tools.check_tree import findings, inline_assets


@pytest.mark.parametrize("host", ["pypi" + ".org", "files.pythonhosted" + ".org", "registry.npmjs" + ".org"])
def test_a_package_index_is_found_wherever_it_is_named(tmp_path, monkeypatch: pytest.MonkeyPatch, host: str) -> None:
    monkeypatch.setattr("tools.check_tree.ROOT", tmp_path)
    note = tmp_path / "note.md"
    note.write_text(f"Nothing here.\nSee https://{host}/simple for more.\n")

    found = list(findings([note]))

    assert len(found) == 1
    assert found[0].startswith("note.md:2: names a package index")


def test_a_big_file_is_found(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tools.check_tree.ROOT", tmp_path)
    big = tmp_path / "big.json"
    big.write_bytes(b" " * 1_000_001)

    assert "1,000,001 bytes" in next(findings([big]))


@pytest.mark.parametrize(
    "bad",
    [
        '<p style="x">',
        "<p STYLE='x'>",
        "<style>",
        '<a onclick="x()">',
        "<script>1</script>",
        '<a href="javascript:1">',
        '<p hx-on:click="x">',
    ],
)
def test_what_the_content_security_policy_refuses_is_found(bad: str) -> None:
    assert inline_assets(bad)


@pytest.mark.parametrize(
    "good",
    [
        '<script src="a.js" type="module"></script>',
        '<script type="application/json" id="x">{}</script>',
        "{# style= is forbidden here #}",
        '<p class="style">one = two</p>',
        '<input name="x" data-once="y">',
    ],
)
def test_what_it_allows_is_left_alone(good: str) -> None:
    assert inline_assets(good) == []


@pytest.mark.parametrize("lock", ["base.txt", "dev.txt"])
def test_a_lock_has_a_hash_for_each_package_and_no_address(lock: str) -> None:
    text = (tree.ROOT / "requirements" / lock).read_text(encoding="utf-8")
    entries = [entry for entry in text.replace("\\\n", " ").splitlines() if entry and not entry.startswith("#")]

    assert len(entries) > 20
    assert [entry for entry in entries if "--hash=sha256:" not in entry or "==" not in entry] == []
    assert "://" not in text


def test_the_locks_agree() -> None:
    def pins(lock: str) -> set[str]:
        text = (tree.ROOT / "requirements" / lock).read_text(encoding="utf-8")
        return {
            line.partition(";")[0].strip(" \\")
            for line in text.splitlines()
            if "==" in line and not line.startswith(" ")
        }

    assert pins("base.txt") <= pins("dev.txt"), (
        "The tests must run on the versions that are shipped; `make lock` compiles both."
    )
