"""The log as an auditor reads it: streams, their entries and whether their chains hold.

A file's stream is read by whoever audits the file, a meeting's by whoever audits a file on its list; the streams that
belong to no file are read by auditors of the whole province. To everybody else none of them exists.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from nominations.models.audit import DEFAULT_ORIGIN, ORIGIN_KEY, AuditEntry
from nominations.models.council import Meeting, MeetingLine
from nominations.models.nominations import Nomination
from nominations.models.people import Council, Person
from nominations.models.reference import Setting
from nominations.queries.actors import Viewer
from nominations.queries.pages import Page, decode, paged, size
from nominations.queries.standing import standing
from workflows.chain import ChainReport, Row, verify_chain
from workflows.ledger import Head, LedgerError, moment

GENERAL = ("people", "units", "settings", "access", "nominees", "lists", "reports", "movement", "certificates")
MEETINGS = "meeting:"
CHECKED_UNASKED = 5000  # entries: a longer stream is verified when the auditor asks for it
_FETCHED_AT_A_TIME = 2000


@dataclass(frozen=True, slots=True)
class StreamLine:
    """A stream of the log with how many entries it has and when the last one was written."""

    stream: str
    entries: int
    last_at: datetime | None


@dataclass(frozen=True, slots=True)
class MeetingStream:
    """A council meeting a file was on the list of, with its chain verified."""

    stream: str
    council: str
    stage: str
    held_on: date | None
    status: str
    report: ChainReport


@dataclass(frozen=True, slots=True)
class EntryRow:
    """An entry in a list of its stream."""

    cseq: int
    act: str
    at: datetime | None
    actor_name: str
    hash: str


def reads_everything(viewer: Viewer) -> bool:
    """Whether the viewer audits the whole province, and with it accounts, units, settings and sign-ins."""
    return any(post.duty == "auditor" and post.level == "province" for post in viewer.posts)


def may_read(session: Session, viewer: Viewer, stream: str) -> bool:
    """Whether the stream is there for this viewer."""
    if stream in GENERAL:
        return reads_everything(viewer)
    if stream.startswith(MEETINGS):
        return any(_audits(session, viewer, code) for code in files_of(session, stream))
    return _audits(session, viewer, stream)


def general_streams(session: Session, viewer: Viewer) -> tuple[StreamLine, ...]:
    """The streams that belong to no file, in a fixed order; none for who does not audit the whole province."""
    if not reads_everything(viewer):
        return ()
    rows = session.execute(
        select(AuditEntry.stream, func.max(AuditEntry.cseq), func.max(AuditEntry.at))
        .where(AuditEntry.stream.in_(GENERAL))
        .group_by(AuditEntry.stream)
    )
    found = {stream: StreamLine(stream, last, instant(at)) for stream, last, at in rows}
    return tuple(found.get(stream, StreamLine(stream, 0, None)) for stream in GENERAL)


def entries(
    session: Session, viewer: Viewer, stream: str, cursor: str | None = None, limit: int = 50
) -> Page[EntryRow] | None:
    """A page of a stream, newest first; None for a stream that is not there for the viewer. Raises BadCursor."""
    if not may_read(session, viewer, stream):
        return None
    before, limit = decode(cursor, int), size(limit)
    found = (
        select(AuditEntry.cseq, AuditEntry.act, AuditEntry.at, Person.full_name, AuditEntry.hash)
        .outerjoin(Person, Person.ref == AuditEntry.actor)
        .where(AuditEntry.stream == stream)
        .order_by(AuditEntry.cseq.desc())
        .limit(limit + 1)
    )
    if before is not None:
        found = found.where(AuditEntry.cseq < before[0])
    rows = session.execute(found).all()
    return paged(
        rows,
        limit,
        lambda row: EntryRow(row.cseq, row.act, instant(row.at), row.full_name or "", row.hash),
        lambda row: (row.cseq,),
    )


def meetings_of(session: Session, viewer: Viewer, code: str) -> tuple[MeetingStream, ...]:
    """The meetings a file was put before, each stream verified against the head its row names."""
    if not _audits(session, viewer, code):
        return ()
    rows = session.execute(
        select(
            Meeting.stream, Council.name, MeetingLine.stage, Meeting.held_on, Meeting.status,
            Meeting.chain_seq, Meeting.chain_head, Meeting.chain_at,
        )
        .join(MeetingLine, MeetingLine.meeting_id == Meeting.id)
        .join(Council, Council.id == Meeting.council_id)
        .join(Nomination, Nomination.id == MeetingLine.nomination_id)
        .where(Nomination.code == code)
        .order_by(MeetingLine.id)
    ).all()  # fmt: skip
    return tuple(
        MeetingStream(
            row.stream, row.name, row.stage, row.held_on, row.status,
            verify(session, row.stream, Head(row.chain_seq, row.chain_head, row.chain_at)),
        )
        for row in rows
    )  # fmt: skip


def files_of(session: Session, stream: str) -> tuple[str, ...]:
    """The codes of the files on the list of the meeting that has this stream."""
    found = (
        select(Nomination.code)
        .join(MeetingLine, MeetingLine.nomination_id == Nomination.id)
        .join(Meeting, Meeting.id == MeetingLine.meeting_id)
        .where(Meeting.stream == stream)
        .order_by(MeetingLine.id)
    )
    return tuple(dict.fromkeys(session.scalars(found)))


def verify(session: Session, stream: str, head: Head | None = None) -> ChainReport:
    """Verify a stream from its stored bytes, first to last; ``head`` is what the data says the last entry is."""
    return verify_chain(_rows(session, stream), log=log_name(session), stream=stream, head=head)


def stored_head(session: Session, stream: str) -> Head | None:
    """Where the row of a meeting or a file says its chain ends; None for the streams that have no row."""
    kind = Meeting if stream.startswith(MEETINGS) else Nomination
    named = Meeting.stream if kind is Meeting else Nomination.code
    row = session.execute(select(kind.chain_seq, kind.chain_head, kind.chain_at).where(named == stream)).one_or_none()
    return None if row is None else Head(*row)


def instant(at: str) -> datetime | None:
    """The instant an entry names; None where it names none, which verifying the stream reports."""
    try:
        return moment(at)
    except LedgerError:
        return None


def log_name(session: Session) -> str:
    """The origin that every entry of this log names."""
    return str(session.scalar(select(Setting.value).where(Setting.key == ORIGIN_KEY)) or DEFAULT_ORIGIN)


def _audits(session: Session, viewer: Viewer, code: str) -> bool:
    found = standing(session, viewer, code)
    return found is not None and found.sight.audits


def _rows(session: Session, stream: str) -> Iterator[Row]:
    """The stream from its first step on, some thousands at a time: memory stays flat however long it is."""
    entries = (
        select(AuditEntry.cseq, AuditEntry.hash, AuditEntry.cprev, AuditEntry.content)
        .where(AuditEntry.stream == stream)
        .order_by(AuditEntry.cseq)
        .limit(_FETCHED_AT_A_TIME)
    )
    found = session.execute(entries).all()
    while found:
        for row in found:
            yield Row(row.cseq, row.hash, row.cprev, row.content)
        found = session.execute(entries.where(AuditEntry.cseq > found[-1].cseq)).all()
