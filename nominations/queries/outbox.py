"""What waits in the outbox, and how its messages have fared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy.orm import Session

from nominations.models.outbox import OutboxMessage


@dataclass(frozen=True, slots=True)
class TopicCounts:
    """Messages of one topic: waiting for their first try, to be tried again, given up, done.

    ``oldest``: since when the oldest open one waits, an aware instant, None where none does.
    """

    topic: str
    waiting: int
    retrying: int
    given_up: int
    done: int
    oldest: datetime | None


def is_due(now: datetime, topics: Sequence[str]) -> ColumnElement[bool]:
    """Not done, and its time has come; what was to go out at once is due whatever day its act was played on."""
    message = OutboxMessage
    at_once = and_(message.attempts == 0, message.available_at <= message.created_at)
    return and_(message.done_at.is_(None), message.topic.in_(topics), or_(at_once, message.available_at <= now))


def anything_due(session: Session, now: datetime, topics: Sequence[str]) -> bool:
    """Whether a message of these topics waits to be taken; reads only, so that idling keeps nobody from writing."""
    return session.scalar(select(OutboxMessage.id).where(is_due(now, topics)).limit(1)) is not None


def outbox_counts(session: Session) -> tuple[TopicCounts, ...]:
    """How the messages of each topic have fared, topics in alphabetical order."""
    message = OutboxMessage
    is_open, failed = message.done_at.is_(None), message.last_error.is_not(None)
    rows = session.execute(
        select(
            message.topic,
            func.count(case((is_open & ~failed, 1))),
            func.count(case((is_open & failed, 1))),
            func.count(case((~is_open & failed, 1))),
            func.count(case((~is_open & ~failed, 1))),
            func.min(case((is_open, message.created_at))),
        )
        .group_by(message.topic)
        .order_by(message.topic)
    )
    return tuple(TopicCounts(*row) for row in rows)
