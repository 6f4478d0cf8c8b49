"""The day of the demonstration: kept as a setting, moved by demonstration accounts only, and never in production."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from nominations.clock import Clock, DemoClock, SystemClock
from nominations.models.people import Person
from nominations.models.reference import Setting
from nominations.services.errors import InvalidInput, NotFound
from nominations.services.log import Origin, record
from nominations.services.messages import Message
from nominations.services.payloads import day as parsed_day
from nominations.services.statements import Part, write
from nominations.transactions import transactional

KEY = "demo_day"
EARLIEST, LATEST = date(2021, 1, 1), date(2026, 12, 31)  # from the movement's first day to a year after its last


def demo_day(session: Session) -> date | None:
    """The day the demonstration plays, or None where it plays none."""
    stored = session.scalar(select(Setting.value).where(Setting.key == KEY))
    return None if stored is None else date.fromisoformat(str(stored))


def demo_clock(session: Session, base: Clock) -> Clock:
    """The clock to act by: ``base`` set to the demonstration's day. A clock of the tests stays as it is."""
    if not isinstance(base, SystemClock | DemoClock):
        return base
    day = demo_day(session)
    return base if day is None else DemoClock(day)


@transactional
def move_to(session: Session, clock: Clock, origin: Origin, person_id: int, typed: str) -> date:
    """Move the demonstration to the day typed. Raises NotFound for whoever is no demonstration account."""
    if not session.scalar(select(Person.demo).where(Person.id == person_id)):
        raise NotFound(KEY)
    day = parsed_day(typed)
    if isinstance(day, Message):
        raise InvalidInput({"day": day})
    if not EARLIEST <= day <= LATEST:
        raise InvalidInput({"day": Message("day_out_of_range", {"low": _vi(EARLIEST), "high": _vi(LATEST)})})
    before = demo_day(session)
    set_day(session, clock, day)
    said = {"key": KEY, "before": before.isoformat() if before else "", "after": day.isoformat()}
    record(session, clock.now(), "settings", "set", origin, said)
    return day


@transactional
def set_day(session: Session, clock: Clock, day: date) -> None:
    """Keep the day, without asking who wants it: for the command that plays the history."""
    values = {"value": day.isoformat(), "updated_at": clock.now()}
    known = session.scalar(select(Setting.key).where(Setting.key == KEY)) is not None
    write(session, [Part("settings", {"key": KEY} | values, keys=("key",) if known else ())])


def _vi(day: date) -> str:
    return day.strftime("%d/%m/%Y")
