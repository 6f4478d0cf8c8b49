"""Poverty figures from a table, looked through row by row before any is recorded.

One row is one unit, year, series and standard, as the recognising decision lists them. A unit is named by its code, or
by its name where that is enough, as it stood at the end of the year the figure is of.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from nominations.names import folded
from nominations.services.columns import headed, units_named
from nominations.services.messages import Message
from nominations.services.poverty_figures import NewFigure, wrong_in
from nominations.services.sheets import read_table

HEADINGS = {
    "unit": "Đơn vị",
    "year": "Năm",
    "series": "Loại số liệu",
    "standard": "Chuẩn nghèo",
    "households": "Tổng số hộ",
    "poor": "Hộ nghèo",
    "near_poor": "Hộ cận nghèo",
    "rate": "Tỷ lệ nghèo đa chiều",
    "status": "Mức độ",
    "decision_ref": "Quyết định công nhận",
    "source": "Nguồn",
}
NEEDED = ("unit", "year", "standard", "status", "source")
WORDS: Mapping[str, Mapping[str, str]] = {
    "series": {"": "all", "chung": "all", "dan toc thieu so": "ethnic_minority"},
    "status": {"so bo": "preliminary", "chinh thuc": "official"},
}


@dataclass(frozen=True, slots=True)
class FigureTable:
    """A table as read: the figures of its sound rows, and of each other row's number what is wrong with it."""

    figures: Sequence[NewFigure]
    faults: Mapping[int, Mapping[str, Message]]


def read_figures(session: Session, content: bytes, today: date) -> FigureTable:
    """Look a table through, nothing written. Raises InvalidInput, at ``file``, for one that cannot be read."""
    rows = headed(read_table(content), HEADINGS, NEEDED)
    units = _units(session, [cells for _number, cells in rows], today)
    figures: list[NewFigure] = []
    faults: dict[int, Mapping[str, Message]] = {}
    for number, cells in rows:
        unit = units[_asked(cells, today)]
        if isinstance(unit, Message):
            faults[number] = {"unit": unit}
            continue
        figure = _figure(unit, cells)
        wrong = wrong_in(session, figure, today)
        if wrong:
            faults[number] = wrong
        else:
            figures.append(figure)
    return FigureTable(figures, faults)


def _figure(unit: int, cells: Mapping[str, str]) -> NewFigure:
    said = {name: cells.get(name, "") for name in HEADINGS if name != "unit"}
    said |= {name: words.get(folded(said[name]), said[name]) for name, words in WORDS.items()}
    return NewFigure(unit_id=unit, **said)


def _asked(cells: Mapping[str, str], today: date) -> tuple[str, date]:
    """The unit as the row names it, and the day on which it is looked for."""
    year = cells.get("year", "")
    sound = year.isascii() and year.isdigit() and len(year) == 4 and int(year) > 0
    return cells.get("unit", ""), min(today, date(int(year), 12, 31)) if sound else today


def _units(session: Session, rows: Sequence[Mapping[str, str]], today: date) -> dict[tuple[str, date], int | Message]:
    asked = {_asked(cells, today) for cells in rows}
    found: dict[tuple[str, date], int | Message] = {}
    for on in sorted({day for _name, day in asked}):
        known = units_named(session, [name for name, day in asked if day == on], on)
        found |= {(name, on): unit for name, unit in known.items()}
    return found
