"""All lines of a meeting closed in one press: each judged by the rules, its own entry on its file, by the hundred."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from nominations.clock import Clock
from nominations.models.council import Meeting, MeetingLine
from nominations.models.nominations import Nomination
from nominations.queries.meetings import STREAM
from nominations.services.actions import Denied
from nominations.services.apply import Applied
from nominations.services.ballot_sheets import RefusedLine
from nominations.services.bulk import MOST, Line, ManyRequest, act_many
from nominations.services.log import Origin
from workflows import Actor

ACT = "close_ballot"


@dataclass(frozen=True, slots=True)
class Closed:
    """How many lines were closed, and which the rules refused."""

    closed: int
    refused: tuple[RefusedLine, ...] = ()


def close_lines(
    session: Session, actor: Actor, clock: Clock, origin: Origin, ref: str, seen: Mapping[str, int]
) -> Closed:
    """Close these files' lines of one meeting, by the version of each that was seen."""
    codes = _codes(session, ref, list(seen))
    closed, refused = 0, []
    for start in range(0, len(codes), MOST):
        lines = [Line(code, seen[code]) for code in codes[start : start + MOST]]
        for result in act_many(session, actor, clock, ManyRequest(ACT, lines, {}, origin)):
            if isinstance(result.outcome, Denied):
                refused.append(RefusedLine(result.code, result.outcome.refused, result.outcome.workflow))
            elif isinstance(result.outcome, Applied):
                closed += 1
    return Closed(closed, tuple(refused))


def _codes(session: Session, ref: str, named: list[str]) -> list[str]:
    """Of the named files those on the meeting's list, in the order of its agenda."""
    found = (
        select(Nomination.code)
        .join(MeetingLine, MeetingLine.nomination_id == Nomination.id)
        .join(Meeting, Meeting.id == MeetingLine.meeting_id)
        .where(Meeting.stream == f"{STREAM}{ref}", Nomination.code.in_(named), MeetingLine.voided_by.is_(None))
        .order_by(MeetingLine.position, MeetingLine.id)
    )
    return list(dict.fromkeys(session.scalars(found)))
