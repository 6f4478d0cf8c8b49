"""What a report on the movement counts: files proposed, awards with their money, poverty figures, of a body or of all.

Files count by the day they were first sent, awards by the day they were decided; an award that was revoked counts no
more. The bonus is that of the decision's day; where the dated tables have none, the award is counted as one to be
reckoned by hand.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from nominations.models.decisions import Award
from nominations.models.nominations import Nomination, Revision
from nominations.models.units import PovertyFigure, Unit
from nominations.queries.paper_facts import bonus_tables
from workflows.bonus import Bonus, BonusTables, bonus


@dataclass(frozen=True, slots=True)
class Span:
    """Days a report is about, both included; ``begins`` and ``ends`` are the instants they begin and end in Vietnam."""

    first: date
    last: date
    begins: datetime
    ends: datetime


@dataclass(frozen=True, slots=True)
class FormCount:
    """Files or awards of one form and kind of nominee; ``vnd`` is the bonus of those the tables have one for."""

    form: str
    kind: str
    count: int
    vnd: int = 0
    by_hand: int = 0


@dataclass(frozen=True, slots=True)
class Poverty:
    """A poverty figure of a unit: households, the rate in percent, its mark and the decision that recognised it."""

    series: str
    year: int
    standard: str
    households: int | None
    poor: int | None
    near_poor: int | None
    rate: Decimal | None
    status: str
    decision_ref: str | None
    source: str
    invented: bool

    def percent(self, *, with_near_poor: bool) -> Decimal | None:
        """The multidimensional rate: as recognised, else from the households, to two digits; None for neither."""
        if self.rate is not None:
            return self.rate
        poor = None if self.poor is None else self.poor + ((self.near_poor or 0) if with_near_poor else 0)
        if poor is None or not self.households or (with_near_poor and self.near_poor is None):
            return None
        return (Decimal(poor) * 100 / self.households).quantize(Decimal("0.01"))


def proposed(session: Session, span: Span, path: str | None = None) -> tuple[FormCount, ...]:
    """Files first sent within the days, by form and kind of nominee; of units under ``path`` where one is given."""
    rows = session.execute(
        select(Nomination.form, Nomination.subject_kind, func.count())
        .join(Revision, Revision.nomination_id == Nomination.id)
        .join(Unit, Unit.id == Nomination.proposing_unit_id)
        .where(Revision.number == 1, Revision.created_at >= span.begins, Revision.created_at < span.ends, *_under(path))
        .group_by(Nomination.form, Nomination.subject_kind)
        .order_by(Nomination.form, Nomination.subject_kind)
    )
    return tuple(FormCount(*row) for row in rows)


def awarded(session: Session, span: Span, path: str | None = None) -> tuple[FormCount, ...]:
    """Awards decided within the days, by form and kind of nominee, with the bonus of each decision's day."""
    rows = session.execute(
        select(Award.form, Nomination.subject_kind, Award.decided_on, func.count())
        .join(Nomination, Nomination.id == Award.nomination_id)
        .join(Unit, Unit.id == Nomination.proposing_unit_id)
        .where(Award.status != "revoked", Award.decided_on >= span.first, Award.decided_on <= span.last, *_under(path))
        .group_by(Award.form, Nomination.subject_kind, Award.decided_on)
        .order_by(Award.form, Nomination.subject_kind, Award.decided_on)
    )
    tables, found = bonus_tables(session), dict[tuple[str, str], FormCount]()
    for form, kind, decided_on, count in rows:
        before = found.get((form, kind), FormCount(form, kind, 0))
        found[form, kind] = _more(tables, before, decided_on, count)
    return tuple(found.values())


def poverty(session: Session, unit_id: int, years: tuple[int, ...]) -> tuple[Poverty, ...]:
    """A unit's poverty figures of these years, all households before ethnic minorities, official before preliminary."""
    f = PovertyFigure
    rows = session.execute(
        select(
            f.series,
            f.year,
            f.standard,
            f.households,
            f.poor,
            f.near_poor,
            f.rate,
            f.status,
            f.decision_ref,
            f.source,
            f.invented,
        )
        .where(f.unit_id == unit_id, f.year.in_(years))
        .order_by(f.series, f.year, f.standard, f.status)
    )
    return tuple(Poverty(*row) for row in rows)


def counted(session: Session, span: Span, unit_id: int | None, path: str | None) -> dict[str, Any]:
    """Everything the service counts for a report, as plain JSON: ``proposed``, ``awarded``, ``poverty``, the days."""
    years = tuple(range(span.first.year - 2, span.last.year + 1))  # the year before falls from the one before that
    figures = poverty(session, unit_id, years) if unit_id is not None else ()
    return {
        "from": span.first.isoformat(),
        "to": span.last.isoformat(),
        "proposed": [plain_count(one) for one in proposed(session, span, path)],
        "awarded": [plain_count(one) for one in awarded(session, span, path)],
        "poverty": [plain_poverty(one) for one in figures],
    }


def plain_count(one: FormCount) -> dict[str, Any]:
    """A count as JSON has it."""
    return {"form": one.form, "kind": one.kind, "count": one.count, "vnd": one.vnd, "by_hand": one.by_hand}


def plain_poverty(one: Poverty) -> dict[str, Any]:
    """A poverty figure as JSON has it, the rate as text."""
    rate = one.percent(with_near_poor=True)
    return {
        "series": one.series,
        "year": one.year,
        "standard": one.standard,
        "households": one.households,
        "poor": one.poor,
        "near_poor": one.near_poor,
        "rate": None if rate is None else str(rate),
        "status": one.status,
        "decision": one.decision_ref,
        "source": one.source,
    }


def totals(counts: list[Mapping[str, Any]]) -> dict[str, int]:
    """Plain counts together."""
    return {key: sum(int(one[key]) for one in counts) for key in ("count", "vnd", "by_hand")}


def _more(tables: BonusTables, before: FormCount, decided_on: date, count: int) -> FormCount:
    money = bonus(tables, before.form, before.kind, decided_on)
    each = money.amount_vnd if isinstance(money, Bonus) else 0
    by_hand = before.by_hand + (0 if isinstance(money, Bonus) else count)
    return FormCount(before.form, before.kind, before.count + count, before.vnd + each * count, by_hand)


def _under(path: str | None) -> tuple[ColumnElement[bool], ...]:
    if path is None:
        return ()
    return (or_(Unit.path == path, Unit.path.startswith(path, autoescape=True)),)
