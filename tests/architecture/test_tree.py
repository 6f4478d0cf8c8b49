"""The project speaks of itself alone, and what its documents name is there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from config import Settings
from nominations.models.people import DUTIES
from tests.architecture.source import ROOT
from workflows.catalogue import document
from workflows.sentences import SECTIONS

NOT_OURS = {".git", ".venv", "instance", "build", "__pycache__", "vendor", ".hypothesis"}
CACHES = ("_cache", ".pyc", ".mo")
BINARY = {".png", ".woff2", ".ttf", ".ico", ".pdf", ".db"}
# Written in parts, so that this file does not name what it looks for.
HOMES = "|".join(("wo" + "rk", "ho" + "me", "ro" + "ot", "Us" + "ers"))
FOREIGN = {
    "a folder of somebody's machine": r"(?<![\w.])/(?:" + HOMES + r")(?:/|\b)",
    "a package registry": "|".join(("py" + r"pi\.", "python" + r"hosted\.", "npm" + r"js\.", "--extra" + "-index")),
    "a tool that is not the project's": "|".join(("style" + "_metrics", "issues " + "show")),
}
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
NAMED = re.compile(r"`((?:[\w.-]+/)+[\w.-]*|[\w-]+\.(?:py|toml|txt|md|html|css|js))`")
ANYWHERE = ("nominations", "workflows", "tests", "docs", "templates", "deploy", "bench", "nominations/reference")
README_LINES = 120


def files() -> Iterator[Path]:
    """Yield every text file that is the project's own."""
    for path in sorted(ROOT.rglob("*")):
        parts = path.relative_to(ROOT).parts
        own = not NOT_OURS & set(parts) and not any(part.endswith(CACHES) for part in parts)
        if own and path.is_file() and path.suffix not in BINARY:
            yield path


def test_no_file_names_a_foreign_machine_registry_or_tool() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{number}: {what}"
        for path in files()
        for number, line in enumerate(path.read_text().splitlines(), 1)
        for what, pattern in FOREIGN.items()
        if re.search(pattern, line)
    ]
    assert found == []


def test_the_readme_is_read_in_one_go() -> None:
    assert len((ROOT / "README.md").read_text().splitlines()) < README_LINES


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_link_leads_somewhere(document: Path) -> None:
    text = document.read_text()
    for target in LINK.findall(text):
        if target.startswith(("http://", "https://", "mailto:")):
            continue
        path, _, heading = target.partition("#")
        place = (document.parent / path).resolve() if path else document
        assert place.exists(), f"{document.name} links to {target}"
        assert not heading or heading in headings(place), f"{document.name} links to {target}"


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_file_named_in_a_document_is_there(document: Path) -> None:
    missing = [name for name in NAMED.findall(document.read_text()) if not exists(name, document)]
    assert missing == []


def exists(name: str, document: Path) -> bool:
    """Say whether a file named in a document is the project's, from its root or from a room the reader knows."""
    if name.startswith(("instance/", "build/", "text/", "application/")):
        return True  # made by running
    places = [ROOT, document.parent, *(ROOT / room for room in ANYWHERE)]
    return any((place / name).exists() for place in places) or any(ROOT.glob(f"*/**/{name.rstrip('/')}"))


def headings(document: Path) -> set[str]:
    """Return the anchors of a document's headings, as they are commonly made."""
    titles = re.findall(r"^#+ (.+)$", document.read_text(), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def test_every_setting_is_explained() -> None:
    """`.env.example` has each with a sentence, and none that is not read."""
    lines = (ROOT / ".env.example").read_text().splitlines()
    named = [line.partition("=")[0] for line in lines if line and not line.startswith("#")]
    assert {name.lower() for name in named} == set(Settings.__dataclass_fields__)
    for name in named:
        explained = lines[lines.index(next(line for line in lines if line.startswith(f"{name}="))) - 1]
        assert explained.startswith("#") or explained.partition("=")[0] in named, name


def test_the_changelog_tells_what_there_is() -> None:
    """The first version's entry speaks of every part."""
    text = (ROOT / "CHANGELOG.md").read_text()
    for part in (
        "rules", "flows", "eligibility", "reference data", "revisions", "ballots", "conflict", "audit", "nominators",
        "approvers", "auditors", "administrators", "API", "demonstration", "SQLite", "PostgreSQL", "benchmark",
    ):  # fmt: skip
        assert part.lower() in text.lower(), part


def test_the_glossary_names_every_duty_form_and_section() -> None:
    text = (ROOT / "docs" / "glossary.md").read_text()
    for name in (*DUTIES, *document("forms")["forms"], *SECTIONS):
        assert re.search(rf"(?<![\w-]){name}(?![\w-])", text), name


def test_every_decision_is_numbered_once_and_listed() -> None:
    """The list in `docs/adr/README.md` names each, in order."""
    folder = ROOT / "docs" / "adr"
    numbered = sorted(path.name for path in folder.glob("[0-9]*.md"))
    assert [name[:4] for name in numbered] == [f"{number:04}" for number in range(1, len(numbered) + 1)]
    listed = LINK.findall((folder / "README.md").read_text())
    assert [name for name in listed if name[:4].isdigit()] == numbered
