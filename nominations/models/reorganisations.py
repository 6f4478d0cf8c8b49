"""Reorganisations carried out, and what was settled file by file where a unit has several successors."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from nominations.models.base import Base, PrimaryId, filled, marked, where


class Reorganisation(Base):
    """One run over everything in flight: ``counted`` is what it set out to move, ``moved`` what it has moved.

    One that has no end was cut short: the next run goes on with it.
    """

    __tablename__ = "reorganisations"
    __table_args__ = (
        where("uq_reorganisations_open", "finished_at IS NULL", "effective_on", unique=True),
        filled("begun_by"),
        CheckConstraint("(finished_at IS NULL) = (moved IS NULL)", name="end_whole"),
    )

    id: Mapped[PrimaryId]
    effective_on: Mapped[date]
    begun_at: Mapped[datetime]
    begun_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    counted: Mapped[dict[str, Any]]
    finished_at: Mapped[datetime | None]
    moved: Mapped[dict[str, Any] | None]


class SuccessionChoice(Base):
    """Which unit takes over one file from a unit that ended: settled by an administrator, with its source mark."""

    __tablename__ = "succession_choices"
    __table_args__ = (
        UniqueConstraint("nomination_id", "old_unit_id"),
        Index(None, "old_unit_id"),
        CheckConstraint("new_unit_id <> old_unit_id", name="another_unit"),
        marked(),
    )

    id: Mapped[PrimaryId]
    nomination_id: Mapped[int] = mapped_column(ForeignKey("nominations.id"))
    old_unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    new_unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)
    source: Mapped[str]
    decided_at: Mapped[datetime]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
