"""The outbox: messages taken in order for each key, tried again with growing pauses, and settled.

A message is taken before it is worked on: should the worker end in between, it comes up again by itself. Instants here
are the machine's own, also where a demonstration plays another day, so that a pause is as long as it says.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, exists, select, update
from sqlalchemy.orm import Session, aliased

from nominations.models.outbox import OutboxMessage
from nominations.queries.outbox import is_due
from nominations.transactions import transactional

FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=1)
LONGEST_ERROR = 300  # characters


@dataclass(frozen=True, slots=True)
class Taken:
    """A message somebody is at work on, for the ``attempt``-th time."""

    id: int
    topic: str
    payload: Mapping[str, Any]
    attempt: int


def pause(attempt: int) -> timedelta:
    """How long to wait after the ``attempt``-th try: a minute, then twice as long each time, at most an hour."""
    doublings = min(attempt - 1, 10)
    return min(FIRST_PAUSE * (1 << doublings), LONGEST_PAUSE)


@transactional
def take(session: Session, now: datetime, topics: Sequence[str], limit: int) -> tuple[Taken, ...]:
    """Take up to ``limit`` messages, of each key only the oldest that is not done; nobody else has them meanwhile."""
    rows = session.execute(
        select(OutboxMessage.id, OutboxMessage.topic, OutboxMessage.payload, OutboxMessage.attempts)
        .where(is_due(now, topics), _oldest_of_its_key())
        .order_by(OutboxMessage.available_at, OutboxMessage.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    ).all()
    taken = tuple(Taken(row.id, row.topic, row.payload, row.attempts + 1) for row in rows)
    if taken:
        tried = [{"id": each.id, "attempts": each.attempt, "available_at": now + pause(each.attempt)} for each in taken]
        session.execute(update(OutboxMessage), tried)
    return taken


def still_open(session: Session, message_id: int) -> bool:
    """Lock a taken message within the transaction that works on it; False where another worker was faster."""
    found = session.scalar(
        select(OutboxMessage.id)
        .where(OutboxMessage.id == message_id, OutboxMessage.done_at.is_(None))
        .with_for_update()
    )
    return found is not None


@transactional
def settle(session: Session, now: datetime, message_id: int) -> None:
    """Mark a message as done."""
    session.execute(update(OutboxMessage).where(OutboxMessage.id == message_id).values(done_at=now, last_error=None))


@transactional
def fail(session: Session, now: datetime, message_id: int, error: str, *, give_up: bool = False) -> None:
    """Note why a try failed; the message comes up again after its pause, unless this is given up."""
    values: dict[str, Any] = {"last_error": error[:LONGEST_ERROR] or "?"}
    if give_up:
        values["done_at"] = now
    session.execute(update(OutboxMessage).where(OutboxMessage.id == message_id).values(values))


def _oldest_of_its_key() -> ColumnElement[bool]:
    earlier = aliased(OutboxMessage)
    waits = exists().where(earlier.key == OutboxMessage.key, earlier.done_at.is_(None), earlier.id < OutboxMessage.id)
    return ~waits
