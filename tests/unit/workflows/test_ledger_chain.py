"""Whole chains: an honest one holds, and the first break of a changed one is found and named."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.chain import Break, ChainFault, ChainReport, Row, verify_chain
from workflows.ledger import GENESIS, Act, Fault, Head, append_bytes, entry_hash, timestamp

LOG = "localhost/nhat-ky"
CASE = "BD-2024-0001"
START = datetime(2024, 3, 1, tzinfo=UTC)
STATES = ["draft", "commune.intake", "commune.appraisal", "commune.council", "commune.signature", "awarded"]


def act(number: int) -> Act:
    """The n-th act of the case: every step moves the state, every third says nothing about it."""
    plain = Act(log=LOG, act="step", actor="a1", nomination=CASE, req=f"r{number}")
    if number % 3 != 2:
        moves = number - (number + 1) // 3
        before = STATES[(moves - 1) % len(STATES)] if moves else None
        after = STATES[moves % len(STATES)]
        plain = replace(plain, from_state=before, to_state=after, ver=number + 1, snap=f"{number:064x}")
    return plain


def chain(length: int, *, first: Head | None = None) -> list[Row]:
    rows, head = [], first or Head()
    for number in range(length):
        now = timestamp(START + timedelta(minutes=number))
        sealed = append_bytes(head, now, act(number))
        rows.append(Row(sealed.head.cseq, sealed.hash, head.hash, sealed.content))
        head = sealed.head
    return rows


def check(rows: list[Row], head: Head | None = None) -> ChainReport:
    return verify_chain(rows, log=LOG, stream=CASE, head=head)


def broken(rows: list[Row], head: Head | None = None) -> Break:
    report = check(rows, head)
    assert not report.intact
    assert report.first_break is not None
    assert report.checked == report.first_break.cseq - 1
    return report.first_break


def rewritten(row: Row, **changes: object) -> Row:
    """The row as one would change it who also writes its hash again."""
    record = json.loads(row.content) | changes
    kept = {key: value for key, value in record.items() if value is not None}
    content = json.dumps(kept, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    return Row(kept["cseq"], entry_hash(content), kept["cprev"], content)


@given(st.integers(0, 12))
def test_an_honest_chain_holds(length: int) -> None:
    rows = chain(length)
    report = check(rows)

    assert report.intact
    assert report.first_break is None
    assert report.checked == length == report.head.cseq
    assert check(rows, report.head).intact


def test_the_report_says_what_the_case_was_last_known_to_be() -> None:
    report = check(chain(6))

    assert (report.state, report.ver, report.snap) == ("commune.council", 5, f"{4:064x}")
    assert report.head.at == "2024-03-01T00:05:00.000000Z"


@given(st.data())
def test_a_changed_byte_anywhere_is_found_in_its_row(data: st.DataObject) -> None:
    rows = chain(5)
    index = data.draw(st.integers(0, 4))
    content = rows[index].content
    place = data.draw(st.integers(0, len(content) - 1))
    byte = data.draw(st.integers(0, 255).filter(lambda b: b != content[place]))
    rows[index] = rows[index]._replace(content=content[:place] + bytes([byte]) + content[place + 1 :])

    assert broken(rows).cseq == index + 1
    assert broken(rows).fault == ChainFault.HASH


@given(st.integers(0, 4))
def test_a_changed_column_is_found_in_its_row(index: int) -> None:
    rows = chain(5)
    honest = rows[index]

    for changed in (
        honest._replace(cseq=77),
        honest._replace(hash="77" * 32),
        honest._replace(cprev="77" * 32),
    ):
        rows[index] = changed
        assert broken(rows).cseq == index + 1


@given(st.permutations(range(5)), st.integers(1, 5))
def test_rows_lost_or_out_of_order_are_found(order: list[int], kept: int) -> None:
    rows = chain(5)
    head = check(rows).head
    shuffled = [rows[place] for place in order[:kept]]
    honest = next((n for n, row in enumerate(shuffled) if row != rows[n]), len(shuffled))

    report = check(shuffled, head)

    assert report.checked == honest
    assert report.intact == (shuffled == rows)


@given(st.integers(0, 4))
def test_a_row_told_twice_is_found(index: int) -> None:
    rows = chain(5)

    assert broken([*rows[: index + 1], rows[index], *rows[index + 1 :]]).fault == ChainFault.SEQUENCE


@given(st.integers(0, 4))
def test_an_entry_rewritten_with_its_hash_is_found_by_the_next_or_by_the_head(index: int) -> None:
    rows = chain(5)
    head = check(rows).head
    rows[index] = rewritten(rows[index], actor="somebody else")

    assert broken(rows, head).cseq == index + 2
    assert broken(rows, head).fault == (ChainFault.PREVIOUS if index < 4 else ChainFault.HEAD)


def test_a_cut_tail_is_found_by_the_head() -> None:
    head = check(chain(5)).head

    found = broken(chain(3), head)

    assert found.fault == ChainFault.HEAD
    assert (found.expected, found.found) == (f"5 {head.hash}", f"3 {chain(3)[2].hash}")
    assert check(chain(3)).intact


def test_a_chain_that_does_not_start_at_its_start_is_found() -> None:
    assert broken(chain(5)[1:]).fault == ChainFault.SEQUENCE
    assert broken(chain(2, first=Head(0, "77" * 32, ""))).fault == ChainFault.PREVIOUS


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"log": "elsewhere/nhat-ky"}, ChainFault.LOG),
        ({"nomination": "BD-2024-0002"}, ChainFault.STREAM),
        ({"at": "2024-02-29T23:59:59.999999Z"}, ChainFault.CLOCK),
        ({"cseq": 7}, ChainFault.SEQUENCE),
        ({"cprev": GENESIS}, ChainFault.PREVIOUS),
        ({"from": "awarded"}, ChainFault.STATE),
        ({"from": None}, ChainFault.STATE),
        ({"to": None}, ChainFault.STATE),
        ({"ver": 1}, ChainFault.VERSION),
        ({"seen": -1}, ChainFault.ENTRY),
        ({"colour": "red"}, ChainFault.ENTRY),
    ],
)
def test_an_entry_that_contradicts_its_chain_is_named(changes: dict[str, object], fault: ChainFault) -> None:
    rows = chain(5)[:4]
    rows[3] = rewritten(rows[3], **changes)

    assert (broken(rows).cseq, broken(rows).fault) == (4, fault)


def test_bytes_in_another_form_are_named_with_their_reason() -> None:
    rows = chain(2)
    content = rows[1].content.replace(b'"act":', b'"act": ')
    rows[1] = rows[1]._replace(content=content, hash=entry_hash(content))

    assert broken(rows).fault == ChainFault.ENTRY
    assert broken(rows).found == str(Fault.NOT_CANONICAL)


def test_the_two_columns_must_say_what_the_bytes_say() -> None:
    rows = chain(2)
    rows[1] = rows[1]._replace(cprev="77" * 32)

    assert broken(rows).fault == ChainFault.COLUMN
    assert (broken(rows).found, broken(rows).expected) == ("77" * 32, rows[0].hash)


@pytest.mark.parametrize("fault", list(ChainFault))
def test_every_break_has_a_sentence_in_both_languages(fault: ChainFault) -> None:
    found = Break(4, fault, "expected thing", "found thing")

    for locale, place in (("vi", "Bước 4"), ("en", "Step 4")):
        assert found.sentence(locale).startswith(place)
        assert found.sentence(locale).endswith(".")
    assert found.sentence("vi") != found.sentence("en")
