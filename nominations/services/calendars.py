"""The working calendar as administrators keep it: days off, worked Saturdays; each change with its entry in the log.

A day that was taken out stays out: the reference data, which is looked through at every start, does not bring it back.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from nominations.clock import Clock
from nominations.models.reference import Holiday, Setting
from nominations.queries.kept import forget
from nominations.services.errors import InvalidInput, NotFound
from nominations.services.log import Origin, record
from nominations.services.messages import Message
from nominations.services.payloads import SHORT, words
from nominations.services.sources import wrong_mark
from nominations.transactions import transactional

STREAM = "settings"
KINDS = ("holiday", "day_off_in_lieu", "swapped_workday")
REMOVED_KEY = "holidays_removed"  # of the settings: days of the reference data that an administrator took out
WEEKEND = (5, 6)  # Saturday and Sunday, as Python counts
FIRST_YEAR, LAST_YEAR = 2000, 2100


@dataclass(frozen=True, slots=True)
class Day:
    """A day that is not worked as its weekday says: what kind, its name, and where that is written."""

    on_date: date
    kind: str
    name: str
    source: str


@transactional
def set_holiday(session: Session, clock: Clock, origin: Origin, day: Day) -> Holiday:
    """Put a day into the calendar, or say something else of one that is there. Raises InvalidInput.

    Steps already open keep the due day they were given.
    """
    name = words(day.name, SHORT)
    errors = _wrong(day) | ({"name": name} if isinstance(name, Message) else {})
    if errors or isinstance(name, Message):
        raise InvalidInput(errors)
    row = session.get(Holiday, day.on_date)
    before = None if row is None else {"kind": row.kind, "name": row.name, "source": row.source}
    if row is None:
        row = Holiday(on_date=day.on_date)
        session.add(row)
    row.kind, row.name, row.source = day.kind, name, day.source.strip()
    session.flush()
    _keep_out(session, clock, day.on_date, out=False)
    after = {"kind": row.kind, "name": row.name, "source": row.source}
    said = {"day": day.on_date.isoformat(), "before": before, "after": after}
    record(session, clock.now(), STREAM, "set_holiday", origin, said)
    forget(session)
    return row


@transactional
def remove_holiday(session: Session, clock: Clock, origin: Origin, on_date: date) -> None:
    """Take a day out of the calendar: it is worked, or not, as its weekday says. Raises NotFound."""
    row = session.get(Holiday, on_date)
    if row is None:
        raise NotFound(on_date.isoformat())
    before = {"kind": row.kind, "name": row.name, "source": row.source}
    session.execute(delete(Holiday).where(Holiday.on_date == on_date))
    _keep_out(session, clock, on_date, out=True)
    said = {"day": on_date.isoformat(), "before": before, "after": None}
    record(session, clock.now(), STREAM, "remove_holiday", origin, said)
    forget(session)


def removed_days(session: Session) -> frozenset[date]:
    """The days an administrator has taken out."""
    stored = session.scalar(select(Setting.value).where(Setting.key == REMOVED_KEY)) or []
    return frozenset(date.fromisoformat(day) for day in stored)


def _keep_out(session: Session, clock: Clock, on_date: date, *, out: bool) -> None:
    """Remember, or forget, that a day was taken out."""
    days = removed_days(session)
    changed = days | {on_date} if out else days - {on_date}
    if changed == days:
        return
    row = session.get(Setting, REMOVED_KEY)
    if row is None:
        row = Setting(key=REMOVED_KEY)
        session.add(row)
    row.value = sorted(day.isoformat() for day in changed)
    row.updated_at = clock.now()
    session.flush()


def _wrong(day: Day) -> dict[str, Message]:
    errors: dict[str, Message] = {}
    if day.kind not in KINDS:
        errors["kind"] = Message("not_choice", {"choices": ", ".join(KINDS)})
    if not FIRST_YEAR <= day.on_date.year <= LAST_YEAR:
        low, high = f"01/01/{FIRST_YEAR}", f"31/12/{LAST_YEAR}"
        errors["on_date"] = Message("day_out_of_range", {"low": low, "high": high})
    elif day.kind == "swapped_workday" and day.on_date.weekday() not in WEEKEND:
        errors["on_date"] = Message("not_weekend")
    mark = wrong_mark(day.source)
    return errors | ({"source": mark} if mark is not None else {})
