"""Consultations that come in: a ministry asks the province about a nominee of its own (hiệp y đến)."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from nominations.models.base import Base, PrimaryId, filled, one_of, where


class IncomingConsultation(Base):
    """A letter of a ministry about a nominee that is no file of ours, its opinion as drafted, and the reply as sent.

    A task of its own: ``due_on`` is the last day for the reply; it is over when the reply has its number. The nominee
    is a body of a central authority in the province (``nominee_unit_id``), or somebody of one, named in words.
    """

    __tablename__ = "incoming_consultations"
    __table_args__ = (
        where("ix_incoming_consultations_waiting", "replied_on IS NULL", "unit_id", "due_on"),
        filled("nominee_unit_id"),
        filled("letter_sha"),
        filled("reply_sha"),
        filled("drafted_by"),
        filled("replied_by"),
        one_of("advice", ("for", "against", "neutral")),
        CheckConstraint("(advice IS NULL) = (reasons IS NULL)", name="draft_whole"),
        CheckConstraint("(advice IS NULL) = (drafted_by IS NULL)", name="draft_signed"),
        CheckConstraint("(replied_on IS NULL) = (reply_number IS NULL)", name="reply_whole"),
        CheckConstraint("replied_on IS NULL OR advice IS NOT NULL", name="drafted_before"),
    )

    id: Mapped[PrimaryId]
    code: Mapped[str] = mapped_column(unique=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)
    ministry: Mapped[str]
    letter_number: Mapped[str]
    letter_on: Mapped[date]
    received_on: Mapped[date]
    due_on: Mapped[date]
    nominee: Mapped[str]
    nominee_unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    award: Mapped[str]
    question: Mapped[str]
    letter_sha: Mapped[str | None] = mapped_column(String(64), ForeignKey("files.sha256"))
    received_by: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    received_at: Mapped[datetime]
    advice: Mapped[str | None]
    reasons: Mapped[str | None]
    drafted_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    drafted_at: Mapped[datetime | None]
    reply_number: Mapped[str | None]
    replied_on: Mapped[date | None]
    reply_sha: Mapped[str | None] = mapped_column(String(64), ForeignKey("files.sha256"))
    replied_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    replied_at: Mapped[datetime | None]
