"""When a step is due: its days from when it opens, or the day it had, moved on by the time its clock stood.

Opinions that are out move it while it is open: ``base_due_on`` keeps the day it has without them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from nominations.clock import working_day
from nominations.queries.calendar import calendar
from nominations.queries.case_facts import CaseRow
from nominations.queries.cases import ASKED, request_of
from nominations.queries.sql import day, instant, rows
from workflows import HELD, RETURNED, Accepted, Request
from workflows.clocks import Spell, due_day, due_with_opinions

Raw = Mapping[str, Any]
Values = dict[str, Any]

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


def moved_by_opinions(session: Session, row: CaseRow, gates: Raw) -> Values | None:
    """The open step's due day with the opinions it has asked, and the day without; None where nothing moves it."""
    asked = _of_step(gates, row.state)
    if not asked or not row.tasks:
        return None
    _key, _unit, _duty, _substitute, due_on, base, opened_at = row.tasks[0]
    first = base or due_on
    if first is None:
        return None
    opened_on, first_due = working_day(datetime.fromisoformat(opened_at)), date.fromisoformat(first)
    moved = due_with_opinions(calendar(session), opened_on, first_due, asked)
    return {"due_on": moved, "base_due_on": first_due}


def on_opening(session: Session, gates: Raw, state: str, due_on: date | None, today: date) -> Values:
    """The due day of a step that opens today, opinions that are still out for it taken in."""
    asked = [one for one in _of_step(gates, state) if one.open]
    if due_on is None or not asked:
        return {"due_on": due_on, "base_due_on": None}
    return {"due_on": due_with_opinions(calendar(session), today, due_on, asked), "base_due_on": due_on}


def on_leaving(session: Session, row: CaseRow, today: date) -> Values:
    """The due day a step is left with: what is still out for it stands still with the file."""
    asked = _of_step(row.gates or {}, row.state)
    if not row.tasks or not row.tasks[0][5] or not asked:
        return {}
    back = [one if one.closed_on is not None else replace(one, closed_on=today) for one in asked]
    opened_on, first_due = working_day(datetime.fromisoformat(row.tasks[0][6])), date.fromisoformat(row.tasks[0][5])
    return {"due_on": due_with_opinions(calendar(session), opened_on, first_due, back)}


def _of_step(gates: Raw, state: str) -> list[Request]:
    """The opinions asked at a step."""
    return [request_of(raw) for raw in gates.get(ASKED, ()) if raw["step"] == state]


def _last_spell(session: Session, nomination_id: int, state: str) -> Spell | None:
    """The last time the step was open, days as they are in Vietnam; one statement, for files that come back only."""
    found = rows(session, _LAST, {"nomination": nomination_id, "state": state})
    if not found:
        return None
    opened, due_on, closed, outcome = found[0]
    return Spell(working_day(instant(opened)), day(due_on), working_day(instant(closed)), outcome)
