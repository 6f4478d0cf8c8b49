"""What a unit prints certificates from: its printers, its numbered decisions, the awards of one and their sheets.

A person in conflict with a nominee prints nothing of that file: its line is left out, and how many were is told.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from nominations.queries.actors import Viewer
from nominations.queries.sql import day, numbers, rows
from nominations.queries.visibility import bare_sql

PRINTS = ("clerk", "office")
MOST_DECISIONS = 50

_PRINTERS = "SELECT p.id, p.unit_id, p.name, p.right_tenths, p.down_tenths FROM printers p WHERE p.unit_id IN ({units})"
_DECISIONS = """SELECT max(d.id) AS id, d.body_unit_id, d.kind_series, d.number, max(d.numbered_on) AS numbered_on,
    min(f.name) AS form, count(*) AS awards, min(u.kind) AS body_kind, min(u.code) AS body_code
    FROM decisions d JOIN awards a ON a.decision_id = d.id
    JOIN award_forms f ON f.code = a.form JOIN units u ON u.id = d.body_unit_id
    WHERE d.body_unit_id IN ({units}) AND d.kind = 'award' AND a.status <> 'revoked'
    GROUP BY d.body_unit_id, d.kind_series, d.number_year, d.number ORDER BY 1 DESC LIMIT :most"""
_AWARDS = """SELECT n.id, n.code, n.nominee_name, n.workflow_id, a.id AS award_id, a.register_no, a.register_year,
    (SELECT count(*) FROM certificate_copies c WHERE c.award_id = a.id) AS replaced,
    CASE WHEN {bare} THEN 1 ELSE 0 END AS bare, d.body_unit_id
    FROM decisions o JOIN decisions d ON d.body_unit_id = o.body_unit_id AND d.kind_series = o.kind_series
      AND d.number_year = o.number_year AND d.number = o.number
    JOIN awards a ON a.decision_id = d.id JOIN nominations n ON n.id = a.nomination_id
    WHERE o.id = :decision AND o.body_unit_id IN ({units}) AND o.kind = 'award' AND a.status <> 'revoked'
    ORDER BY a.register_year, a.register_no, a.id"""
_SHEETS = """SELECT s.award_id, s.serial, s.copy_no, s.status, s.note FROM certificate_sheets s
    WHERE s.award_id IN ({awards}) ORDER BY s.id"""


@dataclass(frozen=True, slots=True)
class PrinterLine:
    """A printer with its offset in tenths of a millimetre."""

    id: int
    unit_id: int
    name: str
    right_tenths: int
    down_tenths: int

    @property
    def shift_mm(self) -> tuple[float, float]:
        """The same in millimetres, right and down."""
        return self.right_tenths / 10, self.down_tenths / 10


@dataclass(frozen=True, slots=True)
class DecisionToPrint:
    """A numbered decision of the unit with how many certificates go with it; ``id`` is one of its rows."""

    id: int
    unit_id: int
    series: str
    number: str
    numbered_on: date | None
    form: str
    awards: int
    body_kind: str
    body_code: str


@dataclass(frozen=True, slots=True)
class SheetLine:
    """A pre-printed sheet of an award."""

    serial: str
    copy_no: int
    status: str
    note: str | None


@dataclass(frozen=True, slots=True)
class ToPrint:
    """One certificate of a decision."""

    nomination_id: int
    code: str
    name: str
    workflow_id: int
    award_id: int
    register: str
    replaced: int
    unit_id: int
    sheets: tuple[SheetLine, ...] = ()


def prints_for(viewer: Viewer) -> frozenset[int]:
    """The units whose certificates the viewer prints."""
    return frozenset(post.unit_id for post in viewer.posts if post.duty in PRINTS)


def printers(session: Session, units: Collection[int]) -> tuple[PrinterLine, ...]:
    """The printers of these units, by name."""
    found = rows(session, _PRINTERS.format(units=numbers(units)) + " ORDER BY p.name, p.id", {})
    return tuple(PrinterLine(*row) for row in found)


def decisions_to_print(session: Session, units: Collection[int]) -> tuple[DecisionToPrint, ...]:
    """The latest numbered decisions of these units that have certificates."""
    found = rows(session, _DECISIONS.format(units=numbers(units)), {"most": MOST_DECISIONS})
    return tuple(
        DecisionToPrint(
            row.id, row.body_unit_id, row.kind_series, row.number, day(row.numbered_on), row.form, row.awards,
            row.body_kind, row.body_code,
        )
        for row in found
    )  # fmt: skip


def awards_to_print(session: Session, viewer: Viewer, decision_id: int) -> tuple[tuple[ToPrint, ...], int] | None:
    """The certificates of a decision in the order of the register, and how many are left out; None: not theirs."""
    text = _AWARDS.format(units=numbers(prints_for(viewer)), bare=bare_sql(viewer))
    found = rows(session, text, {"decision": decision_id})
    if not found:
        return None
    shown = [row for row in found if not row.bare]
    sheets = rows(session, _SHEETS.format(awards=numbers({row.award_id for row in shown})), {})
    lines = tuple(
        ToPrint(
            row.id, row.code, row.nominee_name, row.workflow_id, row.award_id, f"{row.register_no}/{row.register_year}",
            row.replaced, row.body_unit_id, tuple(SheetLine(*one[1:]) for one in sheets if one[0] == row.award_id),
        )
        for row in shown
    )  # fmt: skip
    return lines, len(found) - len(shown)
