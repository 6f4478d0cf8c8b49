"""Which open steps are due soon or late, who has been told of it, and who wants the daily letter."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, case, exists, func, or_, select
from sqlalchemy.orm import Session

from nominations.models.outbox import Digest, Reminder
from nominations.models.people import Person
from nominations.models.reference import Setting
from nominations.models.work import Task
from nominations.queries.calendar import calendar
from nominations.queries.kept import kept
from workflows.clocks import DUE_SOON, soon_until

DUE_SOON_KEY = "due_soon_days"  # of the settings: working days and their source mark
SOON, LATE = "due_soon", "overdue"
TOLD_OF = ("step", "opinion")  # kinds of task


@dataclass(frozen=True, slots=True)
class Days:
    """How many working days before its due day a step is due soon, and where that is written."""

    days: int
    source: str


@dataclass(frozen=True, slots=True)
class Due:
    """Open steps that are late or due soon, those nobody was told of yet; daily letters wanted and not sent yet."""

    late: int
    soon: int
    untold: int
    digests: int
    unsent: int


@kept
def due_soon(session: Session) -> Days:
    """The setting, as an administrator has it."""
    stored = session.scalar(select(Setting.value).where(Setting.key == DUE_SOON_KEY))
    return Days(DUE_SOON, "[practice]") if stored is None else Days(int(stored["days"]), str(stored["source"]))


def last_soon_day(session: Session, today: date) -> date:
    """The last due day that is due soon today."""
    return soon_until(calendar(session), today, due_soon(session).days)


def late(today: date) -> ColumnElement[bool]:
    """That the due day of an open step, or of a reply that is awaited, has passed."""
    return and_(Task.kind.in_(TOLD_OF), Task.closed_at.is_(None), Task.due_on < today)


def soon(session: Session, today: date) -> ColumnElement[bool]:
    """That an open step, or a reply that is awaited, is due soon, today included."""
    still = and_(Task.kind.in_(TOLD_OF), Task.closed_at.is_(None))
    return and_(still, Task.due_on >= today, Task.due_on <= last_soon_day(session, today))


def untold(kind: str) -> ColumnElement[bool]:
    """That nobody was told of it yet."""
    return ~exists().where(Reminder.task_id == Task.id, Reminder.kind == kind)


def wants_digest(today: date) -> ColumnElement[bool]:
    """That a person's daily letter of today is still to be written."""
    return and_(Person.active, Person.email.is_not(None), or_(Digest.sent_on.is_(None), Digest.sent_on != today))


def due(session: Session, today: date, midnight: datetime) -> Due:
    """What the worker has before it: two statements. ``midnight``: when today began."""
    is_late, is_soon = late(today), and_(soon(session, today), Task.opened_at < midnight)
    steps = session.execute(
        select(
            func.count(case((is_late, 1))),
            func.count(case((soon(session, today), 1))),
            func.count(case((or_(and_(is_late, untold(LATE)), and_(is_soon, untold(SOON))), 1))),
        ).where(Task.closed_at.is_(None), Task.due_on.is_not(None))
    ).one()
    letters = session.execute(
        select(func.count(), func.count(case((wants_digest(today), 1)))).select_from(Digest).join(Person)
    ).one()
    return Due(*steps, *letters)


def has_digest(session: Session, person_id: int) -> bool:
    """Whether a person wants the daily letter."""
    return session.scalar(select(Digest.person_id).where(Digest.person_id == person_id)) is not None
