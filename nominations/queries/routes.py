"""Which unit is which stage for a file: from its proposing unit up the tree as it stands on a day."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from nominations.models.units import Unit
from nominations.queries.kept import kept
from nominations.queries.sql import numbers, rows
from workflows import Workflow

BOARD_CODE = "SNV"  # Sở Nội vụ, which holds the award board

_POSTS = """SELECT x.unit_id, x.duty, x.person_id FROM posts x JOIN people y ON y.id = x.person_id AND y.active
    WHERE x.unit_id IN ({units}) AND x.valid_from <= :today AND (x.valid_to IS NULL OR x.valid_to >= :today)"""


class Route(NamedTuple):
    """Where a file enters and which unit each stage is."""

    entry_stage: str
    path: dict[str, int]


class Proposer(NamedTuple):
    """The proposing unit as the route sees it."""

    id: int
    level: str
    parent_id: int | None


@kept
def proposer(session: Session, unit_id: int, today: date) -> Proposer | None:
    """The unit if it exists on ``today``."""
    row = session.execute(
        select(Unit.id, Unit.level, Unit.parent_id).where(Unit.id == unit_id, *_exists_on(today))
    ).one_or_none()
    return None if row is None else Proposer(*row)


def route(session: Session, workflow: Workflow, unit: Proposer, nominee_unit: int | None, today: date) -> Route | None:
    """The route of a file from ``unit``; None when this form cannot start there."""
    kind = _entry_kind(unit, nominee_unit)
    entry = workflow.entries.get(kind)
    if entry is None:
        return None
    places = dict(provincial(session, today))
    if unit.level == "commune":
        places["commune"] = unit.id
        if unit.parent_id is not None:
            places["district"] = unit.parent_id
    elif unit.level == "district":
        places["district"] = unit.id
    else:
        places["unit"] = unit.id
    return Route(entry, {stage: places[stage] for stage in workflow.stages if stage in places})


def posts_at(session: Session, units: Collection[int], today: date) -> list[list[Any]]:
    """Who holds which duty at these units on ``today``: unit, duty, person."""
    return [list(row) for row in rows(session, _POSTS.format(units=numbers(units)), {"today": today.isoformat()})]


def _entry_kind(unit: Proposer, nominee_unit: int | None) -> str:
    if unit.level == "commune" and nominee_unit == unit.id:
        return "commune_as_nominee"
    return unit.level


@kept
def provincial(session: Session, today: date) -> dict[str, int]:
    """The board, the Chairman's unit and who records what the centre decides, on ``today``."""
    found = session.execute(
        select(Unit.id, Unit.code, Unit.level)
        .where(or_(Unit.code == BOARD_CODE, Unit.level == "province"), *_exists_on(today))
        .order_by(Unit.id)
    )
    places: dict[str, int] = {}
    for unit_id, code, level in found:
        if level == "province":
            places["chairman"] = unit_id
        elif code == BOARD_CODE:
            places["board"] = places["central"] = unit_id
    return places


def _exists_on(day: date) -> tuple[ColumnElement[bool], ...]:
    return Unit.valid_from <= day, or_(Unit.valid_to.is_(None), Unit.valid_to >= day)
