"""What is served from our own static files: as listed, self-contained, with every icon that is drawn."""

import hashlib
import re
from pathlib import Path

import pytest

from tests.browser.gallery import ROOT, render
from tests.unit.templates.test_gallery_pages import OURS, PAGES, texts

STATIC = ROOT / "nominations" / "static"
VENDOR = STATIC / "vendor"
SPRITE = VENDOR / "tabler-icons-3.51.0" / "sprite.svg"
CSS = STATIC / "css" / "nominations.css"
LISTED = re.compile(r"^\| `([^`]+)` \| (\d+) \| `([0-9a-f]{64})` \|$", flags=re.MULTILINE)


def test_the_vendored_files_are_those_listed() -> None:
    listed = LISTED.findall((VENDOR / "VERSIONS.md").read_text(encoding="utf-8"))
    found = [path for path in VENDOR.rglob("*") if path.is_file() and path.name != "VERSIONS.md"]
    assert {name for name, _, _ in listed} == {path.relative_to(VENDOR).as_posix() for path in found}
    for name, size, digest in listed:
        content = (VENDOR / name).read_bytes()
        assert (len(content), hashlib.sha256(content).hexdigest()) == (int(size), digest), name


def test_every_vendored_folder_has_its_licence() -> None:
    assert [folder.name for folder in VENDOR.iterdir() if folder.is_dir() and not (folder / "LICENSE").exists()] == []


@pytest.mark.parametrize("path", [CSS, *sorted((STATIC / "js").glob("*.js"))], ids=lambda path: path.name)
def test_our_own_assets_ask_nobody_else(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"https?://|data:", text)
    for address in re.findall(r'url\("([^"]+)"\)', text):
        assert (path.parent / address).resolve().is_file(), address
    assert not re.search(r"\beval\(|innerHTML|new Function", text)


def test_scripts_import_what_exists() -> None:
    for path in (STATIC / "js").glob("*.js"):
        for name in re.findall(r'from "\./([\w-]+\.js)"', path.read_text(encoding="utf-8")):
            assert (path.parent / name).is_file(), f"{path.name} imports {name}"


def test_dark_by_choice_is_dark_by_wish() -> None:
    css = CSS.read_text(encoding="utf-8")
    wished = css.split(':root:not([data-bs-theme="light"]) {', 1)[1].split("}", 1)[0]
    chosen = css.split('\n:root[data-bs-theme="dark"] {', 1)[1].split("}", 1)[0]
    assert wished.split() == chosen.split()


def test_every_icon_drawn_is_in_the_sprite() -> None:
    symbols = set(re.findall(r'<symbol id="([^"]+)"', SPRITE.read_text(encoding="utf-8")))
    named = set(re.findall(r"icon\('([\w-]+)'", texts(OURS)))
    drawn = {name for page in PAGES for name in re.findall(r"sprite\.svg#([\w-]+)", render(page))}
    assert (named | drawn) - symbols == set()
