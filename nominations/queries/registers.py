"""The registers of the plan's life as readers see them.

Papers under the plan, spread models and figures beside the law are there for whoever has signed in. What bodies propose
and what inspections found is read by the body itself and by who reads every report: the board, the body with the
poverty function, the Chairman's office, auditors of the province.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session, aliased

from nominations.models.base import Base
from nominations.models.movements import Round
from nominations.models.people import Person
from nominations.models.registers import (
    Inspection,
    InspectionFinding,
    ModelHandover,
    PlanChange,
    PlanPaper,
    PlanProposal,
    SocialFigure,
    SpreadModel,
)
from nominations.models.units import Unit
from nominations.queries.actors import Viewer
from nominations.queries.plan import BOARD_DUTIES, at_the_board
from nominations.queries.reports import WRITERS, poverty_bodies, reach
from nominations.queries.routes import provincial

MOST = 500  # lines of a register on one page
Plain = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a register: its row, the names of the body and of who entered it, and what belongs to it."""

    row: Any
    unit_name: str
    author: str
    more: Plain

    @property
    def id(self) -> int:
        """The row's number."""
        return int(self.row.id)


def writes_for(session: Session, viewer: Viewer, unit_id: int, today: date) -> bool:
    """Whether the viewer writes for a unit: one of its own people, or somebody at the board."""
    own = any(post.unit_id == unit_id and post.duty in WRITERS for post in viewer.posts)
    return own or at_the_board(session, viewer, today)


def own_units(viewer: Viewer) -> tuple[tuple[int, str], ...]:
    """The units the viewer writes for by a post of their own, with their names."""
    return tuple(dict.fromkeys((post.unit_id, post.unit_name) for post in viewer.posts if post.duty in WRITERS))


def works_at(viewer: Viewer, unit_id: int) -> bool:
    """Whether the viewer does a body's work: writes for it or heads it."""
    return any(post.unit_id == unit_id and post.duty in {*WRITERS, "head", "deputy"} for post in viewer.posts)


def leads(session: Session, viewer: Viewer, kind: str, today: date) -> int | None:
    """The body in whose name the viewer leads inspections of this kind; None for who leads none."""
    board = provincial(session, today).get("board")
    bodies = (board,) if kind == "council" else poverty_bodies(session, today)
    mine = {post.unit_id for post in viewer.posts if post.duty in BOARD_DUTIES}
    return next((unit for unit in bodies if unit in mine), None)


def papers(session: Session, year: int | None = None) -> tuple[Entry, ...]:
    """The papers bodies issued under the plan, the latest first; ``more`` has the title of the round one guides."""
    rows = session.execute(
        select(PlanPaper, Unit.name, Person.full_name, Round.title.label("round_title"))
        .join(Unit, Unit.id == PlanPaper.unit_id)
        .join(Person, Person.id == PlanPaper.added_by)
        .outerjoin(Round, Round.id == PlanPaper.round_id)
        .where(*_in_year(PlanPaper.dated_on, year))
        .order_by(PlanPaper.dated_on.desc(), PlanPaper.id.desc())
        .limit(MOST)
    )
    return tuple(Entry(row[0], row[1], row[2], {"round": row.round_title}) for row in rows)


def proposals(session: Session, viewer: Viewer, today: date) -> tuple[Entry, ...]:
    """Difficulties and proposals the viewer reads, open ones first; ``more`` has the decision that answered one."""
    asked = aliased(Person)
    rows = session.execute(
        select(PlanProposal, Unit.name, Person.full_name, asked.full_name.label("opinion_by"), PlanChange)
        .join(Unit, Unit.id == PlanProposal.unit_id)
        .join(Person, Person.id == PlanProposal.added_by)
        .outerjoin(asked, asked.id == PlanProposal.opinion_by)
        .outerjoin(PlanChange, PlanChange.id == PlanProposal.change_id)
        .where(*_theirs(session, viewer, today, PlanProposal.unit_id))
        .order_by(PlanProposal.decided_at.is_not(None), PlanProposal.id.desc())
        .limit(MOST)
    )
    return tuple(Entry(row[0], row[1], row[2], {"opinion_by": row.opinion_by, "change": row[4]}) for row in rows)


def changes(session: Session) -> tuple[PlanChange, ...]:
    """The decisions about the plan, the latest first."""
    return tuple(session.scalars(select(PlanChange).order_by(PlanChange.dated_on.desc(), PlanChange.id.desc())))


def inspections(session: Session, viewer: Viewer, today: date, number: int | None = None) -> tuple[Entry, ...]:
    """Inspections the viewer reads, the latest first; ``more`` has the body that leads and the findings."""
    lead = aliased(Unit)
    rows = session.execute(
        select(Inspection, Unit.name, Person.full_name, lead.name.label("lead"))
        .join(Unit, Unit.id == Inspection.unit_id)
        .join(lead, lead.id == Inspection.lead_unit_id)
        .join(Person, Person.id == Inspection.added_by)
        .where(
            *_theirs(session, viewer, today, Inspection.unit_id),
            *([Inspection.id == number] if number is not None else []),
        )
        .order_by(Inspection.planned_from.desc(), Inspection.id.desc())
        .limit(MOST)
    ).all()
    found = _grouped(session, InspectionFinding, InspectionFinding.inspection_id, [row[0].id for row in rows])
    return tuple(
        Entry(row[0], row[1], row[2], {"lead": row.lead, "findings": found.get(row[0].id, [])}) for row in rows
    )


def spread_models(session: Session, number: int | None = None) -> tuple[Entry, ...]:
    """Models worth spreading, the latest first; ``more`` has to whom they were handed."""
    rows = session.execute(
        select(SpreadModel, Unit.name, Person.full_name)
        .join(Unit, Unit.id == SpreadModel.unit_id)
        .join(Person, Person.id == SpreadModel.added_by)
        .where(*([SpreadModel.id == number] if number is not None else []))
        .order_by(SpreadModel.id.desc())
        .limit(MOST)
    ).all()
    handed = _grouped(session, ModelHandover, ModelHandover.model_id, [row[0].id for row in rows])
    return tuple(Entry(row[0], row[1], row[2], {"handed": handed.get(row[0].id, [])}) for row in rows)


def social_figures(session: Session) -> tuple[Entry, ...]:
    """Houses, the fund and its high month, by year, the latest first."""
    rows = session.execute(
        select(SocialFigure, Unit.name, Person.full_name)
        .join(Unit, Unit.id == SocialFigure.unit_id)
        .join(Person, Person.id == SocialFigure.added_by)
        .order_by(SocialFigure.year.desc(), SocialFigure.kind, SocialFigure.id.desc())
        .limit(MOST)
    )
    return tuple(Entry(row[0], row[1], row[2], {}) for row in rows)


def _theirs(
    session: Session,
    viewer: Viewer,
    today: date,
    unit: Any,  # noqa: ANN401 - a column
) -> tuple[ColumnElement[bool], ...]:
    """The condition that a line's unit is one whose papers the viewer reads."""
    seen = reach(session, viewer, today)
    if seen.everything:
        return ()
    below = [Unit.path.startswith(path, autoescape=True) for path in seen.paths]
    return (or_(unit.in_(sorted(seen.units)), *below),)


def _grouped(session: Session, kind: type[Base], key: Any, numbers: Sequence[int]) -> dict[int, list[Any]]:  # noqa: ANN401
    """Rows that belong to others, by the number of theirs, in the order they were entered."""
    found: dict[int, list[Any]] = {}
    if numbers:
        rows = session.execute(select(key, kind).where(key.in_(numbers)).order_by(key)).all()
        for number, row in rows:
            found.setdefault(number, []).append(row)
    return found


def _in_year(column: Any, year: int | None) -> tuple[ColumnElement[bool], ...]:  # noqa: ANN401 - a column of days
    return () if year is None else (column >= date(year, 1, 1), column <= date(year, 12, 31))
