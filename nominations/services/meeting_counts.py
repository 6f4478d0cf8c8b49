"""Paper ballots counted for a whole meeting: figures of the count, exceptions line by line, all other lines agreed.

One of the counting team records, another confirms, each in one act with one entry on the meeting's chain; every line is
judged by the rules, and the figures are checked against what the council is on that line. No file's version changes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from nominations.clock import Clock
from nominations.models.council import BallotCount, Meeting, MeetingLine
from nominations.models.nominations import File, Nomination
from nominations.queries.case_facts import case_rows
from nominations.queries.meetings import STREAM
from nominations.queries.prepared import Prepared, in_scope, prepare
from nominations.queries.sittings import VotedLine, sitting
from nominations.services.ballot_sheets import RefusedLine
from nominations.services.errors import InvalidInput, NotFound
from nominations.services.log import Origin, Receipt
from nominations.services.messages import REQUIRED, Message
from nominations.services.settled import settled
from nominations.services.sittings import append, locked, said_before
from nominations.services.statements import insert_rows
from nominations.transactions import transactional
from workflows import Act, Actor, Refused, decide
from workflows.quorum import barred

RECORD, CONFIRM = "record_counts", "confirm_counts"
VOTES = ("agree", "disagree", "abstain")


@dataclass(frozen=True, slots=True)
class Count:
    """A count: papers issued, returned and valid; lines with figures of their own by code; the signed minutes of it."""

    ref: str
    issued: int
    returned: int
    valid: int
    minutes_sha: str
    exceptions: Mapping[str, Mapping[str, int]]
    origin: Origin


@dataclass(frozen=True, slots=True)
class Counted:
    """What came of it: how many lines, the receipt, what was refused."""

    lines: int
    receipt: Receipt | None
    refused: tuple[RefusedLine, ...] = ()


@settled
@transactional
def record_counts(session: Session, actor: Actor, clock: Clock, count: Count) -> Counted:
    """Record a count for every open line of a meeting; recorded again it takes the place of the one before.

    Raises NotFound, and InvalidInput for figures that do not add up, at ``CODE`` for those of one line.
    """
    now, today = clock.now(), clock.today()
    asked = _told(count)
    opened = _opened(session, actor, count.ref, RECORD, today)
    meeting = locked(session, count.ref)
    again = said_before(session, count.origin, "count_ballots", asked)
    if again is not None:
        return Counted(len(opened.ready), again)
    _check(session, count, opened.ready, today)
    rows = [_row(count, ready, actor.person) | {"recorded_at": now} for ready in opened.ready]
    if not rows:
        return Counted(0, None, opened.refused)
    insert_rows(session, "ballot_counts", rows)
    receipt = append(session, meeting, now, "count_ballots", count.origin, asked)
    return Counted(len(rows), receipt, opened.refused)


@settled
@transactional
def confirm_counts(session: Session, actor: Actor, clock: Clock, origin: Origin, ref: str) -> Counted:
    """Confirm what another person of the counting team recorded, for every line. Raises NotFound."""
    now, today = clock.now(), clock.today()
    opened = _opened(session, actor, ref, CONFIRM, today)
    meeting = locked(session, ref)
    again = said_before(session, origin, "confirm_ballots", {"ref": ref})
    if again is not None:
        return Counted(len(opened.ready), again)
    if not opened.ready:
        return Counted(0, None, opened.refused)
    counts = [VotedLine(*ready.row.line).counts[5] for ready in opened.ready]
    values = {"confirmed_by": actor.person, "confirmed_at": now}
    session.execute(update(BallotCount).where(BallotCount.id.in_(counts)).values(values))
    done = {"lines": len(counts)}
    return Counted(
        len(counts), append(session, meeting, now, "confirm_ballots", origin, {"ref": ref}, done), opened.refused
    )


@dataclass(frozen=True, slots=True)
class _Opened:
    ready: list[Prepared]
    refused: tuple[RefusedLine, ...]


def _opened(session: Session, actor: Actor, ref: str, action: str, today: date) -> _Opened:
    """Every line of the meeting that waits for its vote, locked, with what the rules say of the act."""
    codes = _codes(session, ref)
    rows = case_rows(session, codes, today, lock=True)
    if not rows or not any(in_scope(actor, row) for row in rows.values()):
        raise NotFound(ref)
    sat = sitting(session, VotedLine(*next(iter(rows.values())).line).meeting_id)
    ready, refused = [], []
    for code in codes:
        made = prepare(session, rows[code], action, {}, today, sitting=sat)
        # Whoever counts paper has read the papers, not the file: there is no older version they could have seen.
        decision = decide(made.workflow, made.case, actor, Act(action, seen=rows[code].version), today)
        if isinstance(decision, Refused):
            refused.append(RefusedLine(code, decision, made.workflow))
        else:
            ready.append(made)
    return _Opened(ready, tuple(refused))


def _codes(session: Session, ref: str) -> list[str]:
    """The files of the meeting's open lines that stand at their council, in the order of the agenda."""
    found = (
        select(Nomination.code)
        .join(MeetingLine, MeetingLine.nomination_id == Nomination.id)
        .join(Meeting, Meeting.id == MeetingLine.meeting_id)
        .where(
            Meeting.stream == f"{STREAM}{ref}",
            MeetingLine.closed_at.is_(None),
            MeetingLine.voided_by.is_(None),
            Nomination.state == MeetingLine.stage + ".council",
        )
        .order_by(MeetingLine.position)
    )
    return list(session.scalars(found))


def _check(session: Session, count: Count, lines: list[Prepared], today: date) -> None:
    errors: dict[str, Message] = {}
    if not count.valid <= count.returned <= count.issued:
        errors["valid"] = Message("counts_do_not_add_up")
    members = max((ready.case.tally.members for ready in lines if ready.case.tally is not None), default=0)
    if count.issued > members:
        errors["issued"] = Message("more_than_members", {"members": members})
    if session.scalar(select(File.sha256).where(File.sha256 == count.minutes_sha)) is None:
        errors["minutes_sha"] = REQUIRED if not count.minutes_sha else Message("unknown_file")
    for ready in lines:
        wrong = _wrong_line(count, ready, today)
        if wrong is not None:
            errors[ready.row.code] = wrong
    if errors:
        raise InvalidInput(errors)


def _wrong_line(count: Count, ready: Prepared, today: date) -> Message | None:
    """What is wrong with one line's figures; one that somebody is kept out of needs its own."""
    kept_out = len(barred(ready.workflow, ready.case, today))
    votes = count.exceptions.get(ready.row.code)
    if votes is None:
        return Message("own_figures", {"barred": kept_out}) if kept_out else None
    cast = sum(votes[name] for name in VOTES)
    members = ready.case.tally.members if ready.case.tally is not None else 0
    if cast > members - kept_out:
        return Message("more_than_members", {"members": members - kept_out})
    adds_up = votes["agree"] + votes["disagree"] <= count.valid and cast <= count.issued
    return None if adds_up else Message("counts_do_not_add_up")


def _row(count: Count, ready: Prepared, person: int) -> dict[str, Any]:
    own = count.exceptions.get(ready.row.code)
    votes = {"agree": count.valid, "disagree": 0, "abstain": 0} if own is None else own
    papers = {"issued": count.issued, "returned": count.returned, "valid": count.valid}
    line = VotedLine(*ready.row.line)
    return {**papers, **votes, "line_id": line.id, "minutes_sha": count.minutes_sha, "recorded_by": person}


def _told(count: Count) -> dict[str, Any]:
    papers = {"issued": count.issued, "returned": count.returned, "valid": count.valid}
    own = {code: dict(votes) for code, votes in sorted(count.exceptions.items())}
    return papers | {"minutes_sha": count.minutes_sha, "exceptions": own}
