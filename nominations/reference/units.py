"""Units: the province, its districts and communes, and its bodies, each with the days it existed.

A unit is known by (code, first day): codes and names are used again for other places after a reorganisation.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

_PLACE_WORDS = {
    "province": "tỉnh",
    "city": "thành phố",
    "town": "thị xã",
    "district": "huyện",
    "ward": "phường",
    "township": "thị trấn",
    "commune": "xã",
}


class UnitKey(NamedTuple):
    """What names one unit for good: its code and its first day."""

    code: str
    valid_from: date


@dataclass(frozen=True, slots=True)
class Unit:
    """A body or place for a period; ``valid_to`` is its last day, None while it exists.

    ``ministry_line``: directly under the provincial People's Committee with a vertical line in a ministry.
    ``note`` says what an administrator should know about the record.
    """

    code: str
    valid_from: date
    valid_to: date | None
    name: str
    kind: str
    level: str
    parent: UnitKey | None
    protocol_order: int
    source: str
    poor_district: bool = False
    area_class: str | None = None
    poverty_function: bool = False
    ministry_line: bool = False
    note: str | None = None

    @property
    def key(self) -> UnitKey:
        """The unit's code and first day."""
        return UnitKey(self.code, self.valid_from)

    @property
    def full_name(self) -> str:
        """The name with its kind, as papers print it: ``xã An Hòa``; a body's name is whole already."""
        word = _PLACE_WORDS.get(self.kind)
        return f"{word} {self.name}" if word else self.name

    def exists_on(self, day: date) -> bool:
        """Whether ``day`` lies within the unit's life."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Council:
    """An Emulation and Commendation Council of a unit for a period. It advises; it is not a unit."""

    unit: UnitKey
    name: str
    valid_from: date
    valid_to: date | None
    source: str


def unit_on(units: tuple[Unit, ...], code: str, day: date) -> Unit | None:
    """The unit that bears ``code`` on ``day``, or None."""
    return next((unit for unit in units if unit.code == code and unit.exists_on(day)), None)
