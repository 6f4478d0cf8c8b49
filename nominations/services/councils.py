"""Councils and their seats: who votes at a unit, for which period; each change in the log."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from nominations.clock import Clock
from nominations.models.people import SEATS, Council, CouncilSeat, Person
from nominations.models.units import Unit
from nominations.names import tidy
from nominations.services.errors import InvalidInput, NotFound
from nominations.services.log import Origin, record
from nominations.services.messages import REQUIRED, Message
from nominations.services.people import STREAM, administers, not_oneself
from nominations.transactions import transactional


@dataclass(frozen=True, slots=True)
class NewCouncil:
    """A council of a unit for a period."""

    unit_id: int
    name: str
    valid_from: date
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class NewSeat:
    """A person's seat in a council; ``secretary`` has no vote."""

    council_id: int
    person_id: int
    role: str
    valid_from: date
    valid_to: date | None = None


@transactional
def open_council(session: Session, clock: Clock, origin: Origin, new: NewCouncil) -> Council:
    """Set up a unit's council. Raises InvalidInput; a unit has one council at a time."""
    errors: dict[str, Message] = {}
    unit = session.get(Unit, new.unit_id)
    last = new.valid_to or date.max
    if unit is None or new.valid_from < unit.valid_from or last > (unit.valid_to or date.max):
        errors["unit"] = Message("unknown_unit")
    if not tidy(new.name):
        errors["name"] = REQUIRED
    if last < new.valid_from:
        errors["valid_to"] = Message("period_order")
    if not errors and _sits_already(session, new, last):
        errors["unit"] = Message("council_exists")
    if errors:
        raise InvalidInput(errors)
    council = Council(unit_id=new.unit_id, name=tidy(new.name), valid_from=new.valid_from, valid_to=new.valid_to)
    session.add(council)
    session.flush()
    record(session, clock.now(), STREAM, "open_council", origin, {"council": council.id, "unit": new.unit_id})
    return council


@transactional
def seat(session: Session, clock: Clock, origin: Origin, new: NewSeat) -> CouncilSeat:
    """Give a person a seat. Raises InvalidInput, NotFound for an unknown council or person."""
    council, person = session.get(Council, new.council_id), session.get(Person, new.person_id)
    if council is None or person is None:
        raise NotFound(str(new.council_id))
    errors = not_oneself(origin, person)
    last = new.valid_to or date.max
    if new.role not in SEATS:
        errors["role"] = Message("not_choice", {"choices": ", ".join(SEATS)})
    if last < new.valid_from or new.valid_from < council.valid_from or last > (council.valid_to or date.max):
        errors["valid_from"] = Message("period_order")
    if not errors and _seated_already(session, new, last):
        errors["person"] = Message("post_exists")
    if not errors and administers(session, new.person_id, new.valid_from, last):
        errors["person"] = Message("admin_apart")
    if errors:
        raise InvalidInput(errors)
    row = CouncilSeat(
        council_id=new.council_id,
        person_id=new.person_id,
        role=new.role,
        valid_from=new.valid_from,
        valid_to=new.valid_to,
    )
    session.add(row)
    session.flush()
    said = {"council": council.id, "seat": row.id, "person": person.ref, "role": new.role}
    record(session, clock.now(), STREAM, "seat", origin, said)
    return row


@transactional
def end_seat(session: Session, clock: Clock, origin: Origin, seat_id: int, last_day: date) -> CouncilSeat:
    """End a seat with ``last_day``; votes cast stay. Raises NotFound, InvalidInput."""
    row = session.get(CouncilSeat, seat_id)
    if row is None:
        raise NotFound(str(seat_id))
    row.valid_to = _ended(row.valid_from, row.valid_to, last_day)
    session.flush()
    said = {"council": row.council_id, "seat": row.id, "to": last_day.isoformat()}
    record(session, clock.now(), STREAM, "end_seat", origin, said)
    return row


@transactional
def close_council(session: Session, clock: Clock, origin: Origin, council_id: int, last_day: date) -> Council:
    """End a council and every seat in it with ``last_day``. Raises NotFound, InvalidInput."""
    council = session.get(Council, council_id)
    if council is None:
        raise NotFound(str(council_id))
    council.valid_to = _ended(council.valid_from, council.valid_to, last_day)
    seats = session.scalars(select(CouncilSeat).where(CouncilSeat.council_id == council_id)).all()
    for row in seats:
        if row.valid_from <= last_day and (row.valid_to is None or row.valid_to > last_day):
            row.valid_to = last_day
    session.flush()
    said = {"council": council_id, "to": last_day.isoformat(), "seats": len(seats)}
    record(session, clock.now(), STREAM, "close_council", origin, said)
    return council


def _ended(first: date, last: date | None, last_day: date) -> date:
    """The last day, if it lies within what was given before. Raises InvalidInput."""
    if last_day < first:
        raise InvalidInput({"valid_to": Message("period_order")})
    if last is not None and last <= last_day:
        raise InvalidInput({"valid_to": Message("already_ended")})
    return last_day


def _sits_already(session: Session, new: NewCouncil, last: date) -> bool:
    found = session.scalar(
        select(Council.id)
        .where(
            Council.unit_id == new.unit_id,
            Council.valid_from <= last,
            (Council.valid_to.is_(None)) | (Council.valid_to >= new.valid_from),
        )
        .limit(1)
    )
    return found is not None


def _seated_already(session: Session, new: NewSeat, last: date) -> bool:
    found = session.scalar(
        select(CouncilSeat.id)
        .where(
            CouncilSeat.council_id == new.council_id,
            CouncilSeat.person_id == new.person_id,
            CouncilSeat.valid_from <= last,
            (CouncilSeat.valid_to.is_(None)) | (CouncilSeat.valid_to >= new.valid_from),
        )
        .limit(1)
    )
    return found is not None
