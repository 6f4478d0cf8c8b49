"""Certificates on sheets printed before: how far a printer is off, and what became of each numbered sheet."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from nominations.models.base import Base, PrimaryId, one_of

SHEET_STATES = ("printed", "spoiled")
FARTHEST = 500  # tenths of a millimetre


class Printer(Base):
    """A unit's printer: by how many tenths of a millimetre its print is moved right and down to meet the sheet."""

    __tablename__ = "printers"
    __table_args__ = (
        UniqueConstraint("unit_id", "name"),
        CheckConstraint(f"right_tenths BETWEEN -{FARTHEST} AND {FARTHEST}", name="right_near"),
        CheckConstraint(f"down_tenths BETWEEN -{FARTHEST} AND {FARTHEST}", name="down_near"),
    )

    id: Mapped[PrimaryId]
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    name: Mapped[str]
    right_tenths: Mapped[int]
    down_tenths: Mapped[int]
    updated_by: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    updated_at: Mapped[datetime]


class CertificateSheet(Base):
    """A pre-printed sheet (phôi) by its serial number: used for an award's certificate, or spoiled on the way."""

    __tablename__ = "certificate_sheets"
    __table_args__ = (UniqueConstraint("unit_id", "serial"), one_of("status", SHEET_STATES))

    id: Mapped[PrimaryId]
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    award_id: Mapped[int] = mapped_column(ForeignKey("awards.id"), index=True)
    serial: Mapped[str]
    copy_no: Mapped[int]
    status: Mapped[str]
    note: Mapped[str | None]
    recorded_by: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    recorded_at: Mapped[datetime]
