"""Bodies and places, as they stand on a day: for choosing one, and for the reference lists of the API."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, aliased

from nominations.models.units import Unit
from nominations.names import folded
from nominations.queries.pages import Page, decode, paged, size


@dataclass(frozen=True, slots=True)
class UnitFilters:
    """What the list is narrowed to; ``on`` is the day the unit exists, None for any; ``q`` a part of the name."""

    q: str | None = None
    level: str | None = None
    kind: str | None = None
    parent_id: int | None = None
    on: date | None = None


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A unit with its period and the one above it."""

    id: int
    code: str
    name: str
    kind: str
    level: str
    parent_id: int | None
    parent_name: str | None
    valid_from: date
    valid_to: date | None
    poor_district: bool
    area_class: str | None
    bloc: str | None


def units(
    session: Session, filters: UnitFilters | None = None, cursor: str | None = None, limit: int = 50
) -> Page[UnitLine]:
    """A page of units in the order of their numbers. Raises BadCursor."""
    asked, after, limit = filters or UnitFilters(), decode(cursor, int), size(limit)
    above = aliased(Unit)
    found = (
        select(
            Unit.id,
            Unit.code,
            Unit.name,
            Unit.kind,
            Unit.level,
            Unit.parent_id,
            above.name.label("parent_name"),
            Unit.valid_from,
            Unit.valid_to,
            Unit.poor_district,
            Unit.area_class,
            Unit.bloc,
        )
        .outerjoin(above, above.id == Unit.parent_id)
        .order_by(Unit.id)
        .limit(limit + 1)
    )
    for column, value in ((Unit.level, asked.level), (Unit.kind, asked.kind), (Unit.parent_id, asked.parent_id)):
        if value is not None:
            found = found.where(column == value)
    if asked.on is not None:
        found = found.where(Unit.valid_from <= asked.on, or_(Unit.valid_to.is_(None), Unit.valid_to >= asked.on))
    if asked.q:
        found = found.where(Unit.name_folded.contains(folded(asked.q), autoescape=True))
    if after is not None:
        found = found.where(Unit.id > after[0])
    rows = session.execute(found).all()
    return paged(rows, limit, lambda row: UnitLine(*row), lambda row: (row.id,))
