"""A called meeting under the lock, and its own chain in the log: what every act on a meeting begins and ends with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from nominations.models.council import Meeting, MeetingLine
from nominations.models.nominations import Nomination
from nominations.models.people import Council
from nominations.queries.meetings import STREAM, convenes
from nominations.services.effects.ground import fingerprint
from nominations.services.errors import InvalidInput, NotFound
from nominations.services.log import Origin, Receipt, entry_parts, log_origin
from nominations.services.messages import Message
from nominations.services.replays import Asked, checked_key, earlier_entry, earlier_receipt
from nominations.services.statements import write
from workflows import Actor
from workflows.ledger import Act, Head


@dataclass(frozen=True, slots=True)
class Sat:
    """A called meeting, its row locked."""

    id: int
    stream: str
    council_id: int
    unit_id: int
    secret: bool
    held_on: date | None
    poll_until: date | None
    head: Head


def locked(session: Session, ref: str, *, open_only: bool = True) -> Sat:
    """The meeting, nobody else writing to it. Raises NotFound; InvalidInput once its minutes are signed."""
    row = session.execute(
        select(
            Meeting.id, Meeting.stream, Meeting.council_id, Council.unit_id, Meeting.secret, Meeting.held_on,
            Meeting.poll_until, Meeting.chain_seq, Meeting.chain_head, Meeting.chain_at, Meeting.status,
        )
        .join(Council, Council.id == Meeting.council_id)
        .where(Meeting.stream == f"{STREAM}{ref}", Meeting.called)
        .with_for_update(of=Meeting)
    ).one_or_none()  # fmt: skip
    if row is None:
        raise NotFound(ref)
    if open_only and row.status != "open":
        raise InvalidInput({"meeting": Message("meeting_over")})
    return Sat(*row[:7], Head(row.chain_seq, row.chain_head, row.chain_at))


def kept_by(session: Session, actor: Actor, sat: Sat, today: date) -> None:
    """Raise NotFound for somebody who does not keep this meeting's records."""
    if not convenes(session, actor, sat.unit_id, today):
        raise NotFound(sat.stream)


def files_locked(session: Session, which: Sequence[int]) -> None:
    """Lock these nominations, in one order for all who lock several and before any meeting."""
    if session.connection().dialect.name == "postgresql" and which:
        session.execute(select(Nomination.id).where(Nomination.id.in_(which)).order_by(Nomination.id).with_for_update())


def files_of(session: Session, ref: str) -> tuple[int, ...]:
    """The nominations on a meeting's list."""
    found = (
        select(MeetingLine.nomination_id)
        .join(Meeting, Meeting.id == MeetingLine.meeting_id)
        .where(Meeting.stream == f"{STREAM}{ref}")
        .order_by(MeetingLine.nomination_id)
    )
    return tuple(session.scalars(found))


def said_before(session: Session, origin: Origin, act: str, asked: Mapping[str, Any]) -> Receipt | None:
    """The receipt an earlier request with this key was given. Raises InvalidInput for a key that was used otherwise."""
    checked_key(origin.request_key)
    earlier = earlier_entry(session, origin.actor, origin.request_key)
    return None if earlier is None else earlier_receipt(session, *earlier, Asked(act, "", fingerprint(asked)))


def append(
    session: Session,
    sat: Sat,
    now: datetime,
    act: str,
    origin: Origin,
    asked: Mapping[str, Any],
    done: Mapping[str, Any] | None = None,
    post: str | None = None,
) -> Receipt:
    """Append an act to the meeting's chain, and move its head on; ``done`` is what came of what was ``asked``."""
    payload = dict(asked if done is None else done) | {"request": fingerprint(asked)}
    said = Act(
        log=log_origin(session),
        act=act,
        actor=origin.actor,
        post=post or origin.post,
        auth=origin.auth,
        stream=sat.stream,
        req=origin.request_id,
    )
    sealed, parts = entry_parts(sat.head, now, said, payload, origin.request_key)
    write(session, parts)
    session.execute(
        update(Meeting)
        .where(Meeting.id == sat.id)
        .values(chain_seq=sealed.head.cseq, chain_head=sealed.hash, chain_at=sealed.head.at)
    )
    return Receipt(sat.stream, sealed.head.cseq, sealed.hash, sealed.head.at)
