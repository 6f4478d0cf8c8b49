"""Places: 11 districts and 159 communes until 30/06/2025, 58 communes and wards on the same land after it."""

from __future__ import annotations

from functools import cache

from nominations.reference.bodies import district_offices, load_bodies, load_provinces
from nominations.reference.records import Record, read
from nominations.reference.sources import joined_marks
from nominations.reference.units import Unit, UnitKey

_FIRST_DISTRICT = 1000
_DISTRICT_STEP = 100


@cache
def load_districts() -> tuple[Unit, ...]:
    """The 11 districts, towns and the city of Bình Định, in the order of their codes."""
    file = read("places_2021")
    province = load_provinces()[0]
    return tuple(
        Unit(
            code=row.text("code"),
            valid_from=file.day("valid_from"),
            valid_to=file.day("valid_to"),
            name=row.text("name"),
            kind=row.text("kind"),
            level="district",
            parent=province.key,
            protocol_order=_FIRST_DISTRICT + _DISTRICT_STEP * number,
            source=row.source(),
            poor_district=row.flag("poor_district"),
        )
        for number, row in enumerate(file.children("district"))
    )


@cache
def load_old_communes() -> tuple[Unit, ...]:
    """The 159 communes, wards and townships of 2021, district by district."""
    file = read("places_2021")
    area_three = read("area_three")
    rows = zip(load_districts(), file.children("district"), strict=True)
    return tuple(
        _old_commune(row, number, district, file, area_three)
        for district, group in rows
        for number, row in enumerate(group.children("communes", group.source("communes_source")), 1)
    )


def _old_commune(row: Record, number: int, district: Unit, file: Record, area_three: Record) -> Unit:
    hard = row.text("code") in area_three.texts("communes")
    return Unit(
        code=row.text("code"),
        valid_from=file.day("valid_from"),
        valid_to=row.day_or_none("valid_to") or file.day("valid_to"),
        name=row.text("name"),
        kind=row.text("kind"),
        level="commune",
        parent=district.key,
        protocol_order=district.protocol_order + number,
        source=joined_marks(row.source(), area_three.source()) if hard else row.source(),
        area_class="III" if hard else None,
        note=area_three.text("note") if hard else row.text_or_none("note"),
    )


@cache
def load_new_communes() -> tuple[Unit, ...]:
    """The 58 communes and wards from 01/07/2025, directly under the merged province."""
    file = read("places_2025")
    province = load_provinces()[1]
    return tuple(
        Unit(
            code=row.text("code"),
            valid_from=file.day("valid_from"),
            valid_to=None,
            name=row.text("name"),
            kind=row.text("kind"),
            level="commune",
            parent=province.key,
            protocol_order=_FIRST_DISTRICT + number,
            source=row.source(),
        )
        for number, row in enumerate(file.children("communes", file.source()))
    )


@cache
def load_units() -> tuple[Unit, ...]:
    """Every unit, parents before children: provinces, bodies, districts, their offices, old and new communes."""
    districts = load_districts()
    return (
        *load_provinces(),
        *load_bodies(),
        *districts,
        *district_offices(districts),
        *load_old_communes(),
        *load_new_communes(),
    )


def merged_from() -> dict[UnitKey, tuple[tuple[str, ...], tuple[str, ...]]]:
    """For each new commune the codes of the old ones it took whole, and of those it took a part of."""
    file = read("places_2025")
    return {
        UnitKey(row.text("code"), file.day("valid_from")): (row.texts("whole"), row.texts("part"))
        for row in file.children("communes")
    }
