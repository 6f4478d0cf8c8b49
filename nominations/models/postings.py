"""Public postings of files (công khai, niêm yết) at the level where their round asks for one."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from nominations.models.base import Base, filled, in_order


class Posting(Base):
    """One file posted at one stage: where, from when until when, and its end with the minutes (biên bản).

    ``remarks`` is what was heard while it was posted; complaints are marks of the nominee, read by few.
    """

    __tablename__ = "postings"
    __table_args__ = (
        filled("minutes_sha"),
        filled("ended_by"),
        in_order("begun_on", "until_on"),
        CheckConstraint("working_days > 0", name="days_positive"),
        CheckConstraint("(ended_on IS NULL) = (minutes_sha IS NULL)", name="end_with_minutes"),
        CheckConstraint("(ended_on IS NULL) = (ended_by IS NULL)", name="end_whole"),
        {"sqlite_with_rowid": False},
    )

    nomination_id: Mapped[int] = mapped_column(ForeignKey("nominations.id"), primary_key=True)
    stage: Mapped[str] = mapped_column(primary_key=True)
    places: Mapped[str]
    working_days: Mapped[int]
    begun_on: Mapped[date]
    until_on: Mapped[date]
    begun_by: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    begun_at: Mapped[datetime]
    ended_on: Mapped[date | None]
    ended_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    ended_at: Mapped[datetime | None]
    minutes_sha: Mapped[str | None] = mapped_column(String(64), ForeignKey("files.sha256"))
    remarks: Mapped[str | None]
