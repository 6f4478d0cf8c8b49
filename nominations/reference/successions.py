"""Successions: which unit took over which function of a unit that ended, and how large a share of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cache

from nominations.reference.bodies import district_offices, load_bodies, load_provinces
from nominations.reference.places import (
    load_districts,
    load_new_communes,
    load_old_communes,
    load_units,
    merged_from,
)
from nominations.reference.records import Record, read
from nominations.reference.sources import ReferenceDataError, Words
from nominations.reference.units import UnitKey, unit_on

EVERYTHING = "all"
_WHOLE = Decimal(1)


@dataclass(frozen=True, slots=True)
class Succession:
    """``new`` takes over ``function`` of ``old`` from ``effective_on``; no ``new``: nobody, or not found.

    ``share`` runs from 0 to 1; None where a unit was split and the size of the part is not known.
    ``flagged``: an administrator must settle it.
    """

    old: UnitKey
    new: UnitKey | None
    function: str
    share: Decimal | None
    effective_on: date
    source: str
    note: str | None = None
    flagged: bool = False


@cache
def load_functions() -> dict[str, Words]:
    """The functions a succession may name, with their words."""
    functions = read("successions").child("function")
    return {name: functions.words(name) for name in functions.raw}


@cache
def load_successions() -> tuple[Succession, ...]:
    """Every succession: the province and its bodies, reorganised bodies, ended districts, merged communes."""
    file = read("successions")
    listed = [_listed(row, row.text("old"), row.text_or_none("new")) for row in file.children("succession")]
    offices = [
        _listed(row, f"{district.code}.{row.text('old')}", f"{district.code}.{row.text('new')}")
        for row in file.children("district_office")
        for district in load_districts()
    ]
    return (*_continued(), *listed, *offices, *_ended(file), *_merged())


def _listed(row: Record, old_code: str, new_code: str | None) -> Succession:
    day = row.day("effective_on")
    share = row.text_or_none("share")
    return Succession(
        old=_existing(old_code, day - timedelta(days=1), row),
        new=_existing(new_code, day, row) if new_code else None,
        function=row.text("function"),
        share=Decimal(share) if share else None,
        effective_on=day,
        source=row.source(),
        note=row.text_or_none("note"),
        flagged=row.flag("flagged"),
    )


def _existing(code: str, day: date, row: Record) -> UnitKey:
    unit = unit_on(load_units(), code, day)
    if unit is None:
        raise ReferenceDataError(f"{row.where}: no unit has code {code} on {day.isoformat()}")
    return unit.key


def _continued() -> list[Succession]:
    """The province and every body that goes on under its code when Bình Định becomes part of Gia Lai."""
    before, after = load_provinces()
    change = after.valid_from
    return [
        Succession(old.key, new.key, EVERYTHING, _WHOLE, change, new.source)
        for old in (before, *load_bodies())
        for new in (after, *load_bodies())
        if new.valid_from == change and new.code == old.code and old.valid_to == change - timedelta(days=1)
    ]


def _ended(file: Record) -> list[Succession]:
    """The districts and the offices they still had: no successor of their own."""
    rule = file.child("districts")
    change = rule.day("effective_on")
    units = (*load_districts(), *district_offices(load_districts()))
    return [
        Succession(unit.key, None, rule.text("function"), None, change, rule.source(), rule.text("note"))
        for unit in units
        if unit.valid_to == change - timedelta(days=1)
    ]


def _merged() -> list[Succession]:
    """Old communes to new ones, by code: whole ones with share 1, parts with no known share."""
    file = read("places_2025")
    made = merged_from()
    old = {unit.code: unit.key for unit in load_old_communes()}
    rows = [
        (new, code, share)
        for new in load_new_communes()
        for codes, share in zip(made[new.key], (_WHOLE, None), strict=True)
        for code in codes
    ]
    source = file.source("merge_source")
    return [
        Succession(old[code], new.key, EVERYTHING, share, new.valid_from, source, None if share else "Một phần")
        for new, code, share in rows
    ]
