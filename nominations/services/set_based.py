"""Writes the rows of many acts set by set: all rows of one shape in one statement, in an order their keys allow.

PostgreSQL takes a set as one JSON document and reads it by the table's own types; SQLite takes it row by row under one
prepared statement, in the same process.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

import orjson
from sqlalchemy import JSON, Dialect, Text, bindparam, cast, column, func, literal_column, select, update
from sqlalchemy.dialects import postgresql
from sqlalchemy.orm import Session

from nominations.models.base import Base
from nominations.services.statements import Executable, Part, Shape, Values, on_own_row, rows_of, write_alike

CLOSES_FIRST = frozenset({"tasks"})  # a task is closed before the next one opens: only one may stand open


def write_together(session: Session, parts: Sequence[Part]) -> None:
    """Write every part. Raises the database's IntegrityError, and RuntimeError where a row to change was not there."""
    connection = session.connection()
    for shape, alike in _in_order(parts):
        if connection.dialect.name == "postgresql":
            document = orjson.dumps([_plain(values) for values in alike], default=_text).decode()
            changed = connection.exec_driver_sql(_words(connection.dialect, shape), {"rows": document}).rowcount
        else:
            changed = write_alike(connection, shape, alike)
        if shape.keys and changed != len(alike):
            raise RuntimeError(f"{shape.table}: {changed} rows changed where {len(alike)} were to be")


def _in_order(parts: Sequence[Part]) -> list[tuple[Shape, list[Values]]]:
    """The sets: what is closed, then what is new, each table after those it refers to, then what else changes.

    A row changed twice is written once, as the last one says; a row that several acts would add alike, once.
    """
    sets: dict[Shape, dict[Any, Values]] = {}
    for number, (shape, values) in enumerate(row for part in parts for row in rows_of(part)):
        sets.setdefault(shape, {})[_same(shape, values, number)] = values
    return [(shape, list(sets[shape].values())) for shape in sorted(sets, key=_place)]


def _same(shape: Shape, values: Values, number: int) -> object:
    """By what a row is known as the same one; each new row is one of its own."""
    if shape.keys:
        return tuple(values[key] for key in shape.keys)
    if shape.on_conflict == "same":
        return tuple(values.values())
    if shape.on_conflict:
        return tuple(values[key.name] for key in Base.metadata.tables[shape.table].primary_key)
    return number


def _place(shape: Shape) -> tuple[int, int, Shape]:
    if shape.keys:
        return (0 if shape.table in CLOSES_FIRST else 2), _rank()[shape.table], shape
    return 1, _rank()[shape.table], shape


@cache
def _rank() -> Mapping[str, int]:
    """Every table after those it refers to."""
    return {table.name: rank for rank, table in enumerate(Base.metadata.sorted_tables)}


_WORDS: dict[Shape, str] = {}


def _words(dialect: Dialect, shape: Shape) -> str:
    """The statement that writes a set of one shape, in the database's own words; the set is the value ``rows``."""
    found = _WORDS.get(shape)
    if found is None:
        found = _WORDS[shape] = str(_from_document(shape).compile(dialect=dialect))
    return found


def _from_document(shape: Shape) -> Executable:
    table = Base.metadata.tables[shape.table]
    document = cast(bindparam("rows", type_=Text()), JSON)
    sent = func.json_populate_recordset(literal_column(f"NULL::{shape.table}"), document)
    rows = sent.table_valued(*(column(one) for one in shape.columns), name="sent")
    if shape.keys:
        changed = {one: rows.c[one] for one in shape.columns if one not in shape.keys}
        return update(table).where(*(table.c[key] == rows.c[key] for key in shape.keys)).values(changed)
    statement = postgresql.insert(table).from_select(list(shape.columns), select(*rows.c), include_defaults=False)
    return on_own_row(statement, table, shape.on_conflict) if shape.on_conflict else statement


def _plain(values: Values) -> dict[str, Any]:
    """Values as a JSON document holds them; bytes as PostgreSQL writes them out."""
    return {name: "\\x" + value.hex() if isinstance(value, bytes) else value for name, value in values.items()}


def _text(value: object) -> str:
    """What JSON has no word for, exact figures, as text."""
    return value.isoformat() if isinstance(value, date) else str(value)
