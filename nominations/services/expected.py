"""When a file's result can be expected, as its page and the slip for the signatory tell it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy.orm import Session

from nominations.clock import working_day
from nominations.queries.calendar import calendar
from nominations.queries.detail import Detail
from nominations.queries.tracker import TrackerStep
from workflows import HELD, RETURNED, Workflow
from workflows.clocks import result_expected_on


def result_expected(session: Session, file: Detail, today: date) -> date | None:
    """From what is left of the open step and the working days of those to come; None where nothing can be counted."""
    line = file.line
    return expected_from(session, file.workflow, file.tracker, line.state, line.opened_at, line.due_on, today)


def expected_from(
    session: Session,
    workflow: Workflow,
    way: Sequence[TrackerStep],
    state: str,
    opened_at: datetime | None,
    due_on: date | None,
    today: date,
) -> date | None:
    """The same of a file at ``state`` on its ``way``, whose step was opened then and is due on that day."""
    step = workflow.step_of(state)
    if step is None or opened_at is None or state.endswith((RETURNED, HELD)):
        return None
    known = workflow.steps
    later = [known[one.code] for one in way if one.state == "next" and one.code in known]
    return result_expected_on(calendar(session), step, working_day(opened_at), due_on, later, today)
