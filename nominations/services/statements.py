"""Writes the rows of one act in as few round trips as the database allows.

On PostgreSQL all parts go as one statement of data-modifying CTEs; SQLite, in the same process, takes them one by one,
rows of one shape together.
Statements are built once for each shape of act and kept: building them is dearer than running them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from itertools import groupby
from typing import Any, NamedTuple

from sqlalchemy import Insert, Table, Update, bindparam, insert, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from nominations.models.base import Base

Values = Mapping[str, Any]
Executable = Insert | Update


class Part(NamedTuple):
    """One row to write: the table, how, and the values. An update names its key columns in ``keys``."""

    table: str
    values: Values
    keys: tuple[str, ...] = ()
    on_conflict: str = ""  # nothing | same: an insert that may meet its own row


Shape = tuple[str, tuple[str, ...], tuple[str, ...], str]


def write(session: Session, parts: Sequence[Part]) -> None:
    """Write every part. A constraint the parts break raises the database's IntegrityError."""
    connection = session.connection()
    dialect = connection.dialect.name
    if dialect != "postgresql":
        for shape, alike in groupby(parts, _shape):
            connection.execute(_single(dialect, shape, ""), [_values(part, "") for part in alike])
        return
    merged: dict[str, Any] = {}
    for number, part in enumerate(parts):
        merged |= _values(part, f"p{number}_")
    connection.execute(_chain(dialect, tuple(_shape(part) for part in parts)), merged)


def _shape(part: Part) -> Shape:
    return part.table, tuple(part.values), part.keys, part.on_conflict


def _values(part: Part, prefix: str) -> dict[str, Any]:
    return {f"{prefix}{name}_": value for name, value in part.values.items()}


@cache
def _chain(dialect: str, shapes: tuple[Shape, ...]) -> Executable:
    """The first part with all others in its WITH: PostgreSQL runs each exactly once, and checks keys at the end."""
    first, *others = (_single(dialect, shape, f"p{number}_") for number, shape in enumerate(shapes))
    for number, statement in enumerate(others):
        first = first.add_cte(statement.cte(f"w{number}"))
    return first


@cache
def _single(dialect: str, shape: Shape, prefix: str) -> Executable:
    name, columns, keys, on_conflict = shape
    table = Base.metadata.tables[name]
    bound = {column: bindparam(f"{prefix}{column}_", type_=table.c[column].type) for column in columns}
    if keys:
        changed = {column: value for column, value in bound.items() if column not in keys}
        return update(table).where(*(table.c[key] == bound[key] for key in keys)).values(changed)
    if not on_conflict:
        return insert(table).values(bound)
    return _UPSERTS[dialect](table, bound, on_conflict)


def _postgresql_upsert(table: Table, bound: Values, on_conflict: str) -> Insert:
    statement = postgresql.insert(table).values(bound)
    keys = list(table.primary_key)
    if on_conflict == "nothing":
        return statement.on_conflict_do_nothing(index_elements=keys)
    return statement.on_conflict_do_update(
        index_elements=keys, set_={"side": statement.excluded.side}, where=table.c.side != statement.excluded.side
    )


def _sqlite_upsert(table: Table, bound: Values, on_conflict: str) -> Insert:
    statement = sqlite.insert(table).values(bound)
    keys = list(table.primary_key)
    if on_conflict == "nothing":
        return statement.on_conflict_do_nothing(index_elements=keys)
    return statement.on_conflict_do_update(
        index_elements=keys, set_={"side": statement.excluded.side}, where=table.c.side != statement.excluded.side
    )


_UPSERTS: Mapping[str, Callable[[Table, Values, str], Insert]] = {
    "postgresql": _postgresql_upsert,
    "sqlite": _sqlite_upsert,
}


def insert_row(session: Session, table: str, values: Values) -> int:
    """Write one row that others will point at, and give its number."""
    connection = session.connection()
    statement = _numbered(table, tuple(values))
    number: int = connection.execute(statement, {f"{name}_": value for name, value in values.items()}).scalar_one()
    return number


@cache
def _numbered(name: str, columns: tuple[str, ...]) -> Executable:
    table = Base.metadata.tables[name]
    bound = {column: bindparam(f"{column}_", type_=table.c[column].type) for column in columns}
    return insert(table).values(bound).returning(table.c.id)
