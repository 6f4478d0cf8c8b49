"""Tells holders that a step is due soon or late, and once the unit's head that it is late; nothing is decided by it.

A row of ``reminders`` is written with the notices in one transaction, once for each step and kind: started anew, or run
twice at a time, the worker tells nobody twice. A clock that stands (returned, held) and what lies with the centre has
no due day, so nothing is said of it. On days off nobody is told anything.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, literal, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from nominations.clock import WORKING_ZONE, Clock
from nominations.models.base import UtcDateTime
from nominations.models.consultations import OpinionRequest
from nominations.models.nominations import Nomination
from nominations.models.outbox import Reminder
from nominations.models.reference import Setting
from nominations.models.work import Task
from nominations.queries.calendar import calendar
from nominations.queries.kept import forget
from nominations.queries.reminders import DUE_SOON_KEY, LATE, SOON, late, soon, untold
from nominations.services.errors import InvalidInput
from nominations.services.log import Origin, record
from nominations.services.messages import Message
from nominations.services.notices import Desk, post, put_up
from nominations.services.sources import wrong_mark
from nominations.transactions import transactional

AT_ONCE = 100  # steps told of in one transaction
HEAD = "head"
ASKED_BODY = "asked_body"
LONGEST_NOTICE = 30  # working days
STREAM = "settings"


@transactional
def remind(session: Session, clock: Clock, now: datetime, *, by_mail: bool) -> int:
    """Tell of some of what is due; of how many steps, 0 when there was nothing to tell.

    ``now`` is the machine's own instant, by which letters go out.
    """
    today = clock.today()
    if not calendar(session).is_working_day(today):
        return 0
    told = 0
    for kind, which in ((LATE, late(today)), (SOON, _soon(session, today))):
        tasks = _claim(session, clock, kind, which)
        told += len(tasks)
        for row in _rows(session, tasks):
            for desk in _desks(kind, row):
                body = {"code": row.code, "state": row.step, "due_on": row.due_on.isoformat()}
                put_up(session, clock, desk, row.nomination_id, body)
                if by_mail:
                    post(session, today, now, desk, body)
    return told


@transactional
def set_due_soon(session: Session, clock: Clock, origin: Origin, days: int, source: str) -> None:
    """Say how many working days before its due day a step is due soon. Raises InvalidInput."""
    errors: dict[str, Message] = {}
    if not 0 <= days <= LONGEST_NOTICE:
        errors["days"] = Message("out_of_range", {"low": 0, "high": LONGEST_NOTICE})
    mark = wrong_mark(source)
    if mark is not None:
        errors["source"] = mark
    if errors:
        raise InvalidInput(errors)
    row = session.get(Setting, DUE_SOON_KEY)
    before = None if row is None else row.value
    if row is None:
        row = Setting(key=DUE_SOON_KEY)
        session.add(row)
    row.value = {"days": days, "source": source.strip()}
    row.updated_at = clock.now()
    session.flush()
    record(session, clock.now(), STREAM, "set_due_soon", origin, {"before": before, "after": row.value})
    forget(session)


def midnight(today: date) -> datetime:
    """When a day began in Vietnam."""
    return datetime.combine(today, time.min, WORKING_ZONE)


def _soon(session: Session, today: date) -> ColumnElement[bool]:
    """Due soon, and not opened only today: whoever has just been told of a step need not be reminded of it."""
    return and_(soon(session, today), Task.opened_at < midnight(today))


def _claim(session: Session, clock: Clock, kind: str, which: ColumnElement[bool]) -> Sequence[int]:
    """Note for some steps that they are told of now; those another worker has noted meanwhile are left to it."""
    made = postgresql.insert if session.connection().dialect.name == "postgresql" else sqlite.insert
    noted = literal(clock.now(), UtcDateTime())
    chosen = select(Task.id, literal(kind), noted).where(which, untold(kind)).order_by(Task.id).limit(AT_ONCE)
    statement = made(Reminder).from_select(["task_id", "kind", "created_at"], chosen)
    return session.scalars(statement.on_conflict_do_nothing().returning(Reminder.task_id)).all()


def _rows(session: Session, tasks: Sequence[int]) -> Sequence[Any]:
    if not tasks:
        return ()
    return session.execute(
        select(
            Task.nomination_id,
            Task.unit_id,
            Task.duty,
            Task.step,
            Task.due_on,
            Nomination.code,
            OpinionRequest.asking_unit_id,
            OpinionRequest.asking_duty,
        )
        .join(Nomination, Nomination.id == Task.nomination_id)
        .outerjoin(
            OpinionRequest,
            and_(OpinionRequest.nomination_id == Task.nomination_id, OpinionRequest.number == Task.request_no),
        )
        .where(Task.id.in_(tasks))
        .order_by(Task.id)
    ).all()


def _desks(kind: str, row: Row[*tuple[Any, ...]]) -> Iterator[Desk]:
    """Who is told: the holders; of what is late also the unit's head, where it is not the head's own step.

    Of a reply: the body asked; once it is late, whoever asked.
    """
    if row.asking_unit_id is None:
        yield Desk(row.unit_id, row.duty, "overdue" if kind == LATE else "due_soon")
        if kind == LATE and row.duty != HEAD:
            yield Desk(row.unit_id, HEAD, "escalated")
        return
    if row.duty == ASKED_BODY:
        yield Desk(row.unit_id, row.duty, "reply_overdue" if kind == LATE else "reply_due_soon")
    if kind == LATE:
        yield Desk(row.asking_unit_id, row.asking_duty, "reply_silent")
