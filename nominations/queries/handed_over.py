"""A post that goes from one person to another: its unit, who has it next, the steps that wait there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import NamedTuple

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, aliased

from nominations.models.nominations import Nomination
from nominations.models.people import Person, Post
from nominations.models.units import Unit
from nominations.models.work import Task
from nominations.queries.flows import flow
from workflows import HELD, RETURNED, state_label


class UnitOf(NamedTuple):
    """The unit of a post as papers name it."""

    code: str
    name: str
    kind: str
    level: str
    parent_name: str | None
    parent_kind: str | None


class Waiting(NamedTuple):
    """A step that waits: the file's code and never its nominee, the step in words, since when, until when."""

    code: str
    step: str
    opened_at: datetime
    due_on: date | None


def unit_of(session: Session, unit_id: int) -> UnitOf:
    """The unit and the one it is under."""
    above = aliased(Unit)
    row = session.execute(
        select(Unit.code, Unit.name, Unit.kind, Unit.level, above.name, above.kind)
        .outerjoin(above, above.id == Unit.parent_id)
        .where(Unit.id == unit_id)
    ).one()
    return UnitOf(*row)


def heir(session: Session, unit_id: int, duty: str, last_day: date, giver: str) -> tuple[str, str] | None:
    """Name and office of whoever has the duty from the day after; None where nobody took it over that day."""
    row = session.execute(
        select(Person.full_name, Post.title)
        .join(Post, Post.person_id == Person.id)
        .where(
            Post.unit_id == unit_id,
            Post.duty == duty,
            Post.valid_from == last_day + timedelta(days=1),
            Person.ref != giver,
        )
        .order_by(Post.id.desc())
        .limit(1)
    ).one_or_none()
    return (row.full_name, row.title) if row is not None else None


def waiting_with(session: Session, unit_id: int, duty: str, at: datetime, lang: str) -> tuple[Waiting, ...]:
    """The steps open at that moment which this duty at this unit may take, the one due first before the others."""
    return tuple(_waiting(session, unit_id, duty, at, lang))


def _waiting(session: Session, unit_id: int, duty: str, at: datetime, lang: str) -> Iterator[Waiting]:
    rows = session.execute(
        select(Nomination.code, Nomination.workflow_id, Task.step, Task.duty, Task.opened_at, Task.due_on)
        .join(Nomination, Nomination.id == Task.nomination_id)
        .where(
            Task.kind == "step",
            Task.unit_id == unit_id,
            Task.opened_at < at,
            or_(Task.closed_at.is_(None), Task.closed_at >= at),
        )
        .order_by(Task.due_on.is_(None), Task.due_on, Task.id)
    )
    for row in rows:
        workflow = flow(session, row.workflow_id)
        step = workflow.step_of(row.step)
        shared = step is not None and not row.step.endswith((RETURNED, HELD)) and duty in step.holders
        if row.duty == duty or shared:
            yield Waiting(row.code, state_label(workflow, row.step, lang), row.opened_at, row.due_on)
