"""Audit entries as bytes: one way to write them, the standard library as second witness, strict reading."""

from __future__ import annotations

import hashlib
import hmac
import importlib
import json
import sys
import unicodedata
from collections.abc import Iterator
from dataclasses import asdict, replace
from datetime import UTC, datetime, timedelta, timezone
from types import ModuleType
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from workflows import ledger
from workflows.ledger import (
    GENESIS,
    MAX_ENTRY_BYTES,
    Act,
    Entry,
    Fault,
    Head,
    LedgerError,
    append_bytes,
    canonical_content,
    clock_stepped_back,
    commitment,
    entry_hash,
    moment,
    parse_entry,
    timestamp,
)

NOW = "2024-03-01T02:03:04.000005Z"
HEX = st.text("0123456789abcdef", min_size=64, max_size=64)
TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30)
NUMBERS = st.integers(0, 2**53 - 1)
EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
INSTANTS = st.timedeltas(timedelta(0), timedelta(days=36_500)).map(EPOCH.__add__)


@st.composite
def acts(draw: st.DrawFn) -> Act:
    maybe = {name: draw(st.none() | TEXT) for name in ("actor", "post", "behalf", "auth", "req")}
    states = {name: draw(st.none() | TEXT) for name in ("from_state", "to_state")}
    numbers = {name: draw(st.none() | NUMBERS) for name in ("ver", "seen")}
    hashes = {name: draw(st.none() | HEX) for name in ("wf", "snap", "body")}
    where = {draw(st.sampled_from(["nomination", "stream"])): draw(TEXT)}
    fields: dict[str, Any] = maybe | states | numbers | hashes | where
    return Act(log=draw(TEXT), act=draw(TEXT), **fields)


HEADS = st.builds(Head, st.integers(0, 2**53 - 2), HEX, INSTANTS.map(timestamp))
SUBMIT = Act(
    log="localhost/nhat-ky",
    act="submit",
    actor="9f3c",
    post="17aa",
    nomination="BD-2024-0001",
    from_state="draft",
    to_state="commune.intake",
    ver=2,
    seen=1,
    wf="ab" * 32,
    snap="cd" * 32,
    req="r-1",
)
CONTENT = append_bytes(Head(), NOW, SUBMIT).content


@pytest.fixture
def fallback(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    """The ledger as it is where orjson is not installed."""
    monkeypatch.setitem(sys.modules, "orjson", None)
    monkeypatch.delitem(sys.modules, "workflows.ledger")
    module = importlib.import_module("workflows.ledger")
    yield module
    monkeypatch.undo()


def witness(act: Act, head: Head, now: str) -> bytes:
    """The bytes by the standard library, as slowly and plainly as the words of the format."""
    record: dict[str, Any] = asdict(act)
    record["from"] = record.pop("from_state")
    record["to"] = record.pop("to_state")
    record |= {"v": 1, "at": max(now, head.at), "cseq": head.cseq + 1, "cprev": head.hash}
    kept = {
        key: unicodedata.normalize("NFC", value) if isinstance(value, str) else value
        for key, value in record.items()
        if value is not None
    }
    return json.dumps(kept, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


@given(HEADS, INSTANTS.map(timestamp), acts())
def test_the_bytes_are_those_of_the_standard_library(head: Head, now: str, act: Act) -> None:
    sealed = append_bytes(head, now, act)

    assert sealed.content == witness(act, head, now)
    assert sealed.hash == hashlib.sha256(sealed.content).hexdigest() == entry_hash(sealed.content)
    assert sealed.head == Head(head.cseq + 1, sealed.hash, max(now, head.at))


@given(HEADS, INSTANTS.map(timestamp), acts())
def test_what_is_written_is_read_back(head: Head, now: str, act: Act) -> None:
    entry = parse_entry(append_bytes(head, now, act).content)

    assert (entry.v, entry.at, entry.cseq, entry.cprev) == (1, max(now, head.at), head.cseq + 1, head.hash)
    for name, value in asdict(act).items():
        expected = unicodedata.normalize("NFC", value) if isinstance(value, str) else value
        assert getattr(entry, name) == expected
    assert entry.chain in {entry.nomination, entry.stream}


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
@example(b"[" * 8000)
@example(b"null")
@example(b"\xef\xbb\xbf{}")
def test_foreign_bytes_are_refused_with_a_reason(content: bytes) -> None:
    with pytest.raises(LedgerError) as refused:
        parse_entry(content)
    assert isinstance(refused.value.fault, Fault)


@given(st.data())
def test_every_changed_byte_reads_as_another_entry_or_not_at_all(data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(CONTENT) - 1))
    byte = data.draw(st.integers(0, 255).filter(lambda b: b != CONTENT[place]))
    changed = CONTENT[:place] + bytes([byte]) + CONTENT[place + 1 :]

    try:
        entry = parse_entry(changed)
    except LedgerError:
        return
    assert entry != parse_entry(CONTENT)


def test_the_first_entry_stands_on_zeros() -> None:
    assert parse_entry(CONTENT) == Entry(**asdict(SUBMIT), v=1, at=NOW, cseq=1, cprev="0" * 64)
    assert GENESIS == "0" * 64


def swap(old: bytes, new: bytes) -> bytes:
    assert old in CONTENT
    return CONTENT.replace(old, new, 1)


REFUSED = {
    "blank": (swap(b'"act":', b'"act": '), Fault.NOT_CANONICAL),
    "end of line": (CONTENT + b"\n", Fault.NOT_CANONICAL),
    "key twice": (swap(b'"act":"submit"', b'"act":"award","act":"submit"'), Fault.NOT_CANONICAL),
    "order": (swap(b'"act":"submit","actor":"9f3c"', b'"actor":"9f3c","act":"submit"'), Fault.NOT_CANONICAL),
    "escape": (swap(b'"submit"', b'"s\\u0075bmit"'), Fault.NOT_CANONICAL),
    "escaped slash": (swap(b"localhost/", b"localhost\\/"), Fault.NOT_CANONICAL),
    "not NFC": (swap(b'"r-1"', '"e\u0301"'.encode()), Fault.NOT_CANONICAL),
    "minus zero": (swap(b'"seen":1', b'"seen":-0'), Fault.NOT_CANONICAL),
    "float": (swap(b'"seen":1', b'"seen":1.0'), Fault.BAD_FIELD),
    "exponent": (swap(b'"seen":1', b'"seen":1e0'), Fault.BAD_FIELD),
    "truth": (swap(b'"seen":1', b'"seen":true'), Fault.BAD_FIELD),
    "null": (swap(b'"seen":1', b'"seen":null'), Fault.BAD_FIELD),
    "negative": (swap(b'"seen":1', b'"seen":-1'), Fault.BAD_FIELD),
    "number too large": (swap(b'"seen":1', b'"seen":9007199254740992'), Fault.BAD_FIELD),
    "number far too large": (swap(b'"seen":1', b'"seen":' + b"9" * 40), Fault.BAD_FIELD),
    "text for number": (swap(b'"seen":1', b'"seen":"1"'), Fault.BAD_FIELD),
    "number for text": (swap(b'"r-1"', b"1"), Fault.BAD_FIELD),
    "empty text": (swap(b'"r-1"', b'""'), Fault.BAD_FIELD),
    "list": (swap(b'"r-1"', b'["r-1"]'), Fault.BAD_FIELD),
    "short hash": (swap(b"ab" * 32, b"ab" * 31), Fault.BAD_FIELD),
    "capital hash": (swap(b"ab" * 32, b"AB" * 32), Fault.BAD_FIELD),
    "hash and line": (swap(b"ab" * 32, b"ab" * 32 + b"\\n"), Fault.BAD_FIELD),
    "other format": (swap(b'"v":1', b'"v":2'), Fault.BAD_FIELD),
    "step zero": (swap(b'"cseq":1', b'"cseq":0'), Fault.BAD_FIELD),
    "time without zone": (swap(b".000005Z", b".000005"), Fault.BAD_FIELD),
    "time in thousandths": (swap(b".000005Z", b".000Z"), Fault.BAD_FIELD),
    "thirteenth month": (swap(b"2024-03-01", b"2024-13-01"), Fault.BAD_FIELD),
    "other digits": (swap(b"2024-03", "２024-03".encode()), Fault.BAD_FIELD),
    "unknown field": (swap(b'"act":', b'"abc":1,"act":'), Fault.UNKNOWN_FIELD),
    "no time": (swap(b'"at":"' + NOW.encode() + b'",', b""), Fault.MISSING_FIELD),
    "no stream": (swap(b'"nomination":"BD-2024-0001",', b""), Fault.STREAM_UNCLEAR),
    "two streams": (swap(b'"snap"', b'"stream":"people","snap"'), Fault.STREAM_UNCLEAR),
    "not UTF-8": (swap(b'"r-1"', b'"\xff"'), Fault.NOT_JSON),
    "half a pair": (swap(b'"r-1"', b'"\\ud800"'), Fault.NOT_JSON),
    "cut": (CONTENT[:-1], Fault.NOT_JSON),
    "not a number": (swap(b'"seen":1', b'"seen":NaN'), Fault.NOT_JSON),
    "a list": (b"[" + CONTENT + b"]", Fault.NOT_JSON),
    "too long": (swap(b"r-1", b"r" * MAX_ENTRY_BYTES), Fault.TOO_LONG),
}


@pytest.mark.parametrize("name", REFUSED)
def test_reading_refuses_what_writing_never_makes(name: str) -> None:
    content, fault = REFUSED[name]
    with pytest.raises(LedgerError) as refused:
        parse_entry(content)
    assert refused.value.fault == fault


@pytest.mark.parametrize("name", REFUSED)
def test_the_fallback_refuses_the_same(name: str, fallback: ModuleType) -> None:
    with pytest.raises(fallback.LedgerError):
        fallback.parse_entry(REFUSED[name][0])


def test_the_fallback_writes_and_reads_the_same_bytes(fallback: ModuleType) -> None:
    assert fallback is not ledger
    act = replace(SUBMIT, req='Ân Sơn \x1b\x7f\u2028 e\u0301 😀 \\ "')
    sealed = fallback.append_bytes(Head(), NOW, act)

    assert sealed == append_bytes(Head(), NOW, act)
    assert asdict(fallback.parse_entry(sealed.content)) == asdict(parse_entry(sealed.content))
    nested = {"b": [1, "ế", None, True], "a": {"đ": -5}}
    assert fallback.canonical_content(nested) == canonical_content(nested)


@pytest.mark.parametrize(
    "wrong",
    [
        {"actor": ""},
        {"actor": 5},
        {"ver": True},
        {"ver": 1.0},
        {"ver": -1},
        {"ver": 2**53},
        {"wf": "xyz"},
        {"log": None},
        {"act": None},
        {"req": "\ud800"},
        {"nomination": None},
        {"stream": "people"},
        {"body": "ab" * 32 + "\n"},
        {"auth": "x" * MAX_ENTRY_BYTES},
    ],
)
def test_writing_refuses_what_reading_would_refuse(wrong: dict[str, Any], fallback: ModuleType) -> None:
    act = replace(SUBMIT, **wrong)
    with pytest.raises(LedgerError):
        append_bytes(Head(), NOW, act)
    with pytest.raises(fallback.LedgerError):
        fallback.append_bytes(Head(), NOW, act)


@pytest.mark.parametrize("now", ["", "2024-03-01", "2024-03-01T02:03:04Z", "2024-02-30T00:00:00.000000Z"])
def test_a_time_in_another_form_is_refused(now: str) -> None:
    with pytest.raises(LedgerError):
        append_bytes(Head(), now, SUBMIT)


@pytest.mark.parametrize("head", [Head(-1, GENESIS, ""), Head(0, "zz", ""), Head(0, GENESIS, "tomorrow")])
def test_a_head_that_cannot_be_is_refused(head: Head) -> None:
    with pytest.raises(LedgerError):
        append_bytes(head, NOW, SUBMIT)


def test_the_longest_entry_is_just_8_kb() -> None:
    room = MAX_ENTRY_BYTES - len(append_bytes(Head(), NOW, replace(SUBMIT, auth="x")).content)

    assert len(append_bytes(Head(), NOW, replace(SUBMIT, auth="x" * (room + 1))).content) == MAX_ENTRY_BYTES
    with pytest.raises(LedgerError) as refused:
        append_bytes(Head(), NOW, replace(SUBMIT, auth="x" * (room + 2)))
    assert refused.value.fault == Fault.TOO_LONG


def test_an_error_names_fault_and_field() -> None:
    with pytest.raises(LedgerError, match=r"bad_field: wf") as refused:
        append_bytes(Head(), NOW, replace(SUBMIT, wf="xyz"))
    assert (refused.value.fault, refused.value.field) == (Fault.BAD_FIELD, "wf")


@given(INSTANTS)
def test_times_are_exact_text_that_sorts_as_time(instant: datetime) -> None:
    text = timestamp(instant)

    assert len(text) == 27
    assert moment(text) == instant
    assert timestamp(instant.astimezone(timezone(timedelta(hours=7)))) == text
    later = timestamp(instant + timedelta(microseconds=1))
    assert text < later
    assert append_bytes(Head(3, GENESIS, later), text, SUBMIT).head.at == later


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="aware"):
        timestamp(EPOCH.replace(tzinfo=None))
    with pytest.raises(LedgerError):
        moment("2024-03-01T02:03:04Z")


def test_a_clock_that_steps_back_more_than_a_second_is_told() -> None:
    second_before = "2024-03-01T02:03:03.000005Z"
    just_more = "2024-03-01T02:03:03.000004Z"

    assert not clock_stepped_back(Head(), NOW)
    assert not clock_stepped_back(Head(1, GENESIS, NOW), NOW)
    assert not clock_stepped_back(Head(1, GENESIS, NOW), second_before)
    assert clock_stepped_back(Head(1, GENESIS, NOW), just_more)


@given(st.binary(min_size=16, max_size=64), st.binary(max_size=300))
def test_a_commitment_is_a_keyed_hash(salt: bytes, content: bytes) -> None:
    assert commitment(salt, content) == hmac.new(salt, content, hashlib.sha256).hexdigest()


def test_a_short_salt_hides_nothing_and_is_refused() -> None:
    with pytest.raises(ValueError, match="16"):
        commitment(b"short", b"content")


CONTENTS: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers(1 - 2**53, 2**53 - 1) | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=20,
)


def composed(value: object) -> object:
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, dict):
        return {composed(key): composed(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [composed(inner) for inner in value]
    return value


def keys_stay_apart(value: object) -> bool:
    if isinstance(value, dict):
        return len({composed(key) for key in value}) == len(value) and all(map(keys_stay_apart, value.values()))
    return not isinstance(value, list) or all(map(keys_stay_apart, value))


@given(CONTENTS.filter(keys_stay_apart))
def test_nested_content_has_one_form_too(value: object) -> None:
    plain = json.dumps(composed(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    expected = plain.encode()

    assert canonical_content(value) == expected
    assert canonical_content(json.loads(expected)) == expected


@pytest.mark.parametrize(
    "value",
    [
        1.0,
        float("nan"),
        b"bytes",
        {1: "a"},
        {"a": {2.5}},
        2**53,
        "\ud800",
        {"é": 1, "e\u0301": 2},
        [object()],
    ],
)
def test_content_without_one_form_is_refused(value: object, fallback: ModuleType) -> None:
    with pytest.raises(LedgerError):
        canonical_content(value)
    with pytest.raises(fallback.LedgerError):
        fallback.canonical_content(value)


def test_content_nested_without_end_is_refused() -> None:
    endless: list[Any] = []
    endless.append(endless)
    with pytest.raises(LedgerError):
        canonical_content(endless)


def test_tuples_read_as_lists() -> None:
    assert canonical_content({"a": (1, 2)}) == b'{"a":[1,2]}'
