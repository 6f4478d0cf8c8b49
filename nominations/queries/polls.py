"""How long absent members have to answer in writing: a dated figure in working days, and the day it ends."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from nominations.models.reference import LegalValue
from nominations.queries.calendar import calendar
from workflows.workdays import deadline

KIND = "written_poll_days"


@dataclass(frozen=True, slots=True)
class PollDays:
    """So many working days, and where that is written."""

    days: int
    source: str


def poll_days(session: Session, today: date) -> PollDays | None:
    """The figure of a day; None where there is none."""
    row = session.execute(
        select(LegalValue.value, LegalValue.source)
        .where(
            LegalValue.kind == KIND,
            LegalValue.valid_from <= today,
            or_(LegalValue.valid_to.is_(None), LegalValue.valid_to >= today),
        )
        .order_by(LegalValue.valid_from.desc())
        .limit(1)
    ).one_or_none()
    return None if row is None else PollDays(int(Decimal(row.value)), row.source)


def poll_until(session: Session, asked_on: date) -> date:
    """The last day for an answer to what is asked on a day; that day itself where no figure is known."""
    found = poll_days(session, asked_on)
    if found is None:
        return asked_on
    return deadline(calendar(session), asked_on, found.days).due_on or asked_on
