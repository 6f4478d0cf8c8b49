"""The tree of bodies and places as it stood on a day, and what one of them came from and went into."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from sqlalchemy import or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from nominations.models.units import Unit, UnitSuccession

Column = InstrumentedAttribute[int] | InstrumentedAttribute[int | None]


@dataclass(slots=True)
class Branch:
    """A unit with the units under it on the same day."""

    id: int
    code: str
    name: str
    kind: str
    level: str
    valid_from: date
    valid_to: date | None
    children: list[Branch] = field(default_factory=list)

    @property
    def below(self) -> int:
        """How many units stand under it, at every depth."""
        return sum(1 + child.below for child in self.children)


@dataclass(frozen=True, slots=True)
class Succession:
    """What took over a function, or what it was taken over from; ``name`` is none where no successor was found."""

    function: str
    unit_id: int | None
    name: str | None
    share: Decimal | None
    effective_on: date
    note: str | None
    source: str
    id: int


def tree(session: Session, day: date) -> tuple[Branch, ...]:
    """The roots of the day's tree, in the protocol order of units."""
    rows = session.execute(
        select(Unit.id, Unit.code, Unit.name, Unit.kind, Unit.level, Unit.valid_from, Unit.valid_to, Unit.parent_id)
        .where(Unit.valid_from <= day, or_(Unit.valid_to.is_(None), Unit.valid_to >= day))
        .order_by(Unit.protocol_order, Unit.name_folded, Unit.id)
    ).all()
    branches = {row.id: Branch(*row[:7]) for row in rows}
    roots: list[Branch] = []
    for row in rows:
        above = branches.get(row.parent_id)
        (above.children if above is not None else roots).append(branches[row.id])
    return tuple(roots)


def unit(session: Session, unit_id: int) -> Unit | None:
    """One unit."""
    return session.get(Unit, unit_id)


def successors(session: Session, unit_id: int) -> tuple[Succession, ...]:
    """What took over the functions of a unit that ended."""
    return _successions(session, UnitSuccession.old_unit_id, UnitSuccession.new_unit_id, unit_id)


def predecessors(session: Session, unit_id: int) -> tuple[Succession, ...]:
    """What a unit took its functions over from."""
    return _successions(session, UnitSuccession.new_unit_id, UnitSuccession.old_unit_id, unit_id)


def _successions(session: Session, here: Column, there: Column, unit_id: int) -> tuple[Succession, ...]:
    other = aliased(Unit)
    rows = session.execute(
        select(
            UnitSuccession.function, other.id, other.name, UnitSuccession.share, UnitSuccession.effective_on,
            UnitSuccession.note, UnitSuccession.source, UnitSuccession.id,
        )
        .outerjoin(other, other.id == there)
        .where(here == unit_id)
        .order_by(UnitSuccession.effective_on, UnitSuccession.id)
    )  # fmt: skip
    return tuple(Succession(*row) for row in rows)
