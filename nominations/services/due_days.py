"""When a step that opens is due: its days from today, or the day it had, moved on by the time its clock stood."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from nominations.clock import working_day
from nominations.models.work import Task
from nominations.queries.calendar import calendar
from workflows import HELD, RETURNED, Accepted
from workflows.clocks import Spell, due_day


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
    row = session.execute(
        select(Task.opened_at, Task.due_on, Task.closed_at, Task.outcome)
        .where(
            Task.nomination_id == nomination_id, Task.kind == "step", Task.step == state, Task.closed_at.is_not(None)
        )
        .order_by(Task.id.desc())
        .limit(1)
    ).one_or_none()
    if row is None:
        return None
    return Spell(working_day(row.opened_at), row.due_on, working_day(row.closed_at), row.outcome)
