"""One line of a list: a file with who has it now, and the select that fills it in for the few files of a page."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Row, and_, select
from sqlalchemy.orm import aliased

from nominations.models.movements import Round
from nominations.models.nominations import Nomination
from nominations.models.units import Unit
from nominations.models.work import Task
from nominations.queries.actors import Viewer
from nominations.queries.pages import Rows
from nominations.queries.visibility import is_bare


@dataclass(frozen=True, slots=True)
class Line:
    """A file as lists show it. Of a ``bare`` one only code, form, round and state are told; the rest is empty."""

    code: str
    nominee_name: str
    subject_kind: str
    form: str
    round_code: str
    round_title: str
    state: str
    stage: str | None
    step: str | None
    proposing_unit_id: int | None
    unit_name: str
    holder_unit_name: str | None
    holder_duty: str | None
    opened_at: datetime | None
    due_on: date | None
    created_at: datetime | None
    updated_at: datetime | None
    version: int
    workflow_id: int
    bare: bool = False

    def bared(self) -> Line:
        """What somebody in conflict reads of it: that it exists, its form, its round and its state."""
        return replace(
            self,
            nominee_name="",
            subject_kind="",
            proposing_unit_id=None,
            unit_name="",
            holder_unit_name=None,
            holder_duty=None,
            opened_at=None,
            due_on=None,
            created_at=None,
            updated_at=None,
            bare=True,
        )


def lines(viewer: Viewer, found: FromClause, *more: ColumnElement[Any]) -> Rows:
    """The select of a page's lines, joined to ``found``, a subquery with the ``nomination_id`` of each."""
    unit, holder = aliased(Unit), aliased(Unit)
    nomination = Nomination
    return (
        select(
            nomination.id,
            nomination.code,
            nomination.nominee_name,
            nomination.subject_kind,
            nomination.form,
            Round.code.label("round_code"),
            Round.title.label("round_title"),
            nomination.state,
            nomination.stage,
            nomination.step,
            nomination.proposing_unit_id,
            unit.name.label("unit_name"),
            holder.name.label("holder_unit_name"),
            Task.duty.label("holder_duty"),
            Task.opened_at,
            Task.due_on,
            nomination.created_at,
            nomination.updated_at,
            nomination.version,
            nomination.workflow_id,
            is_bare(viewer).label("bare"),
            *more,
        )
        .select_from(found)
        .join(nomination, nomination.id == found.c.nomination_id)
        .join(Round, Round.id == nomination.round_id)
        .join(unit, unit.id == nomination.proposing_unit_id)
        .outerjoin(Task, and_(Task.nomination_id == nomination.id, Task.kind == "step", Task.closed_at.is_(None)))
        .outerjoin(holder, holder.id == Task.unit_id)
    )


def line(row: Row[Any]) -> Line:
    """A line from a row of ``lines``; in conflict, what is beyond its existence is left out."""
    found = Line(
        code=row.code,
        nominee_name=row.nominee_name,
        subject_kind=row.subject_kind,
        form=row.form,
        round_code=row.round_code,
        round_title=row.round_title,
        state=row.state,
        stage=row.stage,
        step=row.step,
        proposing_unit_id=row.proposing_unit_id,
        unit_name=row.unit_name,
        holder_unit_name=row.holder_unit_name,
        holder_duty=row.holder_duty,
        opened_at=row.opened_at,
        due_on=row.due_on,
        created_at=row.created_at,
        updated_at=row.updated_at,
        version=row.version,
        workflow_id=row.workflow_id,
    )
    return found.bared() if row.bare else found
