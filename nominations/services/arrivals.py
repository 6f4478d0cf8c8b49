"""When a file came to where it is: no paper of a stage is signed before."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from nominations.clock import WORKING_ZONE
from nominations.queries.case_facts import CaseRow
from nominations.queries.signers import came_at
from workflows import Workflow


def came_on(session: Session, row: CaseRow, workflow: Workflow, today: date) -> date:
    """The day of the file's first task at its stage, or of its arrival on paper where that is fixed."""
    stage = row.state.partition(".")[0]
    first = came_at(session, row.id, stage)
    came = today if first is None else first.astimezone(WORKING_ZONE).date()
    return min(came, row.received_on or came) if stage == workflow.competent_stage else came
