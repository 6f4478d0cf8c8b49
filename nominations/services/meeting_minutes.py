"""The minutes of a meeting signed: what they say is kept with its digest, the meeting is over, nothing is reopened."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from nominations.clock import Clock
from nominations.documents.paper import content, digest
from nominations.models.council import Meeting
from nominations.models.nominations import File
from nominations.queries.actors import Viewer
from nominations.queries.agenda import agenda
from nominations.queries.meetings import meeting, members
from nominations.services.errors import InvalidInput, NotFound
from nominations.services.log import Origin, Receipt
from nominations.services.meeting_papers import paper_of
from nominations.services.messages import REQUIRED, Message
from nominations.services.settled import settled
from nominations.services.sittings import append, files_locked, files_of, kept_by, locked, said_before
from nominations.transactions import transactional


@dataclass(frozen=True, slots=True)
class Minutes:
    """Minutes as they were signed on paper: the day, and the SHA-256 of the signed paper."""

    ref: str
    signed_on: date
    file_sha: str


@settled
@transactional
def sign_minutes(session: Session, viewer: Viewer, clock: Clock, origin: Origin, signed: Minutes) -> Receipt:
    """Record that chair and secretary have signed the minutes. Raises NotFound, InvalidInput."""
    now, today = clock.now(), clock.today()
    asked = {"signed_on": signed.signed_on.isoformat(), "file": signed.file_sha}
    again = said_before(session, origin, "sign_minutes", asked)
    if again is not None:
        return again
    files_locked(session, files_of(session, signed.ref))
    sat = locked(session, signed.ref)
    kept_by(session, viewer.actor, sat, today)
    meet = meeting(session, viewer, signed.ref)
    if meet is None:
        raise NotFound(signed.ref)
    # The minutes are of every line, whoever records that they were signed.
    lines = [replace(line, bare=False) for line in agenda(session, _everything(viewer), sat.id)]
    errors = _wrong(session, signed, meet.held_on, today)
    still_open = sum(line.waits for line in lines)
    if still_open:
        errors["lines"] = Message("lines_open", {"count": still_open})
    elif not any(line.closed for line in lines):
        errors["lines"] = Message("nothing_voted")
    if errors:
        raise InvalidInput(errors)
    paper = replace(paper_of(session, meet, lines, members(session, meet, today), "minutes"), draft=False)
    said = content(paper)
    values = {"status": "closed", "closed_at": now, "minutes_on": signed.signed_on, "minutes_file": signed.file_sha}
    values |= {"minutes": said, "minutes_sha256": digest(said)}
    session.execute(update(Meeting).where(Meeting.id == sat.id).values(values))
    done = asked | {"minutes": digest(said), "lines": len(lines), "closed": sum(line.closed for line in lines)}
    return append(session, sat, now, "sign_minutes", origin, asked, done)


def _wrong(session: Session, signed: Minutes, held_on: date, today: date) -> dict[str, Message]:
    errors: dict[str, Message] = {}
    if signed.signed_on > today:
        errors["signed_on"] = Message("in_future")
    elif signed.signed_on < held_on:
        errors["signed_on"] = Message("too_early", {"since": f"{held_on:%d/%m/%Y}"})
    if not signed.file_sha:
        errors["file"] = REQUIRED
    elif session.scalar(select(File.sha256).where(File.sha256 == signed.file_sha)) is None:
        errors["file"] = Message("unknown_file")
    return errors


def _everything(viewer: Viewer) -> Viewer:
    """A reader whom no conflict keeps from any line: the paper itself, not who asks for it."""
    return replace(viewer, actor=replace(viewer.actor, person=0), posts=())
