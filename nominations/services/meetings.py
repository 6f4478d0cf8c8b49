"""Meetings a secretary calls: day, hour and place, and the agenda.

Each is one entry on the meeting's own chain; no file's version changes (decision 16). A line leaves the meeting of its
one file for the agenda, and goes back to one when it is taken off, while nobody has voted on it.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import exists, select, update
from sqlalchemy.orm import Session

from nominations.clock import Clock
from nominations.models.council import Ballot, BallotCount, Meeting, MeetingLine
from nominations.models.nominations import Nomination
from nominations.models.people import Council
from nominations.names import tidy
from nominations.queries.agenda import ORDERS, ordered
from nominations.queries.meetings import STREAM, convenes
from nominations.services.errors import InvalidInput
from nominations.services.log import Origin, Receipt
from nominations.services.messages import REQUIRED, Message
from nominations.services.payloads import SHORT
from nominations.services.sittings import Sat, append, files_locked, kept_by, locked, said_before
from nominations.transactions import transactional
from workflows import Actor
from workflows.ledger import GENESIS, Head

HOUR = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")
MOST_LINES = 2_000
FURTHEST = timedelta(days=366)  # of a meeting from today, either way


@dataclass(frozen=True, slots=True)
class NewMeeting:
    """A meeting as it is called: which council, when, where, and whether its ballots are secret."""

    council_id: int
    held_on: date
    begins: str
    place: str
    secret: bool = False


@dataclass(frozen=True, slots=True)
class Called:
    """A meeting that was called: its name in addresses, and the receipt."""

    ref: str
    receipt: Receipt


@transactional
def call_meeting(session: Session, actor: Actor, clock: Clock, origin: Origin, new: NewMeeting) -> Called:
    """Call a meeting of a council. Raises InvalidInput, also for a council somebody does not call meetings of."""
    now, today = clock.now(), clock.today()
    said = {"council": new.council_id} | _told(new)
    again = said_before(session, origin, "call_meeting", said)
    if again is not None:
        return Called(again.stream.removeprefix(STREAM), again)
    council = session.get(Council, new.council_id)
    if council is None or not convenes(session, actor, council.unit_id, today):
        raise InvalidInput({"council": Message("unknown_council")})
    errors = _wrong(new, council, today)
    if errors:
        raise InvalidInput(errors)
    ref = secrets.token_hex(16)
    made = Meeting(
        council_id=council.id, held_on=new.held_on, begins=new.begins, place=tidy(new.place), secret=new.secret,
        called=True, status="open", stream=f"{STREAM}{ref}", chain_seq=0, chain_head=GENESIS, chain_at="",
        created_at=now,
    )  # fmt: skip
    session.add(made)
    session.flush()
    sat = Sat(made.id, made.stream, council.id, council.unit_id, made.secret, made.held_on, None, Head())
    return Called(ref, append(session, sat, now, "call_meeting", origin, said))


@transactional
def change_meeting(session: Session, actor: Actor, clock: Clock, origin: Origin, ref: str, new: NewMeeting) -> Receipt:
    """Put day, hour, place and kind of ballot right; the kind while nobody has voted. Raises NotFound, InvalidInput."""
    now, today = clock.now(), clock.today()
    again = said_before(session, origin, "change_meeting", _told(new))
    if again is not None:
        return again
    sat = locked(session, ref)
    kept_by(session, actor, sat, today)
    council = session.get_one(Council, sat.council_id)
    errors = _wrong(new, council, today)
    if new.secret != sat.secret and _begun(session, sat.id):
        errors["way"] = Message("ballots_are_in")
    if errors:
        raise InvalidInput(errors)
    values: dict[str, Any] = {"held_on": new.held_on, "begins": new.begins, "place": tidy(new.place)}
    session.execute(update(Meeting).where(Meeting.id == sat.id).values(values | {"secret": new.secret}))
    return append(session, sat, now, "change_meeting", origin, _told(new))


@transactional
def put_on(
    session: Session, actor: Actor, clock: Clock, origin: Origin, ref: str, codes: Collection[str]
) -> tuple[Receipt | None, int]:
    """Put files on the agenda after what stands there; how many. What is elsewhere by now is left out.

    Raises NotFound, InvalidInput.
    """
    now, today = clock.now(), clock.today()
    asked = {"codes": sorted(set(codes))}
    again = said_before(session, origin, "put_on_agenda", asked)
    if again is not None:
        return again, len(asked["codes"])
    sat, chosen = _agenda(session, actor, ref, codes, today)
    lines = _movable(session, sat.unit_id, chosen)
    if not lines:
        return None, 0
    there = _positions(session, sat.id)
    if len(there) + len(lines) > MOST_LINES:
        raise InvalidInput({"code": Message("agenda_full", {"most": MOST_LINES})})
    session.execute(
        update(Meeting)
        .where(Meeting.id.in_([line.meeting_id for line in lines]))
        .values(status="closed", closed_at=now)
    )
    ids = [line.id for line in lines]
    session.execute(update(MeetingLine).where(MeetingLine.id.in_(ids)).values(meeting_id=sat.id))
    _number(session, ordered(session, sat.id, "kind", ids), max(there, default=0))
    done = {"codes": [line.code for line in lines]}
    return append(session, sat, now, "put_on_agenda", origin, asked, done), len(lines)


@transactional
def take_off(
    session: Session, actor: Actor, clock: Clock, origin: Origin, ref: str, codes: Collection[str]
) -> tuple[Receipt | None, int]:
    """Take files off the agenda, each into a meeting of its own; how many. What was voted on stays.

    Raises NotFound, InvalidInput.
    """
    now, today = clock.now(), clock.today()
    asked = {"codes": sorted(set(codes))}
    again = said_before(session, origin, "take_off_agenda", asked)
    if again is not None:
        return again, len(asked["codes"])
    sat, chosen = _agenda(session, actor, ref, codes, today)
    lines = session.execute(
        select(MeetingLine.id, Nomination.code)
        .join(Nomination, Nomination.id == MeetingLine.nomination_id)
        .where(MeetingLine.meeting_id == sat.id, MeetingLine.nomination_id.in_(chosen), *_untouched())
        .order_by(MeetingLine.id)
    ).all()
    if not lines:
        return None, 0
    for line in lines:
        alone = Meeting(
            council_id=sat.council_id, status="open", secret=False, stream=f"{STREAM}{secrets.token_hex(8)}",
            chain_seq=0, chain_head=GENESIS, chain_at="", created_at=now,
        )  # fmt: skip
        session.add(alone)
        session.flush()
        session.execute(update(MeetingLine).where(MeetingLine.id == line.id).values(meeting_id=alone.id, position=None))
    done = {"codes": [line.code for line in lines]}
    return append(session, sat, now, "take_off_agenda", origin, asked, done), len(lines)


@transactional
def put_in_order(session: Session, actor: Actor, clock: Clock, origin: Origin, ref: str, order: str) -> Receipt:
    """Sort the whole agenda by kind, form, unit or name. Raises NotFound, InvalidInput."""
    now, today = clock.now(), clock.today()
    again = said_before(session, origin, "order_agenda", {"order": order})
    if again is not None:
        return again
    sat = locked(session, ref)
    kept_by(session, actor, sat, today)
    if order not in ORDERS:
        raise InvalidInput({"order": Message("not_choice", {"choices": ", ".join(ORDERS)})})
    _number(session, ordered(session, sat.id, order), 0)
    return append(session, sat, now, "order_agenda", origin, {"order": order})


def _told(new: NewMeeting) -> dict[str, Any]:
    """What the log says of a meeting as it is called."""
    return {
        "held_on": new.held_on.isoformat(),
        "begins": new.begins,
        "place": tidy(new.place),
        "secret": new.secret,
    }


def _wrong(new: NewMeeting, council: Council, today: date) -> dict[str, Message]:
    errors: dict[str, Message] = {}
    if not tidy(new.place):
        errors["place"] = REQUIRED
    elif len(tidy(new.place)) > SHORT:
        errors["place"] = Message("too_long", {"limit": SHORT})
    if not HOUR.fullmatch(new.begins):
        errors["begins"] = Message("not_hour")
    last = min(council.valid_to or date.max, today + FURTHEST)
    if not max(council.valid_from, today - FURTHEST) <= new.held_on <= last:
        first = max(council.valid_from, today - FURTHEST)
        errors["held_on"] = Message("day_out_of_range", {"low": f"{first:%d/%m/%Y}", "high": f"{last:%d/%m/%Y}"})
    return errors


def _agenda(session: Session, actor: Actor, ref: str, codes: Collection[str], today: date) -> tuple[Sat, list[int]]:
    """The meeting, which the actor keeps, and the files named, all of it locked. Raises NotFound, InvalidInput."""
    chosen = _ids(session, codes)
    files_locked(session, chosen)
    sat = locked(session, ref)
    kept_by(session, actor, sat, today)
    return sat, chosen


def _ids(session: Session, codes: Collection[str]) -> list[int]:
    """The nominations of these codes, in one order."""
    if len(codes) > MOST_LINES:
        raise InvalidInput({"code": Message("agenda_full", {"most": MOST_LINES})})
    return list(session.scalars(select(Nomination.id).where(Nomination.code.in_(codes)).order_by(Nomination.id)))


def _movable(session: Session, unit_id: int, chosen: Sequence[int]) -> Sequence[Any]:
    """Of these files the lines before this unit's council, alone in their meeting and untouched."""
    return session.execute(
        select(MeetingLine.id, MeetingLine.meeting_id, Nomination.code)
        .join(Meeting, Meeting.id == MeetingLine.meeting_id)
        .join(Council, Council.id == Meeting.council_id)
        .join(Nomination, Nomination.id == MeetingLine.nomination_id)
        .where(
            Nomination.id.in_(chosen),
            Nomination.state == MeetingLine.stage + ".council",
            Council.unit_id == unit_id,
            Meeting.status == "open",
            ~Meeting.called,
            *_untouched(),
        )
        .order_by(MeetingLine.id)
    ).all()


def _untouched() -> tuple[Any, ...]:
    """That nobody has voted on a line, and nothing was counted."""
    return (
        MeetingLine.closed_at.is_(None),
        MeetingLine.voided_by.is_(None),
        ~exists().where(Ballot.line_id == MeetingLine.id),
        ~exists().where(BallotCount.line_id == MeetingLine.id),
    )


def _positions(session: Session, meeting_id: int) -> list[int]:
    found = session.scalars(select(MeetingLine.position).where(MeetingLine.meeting_id == meeting_id))
    return [position or 0 for position in found]


def _number(session: Session, lines: Sequence[int], after: int) -> None:
    """Give lines their places, one after another."""
    values = [{"id": line, "position": place} for place, line in enumerate(lines, after + 1)]
    if values:
        session.execute(update(MeetingLine), values)


def _begun(session: Session, meeting_id: int) -> bool:
    """Whether a ballot is in, or a count."""
    on_it = select(MeetingLine.id).where(MeetingLine.meeting_id == meeting_id)
    found = session.scalar(select(Ballot.id).where(Ballot.line_id.in_(on_it)).limit(1))
    counted = session.scalar(select(BallotCount.id).where(BallotCount.line_id.in_(on_it)).limit(1))
    return found is not None or counted is not None
