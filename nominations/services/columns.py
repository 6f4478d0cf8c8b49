"""Tables with named columns: each row read cell by cell, with everything that is wrong with it said at once.

What is kept of a row is JSON: the cells as typed, each value read from them, and a message for each cell at fault. An
identity number is kept as keyed hashes alone.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from nominations.models.units import Unit
from nominations.names import folded
from nominations.services.errors import InvalidInput
from nominations.services.identity import identity_hashes, is_identity_number
from nominations.services.messages import REQUIRED, Message
from nominations.services.payloads import day
from nominations.services.sheets import Row

Cells = Mapping[str, str]  # a row's cells by column
Keys = Sequence[tuple[str, bytes]]  # data keys, the one in use first
Reader = Callable[[str, date], Any]  # a cell and today: its value, None for nothing, or a Message
IDENTITY = "identity"
_KINDS = {
    "individual": "individual", "ca nhan": "individual", "collective": "collective", "tap the": "collective",
    "household": "household", "ho": "household", "ho gia dinh": "household",
}  # fmt: skip
_YES, _NO = frozenset({"1", "x", "co", "yes", "true"}), frozenset({"", "0", "khong", "no", "false"})


def headed(
    rows: Sequence[Row], headings: Mapping[str, str], needed: Sequence[str]
) -> Sequence[tuple[int, dict[str, str]]]:
    """Each row that says anything, with its number in the table, its cells by column.

    ``headings`` are the columns' titles, ``needed`` those that must be there. Raises InvalidInput, at ``file``.
    """
    names = {folded(heading): column for column, heading in headings.items()}
    heads = [names.get(folded(cell)) for cell in rows[0]] if rows else []
    missing = [headings[column] for column in needed if column not in heads]
    if missing:
        raise InvalidInput({"file": Message("table_headings", {"missing": ", ".join(missing)})})
    found = [
        (number, {head: cell for head, cell in zip(heads, row, strict=False) if head is not None})
        for number, row in enumerate(rows[1:], 2)
        if any(row)
    ]
    if not found:
        raise InvalidInput({"file": Message("table_empty")})
    return found


def read_cells(
    cells: Cells, readers: Mapping[str, Reader], keys: Keys, today: date
) -> tuple[dict[str, Any], dict[str, Message]]:
    """What the cells say, and a message for each that cannot be used; the identity number only as hashes."""
    said: dict[str, Any] = {"cells": {name: cell for name, cell in cells.items() if name != IDENTITY}}
    faults: dict[str, Message] = {}
    for field, reader in readers.items():
        value = reader(cells.get(field, ""), today)
        if isinstance(value, Message):
            faults[field] = value
        elif value is not None:
            said[field] = value
    number = bare_number(cells)
    if number and not is_identity_number(number):
        faults[IDENTITY] = Message("identity_number")
    elif number:
        said[IDENTITY] = list(identity_hashes(keys, number))
    return said, faults


def bare_number(cells: Cells) -> str:
    """The identity number as typed, without blanks."""
    return "".join(cells.get(IDENTITY, "").split())


def as_kept(faults: Mapping[str, Message]) -> dict[str, Any]:
    """Messages as they are kept beside a row."""
    return {field: [fault.key, fault.values] for field, fault in faults.items()}


def units_named(session: Session, named: Collection[str], on: date) -> dict[str, int | Message]:
    """The unit of each code or name on that day; a name alone does not do where several bear it."""
    asked = sorted(set(named))
    by_name = {one: folded(one) for one in asked}
    found = session.execute(
        select(Unit.id, Unit.code, Unit.name_folded)
        .where(or_(Unit.code.in_(asked), Unit.name_folded.in_(sorted(set(by_name.values())))))
        .where(Unit.valid_from <= on, or_(Unit.valid_to.is_(None), Unit.valid_to >= on))
    ).all()
    return {one: _the_one([u.id for u in found if u.code == one] or
                          [u.id for u in found if u.name_folded == by_name[one]]) for one in asked}  # fmt: skip


def _the_one(found: Sequence[int]) -> int | Message:
    if len(found) > 1:
        return Message("unit_ambiguous")
    return found[0] if found else Message("unknown_unit")


def needed(limit: int, reader: Callable[..., str | Message]) -> Reader:
    """A cell that must say something, of at most ``limit`` characters."""
    return lambda cell, _today: reader(cell, limit) if cell else REQUIRED


def maybe(reader: Reader) -> Reader:
    """A cell that may stay empty."""
    return lambda cell, today: reader(cell, today) if cell else None


def kind(cell: str, _today: date) -> str | Message:
    """A kind of nominee, as people write it."""
    if not cell:
        return REQUIRED
    return _KINDS.get(folded(cell)) or Message("not_choice", {"choices": "cá nhân, tập thể, hộ"})


def birth_year(cell: str, today: date) -> int | Message:
    """A year of birth in four digits."""
    good = cell.isascii() and cell.isdigit() and len(cell) == 4 and 1900 <= int(cell) <= today.year
    return int(cell) if good else Message("birth_year")


def past_day(cell: str, today: date) -> str | Message:
    """A day up to today, as ISO text."""
    found = day(cell) if cell else REQUIRED
    if isinstance(found, Message):
        return found
    return Message("in_future") if found > today else found.isoformat()


def yes(cell: str, _today: date) -> bool | Message:
    """Whether a cell is ticked."""
    said = folded(cell)
    return said in _YES if said in _YES | _NO else Message("not_choice", {"choices": "x, không"})
