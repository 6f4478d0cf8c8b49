"""Reports on the movement: each body's own, what is compiled of them, and the plan's milestones once they are met."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from nominations.models.base import Base, PrimaryId, filled, one_of
from workflows.reporting import KINDS, STATES

_GONE_OUT = "state IN ('submitted', 'accepted')"


class MovementReport(Base):
    """A body's report on the movement for a year (yearly), the mid-term or the closing one; one of each a body.

    ``content`` holds the words by section and the figures the body typed; ``counted`` is what the service counted for
    it when the report was sent, frozen. ``number``, ``dated_on`` and ``signer`` are those of the signed paper, whose
    file lies in the store under ``signed_file``. ``contact`` is whom to ask.
    """

    __tablename__ = "movement_reports"
    __table_args__ = (
        UniqueConstraint("movement_id", "kind", "year", "unit_id"),
        Index(None, "unit_id"),
        one_of("kind", KINDS),
        one_of("state", STATES),
        CheckConstraint("version > 0", name="version_positive"),
        CheckConstraint("year BETWEEN 2000 AND 2100", name="year_likely"),
        CheckConstraint(
            f"NOT ({_GONE_OUT}) OR (signed_file IS NOT NULL AND submitted_on IS NOT NULL AND submitted_by IS NOT NULL"
            " AND counted IS NOT NULL)",
            name="sent_whole",
        ),
        CheckConstraint("state <> 'returned' OR coalesce(returned_for, '') <> ''", name="return_reasoned"),
        CheckConstraint("(decided_by IS NULL) = (decided_at IS NULL)", name="decision_whole"),
        filled("signed_file"),
        filled("submitted_by"),
        filled("decided_by"),
    )

    id: Mapped[PrimaryId]
    movement_id: Mapped[int] = mapped_column(ForeignKey("movements.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    kind: Mapped[str]
    year: Mapped[int]
    state: Mapped[str] = mapped_column(default="draft")
    version: Mapped[int] = mapped_column(default=1)
    content: Mapped[dict[str, Any]]
    counted: Mapped[dict[str, Any] | None]
    number: Mapped[str | None]
    dated_on: Mapped[date | None]
    signer: Mapped[str | None]
    signed_file: Mapped[str | None] = mapped_column(ForeignKey("files.sha256"))
    signed_name: Mapped[str | None]
    contact: Mapped[str | None]
    submitted_at: Mapped[datetime | None]
    submitted_on: Mapped[date | None]
    submitted_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    returned_for: Mapped[str | None]
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    created_by: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    updated_at: Mapped[datetime]


class ReportCompilation(Base):
    """The compiled report as it was issued: the figures of that moment and the paper, both as bytes that stay.

    A further issue is a further ``edition``; none is altered.
    """

    __tablename__ = "report_compilations"
    __table_args__ = (
        UniqueConstraint("movement_id", "kind", "year", "edition"),
        one_of("kind", KINDS),
        CheckConstraint("edition > 0", name="edition_positive"),
        CheckConstraint("length(paper_sha256) = 64", name="sha256_whole"),
        CheckConstraint("number <> '' AND signer <> ''", name="numbered_and_signed"),
    )

    id: Mapped[PrimaryId]
    movement_id: Mapped[int] = mapped_column(ForeignKey("movements.id"))
    kind: Mapped[str]
    year: Mapped[int]
    edition: Mapped[int]
    issuer_unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)
    number: Mapped[str]
    dated_on: Mapped[date]
    signer: Mapped[str]
    figures: Mapped[bytes]
    paper: Mapped[bytes]
    paper_sha256: Mapped[str] = mapped_column(String(64))
    issued_by: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    issued_at: Mapped[datetime]


class ReportReminder(Base):
    """That a body was told of a report it owes: once of one that is due soon, once of one that is late."""

    __tablename__ = "report_reminders"
    __table_args__ = (
        UniqueConstraint("movement_id", "kind", "year", "unit_id", "told"),
        one_of("kind", KINDS),
        one_of("told", ("report_due", "report_late")),
    )

    id: Mapped[PrimaryId]
    movement_id: Mapped[int] = mapped_column(ForeignKey("movements.id"))
    kind: Mapped[str]
    year: Mapped[int]
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)
    told: Mapped[str]
    created_at: Mapped[datetime]


class MilestoneMark(Base):
    """That a milestone of the plan was met for a year, when, and by what."""

    __tablename__ = "milestone_marks"
    __table_args__ = (
        UniqueConstraint("milestone_id", "year"),
        CheckConstraint("note <> ''", name="note_given"),
    )

    id: Mapped[PrimaryId]
    milestone_id: Mapped[int] = mapped_column(ForeignKey("milestones.id"))
    year: Mapped[int]
    done_on: Mapped[date]
    note: Mapped[str]
    marked_by: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    marked_at: Mapped[datetime]
