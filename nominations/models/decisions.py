"""What comes out of the acts: signed decisions and letters, the register of awards, bundles sent up."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from nominations.models.base import Base, Id, PrimaryId, filled, one_of, refers, where

DECISION_KINDS = ("letter", "award", "not_awarded", "not_sent_up", "central_awarded", "central_not_awarded")

OURS = "kind NOT IN ('central_awarded', 'central_not_awarded') AND led_by IS NULL"
"""Decisions of the province's own bodies, one for each paper; one of the centre names many, each with its number."""


class Decision(Base):
    """A signed act of a stage: a letter (tờ trình), an award or not, not sending up, or a central result.

    ``signer_id`` signed, ``recorder_id`` recorded a signature made outside; the Prime Minister has no account,
    so a central result has a recorder only. ``number`` is as given outside, unique per body, series
    (``kind_series``: TTr, QĐ) and year, the centre's own apart; gaps are normal. ``voided_by`` is the later
    revision that changed what it was about. One paper over many files has a row for each of them, with the same
    number and day; ``led_by`` is the row that leads it, and holds the number against every other paper.
    ``paper`` is what the numbered paper says, as canonical bytes, kept with the leading row; ``paper_sha256`` is their
    digest, which the entry of the number names too.
    """

    __tablename__ = "decisions"
    __table_args__ = (
        refers("nomination_id signer_id pair side", "participations", "nomination_id person_id pair side"),
        refers("nomination_id revision_id", "revisions", "nomination_id id"),
        refers("nomination_id voided_by", "revisions", "nomination_id id"),
        where("uq_decisions_number", OURS, "body_unit_id", "kind_series", "number_year", "number", unique=True),
        UniqueConstraint("nomination_id", "id"),
        filled("signer_id"),
        filled("recorder_id"),
        filled("signed_file"),
        filled("numbered_by"),
        filled("led_by"),
        one_of("kind", DECISION_KINDS),
        one_of("signs_as", ("head", "deputy")),
        CheckConstraint("(signer_id IS NULL) = (pair IS NULL) AND (pair IS NULL) = (side IS NULL)", name="side_whole"),
        CheckConstraint(
            "signer_id IS NOT NULL OR (recorder_id IS NOT NULL AND kind IN ('central_awarded', 'central_not_awarded'))",
            name="signed",
        ),
        CheckConstraint(
            "(number IS NULL) = (number_year IS NULL) AND (number IS NULL) = (numbered_on IS NULL)"
            " AND (number IS NULL) = (numbered_by IS NULL)",
            name="number_whole",
        ),
        CheckConstraint("number <> ''", name="number_given"),
        CheckConstraint("NOT departs_from_vote OR coalesce(reasons, '') <> ''", name="departure_reasoned"),
    )

    id: Mapped[PrimaryId]
    nomination_id: Mapped[int] = mapped_column(ForeignKey("nominations.id"))
    stage: Mapped[str]
    kind: Mapped[str]
    signer_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    recorder_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    signs_as: Mapped[str | None]
    pair: Mapped[str | None]
    side: Mapped[str | None]
    reason_code: Mapped[str | None]
    reasons: Mapped[str | None]
    departs_from_vote: Mapped[bool] = mapped_column(default=False)
    signed_on: Mapped[date]
    signed_file: Mapped[str | None] = mapped_column(ForeignKey("files.sha256"))
    kind_series: Mapped[str]
    number: Mapped[str | None]
    number_year: Mapped[int | None]
    numbered_on: Mapped[date | None]
    numbered_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    body_unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    revision_id: Mapped[int] = mapped_column(Id)
    reviewed_sections: Mapped[list[Any]]
    voided_by: Mapped[int | None] = mapped_column(Id)
    created_at: Mapped[datetime]
    led_by: Mapped[int | None] = mapped_column(Id)  # SQLite adds no key to a table that is there
    paper: Mapped[bytes | None]
    paper_sha256: Mapped[str | None] = mapped_column(String(64))


class Award(Base):
    """One recipient's line in the register of awards (sổ khen thưởng): our own gapless series per year.

    ``check_code`` is what the public checks a certificate with; ``bonus_vnd`` a bonus put right by a correction, empty
    where the tables' own figure holds.
    """

    __tablename__ = "awards"
    __table_args__ = (
        refers("nomination_id decision_id", "decisions", "nomination_id id"),
        UniqueConstraint("register_year", "register_no"),
        Index(None, "decision_id"),
        one_of("status", ("issued", "corrected", "revoked")),
        CheckConstraint("register_no > 0", name="register_no_positive"),
        CheckConstraint("(register_no IS NULL) = (register_year IS NULL)", name="register_whole"),
    )

    id: Mapped[PrimaryId]
    nomination_id: Mapped[int] = mapped_column(ForeignKey("nominations.id"), unique=True)
    decision_id: Mapped[int] = mapped_column(Id)
    form: Mapped[str] = mapped_column(ForeignKey("award_forms.code"))
    nominee_id: Mapped[int] = mapped_column(ForeignKey("nominees.id"), index=True)
    decided_on: Mapped[date]
    register_no: Mapped[int | None]
    register_year: Mapped[int | None]
    check_code: Mapped[str] = mapped_column(unique=True)
    status: Mapped[str] = mapped_column(default="issued")
    bonus_vnd: Mapped[int | None] = mapped_column(Id)


class Submission(Base):
    """A bundle that one unit sends up under its letter (tờ trình); a supplementary one brings lines back."""

    __tablename__ = "submissions"
    __table_args__ = (filled("to_unit_id"), one_of("kind", ("first", "supplementary")))

    id: Mapped[PrimaryId]
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)
    to_unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    letter_number: Mapped[str | None]
    letter_on: Mapped[date | None]
    kind: Mapped[str]
    created_at: Mapped[datetime]


class SubmissionLine(Base):
    """One nomination in a bundle, in the revision sent; ``result`` is written once and stands."""

    __tablename__ = "submission_lines"
    __table_args__ = (
        UniqueConstraint("submission_id", "nomination_id"),
        refers("nomination_id revision_id", "revisions", "nomination_id id"),
        Index(None, "nomination_id"),
    )

    id: Mapped[PrimaryId]
    submission_id: Mapped[int] = mapped_column(ForeignKey("submissions.id"))
    nomination_id: Mapped[int] = mapped_column(ForeignKey("nominations.id"))
    revision_id: Mapped[int] = mapped_column(Id)
    result: Mapped[str | None]
