"""Every sentence of the interface is Vietnamese in the source and has its English."""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from tests.architecture.source import ROOT

ENGLISH = ROOT / "nominations" / "translations" / "en" / "LC_MESSAGES" / "messages.po"


@pytest.fixture(scope="module")
def sentences(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    """Return what stands in the source, found as `make translations` finds it."""
    target = tmp_path_factory.mktemp("translations") / "messages.pot"
    command = ["-m", "babel.messages.frontend", "-q", "extract", "-F", "pyproject.toml", "-k", "lazily"]
    subprocess.run([sys.executable, *command, "-o", str(target), "."], cwd=ROOT, check=True, env=dict(os.environ))
    return read(target)


@pytest.fixture(scope="module")
def english() -> Catalog:
    """Return the English catalogue."""
    return read(ENGLISH)


def read(path: Path) -> Catalog:
    """Read a catalogue."""
    with path.open("rb") as file:
        return read_po(file)


def test_every_sentence_has_its_english(sentences: Catalog, english: Catalog) -> None:
    missing = [
        message.id for message in sentences if message.id and not translated(english, message.id, message.context)
    ]
    assert missing == [], "run `make translations` and write the English of these"


def translated(catalog: Catalog, sentence: str | Sequence[str], context: str | None) -> bool:
    """Say whether a catalogue has a certain translation of a sentence."""
    message = catalog.get(sentence if isinstance(sentence, str) else sentence[0], context)
    if message is None or message.fuzzy:
        return False
    return all(message.string) if isinstance(message.string, tuple | list) else bool(message.string)


def test_no_english_is_left_of_a_sentence_that_is_gone(sentences: Catalog, english: Catalog) -> None:
    known = {(message.id, message.context) for message in sentences}
    assert [m.id for m in english if m.id and (m.id, m.context) not in known] == []
    assert list(english.obsolete) == []


def test_placeholders_are_the_same_in_both_languages(english: Catalog) -> None:
    wrong = {message.id: [str(error) for error in message.check(english)] for message in english}
    assert {sentence: errors for sentence, errors in wrong.items() if errors} == {}
