"""What the slip over many files tells: departures, advice, until when the open step has; read without a viewer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from nominations.models.decisions import Decision
from nominations.models.nominations import Nomination
from nominations.models.people import Person
from nominations.models.work import Opinion, Task


class Departure(NamedTuple):
    """A head's act that differs from the vote it heard."""

    nomination_id: int
    stage: str
    reasons: str | None
    reason_code: str | None


class AdviceGiven(NamedTuple):
    """An appraisal or check of one of the files."""

    nomination_id: int
    kind: str
    stage: str
    person: str
    advice: str | None
    reasons: str
    created_at: datetime


class Waiting(NamedTuple):
    """One of the files at its open step."""

    entry_stage: str
    path: dict[str, int]
    state: str
    opened_at: datetime
    due_on: date | None


def departures(session: Session, ids: Sequence[int]) -> list[Departure]:
    """Every departure from a vote in these files that stands, the earliest first."""
    found = session.execute(
        select(Decision.nomination_id, Decision.stage, Decision.reasons, Decision.reason_code)
        .where(Decision.nomination_id.in_(ids), Decision.departs_from_vote, Decision.voided_by.is_(None))
        .order_by(Decision.id)
    )
    return [Departure(*row) for row in found]


def advice_given(session: Session, ids: Sequence[int]) -> list[AdviceGiven]:
    """Every appraisal and check of these files that stands, the earliest first."""
    found = session.execute(
        select(
            Opinion.nomination_id, Opinion.kind, Opinion.stage, Person.full_name, Opinion.advice, Opinion.reasons,
            Opinion.created_at,
        )
        .join(Person, Person.id == Opinion.person_id)
        .where(Opinion.nomination_id.in_(ids), Opinion.kind != "consultation", Opinion.voided_by.is_(None))
        .order_by(Opinion.id)
    )  # fmt: skip
    return [AdviceGiven(*row) for row in found]


def waiting(session: Session, ids: Sequence[int]) -> Waiting | None:
    """The file whose open step is due first; None where none of them waits."""
    row = session.execute(
        select(Nomination.entry_stage, Nomination.path, Nomination.state, Task.opened_at, Task.due_on)
        .join(Task, Task.nomination_id == Nomination.id)
        .where(Nomination.id.in_(ids), Task.kind == "step", Task.closed_at.is_(None))
        .order_by(Task.due_on.is_(None), Task.due_on, Task.id)
        .limit(1)
    ).one_or_none()
    return Waiting(*row) if row is not None else None
