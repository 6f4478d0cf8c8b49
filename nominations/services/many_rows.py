"""Many rows of one table written together: what an act on a whole list leaves behind, in as few statements as one."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from nominations.models.base import Base
from nominations.services.statements import Part, Values


def insert_rows(session: Session, table: str, values: Sequence[Values], key: str) -> list[int]:
    """Write rows of one shape that others will point at, and give their numbers in the order of ``values``.

    ``key`` is a column whose values are unique: two statements, however many rows.
    """
    if not values:
        return []
    found, connection = Base.metadata.tables[table], session.connection()
    connection.execute(insert(found), list(values))
    written = select(found.c[key], found.c.id).where(found.c[key].in_([row[key] for row in values]))
    numbers = {row[0]: row[1] for row in connection.execute(written)}
    return [int(numbers[row[key]]) for row in values]


def insert_alike(session: Session, parts: Sequence[Part]) -> None:
    """Write parts that are new rows of few tables, those of a table together."""
    by_table: dict[str, list[Values]] = {}
    for part in parts:
        by_table.setdefault(part.table, []).append(part.values)
    for table, values in by_table.items():
        session.connection().execute(insert(Base.metadata.tables[table]), values)
