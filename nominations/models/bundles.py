"""What a specialist composes for one signature: a letter, or a decision, over many files (hồ sơ trình ký)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from nominations.models.base import Base, Id, PrimaryId, Sha256, filled, new_ref, one_of, refers, where

BUNDLE_OUTCOMES = ("send_up", "award", "resubmit")


class Bundle(Base):
    """Files of one form and round that lie with one unit, under one signature and one number.

    ``outcome`` is the act its signature does to each line: a letter that goes up, a decision that awards, or
    (``resubmit``) a supplementary letter that brings returned lines back to who returned them; ``supplements_id`` is
    the letter it supplements. Composed, then signed (``signed_at``), then numbered; once signed its lines never
    change: the database refuses it. ``signed_counts`` is what a paper signed outside says of how many there are of
    each kind. ``content`` is what the numbered paper says, as canonical bytes, ``content_sha256`` their digest.
    """

    __tablename__ = "bundles"
    __table_args__ = (
        Index(None, "unit_id", "id"),
        Index(None, "round_id"),
        where(
            "uq_bundles_number", "number IS NOT NULL", "unit_id", "kind_series", "number_year", "number", unique=True
        ),
        filled("supplements_id"),
        filled("to_unit_id"),
        Index(None, "composed_by"),
        filled("signer_id"),
        filled("recorder_id"),
        filled("signed_file"),
        filled("numbered_by"),
        filled("submission_id"),
        one_of("outcome", BUNDLE_OUTCOMES),
        one_of("signs_as", ("head", "deputy")),
        CheckConstraint("(signed_at IS NULL) = (signer_id IS NULL)", name="signature_whole"),
        CheckConstraint("(signed_at IS NULL) = (signed_on IS NULL)", name="day_of_signature"),
        CheckConstraint(
            "(number IS NULL) = (number_year IS NULL) AND (number IS NULL) = (numbered_on IS NULL)"
            " AND (number IS NULL) = (numbered_by IS NULL)",
            name="number_whole",
        ),
        CheckConstraint("number IS NULL OR signed_at IS NOT NULL", name="numbered_after_signed"),
        CheckConstraint("dropped_at IS NULL OR signed_at IS NULL", name="signed_is_kept"),
        CheckConstraint("supplements_id IS NULL OR supplements_id <> id", name="supplements_another"),
    )

    id: Mapped[PrimaryId]
    ref: Mapped[str] = mapped_column(String(32), unique=True, default=new_ref)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    to_unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    stage: Mapped[str]
    form: Mapped[str] = mapped_column(ForeignKey("award_forms.code"))
    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id"))
    outcome: Mapped[str]
    supplements_id: Mapped[int | None] = mapped_column(ForeignKey("bundles.id"))
    version: Mapped[int] = mapped_column(default=1)
    composed_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    created_at: Mapped[datetime]
    dropped_at: Mapped[datetime | None]
    signer_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    recorder_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    signs_as: Mapped[str | None]
    signed_on: Mapped[date | None]
    signed_at: Mapped[datetime | None]
    signed_file: Mapped[str | None] = mapped_column(ForeignKey("files.sha256"))
    signed_counts: Mapped[dict[str, Any] | None]
    kind_series: Mapped[str]
    number: Mapped[str | None]
    number_year: Mapped[int | None]
    numbered_on: Mapped[date | None]
    numbered_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    submission_id: Mapped[int | None] = mapped_column(ForeignKey("submissions.id"))
    content: Mapped[bytes | None] = mapped_column(LargeBinary)
    content_sha256: Mapped[Sha256 | None]


class BundleLine(Base):
    """One file of a bundle, at its place; ``decision_id`` is the signature it got, ``revision_id`` what was signed."""

    __tablename__ = "bundle_lines"
    __table_args__ = (
        refers("nomination_id decision_id", "decisions", "nomination_id id"),
        refers("nomination_id revision_id", "revisions", "nomination_id id"),
        Index(None, "nomination_id"),
        {"sqlite_with_rowid": False},
    )

    bundle_id: Mapped[int] = mapped_column(ForeignKey("bundles.id"), primary_key=True)
    nomination_id: Mapped[int] = mapped_column(ForeignKey("nominations.id"), primary_key=True)
    position: Mapped[int]
    decision_id: Mapped[int | None] = mapped_column(Id)
    revision_id: Mapped[int | None] = mapped_column(Id)
