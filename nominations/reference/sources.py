"""Source marks: where a reference value comes from, in the forms [plan], [S-16], [memory], [practice], [inference].

A mark stays beside its value from the file to the page. What is not [plan] or [S-n] is a default nobody verified.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

_MARK = r"\[(?:plan|S-\d+|memory|practice|inference)\]"
_MARKS = re.compile(rf"{_MARK}(?:, {_MARK})*\Z")
_PAGE = re.compile(r"\[S-\d+\]")


@dataclass(frozen=True, slots=True)
class Words:
    """One phrase in Vietnamese and in English."""

    vi: str
    en: str


class ReferenceDataError(ValueError):
    """A reference file is wrong; the sentence names the file, the record and what to correct."""


@dataclass(frozen=True, slots=True)
class Source:
    """A public page behind a mark [S-n]: what it supports and where it was read, in both languages."""

    mark: str
    supports: Words
    where: Words


@cache
def load_sources() -> tuple[Source, ...]:
    """Every public page the marks [S-n] name, in their order."""
    pages = tomllib.loads(resources.files(__package__).joinpath("sources.toml").read_text("utf-8"))
    return tuple(_source(f"[{number}]", page) for number, page in pages.items())


def _source(mark: str, page: dict[str, str]) -> Source:
    supports = Words(page["supports"], page["supports_en"])
    return Source(mark, supports, Words(page["where"], page.get("where_en", page["where"])))


def checked_mark(value: object, where: str) -> str:
    """``value`` if it is one or more known source marks, separated by a comma; else ReferenceDataError."""
    if not isinstance(value, str) or not value:
        raise ReferenceDataError(f"{where}: a source mark is missing")
    if not _MARKS.match(value):
        raise ReferenceDataError(f"{where}: {value!r} is not a source mark such as [plan] or [S-16], [memory]")
    for mark in _PAGE.findall(value):
        if mark not in _page_marks():
            raise ReferenceDataError(f"{where}: {mark} is not in sources.toml")
    return value


@cache
def _page_marks() -> frozenset[str]:
    return frozenset(source.mark for source in load_sources())


def joined_marks(*marks: str) -> str:
    """Several marks as one, each named once, in order."""
    return ", ".join(dict.fromkeys(part for mark in marks for part in mark.split(", ")))
