"""The working calendar: public holidays and swapped days, read once a minute at most."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from nominations.models.reference import Holiday
from nominations.queries.kept import kept
from workflows.workdays import Calendar


@kept
def calendar(session: Session) -> Calendar:
    """The calendar as an administrator has it; years without a single holiday are unknown."""
    rows = session.execute(select(Holiday.on_date, Holiday.kind, Holiday.name).order_by(Holiday.on_date)).all()
    return Calendar(
        days_off={row.on_date: row.name for row in rows if row.kind != "swapped_workday"},
        swapped_workdays={row.on_date: row.name for row in rows if row.kind == "swapped_workday"},
        years=frozenset(row.on_date.year for row in rows),
    )
