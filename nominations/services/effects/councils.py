"""A file before its council: the line it is voted on, kept while what was voted on stays the same, and its end."""

from __future__ import annotations

import secrets
from collections.abc import Collection

from nominations.queries.sittings import VotedLine
from nominations.services.apply import Change
from nominations.services.effects.ground import Ground
from nominations.services.statements import Part
from workflows.ledger import GENESIS
from workflows.reviewed import touched


def open_line(g: Ground, change: Change) -> None:
    """A meeting of one line for the council this file has come to (decision 29); one begun before goes on."""
    stage = g.accepted.to_state.partition(".")[0]
    council_unit = g.case.path[g.workflow.stages[stage].council]
    council = next((found for unit, found in g.row.councils or () if unit == council_unit), None)
    change.reaches.add(council_unit)
    if council is None or (not change.votes_anew and begun_at(g, stage)):
        return
    stream = f"meeting:{secrets.token_hex(8)}"
    meeting = {
        "council_id": council,
        "status": "open",
        "secret": False,
        "stream": stream,
        "chain_seq": 0,
        "chain_head": GENESIS,
        "chain_at": "",
        "created_at": g.moment.now,
    }
    meeting_id = g.batch.insert(change.parts, "meetings", meeting)
    revision = change.nomination.get("revision_id", g.row.revision_id)
    line = {"meeting_id": meeting_id, "nomination_id": g.row.id, "stage": stage, "revision_id": revision}
    change.parts.append(Part("meeting_lines", line))


def begun_at(g: Ground, stage: str) -> bool:
    """Whether the file's line in the council of ``stage`` is open, so that ballots cast there still count."""
    return bool(g.row.line) and VotedLine(*g.row.line).stage == stage and VotedLine(*g.row.line).open


def void_vote(g: Ground, change: Change, changed: Collection[str]) -> None:
    """What the council voted on has changed: its vote no longer stands, and it votes anew."""
    if not g.row.line or g.case.tally is None or not g.case.tally.stands:
        return
    voted_in = g.workflow.stages[g.row.line[2]]
    reviewed = [part for step in voted_in.steps if step.kind == "council" for part in step.reviews]
    if not touched(reviewed, changed):
        return
    change.votes_anew = True
    line = {"id": g.row.line[0], "voided_by": change.nomination["revision_id"]}
    change.parts.append(Part("meeting_lines", line, keys=("id",)))
    adjourn(g, change)


def adjourn(g: Ground, change: Change) -> None:
    """The meeting of this one file ends without a result, if it is still open; one of many lines goes on."""
    line = VotedLine(*g.row.line) if g.row.line else None
    if line is not None and line.open and not line.called:
        meeting = {"id": line.meeting_id, "status": "closed", "closed_at": g.moment.now}
        change.parts.append(Part("meetings", meeting, keys=("id",)))
