"""Council meetings as those concerned see them: the meetings of their councils, one with its members and its head.

A meeting is there for whoever sits in the council, and for the staff of the units that prepare its work: the council's
own and, for the provincial council, the board. An auditor reads those of the part of the tree they audit.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from nominations.models.council import Attendance, Ballot, Meeting, MeetingLine
from nominations.models.people import Council, CouncilSeat, Person, Post
from nominations.models.units import Unit
from nominations.queries.actors import SEES_NO_FILE, Viewer
from nominations.queries.inbox import boards
from workflows import Actor

CONVENER = "secretary"
SUBSTITUTES = ("appraiser", "office", "deputy")  # who keep a meeting's records where nobody is secretary today
STREAM = "meeting:"
Ends = InstrumentedAttribute[date | None]
ROLES = ("chair", "vice_chair", "standing", "member", "secretary")


@dataclass(frozen=True, slots=True)
class CouncilOf:
    """A council somebody calls meetings of."""

    id: int
    name: str
    unit_id: int
    unit_name: str


@dataclass(frozen=True, slots=True)
class Meet:
    """A meeting that was called. ``ref`` names it in addresses; ``staff`` are the units that prepare its work."""

    id: int
    ref: str
    council_id: int
    council: str
    unit_id: int
    unit_name: str
    unit_kind: str
    held_on: date
    begins: str
    place: str
    open: bool
    secret: bool
    poll_until: date | None
    minutes_on: date | None
    minutes_file: str | None
    lines: int
    closed: int
    staff: frozenset[int]

    @property
    def stream(self) -> str:
        """Its chain in the log."""
        return f"{STREAM}{self.ref}"


@dataclass(frozen=True, slots=True)
class Member:
    """A member with a vote, and whether they came; ``presence`` empty while nothing is marked."""

    person_id: int
    ref: str
    name: str
    role: str
    presence: str
    polled: bool
    voted: int  # lines on which their ballot is in


def councils_of(session: Session, actor: Actor, today: date) -> tuple[CouncilOf, ...]:
    """The councils of today whose meetings this person calls."""
    rows = session.execute(
        select(Council.id, Council.name, Council.unit_id, Unit.name.label("unit"))
        .join(Unit, Unit.id == Council.unit_id)
        .where(_on(Council.valid_from, Council.valid_to, today))
        .order_by(Council.id)
    ).all()
    found = (CouncilOf(row.id, row.name, row.unit_id, row.unit) for row in rows)
    return tuple(one for one in found if convenes(session, actor, one.unit_id, today))


def convenes(session: Session, actor: Actor, unit_id: int, today: date) -> bool:
    """Whether somebody calls the meetings of a unit's council: its secretary, or their substitutes where none is."""
    staff = staff_units(session, unit_id)
    duties = {post.duty for post in actor.posts if post.unit in staff}
    if CONVENER in duties:
        return True
    return bool(duties & set(SUBSTITUTES)) and not _has_secretary(session, staff, today)


def staff_units(session: Session, unit_id: int) -> frozenset[int]:
    """The units whose staff prepare the work of a unit's council: its own, and the board for the province's."""
    return frozenset({unit_id, *boards(session).get(unit_id, ())})


def meetings(session: Session, viewer: Viewer, limit: int = 100) -> tuple[Meet, ...]:
    """The meetings there are for this viewer, open ones first, then the latest."""
    found = _meetings(session, _there(session, viewer), limit)
    return tuple(sorted(found, key=lambda meet: not meet.open))


def meeting(session: Session, viewer: Viewer, ref: str) -> Meet | None:
    """One meeting; None where there is none for this viewer."""
    found = _meetings(session, and_(Meeting.stream == f"{STREAM}{ref}", _there(session, viewer)), 1)
    return found[0] if found else None


def members(session: Session, meet: Meet, day: date) -> tuple[Member, ...]:
    """Who sits in the council with a vote on ``day``, and whoever was marked or has voted before; the chair first."""
    cast = (
        select(Ballot.person_id, func.count().label("lines"))
        .join(MeetingLine, MeetingLine.id == Ballot.line_id)
        .where(MeetingLine.meeting_id == meet.id)
        .group_by(Ballot.person_id)
        .subquery()
    )
    seat = and_(
        CouncilSeat.person_id == Person.id,
        CouncilSeat.council_id == meet.council_id,
        CouncilSeat.role != CONVENER,
        _on(CouncilSeat.valid_from, CouncilSeat.valid_to, day),
    )
    came = and_(Attendance.person_id == Person.id, Attendance.meeting_id == meet.id)
    rows = session.execute(
        select(
            Person.id, Person.ref, Person.full_name, CouncilSeat.role, Attendance.presence, Attendance.polled,
            cast.c.lines,
        )
        .outerjoin(CouncilSeat, seat)
        .outerjoin(Attendance, came)
        .outerjoin(cast, cast.c.person_id == Person.id)
        .where(or_(CouncilSeat.id.is_not(None), Attendance.person_id.is_not(None), cast.c.lines.is_not(None)))
        .order_by(Person.id)
    ).all()  # fmt: skip
    found = [
        Member(
            row.id, row.ref, row.full_name, row.role or "member", row.presence or "", bool(row.polled), row.lines or 0
        )
        for row in rows
    ]
    return tuple(sorted(found, key=lambda member: ROLES.index(member.role)))


def secretaries(session: Session, meet: Meet, day: date) -> tuple[str, ...]:
    """The names of those who take the minutes: seats without a vote, else the secretary's post."""
    seated = session.scalars(
        select(Person.full_name)
        .join(CouncilSeat, CouncilSeat.person_id == Person.id)
        .where(
            CouncilSeat.council_id == meet.council_id,
            CouncilSeat.role == CONVENER,
            _on(CouncilSeat.valid_from, CouncilSeat.valid_to, day),
        )
        .order_by(CouncilSeat.id)
    ).all()
    if seated:
        return tuple(seated)
    posts = (
        select(Person.full_name)
        .join(Post, Post.person_id == Person.id)
        .where(Post.unit_id.in_(meet.staff), Post.duty == CONVENER, _on(Post.valid_from, Post.valid_to, day))
        .order_by(Post.id)
    )
    return tuple(dict.fromkeys(session.scalars(posts)))


def attended(came: tuple[Member, ...]) -> Mapping[str, int]:
    """How many members are present, excused, absent, asked in writing, and not marked yet."""
    counted = {name: sum(member.presence == name for member in came) for name in ("present", "excused", "absent", "")}
    return {
        "members": len(came),
        "present": counted["present"],
        "excused": counted["excused"],
        "absent": counted["absent"],
        "unmarked": counted[""],
        "polled": sum(member.polled for member in came),
    }


def _meetings(session: Session, which: ColumnElement[bool], limit: int) -> list[Meet]:
    mine = MeetingLine.meeting_id == Meeting.id
    lines = select(func.count()).where(mine, MeetingLine.voided_by.is_(None)).scalar_subquery()
    closed = select(func.count()).where(mine, MeetingLine.closed_at.is_not(None)).scalar_subquery()
    rows = session.execute(
        select(
            Meeting.id, Meeting.stream, Meeting.council_id, Council.name, Council.unit_id, Unit.name.label("unit"),
            Unit.kind, Meeting.held_on, Meeting.begins, Meeting.place, Meeting.status, Meeting.secret,
            Meeting.poll_until, Meeting.minutes_on, Meeting.minutes_file, lines.label("lines"),
            closed.label("closed"), Meeting.created_at,
        )
        .join(Council, Council.id == Meeting.council_id)
        .join(Unit, Unit.id == Council.unit_id)
        .where(Meeting.called, which)
        .order_by(Meeting.held_on.desc(), Meeting.id.desc())
        .limit(limit)
    )  # fmt: skip
    return [
        Meet(
            row.id, row.stream.removeprefix(STREAM), row.council_id, row.name, row.unit_id, row.unit, row.kind,
            row.held_on or _day(row.created_at), row.begins or "", row.place or "", row.status == "open", row.secret,
            row.poll_until, row.minutes_on, row.minutes_file, row.lines, row.closed,
            staff_units(session, row.unit_id),
        )
        for row in rows
    ]  # fmt: skip


def _there(session: Session, viewer: Viewer) -> ColumnElement[bool]:
    """That a meeting's council is one of this viewer's."""
    units = {seat.unit for seat in viewer.actor.seats}
    units |= {post.unit_id for post in viewer.posts if post.duty not in {"nominator", *SEES_NO_FILE}}
    units |= {province for province, held in boards(session).items() if units & set(held)}
    audited = (Unit.path.startswith(path, autoescape=True) for path in viewer.audits)
    return or_(Council.unit_id.in_(sorted(units)), *audited)


def _has_secretary(session: Session, units: frozenset[int], today: date) -> bool:
    found = session.scalar(
        select(Post.id)
        .join(Person, and_(Person.id == Post.person_id, Person.active))
        .where(Post.unit_id.in_(units), Post.duty == CONVENER, _on(Post.valid_from, Post.valid_to, today))
        .limit(1)
    )
    return found is not None


def _on(first: InstrumentedAttribute[date], last: Ends, day: date) -> ColumnElement[bool]:
    return and_(first <= day, or_(last.is_(None), last >= day))


def _day(instant: datetime) -> date:
    return instant.date()
