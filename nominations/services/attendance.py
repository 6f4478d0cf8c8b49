"""Who came to a meeting, and who of the absent members is asked in writing, to answer up to a day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from nominations.clock import Clock
from nominations.models.council import PRESENCE, Attendance, Ballot, Meeting, MeetingLine
from nominations.models.people import Person
from nominations.services.errors import InvalidInput
from nominations.services.log import Origin, Receipt
from nominations.services.messages import REQUIRED, Message
from nominations.services.sittings import append, kept_by, locked, said_before
from nominations.transactions import transactional
from workflows import Actor


@transactional
def mark_attendance(
    session: Session, actor: Actor, clock: Clock, origin: Origin, ref: str, marks: Mapping[str, str]
) -> Receipt:
    """Mark members (by their reference) present, excused or absent; who is present is asked in writing no more.

    Raises NotFound, InvalidInput where somebody who has voted at the meeting would be absent from it.
    """
    now, today = clock.now(), clock.today()
    asked = {"marks": dict(sorted(marks.items()))}
    again = said_before(session, origin, "attendance", asked)
    if again is not None:
        return again
    sat = locked(session, ref)
    kept_by(session, actor, sat, today)
    people = session.execute(select(Person.id, Person.ref).where(Person.ref.in_(sorted(marks)))).all()
    if len(people) != len(marks) or any(mark not in PRESENCE for mark in marks.values()):
        raise InvalidInput({"presence": REQUIRED})
    before = {row.person_id: row for row in _attendance(session, sat.id)}
    voted = _voters(session, sat.id)
    for person in people:
        mark, known = marks[person.ref], before.get(person.id)
        polled = known is not None and bool(known.polled) and mark != "present"
        if mark != "present" and person.id in voted and not polled:
            raise InvalidInput({"presence": Message("has_voted")})
        _mark(session, sat.id, person.id, mark, polled=polled, known=known is not None)
    return append(session, sat, now, "attendance", origin, asked)


@transactional
def ask_in_writing(
    session: Session, actor: Actor, clock: Clock, origin: Origin, ref: str, until: date
) -> tuple[Receipt, int]:
    """Ask every absent member in writing, to answer up to a day; how many. Asked again the day moves for all.

    Raises NotFound, InvalidInput for a day that has gone and where nobody is absent.
    """
    now, today = clock.now(), clock.today()
    asked = {"until": until.isoformat()}
    again = said_before(session, origin, "ask_in_writing", asked)
    if again is not None:
        return again, 0
    sat = locked(session, ref)
    kept_by(session, actor, sat, today)
    if until < today:
        raise InvalidInput({"until": Message("day_gone")})
    absent = [row.person_id for row in _attendance(session, sat.id) if row.presence != "present"]
    if not absent:
        raise InvalidInput({"until": Message("nobody_absent")})
    session.execute(
        update(Attendance).where(Attendance.meeting_id == sat.id, Attendance.person_id.in_(absent)).values(polled=True)
    )
    session.execute(update(Meeting).where(Meeting.id == sat.id).values(poll_until=until))
    refs = session.scalars(select(Person.ref).where(Person.id.in_(absent)).order_by(Person.ref)).all()
    return append(session, sat, now, "ask_in_writing", origin, asked, asked | {"persons": list(refs)}), len(absent)


def _attendance(session: Session, meeting_id: int) -> Sequence[Any]:
    return session.execute(
        select(Attendance.person_id, Attendance.presence, Attendance.polled).where(Attendance.meeting_id == meeting_id)
    ).all()


def _voters(session: Session, meeting_id: int) -> frozenset[int]:
    on_it = select(MeetingLine.id).where(MeetingLine.meeting_id == meeting_id)
    return frozenset(session.scalars(select(Ballot.person_id).where(Ballot.line_id.in_(on_it)).distinct()))


def _mark(session: Session, meeting_id: int, person_id: int, mark: str, *, polled: bool, known: bool) -> None:
    values = {"presence": mark, "polled": polled}
    if known:
        row = (Attendance.meeting_id == meeting_id, Attendance.person_id == person_id)
        session.execute(update(Attendance).where(*row).values(values))
    else:
        session.execute(insert(Attendance).values(values | {"meeting_id": meeting_id, "person_id": person_id}))
