"""The plan's targets beside recognised figures: the province's rates year by year, and its poor districts'."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from nominations.models.units import Unit
from nominations.queries.criteria import settings_of
from nominations.queries.plan import Plan
from nominations.queries.report_figures import Poverty, poverty
from workflows.targets import Judged, Target, Year, fall, judged


@dataclass(frozen=True, slots=True)
class TargetYear:
    """A year's figure with its rate, how far it fell, and what the target says to that."""

    figure: Poverty
    rate: Decimal | None
    fell: Decimal | None
    judged: Judged


@dataclass(frozen=True, slots=True)
class Followed:
    """A series of figures of one unit beside its target; none for a poor district, which only has to escape."""

    key: str
    unit_id: int
    unit_name: str
    target: Target | None
    source: str
    years: tuple[TargetYear, ...]


def province_of(session: Session, found: Plan) -> int | None:
    """The province whose plan it is: the one that stood when the movement began."""
    return session.scalar(
        select(Unit.id)
        .where(
            Unit.level == "province",
            Unit.valid_from <= found.ends_on,
            or_(Unit.valid_to.is_(None), Unit.valid_to >= found.starts_on),
        )
        .order_by(Unit.valid_from, Unit.id)
        .limit(1)
    )


def followed(session: Session, found: Plan) -> tuple[Followed, ...]:
    """Each target with the province's figures, then the poor districts' own."""
    unit = province_of(session, found)
    if unit is None:
        return ()
    name = session.scalar(select(Unit.name).where(Unit.id == unit)) or ""
    lines = [
        _followed(session, found, key, (unit, name), Target.from_plain(said), said["source"])
        for key, said in found.reporting.get("targets", {}).items()
    ]
    poor = session.execute(
        select(Unit.id, Unit.name).where(Unit.poor_district, Unit.level == "district").order_by(Unit.id)
    )
    lines += [_followed(session, found, "all", (row.id, row.name), None, "I.1.3 [plan]") for row in poor]
    return tuple(lines)


def _followed(
    session: Session, found: Plan, key: str, unit: tuple[int, str], target: Target | None, source: str
) -> Followed:
    with_near_poor = settings_of(session, found.id).with_near_poor
    years = tuple(range(found.starts_on.year - 1, found.ends_on.year + 1))
    figures = [one for one in poverty(session, unit[0], years) if one.series == key]
    rates = [Year(one.year, one.standard, one.percent(with_near_poor=with_near_poor)) for one in figures]
    told = []
    for figure, year in zip(figures, rates, strict=True):
        fell = fall(rates, year)
        told.append(TargetYear(figure, year.rate, fell, "unknown" if target is None else judged(target, fell)))
    return Followed(key, unit[0], unit[1], target, source, tuple(told))
