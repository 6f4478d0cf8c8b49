"""The working calendar: public holidays and swapped days, read once a minute at most."""

from __future__ import annotations

import time
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from nominations.models.reference import Holiday
from workflows.workdays import Calendar

FRESH_FOR = 60.0  # seconds: an administrator's change of a holiday reaches every process within a minute
_READ: WeakKeyDictionary[Engine, tuple[float, Calendar]] = WeakKeyDictionary()


def calendar(session: Session) -> Calendar:
    """The calendar as an administrator has it; years without a single holiday are unknown."""
    engine = session.connection().engine
    read_at, known = _READ.get(engine, (0.0, None))
    if known is not None and time.monotonic() - read_at < FRESH_FOR:
        return known
    rows = session.execute(select(Holiday.on_date, Holiday.kind, Holiday.name).order_by(Holiday.on_date)).all()
    found = Calendar(
        days_off={row.on_date: row.name for row in rows if row.kind != "swapped_workday"},
        swapped_workdays={row.on_date: row.name for row in rows if row.kind == "swapped_workday"},
        years=frozenset(row.on_date.year for row in rows),
    )
    _READ[engine] = (time.monotonic(), found)
    return found
