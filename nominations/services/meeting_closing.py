"""All lines of a meeting closed in one press: each an act of its own on its file, judged by the rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from nominations.clock import Clock
from nominations.models.council import Meeting, MeetingLine
from nominations.models.nominations import Nomination
from nominations.queries.meetings import STREAM
from nominations.services.actions import Denied, Request, act
from nominations.services.ballot_sheets import RefusedLine
from nominations.services.errors import NotFound
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
    """Close these files' lines of one meeting, by the version of each that was seen. Raises NotFound."""
    codes = _codes(session, ref, list(seen))
    closed, refused = 0, []
    for code in codes:
        key = f"{origin.request_key}-{code}" if origin.request_key else None
        request = Request(code, ACT, seen[code], {}, replace(origin, request_key=key))
        try:
            outcome = act(session, actor, clock, request)
        except NotFound:
            continue
        if isinstance(outcome, Denied):
            refused.append(RefusedLine(code, outcome.refused, outcome.workflow))
        else:
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
