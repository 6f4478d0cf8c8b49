"""Reading a reference file: what is missing, of the wrong kind or without a mark is refused with its place."""

from __future__ import annotations

import re
import unicodedata
from importlib import resources

import pytest

from nominations.reference import ReferenceDataError, Words, load_sources
from nominations.reference.records import Record, parse
from nominations.reference.sources import checked_mark, joined_marks
from nominations.services.sources import source_notes

FILES = [
    entry for entry in resources.files("nominations.reference").iterdir() if entry.name.endswith((".toml", ".txt"))
]


@pytest.mark.parametrize("mark", ["[plan]", "[S-16]", "[memory]", "[practice]", "[inference]", "[S-61], [S-59]"])
def test_known_marks_pass(mark: str) -> None:
    assert checked_mark(mark, "here") == mark


@pytest.mark.parametrize(
    "mark", [None, "", 5, "plan", "[Plan]", "[S-]", "[S16]", "[plan] [memory]", "[plan],[memory]", "[plan], ", "[law]"]
)
def test_anything_else_is_refused_with_its_place(mark: object) -> None:
    with pytest.raises(ReferenceDataError, match="here"):
        checked_mark(mark, "here")


def test_a_page_nobody_listed_is_refused() -> None:
    with pytest.raises(ReferenceDataError, match=r"\[S-999\] is not in sources.toml"):
        checked_mark("[plan], [S-999]", "here")


def test_every_page_says_what_it_supports_and_where() -> None:
    assert len(load_sources()) > 90
    for source in load_sources():
        assert source.supports.vi, source.mark
        assert source.supports.en, source.mark
        assert source.where.vi, source.mark


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_note_is_written_in_the_readers_language(lang: str) -> None:
    [note] = source_notes("[S-93]", lang)
    said = {"vi": "Mã tỉnh 52, dùng cho tỉnh Gia Lai sau sáp nhập", "en": "province code 52 for the merged Gia Lai"}
    assert note.words == said[lang]


def test_no_note_for_readers_of_vietnamese_is_in_english() -> None:
    for source in load_sources():
        said = f" {source.supports.vi} {source.where.vi} "
        assert not re.search(r"\s(?:a|an|the|of|and|public|text|in)\s", said), source.mark


def test_marks_join_without_repeating() -> None:
    assert joined_marks("[S-92], [S-74]", "[S-74], [memory]") == "[S-92], [S-74], [memory]"


def test_a_record_takes_its_tables_mark_unless_it_has_its_own() -> None:
    file = parse("x.toml", 'rows = [{ code = "a" }, { code = "b", source = "[memory]" }]')
    assert [row.source() for row in file.children("rows", "[plan]")] == ["[plan]", "[memory]"]


def test_a_record_without_any_mark_is_refused() -> None:
    (row,) = parse("x.toml", 'rows = [{ code = "a" }]').children("rows")
    with pytest.raises(ReferenceDataError, match=r"x.toml, rows a, source: a source mark is missing"):
        row.source()


def test_a_fields_own_mark_is_not_taken_from_the_table() -> None:
    (row,) = parse("x.toml", 'rows = [{ code = "a" }]').children("rows", "[plan]")
    with pytest.raises(ReferenceDataError, match="evidence_source"):
        row.source("evidence_source")


@pytest.mark.parametrize(
    ("content", "key"),
    [("", "name"), ("name = 5", "name"), ('name = "  "', "name")],
)
def test_a_text_must_be_a_text(content: str, key: str) -> None:
    with pytest.raises(ReferenceDataError, match=key):
        parse("x.toml", content).text(key)


def test_days_counts_flags_and_lists_must_be_of_their_kind() -> None:
    file = parse("x.toml", 'day = "2021-01-01"\nnumber = "3"\nflag = "yes"\ntexts = ["a", 5]\ntable = []')
    with pytest.raises(ReferenceDataError, match="day must be given as date"):
        file.day("day")
    with pytest.raises(ReferenceDataError, match="number must be given as int"):
        file.count("number")
    with pytest.raises(ReferenceDataError, match="flag must be given as bool"):
        file.flag("flag")
    with pytest.raises(ReferenceDataError, match="texts must be a list of texts"):
        file.texts("texts")
    with pytest.raises(ReferenceDataError, match="table must be given as dict"):
        file.child("table")


def test_what_may_be_left_out() -> None:
    empty = Record("x.toml", {})
    assert empty.text_or_none("a") is None
    assert empty.day_or_none("a") is None
    assert empty.flag("a") is False
    assert empty.texts("a") == ()
    assert empty.children("a") == ()


def test_words_are_in_both_languages() -> None:
    assert parse("x.toml", 'label = { vi = "Tờ trình", en = "Letter" }').words("label") == Words("Tờ trình", "Letter")
    with pytest.raises(ReferenceDataError, match="en must be given"):
        parse("x.toml", 'label = { vi = "Tờ trình" }').words("label")


def test_letters_must_be_composed() -> None:
    decomposed = unicodedata.normalize("NFD", 'name = "Hoài Nhơn"')
    with pytest.raises(ReferenceDataError, match="normal form C"):
        parse("x.toml", decomposed)


@pytest.mark.parametrize("entry", FILES, ids=lambda entry: entry.name)
def test_every_file_is_utf8_in_normal_form_c(entry: resources.abc.Traversable) -> None:
    content = entry.read_bytes().decode("utf-8")
    assert unicodedata.is_normalized("NFC", content)
    assert "\r" not in content
    assert "\t" not in content
