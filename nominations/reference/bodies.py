"""Bodies: the province and its successor, the provincial departments and organisations, the district offices, councils.

A body lives in one or both periods of the province and is a new unit in each, under the same code.
"""

from __future__ import annotations

from datetime import date
from functools import cache

from nominations.reference.records import Record, read
from nominations.reference.units import Council, Unit, UnitKey, unit_on

_FIRST_BODY = 10


@cache
def load_provinces() -> tuple[Unit, Unit]:
    """Bình Định to 30/06/2025 and its successor Gia Lai, both with code 52."""
    periods = read("bodies").named("period")
    return _province(periods["binh_dinh"]), _province(periods["gia_lai"])


def _province(period: Record) -> Unit:
    return Unit(
        code=period.text("code"),
        valid_from=period.day("valid_from"),
        valid_to=period.day_or_none("valid_to"),
        name=period.text("name"),
        kind="province",
        level="province",
        parent=None,
        protocol_order=0,
        source=period.source(),
    )


@cache
def load_bodies() -> tuple[Unit, ...]:
    """The bodies of the province, in protocol order, once for each period in which they exist."""
    file = read("bodies")
    bodies: list[Unit] = []
    for number, row in enumerate(file.children("body")):
        for period in row.texts("periods"):
            bodies.append(_body(row, period, _FIRST_BODY + 10 * number, tuple(bodies)))
    return tuple(bodies)


def _body(row: Record, period: str, order: int, before: tuple[Unit, ...]) -> Unit:
    span = read("bodies").named("period")[period]
    later = period != "binh_dinh"
    first, last = _life(row, span)
    parent = unit_on(before, row.text("parent"), first) if "parent" in row.raw else None
    inherited = span.source("bodies_source") if later else row.source()
    return Unit(
        code=row.text("code"),
        valid_from=first,
        valid_to=last,
        name=(row.text_or_none("name_after") if later else None) or row.text("name"),
        kind=row.text("kind"),
        level="unit",
        parent=parent.key if parent else UnitKey(span.text("code"), span.day("valid_from")),
        protocol_order=order,
        source=row.source("source_after") if later and "source_after" in row.raw else inherited,
        poverty_function=row.flag("poverty_function"),
        ministry_line=row.flag("ministry_line"),
    )


def _life(row: Record, span: Record) -> tuple[date, date | None]:
    """The days of a body within a period of the province."""
    first = max(span.day("valid_from"), row.day_or_none("valid_from") or date.min)
    ends = [day for day in (span.day_or_none("valid_to"), row.day_or_none("valid_to")) if day]
    return first, min(ends, default=None)


def district_offices(districts: tuple[Unit, ...]) -> tuple[Unit, ...]:
    """The offices of each district, code ``<district>.<suffix>``, after its communes in protocol order."""
    rows = read("bodies").children("district_office")
    return tuple(
        Unit(
            code=f"{district.code}.{row.text('suffix')}",
            valid_from=max(district.valid_from, row.day_or_none("valid_from") or district.valid_from),
            valid_to=row.day_or_none("valid_to") or district.valid_to,
            name=f"{row.text('name')} {district.full_name}",
            kind="district_office",
            level="unit",
            parent=district.key,
            protocol_order=district.protocol_order + 50 + number,
            source=row.source(),
            poverty_function=row.flag("poverty_function"),
        )
        for district in districts
        for number, row in enumerate(rows)
    )


@cache
def load_councils() -> tuple[Council, ...]:
    """The provincial councils; those of lower levels are made with the units that have one."""
    return tuple(
        Council(
            unit=UnitKey(row.text("unit"), row.day("valid_from")),
            name=row.text("name"),
            valid_from=row.day("valid_from"),
            valid_to=row.day_or_none("valid_to"),
            source=row.source(),
        )
        for row in read("bodies").children("council")
    )
