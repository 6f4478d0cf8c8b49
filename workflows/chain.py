"""Verification of one stream of audit entries: does the chain hold, and if not, where does it first break and why.

Checked row by row, streaming: the hash of the bytes, their canonical form, log and stream, step and previous
hash, a clock that never goes back, and continuity (`from` is the previous `to`, `ver` never falls).  The report
also says what the case was last known to be, so that the caller can hold the data against the log.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from workflows.ledger import Entry, Head, LedgerError, entry_hash, parse_entry


class ChainFault(StrEnum):
    """What a stored entry contradicts."""

    HASH = "hash"
    ENTRY = "entry"
    COLUMN = "column"
    LOG = "log"
    STREAM = "stream"
    SEQUENCE = "sequence"
    PREVIOUS = "previous"
    CLOCK = "clock"
    STATE = "state"
    VERSION = "version"
    HEAD = "head"


_SENTENCES = {
    ChainFault.HASH: (
        "nội dung không khớp mã băm đã lưu: {found} thay vì {expected}",
        "the bytes do not match the stored hash: {found} instead of {expected}",
    ),
    ChainFault.ENTRY: (
        "nội dung không phải một dòng nhật ký đúng dạng ({found})",
        "the bytes are not an entry in the one permitted form ({found})",
    ),
    ChainFault.COLUMN: (
        "cột lưu kèm ghi {found}, nội dung ghi {expected}",
        "the column beside the entry says {found}, the bytes say {expected}",
    ),
    ChainFault.LOG: (
        "dòng này thuộc nhật ký {found}, không phải {expected}",
        "the entry belongs to the log {found}, not {expected}",
    ),
    ChainFault.STREAM: (
        "dòng này thuộc chuỗi {found}, không phải {expected}",
        "the entry belongs to the stream {found}, not {expected}",
    ),
    ChainFault.SEQUENCE: (
        "số thứ tự là {found}, phải là {expected}",
        "the step number is {found}, it must be {expected}",
    ),
    ChainFault.PREVIOUS: (
        "mã của dòng trước ghi {found}, phải là {expected}",
        "the previous hash is {found}, it must be {expected}",
    ),
    ChainFault.CLOCK: (
        "thời gian {found} sớm hơn dòng trước {expected}",
        "the time {found} is before the previous entry's {expected}",
    ),
    ChainFault.STATE: (
        "chuyển từ trạng thái {found}, trong khi trạng thái trước đó là {expected}",
        "it moves from the state {found} while the state before it was {expected}",
    ),
    ChainFault.VERSION: (
        "phiên bản {found} thấp hơn phiên bản trước {expected}",
        "the version {found} is lower than the previous {expected}",
    ),
    ChainFault.HEAD: (
        "chuỗi kết thúc ở {found}, dữ liệu ghi đầu chuỗi là {expected}",
        "the chain ends at {found}, the data says its head is {expected}",
    ),
}


class Row(NamedTuple):
    """An entry as it is stored: its step, its hash, the previous hash, and the bytes."""

    cseq: int
    hash: str
    cprev: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Break:
    """The first place where a chain does not hold: the step looked for there, and what contradicts what."""

    cseq: int
    fault: ChainFault
    expected: str
    found: str

    def sentence(self, locale: str) -> str:
        """One sentence for an auditor (`locale` vi or en)."""
        where = "Step" if locale == "en" else "Bước"
        words = _SENTENCES[self.fault][locale == "en"].format(expected=self.expected, found=self.found)
        return f"{where} {self.cseq}: {words}."


@dataclass(frozen=True, slots=True)
class ChainReport:
    """How far a chain holds: entries checked, head reached, last known state, version and snapshot."""

    checked: int
    head: Head
    state: str | None
    ver: int | None
    snap: str | None
    first_break: Break | None

    @property
    def intact(self) -> bool:
        """Whether the chain holds to its end."""
        return self.first_break is None


class _Finding(NamedTuple):
    """A contradiction before its place is known."""

    fault: ChainFault
    expected: str
    found: str


@dataclass(slots=True)
class _Known:
    """What the entries so far established."""

    head: Head
    state: str | None = None
    ver: int | None = None
    snap: str | None = None

    def learn(self, digest: str, entry: Entry) -> None:
        """Take over what an entry that holds says."""
        self.head = Head(entry.cseq, digest, entry.at)
        self.state = entry.to_state or self.state
        self.ver = self.ver if entry.ver is None else entry.ver
        self.snap = entry.snap or self.snap

    def report(self, first_break: Break | None) -> ChainReport:
        """The report of what is known by now."""
        return ChainReport(self.head.cseq, self.head, self.state, self.ver, self.snap, first_break)


def verify_chain(rows: Iterable[Row], *, log: str, stream: str, head: Head | None = None) -> ChainReport:
    """Check one stream's rows in step order, stopping at the first break.

    `log` and `stream` are what every entry must name; `head`, where given, is what the data says the last entry
    is: without it a tail cut off cleanly cannot be noticed.
    """
    known = _Known(Head())
    for row in rows:
        read = _read(row)
        wrong = read if isinstance(read, _Finding) else _learn(known, row, read, (log, stream))
        if wrong is not None:
            return known.report(Break(known.head.cseq + 1, *wrong))
    if head is not None and head != known.head:
        cut = Break(known.head.cseq + 1, ChainFault.HEAD, _place(head), _place(known.head))
        return known.report(cut)
    return known.report(None)


def _read(row: Row) -> Entry | _Finding:
    """The entry in a row whose bytes are what was hashed and in the one permitted form."""
    digest = entry_hash(row.content)
    if digest != row.hash:
        return _Finding(ChainFault.HASH, row.hash, digest)
    try:
        return parse_entry(row.content)
    except LedgerError as error:
        return _Finding(ChainFault.ENTRY, "", str(error))


def _learn(known: _Known, row: Row, entry: Entry, place: tuple[str, str]) -> _Finding | None:
    """Take the entry into what is known, unless something contradicts it: then that, and nothing is learnt."""
    wrong = _contradiction(known, row, entry, place)
    if wrong is None:
        known.learn(row.hash, entry)
    return wrong


def _contradiction(known: _Known, row: Row, entry: Entry, place: tuple[str, str]) -> _Finding | None:
    """What an entry says that its row, its log and stream, or the entries before it contradict."""
    head = known.head
    log, stream = place
    checks: tuple[tuple[ChainFault, object, object], ...] = (
        (ChainFault.COLUMN, entry.cseq, row.cseq),
        (ChainFault.COLUMN, entry.cprev, row.cprev),
        (ChainFault.LOG, log, entry.log),
        (ChainFault.STREAM, stream, entry.chain),
        (ChainFault.SEQUENCE, head.cseq + 1, entry.cseq),
        (ChainFault.PREVIOUS, head.hash, entry.cprev),
        (ChainFault.CLOCK, max(head.at, entry.at), entry.at),
    )
    for fault, expected, found in checks:
        if expected != found:
            return _Finding(fault, str(expected), str(found))
    return _jump(entry, known)


def _jump(entry: Entry, known: _Known) -> _Finding | None:
    """A state the entry moves from without its being there, or a version that falls."""
    moves = entry.from_state is not None or entry.to_state is not None
    if moves and (entry.from_state != known.state or entry.to_state is None):
        return _Finding(ChainFault.STATE, known.state or "-", f"{entry.from_state or '-'}")
    if entry.ver is not None and known.ver is not None and entry.ver < known.ver:
        return _Finding(ChainFault.VERSION, str(known.ver), str(entry.ver))
    return None


def _place(head: Head) -> str:
    return f"{head.cseq} {head.hash}"
