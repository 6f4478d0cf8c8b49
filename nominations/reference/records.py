"""Reads a reference file as typed records: TOML, UTF-8 in NFC, a source mark on every value.

A record without a source of its own takes the one its table gives for it; one without either is refused.
"""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Any, TypeVar

from nominations.reference.sources import ReferenceDataError, Words, checked_mark

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Record:
    """One table of a reference file; ``where`` names it in a refusal, ``given`` is the mark it inherits."""

    where: str
    raw: Mapping[str, Any]
    given: str | None = None

    def text(self, key: str) -> str:
        """A text that must be there and not be empty."""
        value = self._typed(key, str)
        if not value.strip():
            raise ReferenceDataError(f"{self.where}: {key} is empty")
        return value

    def text_or_none(self, key: str) -> str | None:
        """A text that may be left out."""
        return self.text(key) if key in self.raw else None

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts; left out means none."""
        values = self._typed(key, list) if key in self.raw else []
        if not all(isinstance(value, str) and value for value in values):
            raise ReferenceDataError(f"{self.where}: {key} must be a list of texts")
        return tuple(values)

    def day(self, key: str) -> date:
        """A day that must be there."""
        return self._typed(key, date)

    def day_or_none(self, key: str) -> date | None:
        """A day that may be left out."""
        return self.day(key) if key in self.raw else None

    def count(self, key: str) -> int:
        """A whole number that must be there."""
        return self._typed(key, int)

    def flag(self, key: str) -> bool:
        """True or false; left out means false."""
        return self._typed(key, bool) if key in self.raw else False

    def words(self, key: str) -> Words:
        """A phrase in both languages."""
        both = self.child(key)
        return Words(both.text("vi"), both.text("en"))

    def source(self, key: str = "source") -> str:
        """The source mark of this record, or of one of its fields. Raises ReferenceDataError without one."""
        inherited = self.given if key == "source" else None
        return checked_mark(self.raw.get(key, inherited), f"{self.where}, {key}")

    def child(self, key: str) -> Record:
        """The single table ``key``."""
        return Record(f"{self.where}, {key}", self._typed(key, dict), self.given)

    def named(self, key: str) -> dict[str, Record]:
        """The tables within ``key``, by name."""
        parent = self.child(key)
        return {name: parent.child(name) for name in parent.raw}

    def children(self, key: str, given: str | None = None) -> tuple[Record, ...]:
        """The tables in the list ``key``, each taking the mark ``given`` when it has none of its own."""
        rows = self._typed(key, list) if key in self.raw else []
        return tuple(
            Record(f"{self.where}, {key} {row.get('code', number)}", row, given) for number, row in enumerate(rows, 1)
        )

    def _typed(self, key: str, kind: type[Value]) -> Value:
        value = self.raw.get(key)
        if not isinstance(value, kind):
            raise ReferenceDataError(f"{self.where}: {key} must be given as {kind.__name__}")
        return value


@cache
def read(name: str) -> Record:
    """The reference file ``<name>.toml``, read once. Raises ReferenceDataError when its letters are not in NFC."""
    content = resources.files(__package__).joinpath(f"{name}.toml").read_text("utf-8")
    return parse(f"{name}.toml", content)


def parse(where: str, content: str) -> Record:
    """A reference file's text as its outermost record."""
    if not unicodedata.is_normalized("NFC", content):
        raise ReferenceDataError(f"{where}: letters must be in Unicode normal form C")
    return Record(where, tomllib.loads(content))
