"""The limits an earlier award or another file may stand against, each with its words and whose word it is."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from nominations.reference.records import read
from nominations.reference.sources import Words


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit of the law (facts 2.8) in short words."""

    code: str
    label: Words
    source: str


@cache
def load_limits() -> tuple[Limit, ...]:
    """L1 to L11, in their order."""
    file = read("limits")
    rows = {code: file.child(code) for code in file.raw}
    return tuple(Limit(code, Words(row.text("vi"), row.text("en")), row.source()) for code, row in rows.items())
