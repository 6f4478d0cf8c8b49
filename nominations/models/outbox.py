"""Messages written with the act and sent after the commit, and notices shown to persons and duties."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from nominations.models.base import Base, Id, PrimaryId, filled, not_negative, one_of, where


class OutboxMessage(Base):
    """Work that follows an act (mail, webhook), done at least once; messages of one ``key`` keep their order."""

    __tablename__ = "outbox"
    __table_args__ = (
        where("ix_outbox_due", "done_at IS NULL", "available_at", "id"),
        *not_negative("attempts"),
    )

    id: Mapped[PrimaryId]
    topic: Mapped[str]
    key: Mapped[str]
    payload: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]
    available_at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    done_at: Mapped[datetime | None]
    last_error: Mapped[str | None]


class Notice(Base):
    """Something to tell a person, or whoever holds a duty at a unit; it asks for no act (a task does)."""

    __tablename__ = "notices"
    __table_args__ = (
        where("ix_notices_person_unread", "read_at IS NULL", "person_id", "id"),
        where("ix_notices_unit_unread", "read_at IS NULL", "unit_id", "duty", "id"),
        filled("nomination_id"),
        CheckConstraint("person_id IS NOT NULL OR unit_id IS NOT NULL", name="addressed"),
    )

    id: Mapped[PrimaryId]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    duty: Mapped[str | None]
    kind: Mapped[str]
    nomination_id: Mapped[int | None] = mapped_column(ForeignKey("nominations.id"))
    body: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]
    read_at: Mapped[datetime | None]


class Reminder(Base):
    """That holders of an open step were told of its due day: once for each kind, whoever runs the worker."""

    __tablename__ = "reminders"
    __table_args__ = (one_of("kind", ("due_soon", "overdue")), {"sqlite_with_rowid": False})

    task_id: Mapped[int] = mapped_column(ForeignKey("tasks.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    created_at: Mapped[datetime]


class Digest(Base):
    """That a person wants a letter each working day with what waits, and the day of the last one."""

    __tablename__ = "digests"

    person_id: Mapped[int] = mapped_column(Id, ForeignKey("people.id"), primary_key=True, autoincrement=False)
    since: Mapped[datetime]
    sent_on: Mapped[date | None]
