"""The plan's targets in numbers (I.1): how far a poverty rate fell in a year, and whether the plan asks that."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

Judged = Literal["met", "beyond", "below", "unknown"]


@dataclass(frozen=True, slots=True)
class Target:
    """A fall a year in percentage points: from ``least`` on (or more than it), up to ``most`` where one is named."""

    least: Decimal
    most: Decimal | None
    more: bool

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> Target:
        """A target as the movement keeps it."""
        most = plain.get("most")
        return cls(Decimal(plain["least"]), None if most is None else Decimal(most), bool(plain.get("more")))


@dataclass(frozen=True, slots=True)
class Year:
    """A year's rate in percent under one poverty standard; None where it cannot be told."""

    year: int
    standard: str
    rate: Decimal | None


def fall(years: Sequence[Year], one: Year) -> Decimal | None:
    """How far the rate fell from the year before, in percentage points; None where that year or standard is missing.

    Figures of another poverty standard are not compared: they count other households.
    """
    before = next((y for y in years if y.year == one.year - 1 and y.standard == one.standard), None)
    if before is None or before.rate is None or one.rate is None:
        return None
    return before.rate - one.rate


def judged(target: Target, fell: Decimal | None) -> Judged:
    """Whether a fall is what the target asks: met, beyond its upper end, below it, or not to be told."""
    if fell is None:
        return "unknown"
    if fell < target.least or (target.more and fell == target.least):
        return "below"
    return "beyond" if target.most is not None and fell > target.most else "met"
