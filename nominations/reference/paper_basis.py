"""The bases that papers cite beside those of their flow, by who issues them and on which day."""

from __future__ import annotations

from datetime import date
from functools import cache

from nominations.reference.records import Record, read


def committee_basis(on: date) -> tuple[str, ...]:
    """What a People's Committee or its Chairman cites first on a day."""
    return tuple(row.text("citation") for row in _committee() if row.day("valid_from") <= on and not _over(row, on))


@cache
def _committee() -> tuple[Record, ...]:
    rows = read("paper_basis").children("committee")
    for row in rows:
        row.source()
    return rows


def _over(row: Record, on: date) -> bool:
    ended = row.day_or_none("valid_to")
    return ended is not None and ended < on
