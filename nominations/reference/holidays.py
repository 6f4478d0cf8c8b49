"""The working calendar: public holidays, days off in lieu, and Saturdays worked in exchange."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

from nominations.reference.records import read
from nominations.reference.sources import ReferenceDataError

KINDS = ("holiday", "day_off_in_lieu", "swapped_workday")


@dataclass(frozen=True, slots=True)
class Holiday:
    """A day that is off, or (``swapped_workday``) a weekend day that is worked."""

    on_date: date
    kind: str
    name: str
    source: str


@cache
def load_holidays() -> tuple[Holiday, ...]:
    """The days of every year known, in order. Raises ReferenceDataError for a day under another year's heading."""
    days: list[Holiday] = []
    for year in read("holidays").children("year"):
        for row in year.children("days", year.source()):
            day = Holiday(row.day("on"), row.text("kind"), row.text("name"), row.source())
            if day.on_date.year != year.count("year") or day.kind not in KINDS:
                raise ReferenceDataError(f"{row.where}: {day.on_date.isoformat()} {day.kind} does not belong here")
            days.append(day)
    return tuple(days)


@cache
def holiday_years() -> frozenset[int]:
    """The years the calendar covers."""
    return frozenset(year.count("year") for year in read("holidays").children("year"))
