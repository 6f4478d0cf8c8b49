"""Who has taken over what by a day: the list of successions, single files settled, and who serves where now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session, aliased

from nominations.models.people import Council
from nominations.models.reorganisations import SuccessionChoice
from nominations.models.units import Unit, UnitSuccession
from nominations.queries.routes import posts_at
from workflows.succession import AWARDS, Heir, Link, heir


class Place(NamedTuple):
    """A unit as a list names it."""

    code: str
    name: str
    level: str
    kind: str
    valid_to: date | None


@dataclass(slots=True)
class Heirs:
    """Units, successions and choices as they stand on ``day``; posts and councils are read once for each unit."""

    session: Session
    day: date
    places: Mapping[int, Place]
    links: Mapping[int, tuple[Link, ...]]
    chosen: Mapping[int, Mapping[int, int]]
    ended: frozenset[int]
    _posts: dict[int, list[list[Any]]] = field(default_factory=dict)
    _councils: dict[int, int | None] = field(default_factory=dict)

    def of(self, unit: int, function: str = AWARDS, nomination: int = 0) -> Heir:
        """The unit that has the function now; the unit itself while it exists."""
        return heir(self.links, self.ended, unit, function, self.chosen.get(nomination))

    def posts(self, units: set[int]) -> list[list[Any]]:
        """Who holds which duty at these units on the day."""
        missing = units - self._posts.keys()
        if missing:
            self._posts |= {unit: [] for unit in missing}
            for row in posts_at(self.session, missing, self.day):
                self._posts[row[0]].append(row)
        return [row for unit in sorted(units) for row in self._posts[unit]]

    def council(self, unit: int) -> int | None:
        """The council of a unit on the day."""
        if unit not in self._councils:
            self._councils[unit] = self.session.scalar(
                select(Council.id)
                .where(
                    Council.unit_id == unit,
                    Council.valid_from <= self.day,
                    or_(Council.valid_to.is_(None), Council.valid_to >= self.day),
                )
                .order_by(Council.id)
                .limit(1)
            )
        return self._councils[unit]

    def name(self, unit: int | None) -> str:
        """The unit's name; nothing for none."""
        return self.places[unit].name if unit is not None and unit in self.places else ""


@dataclass(frozen=True, slots=True)
class SuccessionLine:
    """A line of the list as an administrator edits it; no ``new``: nobody, or not found."""

    id: int
    old_id: int
    old_code: str
    old_name: str
    new_id: int | None
    new_code: str | None
    new_name: str | None
    function: str
    share: Any
    effective_on: date
    note: str | None
    source: str
    posts_follow: bool


def heirs_on(session: Session, day: date) -> Heirs:
    """Everything needed to say where things go on ``day``: three statements, whatever the number of files."""
    places = {
        row.id: Place(row.code, row.name, row.level, row.kind, row.valid_to)
        for row in session.execute(select(Unit.id, Unit.code, Unit.name, Unit.level, Unit.kind, Unit.valid_to))
    }
    links: defaultdict[int, list[Link]] = defaultdict(list)
    for row in session.execute(
        select(UnitSuccession.old_unit_id, UnitSuccession.new_unit_id, UnitSuccession.function, UnitSuccession.share)
        .where(UnitSuccession.effective_on <= day)
        .order_by(UnitSuccession.id)
    ):
        links[row.old_unit_id].append(Link(row.new_unit_id, row.function, row.share == 1))
    chosen: defaultdict[int, dict[int, int]] = defaultdict(dict)
    for nomination, old, new in session.execute(
        select(SuccessionChoice.nomination_id, SuccessionChoice.old_unit_id, SuccessionChoice.new_unit_id)
    ):
        chosen[nomination][old] = new
    ended = frozenset(unit for unit, place in places.items() if place.valid_to is not None and place.valid_to < day)
    return Heirs(session, day, places, {old: tuple(rows) for old, rows in links.items()}, dict(chosen), ended)


def succession_days(session: Session) -> tuple[date, ...]:
    """The days on which units were succeeded, the newest first."""
    return tuple(
        session.scalars(
            select(UnitSuccession.effective_on).distinct().order_by(UnitSuccession.effective_on.desc())
        ).all()
    )


def succession(session: Session, succession_id: int) -> SuccessionLine | None:
    """One line of the list."""
    return next(iter(_lines(session, UnitSuccession.id == succession_id)), None)


def successions_of(session: Session, old_unit_id: int) -> tuple[SuccessionLine, ...]:
    """The lines of one unit that ended."""
    return _lines(session, UnitSuccession.old_unit_id == old_unit_id)


def unfound(session: Session, day: date) -> tuple[SuccessionLine, ...]:
    """The lines up to ``day`` by which a commune has no successor: not found so far, and never guessed."""
    communes = select(Unit.id).where(Unit.level == "commune")
    return _lines(
        session,
        UnitSuccession.new_unit_id.is_(None),
        UnitSuccession.effective_on <= day,
        UnitSuccession.old_unit_id.in_(communes),
    )


def _lines(session: Session, *which: ColumnElement[bool]) -> tuple[SuccessionLine, ...]:
    old, new = aliased(Unit), aliased(Unit)
    rows = session.execute(
        select(
            UnitSuccession.id, old.id, old.code, old.name, new.id, new.code, new.name, UnitSuccession.function,
            UnitSuccession.share, UnitSuccession.effective_on, UnitSuccession.note, UnitSuccession.source,
            UnitSuccession.posts_follow,
        )
        .join(old, old.id == UnitSuccession.old_unit_id)
        .outerjoin(new, new.id == UnitSuccession.new_unit_id)
        .where(*which)
        .order_by(UnitSuccession.effective_on, UnitSuccession.id)
    )  # fmt: skip
    return tuple(SuccessionLine(*list(row)) for row in rows)
