"""Which version of the movement's criteria is in force on a day: a decision may change the list from a day on."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ScalarSelect, func, select

from nominations.models.movements import Criterion


def in_force(movement_id: int, on: date) -> ScalarSelect[int]:
    """The number of the version whose day has come, as a part of another select."""
    return (
        select(func.max(Criterion.version))
        .where(Criterion.movement_id == movement_id, Criterion.valid_from <= on)
        .scalar_subquery()
    )


def judged_on(received_on: date | None, today: date) -> date:
    """The day whose criteria a file goes by: that of its complete receipt, before it today."""
    return received_on or today
