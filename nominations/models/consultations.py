"""Opinions asked of other bodies, each with its terms as they were when it was asked."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from nominations.models.base import Base, Id, filled, one_of, refers, where

OUTCOMES = ("answered", "withdrawn", "fallen", "ended")


class OpinionRequest(Base):
    """One question to one body about one revision (lấy ý kiến, hiệp y); its reply is an opinion of the same number.

    ``unit_id`` is a body of the province, ``body`` the name of one outside, which answers on paper. It reads the
    ``sections`` and ``papers`` (digests) that were sent along and nothing else. ``goes_on`` and ``clock`` are the terms
    of the day it was asked. ``outcome``: answered, withdrawn, fallen (what it was about has changed), ended (with the
    file). ``reply_paper`` and what stands beside it are there where the reply came, or was sent along, on paper.
    """

    __tablename__ = "opinion_requests"
    __table_args__ = (
        refers("nomination_id revision_id", "revisions", "nomination_id id"),
        where("ix_opinion_requests_open", "closed_at IS NULL", "unit_id", "due_on"),
        filled("unit_id"),
        filled("reply_paper"),
        one_of("outcome", OUTCOMES),
        one_of("clock", ("runs", "pauses", "lengthens")),
        CheckConstraint("(unit_id IS NULL) <> (body IS NULL)", name="one_body"),
        CheckConstraint("(closed_at IS NULL) = (outcome IS NULL)", name="outcome_whole"),
        CheckConstraint("number > 0", name="number_positive"),
    )

    nomination_id: Mapped[int] = mapped_column(ForeignKey("nominations.id"), primary_key=True)
    number: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    kind: Mapped[str]
    stage: Mapped[str]
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    body: Mapped[str | None]
    asking_unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)
    asking_duty: Mapped[str]
    asked_by: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    asked_at: Mapped[datetime]
    due_on: Mapped[date]
    goes_on: Mapped[bool]
    clock: Mapped[str]
    lengthens_by: Mapped[int] = mapped_column(default=0)
    revision_id: Mapped[int] = mapped_column(Id)
    question: Mapped[str]
    sections: Mapped[list[Any]]
    papers: Mapped[list[Any]]
    reminded_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    outcome: Mapped[str | None]
    reasons: Mapped[str | None]
    reply_number: Mapped[str | None]
    replied_on: Mapped[date | None]
    reply_paper: Mapped[str | None] = mapped_column(String(64), ForeignKey("files.sha256"))
