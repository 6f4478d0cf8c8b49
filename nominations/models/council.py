"""Council meetings with their lines, ballots, and counted paper ballots."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, false
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

PRESENCE = ("present", "excused", "absent")


class Meeting(Base):
    """A council meeting (phiên họp Hội đồng); ballots append to its own chain (``stream``, ``chain_*``).

    One that a secretary ``called`` has an agenda of many lines and ends with its signed minutes: ``minutes`` are the
    bytes of what they say, ``minutes_file`` the SHA-256 of the signed paper. Any other is the meeting of the one file
    it was opened for, and ends with that file's vote. Absent members asked in writing answer up to ``poll_until``.
    """

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
    called: Mapped[bool] = mapped_column(default=False, server_default=false())
    place: Mapped[str | None]
    begins: Mapped[str | None]  # the hour, such as 08:00
    poll_until: Mapped[date | None]
    minutes: Mapped[bytes | None]
    minutes_sha256: Mapped[Sha256 | None]
    minutes_file: Mapped[Sha256 | None]
    minutes_on: Mapped[date | None]


class Attendance(Base):
    """Whether a member came to a meeting: present, excused (with a reason) or absent; ``polled``: asked in writing."""

    __tablename__ = "meeting_attendance"
    __table_args__ = (
        one_of("presence", PRESENCE),
        CheckConstraint("NOT (polled AND presence = 'present')", name="polled_when_absent"),
        {"sqlite_with_rowid": False},
    )

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True, index=True)
    presence: Mapped[str]
    polled: Mapped[bool] = mapped_column(default=False)


class MeetingLine(Base):
    """One nomination on a meeting's list, in the revision voted on, with the tally once the ballot is closed.

    ``members`` are all members of the council, the denominator of the vote, ``barred`` those of them kept out of it. A
    nomination has one standing line in a meeting; ``voided_by`` is the later revision that changed what was voted on.
    ``position`` is the line's place on the agenda.
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
    position: Mapped[int | None]
    barred: Mapped[int | None]


class Ballot(Base):
    """One member's vote on one line; ``abstain`` is không tham gia biểu quyết. A member votes once a line.

    Of a secret ballot it says that the member has voted: ``choice`` and ``note`` are empty.
    """

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
    choice: Mapped[str | None]
    pair: Mapped[str]
    side: Mapped[str]
    note: Mapped[str | None]
    cast_at: Mapped[datetime]
    revision_id: Mapped[int] = mapped_column(Id)


class SecretTally(Base):
    """How many said what in a secret ballot on one line: sums alone, without a row, a day or an order of votes."""

    __tablename__ = "secret_tallies"
    __table_args__ = not_negative("agree", "disagree", "abstain")

    line_id: Mapped[int] = mapped_column(ForeignKey("meeting_lines.id"), primary_key=True, autoincrement=False)
    agree: Mapped[int]
    disagree: Mapped[int]
    abstain: Mapped[int]


class Recusal(Base):
    """A member who was kept out of the vote on a line when it was closed: the nominee, kin, of the nominee's unit."""

    __tablename__ = "meeting_recusals"
    __table_args__ = ({"sqlite_with_rowid": False},)

    line_id: Mapped[int] = mapped_column(ForeignKey("meeting_lines.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True, index=True)


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
