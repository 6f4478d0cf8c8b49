"""What acts on an award start from: its line in the register with its decision, and what was corrected before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import orjson
from sqlalchemy.orm import Session

from nominations.queries.paper_facts import Number
from nominations.queries.sql import day, rows

NAME, ADDRESS, BIRTH_YEAR, NUMBER, AMOUNT = "name", "address", "birth_year", "decision_number", "amount_vnd"

_AWARD = """SELECT a.id, a.decision_id, d.number, d.number_year, a.decided_on, a.check_code, a.bonus_vnd,
    d.body_unit_id, d.kind_series,
    (SELECT max(p.id) FROM past_awards p WHERE p.nominee_id = a.nominee_id AND p.form = a.form
      AND p.decided_on = a.decided_on AND p.decision_number = coalesce(d.number, n.code)) AS past_id,
    (SELECT count(*) FROM certificate_copies c WHERE c.award_id = a.id) AS replaced
    FROM awards a JOIN nominations n ON n.id = a.nomination_id JOIN decisions d ON d.id = a.decision_id
    WHERE a.nomination_id = :nomination"""
_CORRECTIONS = """SELECT x.id, x.changes, x.signed_on IS NULL AS waits FROM award_acts x
    WHERE x.nomination_id = :nomination AND x.kind = 'correction' AND x.declined_by IS NULL ORDER BY x.id"""

_TAKEN = """SELECT 1 FROM decisions o WHERE o.body_unit_id = :unit AND o.kind_series = :series
    AND o.number_year = :year AND o.number = :number UNION ALL SELECT 1 FROM award_acts o
    WHERE o.body_unit_id = :unit AND o.series = :series AND o.number_year = :year AND o.number = :number"""


@dataclass(frozen=True, slots=True)
class Register:
    """An award as the register has it: its own number, its decision's, the copy of the certificate that counts."""

    id: int
    decision_id: int
    number: str | None
    number_year: int | None
    decided_on: date
    check_code: str
    bonus_vnd: int | None
    body_unit_id: int
    series: str
    past_id: int | None  # the award among those of the nominee, which later limits look at
    replaced: int


@dataclass(frozen=True, slots=True)
class Corrections:
    """What signed corrections put right, by field; and the one that waits, if one does."""

    right: Mapping[str, Any]
    waiting_id: int | None
    waiting: tuple[tuple[str, Any, Any], ...]  # field, old and new value


def register_line(session: Session, nomination_id: int) -> Register | None:
    """The award of this file; None before its decision is issued."""
    found = rows(session, _AWARD, {"nomination": nomination_id})
    if not found:
        return None
    award, decision, number, year, decided_on, *more = found[0]
    return Register(award, decision, number, year, day(decided_on) or date.max, *more)


def number_taken(session: Session, asked: Number) -> bool:
    """Whether a paper of the body, a decision or an act on one, has that number in its series and year."""
    return bool(rows(session, _TAKEN, asked._asdict()))


def corrections(session: Session, nomination_id: int) -> Corrections:
    """Every correction of the file's decision that was not declined."""
    right: dict[str, Any] = {}
    waiting_id: int | None = None
    waiting: tuple[tuple[str, Any, Any], ...] = ()
    for row in rows(session, _CORRECTIONS, {"nomination": nomination_id}):
        changes = row.changes if isinstance(row.changes, list) else orjson.loads(row.changes)
        if row.waits:
            waiting_id, waiting = row.id, tuple((field, old, new) for field, old, new in changes)
        else:
            right |= {field: new for field, _old, new in changes}
    return Corrections(right, waiting_id, waiting)
