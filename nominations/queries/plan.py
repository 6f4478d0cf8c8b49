"""The plan as readers see it: its text in its parts, its criteria, its rounds, its calendar with what was met."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from nominations.models.movements import Milestone, Movement
from nominations.models.reports import MilestoneMark
from nominations.queries.actors import Viewer
from nominations.queries.routes import provincial
from workflows.milestones import How, Occurrence, current, occurrences, stands
from workflows.reporting import ReportSettings

BOARD_DUTIES = ("appraiser", "secretary", "clerk", "head", "deputy")
"""Who does the movement's work at the board: Sở Nội vụ (Ban Thi đua - Khen thưởng), V.3."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The movement: its text by part, how it is read about reports, its targets in numbers."""

    id: int
    code: str
    title: str
    title_en: str
    starts_on: date
    ends_on: date
    parts: Mapping[str, Any]
    reporting: Mapping[str, Any]  # settings and targets, each value with its source
    source: str

    @property
    def settings(self) -> ReportSettings:
        """How the plan is read about reports."""
        return ReportSettings.from_plain(self.reporting.get("settings", {}))


@dataclass(frozen=True, slots=True)
class MilestoneTime:
    """One time a milestone falls due, and how it stands; ``done_on`` and ``note`` where it was met."""

    year: int
    last: date
    how: How
    done_on: date | None
    note: str | None


@dataclass(frozen=True, slots=True)
class MilestoneLine:
    """A milestone of the plan with every time it falls due; ``now`` is the one people look at today."""

    code: str
    title: str
    who: str
    source: str
    yearly: bool
    times: tuple[MilestoneTime, ...]
    now: MilestoneTime | None


def plan(session: Session) -> Plan | None:
    """The movement that began last; None before any is loaded."""
    row = session.execute(
        select(
            Movement.id,
            Movement.code,
            Movement.title,
            Movement.title_en,
            Movement.starts_on,
            Movement.ends_on,
            Movement.content,
            Movement.reporting,
            Movement.source,
        )
        .order_by(Movement.starts_on.desc(), Movement.id.desc())
        .limit(1)
    ).one_or_none()
    if row is None:
        return None
    return Plan(
        row.id, row.code, row.title, row.title_en, row.starts_on, row.ends_on, row.content, row.reporting or {},
        row.source,
    )  # fmt: skip


def milestones(session: Session, found: Plan, today: date) -> tuple[MilestoneLine, ...]:
    """The plan's calendar in its order, each milestone with how it stands on ``today``."""
    marks: dict[int, dict[int, MilestoneMark]] = {}
    for mark in session.scalars(select(MilestoneMark).order_by(MilestoneMark.id)):
        marks.setdefault(mark.milestone_id, {})[mark.year] = mark
    rows = session.execute(
        select(
            Milestone.id,
            Milestone.code,
            Milestone.title,
            Milestone.who,
            Milestone.source,
            Milestone.due_on,
            Milestone.due_rule,
        )
        .where(Milestone.movement_id == found.id)
        .order_by(Milestone.id)
    )
    return tuple(_line(row, marks.get(row.id, {}), found, today) for row in rows)


def _line(row: Any, marks: Mapping[int, MilestoneMark], found: Plan, today: date) -> MilestoneLine:  # noqa: ANN401 - a row
    due = occurrences(row.due_on, row.due_rule, found.starts_on, found.ends_on, found.settings)
    times = tuple(_time(one, marks.get(one.year), today) for one in due)
    shown = current(due, today)
    now = next((time for time in times if shown is not None and time.year == shown.year), None)
    return MilestoneLine(row.code, row.title, row.who, row.source, row.due_on is None, times, now)


def _time(one: Occurrence, mark: MilestoneMark | None, today: date) -> MilestoneTime:
    done_on = None if mark is None else mark.done_on
    return MilestoneTime(
        one.year, one.last, stands(one, mark is not None, today), done_on, None if mark is None else mark.note
    )


def at_the_board(session: Session, viewer: Viewer, today: date) -> bool:
    """Whether the viewer does the movement's work at the board."""
    board = provincial(session, today).get("board")
    return any(post.unit_id == board and post.duty in BOARD_DUTIES for post in viewer.posts)
