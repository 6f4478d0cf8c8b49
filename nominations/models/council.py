"""Council meetings with their lines, ballots, and counted paper ballots."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from nominations.models.base import (
    NO_HASH,
    Base,
    Id,
    PrimaryId,
    Sha256,
    filled,
    not_negative,
    one_of,
    refers,
    where,
)


class Meeting(Base):
    """A council meeting (phiên họp Hội đồng); ballots append to its own chain (``stream``, ``chain_*``)."""

    __tablename__ = "meetings"
    __table_args__ = (
        one_of("status", ("open", "closed")),
        CheckConstraint("(status = 'closed') = (closed_at IS NOT NULL)", name="closed_whole"),
        *not_negative("chain_seq"),
        CheckConstraint("length(chain_head) = 64", name="chain_head_whole"),
    )

    id: Mapped[PrimaryId]
    council_id: Mapped[int] = mapped_column(ForeignKey("councils.id"), index=True)
    held_on: Mapped[date | None]
    status: Mapped[str] = mapped_column(default="open")
    secret: Mapped[bool] = mapped_column(default=False)
    stream: Mapped[str] = mapped_column(unique=True)
    chain_seq: Mapped[int] = mapped_column(default=0)
    chain_head: Mapped[Sha256] = mapped_column(default=NO_HASH)
    chain_at: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]


class MeetingLine(Base):
    """One nomination on a meeting's list, in the revision voted on, with the tally once the ballot is closed.

    ``members`` are all members of the council, the denominator of the vote. A nomination has one standing
    line in a meeting; ``voided_by`` is the later revision that changed what was voted on.
    """

    __tablename__ = "meeting_lines"
    __table_args__ = (
        refers("nomination_id revision_id", "revisions", "nomination_id id"),
        refers("nomination_id voided_by", "revisions", "nomination_id id"),
        UniqueConstraint("id", "nomination_id"),
        Index(None, "meeting_id"),
        Index(None, "nomination_id"),
        where("uq_meeting_lines_standing", "voided_by IS NULL", "meeting_id", "nomination_id", unique=True),
        *not_negative("members", "agree", "disagree", "abstain"),
        CheckConstraint("agree + disagree + abstain <= members", name="votes_within_members"),
        CheckConstraint("closed_at IS NOT NULL OR passed IS NULL", name="passed_when_closed"),
    )

    id: Mapped[PrimaryId]
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"))
    nomination_id: Mapped[int] = mapped_column(ForeignKey("nominations.id"))
    stage: Mapped[str]
    revision_id: Mapped[int] = mapped_column(Id)
    closed_at: Mapped[datetime | None]
    members: Mapped[int | None]
    agree: Mapped[int | None]
    disagree: Mapped[int | None]
    abstain: Mapped[int | None]
    passed: Mapped[bool | None]
    voided_by: Mapped[int | None] = mapped_column(Id)


class Ballot(Base):
    """One member's vote on one line; ``abstain`` is không tham gia biểu quyết. A member votes once a line."""

    __tablename__ = "ballots"
    __table_args__ = (
        refers("line_id nomination_id", "meeting_lines", "id nomination_id"),
        refers("nomination_id person_id pair side", "participations"),
        refers("nomination_id revision_id", "revisions", "nomination_id id"),
        UniqueConstraint("line_id", "person_id"),
        Index(None, "nomination_id"),
        Index(None, "person_id", "cast_at"),
        one_of("choice", ("agree", "disagree", "abstain")),
    )

    id: Mapped[PrimaryId]
    line_id: Mapped[int] = mapped_column(Id)
    nomination_id: Mapped[int] = mapped_column(ForeignKey("nominations.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    choice: Mapped[str]
    pair: Mapped[str]
    side: Mapped[str]
    note: Mapped[str | None]
    cast_at: Mapped[datetime]
    revision_id: Mapped[int] = mapped_column(Id)


class BallotCount(Base):
    """Paper ballots counted: recorded by one person, confirmed by another; one confirmed count a line."""

    __tablename__ = "ballot_counts"
    __table_args__ = (
        Index(None, "line_id"),
        where("uq_ballot_counts_confirmed", "confirmed_at IS NOT NULL", "line_id", unique=True),
        filled("confirmed_by"),
        *not_negative("agree", "disagree", "abstain"),  # the other counts are not below these
        CheckConstraint("recorded_by <> confirmed_by", name="two_persons"),
        CheckConstraint("(confirmed_by IS NULL) = (confirmed_at IS NULL)", name="confirmation_whole"),
        CheckConstraint("returned <= issued AND valid <= returned", name="papers_add_up"),
        CheckConstraint("agree + disagree <= valid AND agree + disagree + abstain <= issued", name="votes_add_up"),
    )

    id: Mapped[PrimaryId]
    line_id: Mapped[int] = mapped_column(ForeignKey("meeting_lines.id"))
    issued: Mapped[int]
    returned: Mapped[int]
    valid: Mapped[int]
    agree: Mapped[int]
    disagree: Mapped[int]
    abstain: Mapped[int]
    minutes_sha: Mapped[str] = mapped_column(ForeignKey("files.sha256"), index=True)
    recorded_by: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    recorded_at: Mapped[datetime]
    confirmed_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    confirmed_at: Mapped[datetime | None]
