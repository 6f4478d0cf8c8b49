"""The table a run ends with."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """One measure: ours beside the floor of the same run, what it must be, and the figures behind it."""

    database: str
    measure: str
    value: float
    must: str
    behind: str

    @property
    def holds(self) -> str:
        """Whether the measure reaches the bar; nothing where none is set."""
        if not self.must:
            return ""
        sign, _, bound = self.must.partition(" ")
        return "yes" if (self.value >= float(bound) if sign == ">=" else self.value <= float(bound)) else "NO"


def show(lines: Iterable[Line]) -> str:
    """The table as Markdown; "ours and floor" stands behind each ratio."""
    rows = [
        "| database | measure | ours / floor | must | holds | ours and floor |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    rows += [
        f"| {line.database} | {line.measure} | {line.value:.2f} | {line.must} | {line.holds} | {line.behind} |"
        for line in lines
    ]
    return "\n".join(rows)
