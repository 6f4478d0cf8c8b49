"""Ground of the tables: declarative base, naming convention, and the column types that differ by database.

Every constraint and index is named by :data:`NAMING`, so that a migration, a refusal of the database and a
test speak of the same thing. SQLite and PostgreSQL differ here and in ``triggers`` only.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from decimal import Decimal
from typing import Annotated, Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    DateTime,
    Dialect,
    ForeignKeyConstraint,
    Identity,
    Index,
    Integer,
    MetaData,
    Numeric,
    String,
    Text,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.dialects.postgresql.base import ischema_names
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import DeclarativeBase, mapped_column
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import JSON, TypeDecorator, TypeEngine, UserDefinedType

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

NO_HASH = "0" * 64
"""What stands where the hash of a previous entry would, before a chain's first entry."""

Id = BigInteger().with_variant(Integer(), "sqlite")
"""Row number. SQLite numbers rows by itself only in a column declared INTEGER."""

Json = JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")
"""JSON document; ``None`` is SQL NULL, never the JSON ``null``."""


class _BytewiseText(UserDefinedType[str]):
    """PostgreSQL's text in the collation C.

    SQLAlchemy's own type would repeat the collation at every bound value, where BETWEEN cannot have it.
    """

    cache_ok = True

    def get_col_spec(self, **_: object) -> str:
        """Name the type in DDL."""
        return 'TEXT COLLATE "C"'


class SortedText(TypeDecorator[str]):
    """Text compared byte by byte on both databases: prefixes and fixed-width instants use a plain index."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Say the collation where the database has another of its own."""
        return dialect.type_descriptor(_BytewiseText() if dialect.name == "postgresql" else Text())


class UtcDateTime(TypeDecorator[datetime]):
    """Instant, always aware and in UTC: timestamptz on PostgreSQL, ISO text with microseconds on SQLite.

    The text has a fixed width, so that comparing the text compares the instants. A naive value: ValueError.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Text on SQLite, timestamptz elsewhere."""
        return dialect.type_descriptor(Text() if dialect.name == "sqlite" else DateTime(timezone=True))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | str | None:
        """Bring an aware instant to UTC; refuse a naive one."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"an instant needs its time zone: {value!r}")
        instant = value.astimezone(UTC)
        return instant.isoformat(timespec="microseconds") if dialect.name == "sqlite" else instant

    def process_result_value(self, value: datetime | str | None, _dialect: Dialect) -> datetime | None:
        """Give back an aware instant in UTC, whatever the connection's own zone."""
        instant = datetime.fromisoformat(value) if isinstance(value, str) else value
        return None if instant is None else instant.astimezone(UTC)


class ExactDecimal(TypeDecorator[Decimal]):
    """Exact figure of at most 15 digits, which also the double that SQLite keeps holds without loss."""

    impl = Numeric
    cache_ok = True

    def __init__(self, precision: int, scale: int) -> None:
        super().__init__(precision, scale)
        self.step = Decimal(1).scaleb(-scale)
        self.precision, self.scale = precision, scale

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Let SQLite hand over floats; the figure is made exact again on the way out."""
        if dialect.name == "sqlite":
            return dialect.type_descriptor(Numeric(self.precision, self.scale, asdecimal=False))
        return dialect.type_descriptor(Numeric(self.precision, self.scale))

    def process_bind_param(self, value: Decimal | None, _dialect: Dialect) -> Decimal | None:
        """Refuse digits that the column could only round away."""
        if value is not None and value != value.quantize(self.step):
            raise ValueError(f"{value} has more than {self.scale} digits behind the point")
        return value

    def process_result_value(self, value: Decimal | float | None, _dialect: Dialect) -> Decimal | None:
        """Give back the figure with its scale."""
        return None if value is None else Decimal(str(value)).quantize(self.step)


class TransactionId(UserDefinedType[int]):
    """Number of the transaction that wrote the row: ``xid8`` on PostgreSQL; SQLite has none."""

    cache_ok = True

    def get_col_spec(self, **_: object) -> str:
        """Name the type in DDL."""
        return "xid8"

    def bind_processor(self, _dialect: Dialect) -> Callable[[int | None], str | None]:
        """Send the number as text; PostgreSQL casts no integer to xid8."""
        return lambda value: None if value is None else str(value)

    def result_processor(self, _dialect: Dialect, _coltype: object) -> Callable[[str | None], int | None]:
        """Read the number from the text that the driver hands over."""
        return lambda value: None if value is None else int(value)


ischema_names["xid8"] = TransactionId
Xid = TransactionId().with_variant(BigInteger(), "sqlite")


class CurrentTransaction(FunctionElement[int]):
    """The running transaction's number as a column default; NULL where the database has none."""

    type = TransactionId()
    inherit_cache = True
    name = "current_transaction"


@compiles(CurrentTransaction)
def _none(_element: CurrentTransaction, _compiler: SQLCompiler, **_: object) -> str:
    return "NULL"


@compiles(CurrentTransaction, "postgresql")
def _xact(_element: CurrentTransaction, _compiler: SQLCompiler, **_: object) -> str:
    return "pg_current_xact_id()"


class Base(DeclarativeBase):
    """Base of all tables: rows as they stand, without business rules (those live in ``workflows``)."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy reads this name from the class
        str: Text(),
        datetime: UtcDateTime(),
        dict[str, Any]: Json,
        list[Any]: Json,
    }


PrimaryId = Annotated[int, mapped_column(Id, Identity(), primary_key=True)]
Sha256 = Annotated[str, mapped_column(String(64))]
"""SHA-256 in 64 lower-case hexadecimal digits."""


def new_ref() -> str:
    """Make a random reference of 32 hexadecimal digits: it may travel outside, it tells nothing."""
    return secrets.token_hex(16)


def one_of(column: str, values: Iterable[str]) -> CheckConstraint:
    """Hold a column to known words (NULL passes where the column allows it)."""
    words = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({words})", name=f"{column}_known")


def not_negative(*columns: str) -> tuple[CheckConstraint, ...]:
    """Refuse numbers below zero, one named constraint a column."""
    return tuple(CheckConstraint(f"{column} >= 0", name=f"{column}_not_negative") for column in columns)


def in_order(first: str, last: str) -> CheckConstraint:
    """Refuse a period of days that ends before it begins (an open end passes).

    Not for instants: a clock may be set back, or play another year, between two acts.
    """
    return CheckConstraint(f"{last} >= {first}", name=f"{last}_in_order")


def marked(column: str = "source") -> CheckConstraint:
    """Demand the source mark that every legal value carries."""
    return CheckConstraint(f"{column} <> ''", name=f"{column}_given")


def where(name: str | None, condition: str, *columns: str, unique: bool = False) -> Index:
    """Index only the rows that meet a condition, the same on both databases."""
    only = text(condition)
    return Index(name, *columns, unique=unique, sqlite_where=only, postgresql_where=only)


def filled(column: str) -> Index:
    """Index a column that is mostly empty, where it is not."""
    return where(None, f"{column} IS NOT NULL", column)


def refers(columns: str, table: str, remote: str | None = None) -> ForeignKeyConstraint:
    """Refer to another table by several columns, named with blanks between; remote names may be the same."""
    remotes = [f"{table}.{name}" for name in (remote or columns).split()]
    return ForeignKeyConstraint(columns.split(), remotes)
