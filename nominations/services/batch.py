"""What the acts of one transaction share: rows that get their numbers, series that count on, looks taken once.

A single act is a batch of one, and writes a row that others point at straight away. Of many, nothing is written before
the last is worked out: their rows get numbers ahead, and what one of them counts the next one sees.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from nominations.models.base import Base
from nominations.services.statements import Part, Values, insert_row

Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Together:
    """The paper over many files that acts are done under; once numbered, what it says and whose row leads it."""

    bundle_id: int
    ref: str
    lead: int | None = None  # the decision that holds the number for all
    kind: str = ""
    content: bytes | None = None
    sha256: str | None = None


@dataclass(slots=True)
class Batch:
    """One transaction's acts. ``dry``: nothing will be written, numbers are made up."""

    session: Session
    size: int = 1
    dry: bool = False
    under: Together | None = None
    counters: dict[Hashable, int] = field(default_factory=dict)
    _known: dict[Hashable, Any] = field(default_factory=dict)
    _spare: dict[str, list[int]] = field(default_factory=dict)
    _given: dict[str, int] = field(default_factory=dict)

    @property
    def together(self) -> bool:
        """Whether writing waits until all are worked out."""
        return self.size > 1 or self.dry

    def insert(self, parts: list[Part], table: str, values: Values) -> int:
        """The number of a new row that others will point at: written now, or added to ``parts``."""
        if not self.together:
            return insert_row(self.session, table, values)
        number = 0 if self.dry else self._number(table)
        parts.append(Part(table, {"id": number, **values}))
        return number

    def next(self, series: Hashable, last: Callable[[], int]) -> int:
        """The next number of a series that ``last`` reads once, under a lock of its own."""
        self.counters[series] = (self.counters[series] if series in self.counters else last()) + 1
        return self.counters[series]

    def once(self, question: Hashable, look: Callable[[], Answer]) -> Answer:
        """The answer to a question, asked once."""
        if question not in self._known:
            self._known[question] = look()
        answer: Answer = self._known[question]
        return answer

    def _number(self, table: str) -> int:
        spare = self._spare.setdefault(table, [])
        if not spare:
            numbers = _numbers(self.session, table, self.size, self._given.get(table, 0))
            self._given[table] = numbers[-1]
            spare += reversed(numbers)
        return spare.pop()


def _numbers(session: Session, table: str, count: int, given: int) -> list[int]:
    """That many numbers for new rows of ``table`` beyond those ``given``, nobody else's; what is not used is a gap."""
    if session.connection().dialect.name == "postgresql":
        series = "SELECT nextval(pg_get_serial_sequence(:name, 'id')) FROM generate_series(1, :count)"
        return list(session.execute(text(series), {"name": table, "count": count}).scalars())
    last = session.scalar(select(func.coalesce(func.max(Base.metadata.tables[table].c.id), 0))) or 0
    first = max(last, given) + 1
    return list(range(first, first + count))
