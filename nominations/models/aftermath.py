"""What is done to an award after its decision: it is annulled, corrected, its certificate issued again."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from nominations.models.base import Base, Id, PrimaryId, filled, one_of, refers, where

AWARD_ACTS = ("annulment", "annulment_proposal", "central_annulment", "correction", "reissue")


class AwardAct(Base):
    """One act on an award. A correction is proposed first: until it is signed or declined it waits.

    ``changes`` are rows of field, old and new words; ``amount_vnd`` is the bonus to be given back, where there is a
    figure for it. ``body_unit_id`` is whose act it is, ``number`` as its clerk gives it among its decisions;
    an act without a ``series`` is no paper of its own and gets no number.
    """

    __tablename__ = "award_acts"
    __table_args__ = (
        refers("nomination_id signer_id pair side", "participations", "nomination_id person_id pair side"),
        where(
            "uq_award_acts_number",
            "kind <> 'central_annulment'",
            "body_unit_id",
            "series",
            "number_year",
            "number",
            unique=True,
        ),
        where(
            "uq_award_acts_waiting",
            "kind = 'correction' AND signed_on IS NULL AND declined_by IS NULL",
            "nomination_id",
            unique=True,
        ),
        filled("document_sha"),
        filled("signed_file"),
        filled("proposed_by"),
        filled("declined_by"),
        filled("signer_id"),
        filled("recorder_id"),
        filled("numbered_by"),
        one_of("kind", AWARD_ACTS),
        one_of("signs_as", ("head", "deputy")),
        CheckConstraint("reasons <> ''", name="reasoned"),
        CheckConstraint("(pair IS NULL) = (side IS NULL)", name="side_whole"),
        CheckConstraint("signed_on IS NULL OR declined_by IS NULL", name="signed_or_declined"),
        CheckConstraint(
            "(number IS NULL) = (number_year IS NULL) AND (number IS NULL) = (numbered_on IS NULL)"
            " AND (number IS NULL) = (numbered_by IS NULL)",
            name="number_whole",
        ),
    )

    id: Mapped[PrimaryId]
    nomination_id: Mapped[int] = mapped_column(ForeignKey("nominations.id"), index=True)
    kind: Mapped[str]
    body_unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    ground: Mapped[str | None]
    reasons: Mapped[str]
    document_sha: Mapped[str | None] = mapped_column(ForeignKey("files.sha256"))
    changes: Mapped[list[Any] | None]
    amount_vnd: Mapped[int | None] = mapped_column(Id)
    proposed_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    declined_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    signer_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    recorder_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    signs_as: Mapped[str | None]
    pair: Mapped[str | None]
    side: Mapped[str | None]
    signed_on: Mapped[date | None]
    signed_file: Mapped[str | None] = mapped_column(ForeignKey("files.sha256"))
    series: Mapped[str]
    number: Mapped[str | None]
    number_year: Mapped[int | None]
    numbered_on: Mapped[date | None]
    numbered_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    paper: Mapped[bytes | None] = mapped_column(LargeBinary)
    paper_sha256: Mapped[str | None] = mapped_column(String(64))
    created_at: Mapped[datetime]


class CertificateCopy(Base):
    """A copy of a certificate that another has taken the place of: whoever checks its code is told so.

    The register's line stays as it is; the copy that counts has the code of the award's own row.
    """

    __tablename__ = "certificate_copies"
    __table_args__ = (CheckConstraint("copy_no > 0", name="copy_no_positive"),)

    check_code: Mapped[str] = mapped_column(primary_key=True)
    award_id: Mapped[int] = mapped_column(ForeignKey("awards.id"), index=True)
    copy_no: Mapped[int]
    replaced_at: Mapped[datetime]
