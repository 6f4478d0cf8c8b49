"""Delegations as administrators see them: who does whose work, on which paper, for which forms, when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session, aliased

from nominations.models.people import Delegation, Person, Post
from nominations.models.units import Unit


@dataclass(frozen=True, slots=True)
class DelegationLine:
    """A delegation with both persons; ``last_day`` is the day it was ended with, or its own last."""

    ref: str
    kind: str
    title: str
    document: str
    forms: tuple[str, ...]  # none: every form
    valid_from: date
    last_day: date
    duty: str
    unit_id: int
    unit_name: str
    giver_ref: str
    giver: str
    receiver_ref: str
    receiver: str


def delegations_of(session: Session, person_id: int) -> tuple[DelegationLine, ...]:
    """Every delegation a person gave or was given, the latest first."""
    return _lines(session, or_(Post.person_id == person_id, Delegation.receiver_id == person_id))


def delegation(session: Session, ref: str) -> DelegationLine | None:
    """One delegation by its random reference."""
    return next(iter(_lines(session, Delegation.ref == ref)), None)


def _lines(session: Session, which: ColumnElement[bool]) -> tuple[DelegationLine, ...]:
    giver, receiver = aliased(Person), aliased(Person)
    rows = session.execute(
        select(Delegation, Post.duty, Unit.id, Unit.name, giver.ref, giver.full_name, receiver.ref, receiver.full_name)
        .join(Post, Post.id == Delegation.post_id)
        .join(Unit, Unit.id == Post.unit_id)
        .join(giver, giver.id == Post.person_id)
        .join(receiver, receiver.id == Delegation.receiver_id)
        .where(which)
        .order_by(Delegation.valid_from.desc(), Delegation.id.desc())
    )
    return tuple(_line(*row) for row in rows)


def _line(found: Delegation, *more: Any) -> DelegationLine:  # noqa: ANN401 - the columns beside it
    return DelegationLine(
        found.ref,
        found.kind,
        found.title,
        found.document,
        tuple(found.forms or ()),
        found.valid_from,
        found.ended_on or found.valid_to,
        *more,
    )
