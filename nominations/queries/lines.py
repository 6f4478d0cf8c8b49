"""One line of a list: a file with who has it now, and the select that fills it in for the few files of a page."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from nominations.queries.actors import Viewer
from nominations.queries.sql import Found, day, instant
from nominations.queries.visibility import bare_sql


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


_COLUMNS = """n.id, n.code, n.nominee_name, n.subject_kind, n.form, r.code, r.title, n.state, n.stage, n.step,
    n.proposing_unit_id, u.name, h.name, t.duty, t.opened_at, t.due_on, n.created_at, n.updated_at, n.version,
    n.workflow_id"""
_JOINS = """JOIN nominations n ON n.id = f.nomination_id JOIN rounds r ON r.id = n.round_id
    JOIN units u ON u.id = n.proposing_unit_id
    LEFT JOIN tasks t ON t.nomination_id = n.id AND t.kind = 'step' AND t.closed_at IS NULL
    LEFT JOIN units h ON h.id = t.unit_id"""
FIRST_OWN = 21  # where a query's own columns begin in a row


def lines(viewer: Viewer, found: str, order: str, *own: str) -> str:
    """The select of a page's lines for ``found``, a select of each one's ``nomination_id`` and what ``own`` names.

    ``order`` is over the columns of ``found``, which is ``f``; ``own`` columns come after the line's in each row.
    """
    columns = ", ".join((_COLUMNS, f"({bare_sql(viewer)})", *own))
    return f"SELECT {columns} FROM ({found}) f {_JOINS} ORDER BY {order}"


def line(row: Found) -> Line:
    """A line from a row of ``lines``; in conflict, what is beyond its existence is left out."""
    _, code, name, kind, form, *rest = row[:FIRST_OWN]
    round_code, round_title, state, stage, step, unit_id, unit, holder, duty, opened, due, created, updated, *last = (
        rest
    )
    version, workflow_id, bare = last
    found = Line(
        code=code,
        nominee_name=name,
        subject_kind=kind,
        form=form,
        round_code=round_code,
        round_title=round_title,
        state=state,
        stage=stage,
        step=step,
        proposing_unit_id=unit_id,
        unit_name=unit,
        holder_unit_name=holder,
        holder_duty=duty,
        opened_at=instant(opened),
        due_on=day(due),
        created_at=instant(created),
        updated_at=instant(updated),
        version=version,
        workflow_id=workflow_id,
    )
    return found.bared() if bare else found
