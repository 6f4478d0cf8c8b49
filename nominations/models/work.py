"""What is done with a nomination on its way: tasks, returns, holds, sides taken, and opinions."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from nominations.models.base import Base, Id, PrimaryId, filled, one_of, refers, where

_OPEN = "closed_at IS NULL"
COUNCIL_STEPS = "step IN ('unit.council', 'commune.council', 'district.council', 'board.council')"
"""What waits for a council's vote; queries say it in the same words, so that the index of these tasks serves them."""


class Task(Base):
    """Something waiting for a duty at a unit (việc cần làm); a nomination has at most one open ``step`` task.

    ``step`` is the full state the task belongs to. ``substitute`` marks that the flow's substitute was taken,
    ``nobody_free`` that nobody could be found. ``request_no`` is the request that an ``opinion`` task waits for a reply
    to; ``base_due_on`` a step's due day before opinions moved it.

    The rule of one open step holds within a statement too: where one statement closes a task and opens the next, the
    opening must read from the closing, to come after it.
    """

    __tablename__ = "tasks"
    __table_args__ = (
        Index(None, "nomination_id"),
        where("uq_tasks_open_step", f"kind = 'step' AND {_OPEN}", "nomination_id", unique=True),
        where("ix_tasks_queue", f"kind = 'step' AND {_OPEN}", "unit_id", "duty", "due_on", "id"),
        where("ix_tasks_councils", f"{COUNCIL_STEPS} AND {_OPEN}", "unit_id", "due_on", "id"),
        where(None, "closed_by IS NOT NULL", "closed_by", "closed_at"),
        where("uq_tasks_request", "request_no IS NOT NULL", "nomination_id", "request_no", unique=True),
        one_of("kind", ("step", "ballot", "opinion", "reconfirm")),
        CheckConstraint("closed_at IS NOT NULL OR outcome IS NULL", name="outcome_when_closed"),
        CheckConstraint("closed_at IS NOT NULL OR closed_by IS NULL", name="closer_when_closed"),
    )

    id: Mapped[PrimaryId]
    nomination_id: Mapped[int] = mapped_column(ForeignKey("nominations.id"))
    kind: Mapped[str]
    step: Mapped[str]
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    duty: Mapped[str]
    substitute: Mapped[bool] = mapped_column(default=False)
    nobody_free: Mapped[bool] = mapped_column(default=False)
    opened_at: Mapped[datetime]
    due_on: Mapped[date | None]
    base_due_on: Mapped[date | None]
    request_no: Mapped[int | None] = mapped_column(Id)
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    outcome: Mapped[str | None]
    delegation_id: Mapped[int | None] = mapped_column(Id)  # by which it was done for another; the service knows it


class Return(Base):
    """One level of a nomination's stack of returns (trả hồ sơ): who returned it, to whose duty, and why.

    ``depth`` counts from 1; ``from_state`` is where resubmitting leads back; ``sections`` are the names
    reopened, ``faults`` all faults at once as ``[{code, note, section}]``.
    """

    __tablename__ = "returns"
    __table_args__ = (
        Index(None, "nomination_id"),
        where("uq_returns_open_depth", _OPEN, "nomination_id", "depth", unique=True),
        where("ix_returns_open", _OPEN, "by_unit_id", "nomination_id"),
        one_of("mode", ("chain", "direct", "passed_down")),
        CheckConstraint("depth > 0", name="depth_positive"),
    )

    id: Mapped[PrimaryId]
    nomination_id: Mapped[int] = mapped_column(ForeignKey("nominations.id"))
    depth: Mapped[int]
    from_state: Mapped[str]
    by_unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)
    by_person: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    holder_unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)
    holder_duty: Mapped[str]
    mode: Mapped[str]
    sections: Mapped[list[Any]]
    faults: Mapped[list[Any]]
    document_sha: Mapped[str | None] = mapped_column(String(64))  # the service sees that the file is there
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    delegation_id: Mapped[int | None] = mapped_column(Id)  # by which it was done for another; the service knows it


class Hold(Base):
    """A proposed or approved suspension of a nomination (tạm dừng xét), with its ground and review date.

    Seen by its unit and auditors only. One is open at a time.
    """

    __tablename__ = "holds"
    __table_args__ = (
        Index(None, "nomination_id"),
        where("uq_holds_open", _OPEN, "nomination_id", unique=True),
        filled("document_sha"),
        filled("approved_by"),
        filled("closed_by"),
        CheckConstraint("(approved_by IS NULL) = (approved_at IS NULL)", name="approval_whole"),
    )

    id: Mapped[PrimaryId]
    nomination_id: Mapped[int] = mapped_column(ForeignKey("nominations.id"))
    state: Mapped[str]
    proposed_by: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    ground: Mapped[str]
    document_sha: Mapped[str | None] = mapped_column(ForeignKey("files.sha256"))
    review_on: Mapped[date | None]
    proposed_at: Mapped[datetime]
    approved_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    approved_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))


class Participation(Base):
    """The side a person is on in one nomination within one incompatible pair: separation of persons as a key.

    Every act of review points here, so nobody can act on both sides. The database refuses to change or delete
    a side once taken. To take one that may have been taken before, write
    ``INSERT ... ON CONFLICT (nomination_id, person_id, pair) DO UPDATE SET side = excluded.side
    WHERE participations.side <> excluded.side``: the same side again does nothing, the other side is refused.
    """

    __tablename__ = "participations"
    __table_args__ = (
        UniqueConstraint("nomination_id", "person_id", "pair", "side"),
        CheckConstraint("pair <> '' AND side <> ''", name="named"),
        {"sqlite_with_rowid": False},
    )

    nomination_id: Mapped[int] = mapped_column(ForeignKey("nominations.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True, index=True)
    pair: Mapped[str] = mapped_column(primary_key=True)
    side: Mapped[str]


class Opinion(Base):
    """An appraisal, a check or a reply to a question, with reasons, criterion by criterion where it applies.

    Bound to the revision it is about and to the sections it reviewed; ``voided_by`` is the later revision
    that changed one of them. ``by_criterion`` maps a criterion's code to what was found. A reply has the
    ``request_no`` of what was asked; where it came on paper, ``person_id`` is who recorded it.
    """

    __tablename__ = "opinions"
    __table_args__ = (
        refers("nomination_id person_id pair side", "participations"),
        refers("nomination_id revision_id", "revisions", "nomination_id id"),
        refers("nomination_id voided_by", "revisions", "nomination_id id"),
        Index(None, "nomination_id"),
        one_of("kind", ("appraisal", "check", "consultation")),
        one_of("advice", ("for", "against", "neutral")),
        CheckConstraint("(pair IS NULL) = (side IS NULL)", name="side_whole"),
        CheckConstraint("pair IS NOT NULL OR kind = 'consultation'", name="side_taken"),
    )

    id: Mapped[PrimaryId]
    nomination_id: Mapped[int] = mapped_column(ForeignKey("nominations.id"))
    kind: Mapped[str]
    stage: Mapped[str]
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    pair: Mapped[str | None]
    side: Mapped[str | None]
    advice: Mapped[str | None]
    reasons: Mapped[str]
    by_criterion: Mapped[dict[str, Any]] = mapped_column(default=dict)
    revision_id: Mapped[int] = mapped_column(Id)
    reviewed_sections: Mapped[list[Any]]
    voided_by: Mapped[int | None] = mapped_column(Id)
    request_no: Mapped[int | None] = mapped_column(Id)
    created_at: Mapped[datetime]
    delegation_id: Mapped[int | None] = mapped_column(Id)  # by which it was done for another; the service knows it
