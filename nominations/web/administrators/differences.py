"""What differs between two published versions of a flow, value by value."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import NamedTuple

NAMED_BY = ("name", "step", "kind")  # what a row of a list is known by, so that a new row moves no other


class Difference(NamedTuple):
    """One value: its place as dotted names, before and after; none where it is not there."""

    place: str
    before: str | None
    after: str | None


def differences(before: bytes, after: bytes) -> tuple[Difference, ...]:
    """Every value of the two documents that is not the same, in the order of its place."""
    old, new = dict(_flat(json.loads(before), "")), dict(_flat(json.loads(after), ""))
    places = sorted(old.keys() | new.keys())
    return tuple(
        Difference(place, old.get(place), new.get(place)) for place in places if old.get(place) != new.get(place)
    )


def _flat(value: object, place: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _flat(inner, f"{place}.{key}" if place else str(key))
    elif isinstance(value, list) and any(isinstance(inner, dict | list) for inner in value):
        for number, inner in enumerate(value, 1):
            yield from _flat(inner, f"{place}[{_name(inner, number)}]")
    elif isinstance(value, list):
        yield place, ", ".join(map(str, value))
    else:
        yield place, "–" if value is None else str(value)


def _name(row: object, number: int) -> str:
    """A row by what it is called; papers of one kind on different terms by their number too."""
    if not isinstance(row, dict):
        return str(number)
    named = next((str(row[key]) for key in NAMED_BY if key in row), "")
    if not named or "subjects" in row:
        return f"{named} {number}".strip()
    return named
