"""A member's ballots for a whole meeting in one act: every line judged by the rules, one entry on the meeting's chain.

What a rule refuses is told line by line with its reason, and the rest is cast. No file's version changes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.orm import Session

from nominations.clock import Clock
from nominations.queries.case_facts import CaseRow, case_rows
from nominations.queries.prepared import Prepared, in_scope, prepare
from nominations.queries.sittings import Sitting, VotedLine, sitting
from nominations.services.apply import Moment
from nominations.services.ballots import add_up, ballot
from nominations.services.batch import Batch
from nominations.services.effects.ground import Ground
from nominations.services.errors import NotFound
from nominations.services.log import Origin, Receipt
from nominations.services.payloads import parse
from nominations.services.settled import settled
from nominations.services.sittings import append, locked, said_before
from nominations.services.statements import insert_rows
from nominations.transactions import transactional
from workflows import Accepted, Act, Actor, Refused, Workflow, decide

ACT = "ballots"


@dataclass(frozen=True, slots=True)
class Vote:
    """What a member says on one line: the choice, a note, the version of the file they saw."""

    choice: str
    seen: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A member's sheet of a meeting: a vote by the file's code."""

    ref: str
    votes: Mapping[str, Vote]
    origin: Origin


@dataclass(frozen=True, slots=True)
class RefusedLine:
    """A line a rule refused, with the flow that has the names for its sentence."""

    code: str
    refused: Refused
    workflow: Workflow


@dataclass(frozen=True, slots=True)
class SheetCast:
    """What came of a sheet: how many ballots, the receipt of their one entry, what was refused."""

    cast: int
    receipt: Receipt | None
    refused: tuple[RefusedLine, ...] = ()


@dataclass(slots=True)
class _Judged:
    grounds: list[Ground] = field(default_factory=list)
    refused: list[RefusedLine] = field(default_factory=list)


@settled
@transactional
def cast_sheet(session: Session, actor: Actor, clock: Clock, sheet: Sheet) -> SheetCast:
    """Cast a member's ballots of one meeting. The same request twice casts once.

    Raises NotFound for a meeting or a line the member may not know of, InvalidInput for a vote that cannot be.
    """
    now, today = clock.now(), clock.today()
    payloads = {code: _payload(vote) for code, vote in sheet.votes.items()}
    rows = case_rows(session, sorted(sheet.votes), today, lock=True)
    if len(rows) != len(sheet.votes) or not all(in_scope(actor, row) for row in rows.values()):
        raise NotFound(sheet.ref)
    meeting = locked(session, sheet.ref)
    asked = _told(payloads, secret=meeting.secret)
    again = said_before(session, sheet.origin, ACT, asked)
    if again is not None:
        return SheetCast(len(sheet.votes), again)
    sat = sitting(session, meeting.id)
    judged = _Judged()
    for code in sheet.votes:
        row = rows[code]
        if not row.line or VotedLine(*row.line).meeting_id != meeting.id:
            raise NotFound(code)
        moment = Moment(now, today, actor.person, sheet.origin, sheet.votes[code].seen)
        _judge(session, actor, row, sat, moment, payloads[code], judged)
    if not judged.grounds:
        return SheetCast(0, None, tuple(judged.refused))
    _write(session, judged.grounds, secret=meeting.secret)
    accepted = {ground.row.code: payloads[ground.row.code] for ground in judged.grounds}
    post = judged.grounds[0].accepted.post
    done = _told(accepted, secret=meeting.secret)
    receipt = append(session, meeting, now, ACT, sheet.origin, asked, done, post=post.ref if post else None)
    return SheetCast(len(judged.grounds), receipt, tuple(judged.refused))


def _payload(vote: Vote) -> dict[str, Any]:
    return parse("ballot", {"choice": vote.choice} | ({"note": vote.note} if vote.note else {}))


def _judge(
    session: Session,
    actor: Actor,
    row: CaseRow,
    sat: Sitting,
    moment: Moment,
    payload: Mapping[str, Any],
    judged: _Judged,
) -> None:
    ready = prepare(session, row, "ballot", payload, moment.today, sitting=sat)
    decision = decide(ready.workflow, ready.case, actor, Act("ballot", seen=moment.seen), moment.today)
    if isinstance(decision, Refused):
        judged.refused.append(RefusedLine(row.code, decision, ready.workflow))
    else:
        judged.grounds.append(_ground(session, moment, ready, decision, payload))


def _ground(
    session: Session, moment: Moment, ready: Prepared, accepted: Accepted, payload: Mapping[str, Any]
) -> Ground:
    return Ground(
        session, moment, ready.row, ready.workflow, ready.workflow_id, ready.case, accepted, payload, None,
        Batch(session),
    )  # fmt: skip


def _told(payloads: Mapping[str, Mapping[str, Any]], *, secret: bool) -> dict[str, Any]:
    """What the log says of the sheet: of a secret ballot which lines, and nothing of how."""
    if secret:
        return {"codes": sorted(payloads)}
    return {"votes": {code: payload["choice"] for code, payload in sorted(payloads.items())}}


def _write(session: Session, grounds: list[Ground], *, secret: bool) -> None:
    """The sides taken, the ballots, and for a secret one the sums."""
    joins = [
        {"nomination_id": g.row.id, "person_id": join.person, "pair": join.pair, "side": join.side}
        for g in grounds
        for join in g.accepted.joins
    ]
    insert_rows(session, "participations", joins)
    ballots = sorted((ballot(g, g.payload) for g in grounds), key=lambda row: int(row["line_id"]))
    insert_rows(session, "ballots", ballots)
    if secret:
        add_up(session, [(VotedLine(*g.row.line).id, g.payload["choice"]) for g in grounds])
