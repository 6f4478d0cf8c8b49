"""Writes the rows of one act in as few round trips as the database allows.

On PostgreSQL all parts go as one statement of data-modifying CTEs; SQLite, in the same process, takes them one by one,
rows of one shape together.
Statements are built once for each shape of act and kept: building them is dearer than running them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from itertools import groupby
from typing import Any, NamedTuple, TypeVar, cast

from sqlalchemy import CTE, ColumnDefault, Connection, Dialect, Insert, Table, Update, bindparam, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from nominations.models.base import Base

Values = Mapping[str, Any]
Executable = Insert | Update
Convert = Callable[[Any], Any]


class Part(NamedTuple):
    """One row to write: the table, how, and the values. An update names its key columns in ``keys``.

    ``then`` is a row of the same table that may only be written once this one has been: the step that opens when
    another closes. It is written if this one was.
    """

    table: str
    values: Values
    keys: tuple[str, ...] = ()
    on_conflict: str = ""  # nothing | same: an insert that may meet its own row
    then: Values | None = None


class Shape(NamedTuple):
    """What statements are kept by: everything of a part but its values."""

    table: str
    columns: tuple[str, ...]
    keys: tuple[str, ...]
    on_conflict: str
    then: tuple[str, ...] = ()


class _Statement(NamedTuple):
    """A statement in the database's own words, and how values of some of its names are converted for the driver."""

    text: str
    converted: tuple[tuple[str, Convert], ...]

    def run(self, connection: Connection, values: dict[str, Any]) -> Any:  # noqa: ANN401 - what came of it
        """Run it once. Raises the database's IntegrityError."""
        return connection.exec_driver_sql(self.text, self.ready(values))

    def ready(self, values: dict[str, Any]) -> dict[str, Any]:
        """The values as the driver takes them, changed in place."""
        for name, convert in self.converted:
            values[name] = convert(values[name])
        return values


def write(session: Session, parts: Sequence[Part]) -> None:
    """Write every part. A constraint the parts break raises the database's IntegrityError."""
    connection = session.connection()
    dialect = connection.dialect
    if dialect.name != "postgresql":
        _one_by_one(connection, parts)
        return
    merged: dict[str, Any] = {}
    shapes = []
    for number, part in enumerate(parts):
        values, then = _complete(part)
        merged |= _named(values, f"p{number}_") | _named(then, f"t{number}_")
        shapes.append(_shape(part, values, then))
    _chain(dialect, tuple(shapes)).run(connection, merged)


def _one_by_one(connection: Connection, parts: Sequence[Part]) -> None:
    """Rows of one shape together, in their order, each with the row that follows it right behind."""
    rows = [row for part in parts for row in rows_of(part)]
    for shape, alike in groupby(rows, lambda row: row[0]):
        write_alike(connection, shape, [values for _, values in alike])


def rows_of(part: Part) -> list[tuple[Shape, Values]]:
    """The rows of a part, each with its shape: its own, and the one that follows it."""
    values, then = _complete(part)
    own = Shape(part.table, tuple(values), part.keys, part.on_conflict), values
    return [own, (Shape(part.table, tuple(then), (), ""), then)] if then else [own]


def write_alike(connection: Connection, shape: Shape, rows: Sequence[Values]) -> int:
    """Write rows of one shape by one statement, one by one; how many were written or changed."""
    statement = _alone(connection.dialect, shape)
    ready = [statement.ready(_named(values, "")) for values in rows]
    written: int = connection.exec_driver_sql(statement.text, ready if len(ready) > 1 else ready[0]).rowcount
    return written


def _shape(part: Part, values: Values, then: Values) -> Shape:
    return Shape(part.table, tuple(values), part.keys, part.on_conflict, tuple(then))


def _complete(part: Part) -> tuple[Values, Values]:
    """The values with those the model gives by itself to a new row."""
    values = part.values if part.keys else _with_defaults(part.table, part.values)
    return values, _with_defaults(part.table, part.then) if part.then else {}


def _with_defaults(table: str, values: Values) -> Values:
    missing = _defaults(table, tuple(values))
    return {**values, **{column: make(None) for column, make in missing}} if missing else values


@cache
def _defaults(table: str, columns: tuple[str, ...]) -> tuple[tuple[str, Convert], ...]:
    """Columns that are not given and have a value of the model's own (not of the database's), and how it is made."""
    found = []
    for column in Base.metadata.tables[table].columns:
        default = column.default
        if column.name in columns or not isinstance(default, ColumnDefault) or default.is_clause_element:
            continue
        found.append((column.name, default.arg if default.is_callable else _constant(default.arg)))
    return tuple(found)


def _constant(value: object) -> Convert:
    return lambda _context: value


def _named(values: Values, prefix: str) -> dict[str, Any]:
    return {f"{prefix}{name}_": value for name, value in values.items()}


_KEPT: dict[tuple[Any, ...], _Statement] = {}


def _kept(dialect: Dialect, shape: tuple[Any, ...], build: Callable[[], Executable]) -> _Statement:
    """The statement of this shape, built and put into the database's words at its first use."""
    key = (dialect.name, *shape)
    found = _KEPT.get(key)
    if found is None:
        found = _KEPT[key] = _put_into_words(dialect, build())
    return found


def _put_into_words(dialect: Dialect, statement: Executable) -> _Statement:
    # SQLite's driver takes names as well as places; a name says which value is meant wherever it stands.
    words = sqlite.dialect(paramstyle="named") if dialect.name == "sqlite" else dialect
    compiled = statement.compile(dialect=words)
    converts = (
        (name, bound.type.dialect_impl(dialect).bind_processor(dialect)) for name, bound in compiled.binds.items()
    )
    return _Statement(str(compiled), tuple((name, convert) for name, convert in converts if convert is not None))


def _chain(dialect: Dialect, shapes: tuple[Shape, ...]) -> _Statement:
    """The first part with all others in its WITH: PostgreSQL runs each exactly once, and checks keys at the end."""
    return _kept(dialect, shapes, lambda: _chained(dialect.name, shapes))


def _chained(dialect: str, shapes: tuple[Shape, ...]) -> Executable:
    first, *others = (_single(dialect, shape, f"p{number}_") for number, shape in enumerate(shapes))
    for number, (statement, shape) in enumerate(zip(others, shapes[1:], strict=True), start=1):
        if not shape.then:
            first = first.add_cte(statement.cte(f"w{number}"))
            continue
        before = statement.returning(Base.metadata.tables[shape.table].c[shape.keys[0]]).cte(f"w{number}")
        first = first.add_cte(_following(before, shape, f"t{number}_").cte(f"t{number}"))
    return first


def _following(before: CTE, shape: Shape, prefix: str) -> Insert:
    """An insert that reads from what comes before it, and so comes after it."""
    table = Base.metadata.tables[shape.table]
    values = (bindparam(f"{prefix}{column}_", type_=table.c[column].type) for column in shape.then)
    return insert(table).from_select(list(shape.then), select(*values).select_from(before), include_defaults=False)


def _alone(dialect: Dialect, shape: Shape) -> _Statement:
    return _kept(dialect, ("alone", shape), lambda: _single(dialect.name, shape, ""))


def _single(dialect: str, shape: Shape, prefix: str) -> Executable:
    table = Base.metadata.tables[shape.table]
    bound = {column: bindparam(f"{prefix}{column}_", type_=table.c[column].type) for column in shape.columns}
    if shape.keys:
        changed = {column: value for column, value in bound.items() if column not in shape.keys}
        return update(table).where(*(table.c[key] == bound[key] for key in shape.keys)).values(changed)
    if not shape.on_conflict:
        return insert(table).values(bound)
    if dialect == "postgresql":
        return on_own_row(postgresql.insert(table).values(bound), table, shape.on_conflict)
    return on_own_row(sqlite.insert(table).values(bound), table, shape.on_conflict)


Upsert = TypeVar("Upsert", postgresql.Insert, sqlite.Insert)


def on_own_row(statement: Upsert, table: Table, on_conflict: str) -> Upsert:
    """The insert where it meets its own row: it leaves it alone, or (``same``) lets the database see the other side."""
    keys = list(table.primary_key)
    if on_conflict == "nothing":
        return statement.on_conflict_do_nothing(index_elements=keys)
    return statement.on_conflict_do_update(
        index_elements=keys, set_={"side": statement.excluded.side}, where=table.c.side != statement.excluded.side
    )


def insert_row(session: Session, table: str, values: Values) -> int:
    """Write one row that others will point at, and give its number."""
    connection = session.connection()
    complete = _with_defaults(table, values)
    statement = _numbered(connection.dialect, table, tuple(complete))
    return cast("int", statement.run(connection, _named(complete, "")).scalar_one())


def insert_rows(session: Session, table: str, values: Sequence[Values]) -> None:
    """Write many rows of one shape, whose keys nothing is known to meet."""
    if values:
        session.connection().execute(insert(Base.metadata.tables[table]), [dict(row) for row in values])


def insert_numbered(session: Session, table: str, values: Sequence[Values], key: str) -> list[int]:
    """Write rows of one shape that others will point at, and give their numbers in the order of ``values``.

    ``key`` is a column whose values are unique: two statements, however many rows.
    """
    if not values:
        return []
    insert_rows(session, table, values)
    found = Base.metadata.tables[table]
    written = select(found.c[key], found.c.id).where(found.c[key].in_([row[key] for row in values]))
    numbers: dict[Any, int] = {row[0]: row[1] for row in session.connection().execute(written)}
    return [numbers[row[key]] for row in values]


def _numbered(dialect: Dialect, name: str, columns: tuple[str, ...]) -> _Statement:
    table = Base.metadata.tables[name]

    def build() -> Executable:
        bound = {column: bindparam(f"{column}_", type_=table.c[column].type) for column in columns}
        return insert(table).values(bound).returning(table.c.id)

    return _kept(dialect, ("numbered", name, columns), build)
