"""When a step that opens is due: its days from today, or the day it had, moved on by the time its clock stood."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from nominations.clock import working_day
from nominations.queries.calendar import calendar
from nominations.queries.sql import day, instant, rows
from workflows import HELD, RETURNED, Accepted
from workflows.clocks import Spell, due_day

_LAST = """SELECT opened_at, due_on, closed_at, outcome FROM tasks WHERE nomination_id = :nomination AND kind = 'step'
    AND step = :state AND closed_at IS NOT NULL ORDER BY id DESC LIMIT 1"""


def due(session: Session, nomination_id: int, accepted: Accepted, today: date) -> date | None:
    """The last day of the step an act opens; None where it opens none, or the flow gives it no days."""
    step = accepted.next_step
    if step is None:
        return None
    goes_on = accepted.from_state in (step.state + RETURNED, step.state + HELD)
    before = _last_spell(session, nomination_id, step.state) if goes_on else None
    return due_day(calendar(session), step, before, today)


def _last_spell(session: Session, nomination_id: int, state: str) -> Spell | None:
    """The last time the step was open, days as they are in Vietnam; one statement, for files that come back only."""
    found = rows(session, _LAST, {"nomination": nomination_id, "state": state})
    if not found:
        return None
    opened, due_on, closed, outcome = found[0]
    return Spell(working_day(instant(opened)), day(due_on), working_day(instant(closed)), outcome)
