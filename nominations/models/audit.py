"""The log: entries chained per stream, their erasable payloads, and the places the sequencer gives them.

What these tables refuse (change, deletion, a gap, a wrong predecessor, time going back) is in ``triggers``.
"""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from nominations.models.base import Base, CurrentTransaction, Id, Sha256, SortedText, Xid, where

MAX_ENTRY_BYTES = 8192
ORIGIN_KEY = "log_origin"  # of the settings: this log's own name, so that entries cannot move between logs
DEFAULT_ORIGIN = "nominations/nhat-ky"  # until the installation has given another


class AuditEntry(Base):
    """One entry of the log: the very bytes that were hashed, its step in its stream, its predecessor's hash.

    ``stream`` is a nomination, a meeting, or one of people, units, settings, access; ``cseq`` counts from 1
    within it; ``cprev`` is 64 zeros for the first. ``at`` is the very text that was hashed (UTC).
    ``actor`` is a random reference. ``txid`` numbers the transaction on PostgreSQL, for the sequencer.
    """

    __tablename__ = "audit_entries"
    __table_args__ = (
        UniqueConstraint("hash"),
        where("uq_audit_entries_request", "request_key IS NOT NULL", "actor", "request_key", unique=True),
        Index(None, "at"),
        CheckConstraint("cseq > 0", name="cseq_positive"),
        CheckConstraint("length(at) = 27", name="at_whole"),
        CheckConstraint("length(hash) = 64 AND length(cprev) = 64", name="hashes_whole"),
        CheckConstraint(f"length(content) <= {MAX_ENTRY_BYTES}", name="content_fits"),
    )

    stream: Mapped[str] = mapped_column(SortedText(), primary_key=True)
    cseq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    act: Mapped[str]
    at: Mapped[str] = mapped_column(SortedText())
    actor: Mapped[str | None]
    nomination: Mapped[str | None]
    hash: Mapped[Sha256]
    cprev: Mapped[Sha256]
    content: Mapped[bytes]
    request_key: Mapped[str | None]
    txid: Mapped[int | None] = mapped_column(Xid, server_default=CurrentTransaction())


class EntryPayload(Base):
    """What an entry's ``body`` commits to (reasons, address), and the salt; only erasing deletes it."""

    __tablename__ = "entry_payloads"
    __table_args__ = (ForeignKeyConstraint(["stream", "cseq"], ["audit_entries.stream", "audit_entries.cseq"]),)

    stream: Mapped[str] = mapped_column(SortedText(), primary_key=True)
    cseq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    payload: Mapped[bytes] = mapped_column(LargeBinary)
    salt: Mapped[bytes] = mapped_column(LargeBinary)


class LogPosition(Base):
    """An entry's place in the whole log: gapless from 0, given once, after the commit."""

    __tablename__ = "log_positions"
    __table_args__ = (
        ForeignKeyConstraint(["stream", "cseq"], ["audit_entries.stream", "audit_entries.cseq"]),
        UniqueConstraint("stream", "cseq"),
        CheckConstraint("seq >= 0", name="seq_not_negative"),
    )

    seq: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    stream: Mapped[str] = mapped_column(SortedText())
    cseq: Mapped[int]
