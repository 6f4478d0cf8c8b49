"""What the rules know of the meeting a file is voted on in: the line's own facts, and those of the meeting alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

from sqlalchemy import select
from sqlalchemy.orm import Session, SessionTransaction

from nominations.models.council import Attendance, Meeting, MeetingLine, SecretTally
from nominations.queries.case_facts import CaseRow

PRESENT = "present"


class VotedLine(NamedTuple):
    """The file's last line in a meeting, as ``case_facts`` reads it; ``seats`` are those with a vote."""

    id: int
    meeting_id: int
    stage: str
    closed: Any
    stands: Any
    members: int
    agree: int
    disagree: int
    abstain: int
    seats: list[int] | None
    ballots: list[list[Any]] | None
    counts: Any  # recorder, whether confirmed, agree, disagree, abstain, row
    called: Any
    sits: Any  # whether the meeting is still open
    secret: Any
    barred: int | None

    @property
    def concluded(self) -> bool:
        """Whether it belongs to a called meeting whose minutes are signed."""
        return bool(self.called) and not self.sits

    @property
    def open(self) -> bool:
        """Whether the vote on it may go on."""
        return bool(self.stands and self.sits) and not self.closed


@dataclass(frozen=True, slots=True)
class Sitting:
    """Who was absent and not asked, who is asked in writing and until when; tallies of a secret ballot by line."""

    absent: frozenset[int] = frozenset()
    polled: frozenset[int] = frozenset()
    poll_until: date | None = None
    tallies: Mapping[int, tuple[int, int, int]] = field(default_factory=dict)


NO_SITTING = Sitting()
_READ: WeakKeyDictionary[SessionTransaction, dict[int, Sitting]] = WeakKeyDictionary()


def sitting_of(session: Session, row: CaseRow) -> Sitting:
    """What the meeting of this file's open line knows; nothing is read for the meeting of one file, unless secret.

    Many files of one meeting, closed in one transaction, have it read once.
    """
    if not row.line:
        return NO_SITTING
    line = VotedLine(*row.line)
    if not line.open or not (line.called or line.secret):
        return NO_SITTING
    transaction = session.get_transaction()
    if transaction is None:
        return sitting(session, line.meeting_id)
    known = _READ.setdefault(transaction, {})
    if line.meeting_id not in known:
        known[line.meeting_id] = sitting(session, line.meeting_id)
    return known[line.meeting_id]


def sitting(session: Session, meeting_id: int) -> Sitting:
    """What a meeting knows of its members and of its secret tallies."""
    came = session.execute(
        select(Attendance.person_id, Attendance.presence, Attendance.polled).where(Attendance.meeting_id == meeting_id)
    ).all()
    until = session.scalar(select(Meeting.poll_until).where(Meeting.id == meeting_id))
    sums = session.execute(
        select(SecretTally.line_id, SecretTally.agree, SecretTally.disagree, SecretTally.abstain)
        .join(MeetingLine, MeetingLine.id == SecretTally.line_id)
        .where(MeetingLine.meeting_id == meeting_id)
    )
    return Sitting(
        absent=frozenset(one.person_id for one in came if one.presence != PRESENT and not one.polled),
        polled=frozenset(one.person_id for one in came if one.polled),
        poll_until=until,
        tallies={one.line_id: (one.agree, one.disagree, one.abstain) for one in sums},
    )
