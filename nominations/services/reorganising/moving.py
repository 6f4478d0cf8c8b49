"""Writing what was planned for one file: through ``apply`` like every act, one entry in its own chain."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from nominations.models.council import Meeting, MeetingLine
from nominations.models.people import Council
from nominations.models.work import Hold, Return
from nominations.queries.sittings import VotedLine
from nominations.queries.successions import Heirs
from nominations.services.apply import Change, Moment, apply
from nominations.services.batch import Batch
from nominations.services.effects.councils import adjourn, open_line
from nominations.services.effects.ground import Ground
from nominations.services.reorganising.planning import Planned, case_then, facts_then, succeeded
from nominations.services.reorganising.sentences import sentence
from workflows import RETURNED, Accepted, step_state

ACT = "reorganise"
NOBODY = 0  # closes no step in anybody's name


def move(session: Session, moment: Moment, heirs: Heirs, found: Planned, why: str) -> None:
    """Write it: state, way, desk, stack of returns, hold, council, and the entry that says from where to where."""
    row, moved = found.row, found.state != found.row.state
    then = facts_then(heirs, found)
    case = case_then(heirs, found, then)
    accepted = Accepted(
        action=ACT,
        from_state=row.state,
        to_state=found.state,
        post=None,
        duty="",
        pair="",
        side="",
        joins=(),
        next_step=found.workflow.steps.get(found.state) if moved else None,
        reviews=(),
    )
    units = succeeded(found)
    change = Change(workflow_id=found.workflow_id, holder=found.address if found.readdressed else None)
    change.nomination = {
        "path": found.path,
        "proposing_unit_id": found.proposing,
        "letter_unit_id": found.letter,
        "entry_stage": found.entry,
    }
    change.reaches = _reached(found, units)
    said = {"note": sentence(why, "vi"), "units": units, "effective_on": heirs.day.isoformat()}
    change.payload = {"input": said}
    _returns(session, moment, heirs, found, change)
    if found.readdressed and not moved:
        due_on = row.tasks[0][5] or row.tasks[0][4]  # the day before any opinion moved it on
        change.due_on = date.fromisoformat(due_on) if due_on else None
    if moved:
        open_holds = (Hold.nomination_id == row.id) & Hold.closed_at.is_(None)
        session.execute(update(Hold).where(open_holds).values(state=step_state(found.state)))
    ground = Ground(session, moment, then, found.workflow, found.workflow_id, case, accepted, {}, None, Batch(session))
    _council(session, heirs, found, change, ground)
    apply(session, moment, row, found.workflow, case, accepted, change)


def _reached(found: Planned, units: Mapping[str, list[int]]) -> set[int]:
    """The successors of units the file had been at know of it as these did, and who has it, held or not."""
    known = set(found.row.reached)
    return {new for old, new in units.values() if old in known} | ({found.proposing, found.then_at} - known)


def _returns(session: Session, moment: Moment, heirs: Heirs, found: Planned, change: Change) -> None:
    """The stack as it will be; levels that fell together are closed before the others move up."""
    if not found.row.returns:
        return
    if found.closed_returns:
        closed = update(Return).where(Return.id.in_(found.closed_returns)).values(closed_at=moment.now)
        session.execute(closed)
    for depth, level in enumerate(found.returns, start=1):
        by = session.scalar(select(Return.by_unit_id).where(Return.id == level.id)) or 0
        values = {
            "depth": depth,
            "holder_unit_id": level.unit,
            "holder_duty": level.duty,
            "from_state": step_state(found.state),
            "by_unit_id": heirs.of(by, nomination=found.row.id).unit or by,
        }
        session.execute(update(Return).where(Return.id == level.id).values(values))
        change.reaches.add(level.unit)
    top = found.returns[-1]
    sections = session.scalar(select(Return.sections).where(Return.id == top.id))
    change.nomination["sections_open"] = list(sections or ())


def _council(session: Session, heirs: Heirs, found: Planned, change: Change, ground: Ground) -> None:
    """A ballot under way in a council that has ended is closed without a result; the new council begins its own."""
    step = found.step
    line = VotedLine(*found.row.line) if found.row.line else None
    if line is None or not line.open or not _ended(session, line.meeting_id, heirs):
        return
    # What was voted on has not changed; the line is out because its council is.
    session.execute(update(MeetingLine).where(MeetingLine.id == line.id).values(voided_by=found.row.revision_id))
    adjourn(ground, change)
    change.votes_anew = True
    if step is not None and step.kind == "council" and not found.state.endswith(RETURNED):
        open_line(ground, change)


def _ended(session: Session, meeting_id: int, heirs: Heirs) -> bool:
    """Whether the council of a meeting belongs to a unit that has ended."""
    unit = session.scalar(
        select(Council.unit_id).join(Meeting, Meeting.council_id == Council.id).where(Meeting.id == meeting_id)
    )
    return unit in heirs.ended
