"""What the papers of a meeting say beyond its lines and members: its host, the count, who was kept out of a line."""

from __future__ import annotations

from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from nominations.models.council import Ballot, BallotCount, Meeting, MeetingLine, Recusal
from nominations.models.people import Person
from nominations.models.units import Unit
from nominations.queries.meetings import Meet


class Host(NamedTuple):
    """The unit whose council met."""

    code: str
    name: str
    kind: str
    level: str
    parent: str
    parent_kind: str


def host_of(session: Session, meet: Meet) -> Host:
    """The unit of the meeting's council, with the one it is under."""
    above = aliased(Unit)
    row = session.execute(
        select(Unit.code, Unit.name, Unit.kind, Unit.level, above.name.label("parent"), above.kind.label("parent_kind"))
        .outerjoin(above, above.id == Unit.parent_id)
        .where(Unit.id == meet.unit_id)
    ).one()
    return Host(row.code, row.name, row.kind, row.level, row.parent or "", row.parent_kind or "")


def recusals_of(session: Session, meet: Meet) -> dict[int, tuple[str, ...]]:
    """The names of the members kept out of each line, by the line's row; whoever has voted there was not."""
    rows = session.execute(
        select(Recusal.line_id, Person.full_name)
        .join(MeetingLine, MeetingLine.id == Recusal.line_id)
        .join(Person, Person.id == Recusal.person_id)
        .outerjoin(Ballot, (Ballot.line_id == Recusal.line_id) & (Ballot.person_id == Recusal.person_id))
        .where(MeetingLine.meeting_id == meet.id, MeetingLine.closed_at.is_not(None), Ballot.id.is_(None))
        .order_by(Recusal.line_id, Person.id)
    )
    found: dict[int, tuple[str, ...]] = {}
    for row in rows:
        found[row.line_id] = (*found.get(row.line_id, ()), row.full_name)
    return found


def counts_of(session: Session, meet: Meet) -> list[Any]:
    """The counts that were confirmed, each kind of figures once: issued, returned, valid, recorder, confirmer."""
    second = aliased(Person)
    rows = session.execute(
        select(
            BallotCount.issued, BallotCount.returned, BallotCount.valid, Person.full_name,
            second.full_name.label("second"),
        )
        .join(MeetingLine, MeetingLine.id == BallotCount.line_id)
        .join(Person, Person.id == BallotCount.recorded_by)
        .join(second, second.id == BallotCount.confirmed_by)
        .where(MeetingLine.meeting_id == meet.id)
        .distinct()
        .order_by(BallotCount.issued, BallotCount.valid)
    )  # fmt: skip
    return [tuple(row) for row in rows]


def kept_minutes(session: Session, meet: Meet) -> bytes | None:
    """What the minutes said when they were signed."""
    return session.scalar(select(Meeting.minutes).where(Meeting.id == meet.id))
