"""Migrations: one head, numbered, true to the models on both databases, down as well as up, all or nothing."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, Table, inspect, text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.schema import ForeignKeyConstraint, PrimaryKeyConstraint, UniqueConstraint

from nominations import migrations
from nominations.database import create_database_engine, create_session_factory, for_writing
from nominations.models import Base
from nominations.transactions import write_transaction
from tests.databases import Backend, Databases
from tests.integration.models.rows import make_case

TABLES = Base.metadata.sorted_tables
STEPS = sorted(path.stem for path in (Path(migrations.__file__).parent / "versions").glob("*.py"))
SMALL_PARENTS = {"award_forms", "rule_sets"}  # a handful of rows that are never deleted or renamed
POSTGRESQL_NAME = 63  # bytes; longer names are cut in silence
Shape = dict[str, dict[str, Any]]


@pytest.fixture
def fresh(databases: Databases, backend: Backend) -> Iterator[Engine]:
    """Return an engine on a migrated database that only this test has."""
    engine = create_database_engine(databases.copy(backend, "migrated"))
    yield engine
    engine.dispose()


@pytest.fixture
def blank(databases: Databases, backend: Backend) -> Iterator[Engine]:
    """Return an engine on an empty database that only this test has."""
    engine = create_database_engine(databases.copy(backend, "blank"))
    yield engine
    engine.dispose()


def shape(connection: Connection) -> Shape:
    """What the database says of every table: columns, keys, rules, indexes, triggers."""
    inspector = inspect(connection)
    triggers = _triggers(connection)
    return {
        table: {
            "columns": {
                column["name"]: (str(column["type"]), column["nullable"], str(column["default"]))
                for column in inspector.get_columns(table)
            },
            "primary key": inspector.get_pk_constraint(table),
            "foreign keys": _by_name(inspector.get_foreign_keys(table)),
            "unique": _by_name(inspector.get_unique_constraints(table)),
            "checks": _by_name(inspector.get_check_constraints(table)),
            "indexes": {
                index["name"]: (index["column_names"], index["unique"], _where(index))
                for index in inspector.get_indexes(table)
            },
            "triggers": triggers.get(table, []),
            "with row numbers": _has_row_numbers(connection, table),
        }
        for table in inspector.get_table_names()
        if table != "alembic_version"
    }


def _by_name(rows: Any) -> dict[str, Any]:  # several kinds of reflected rows
    return {row["name"]: row for row in rows}


def _where(index: Any) -> str:  # a reflected index
    options = index.get("dialect_options", {})
    return str(options.get("postgresql_where", options.get("sqlite_where", "")))


def _triggers(connection: Connection) -> dict[str, list[str]]:
    statement = "SELECT tbl_name, sql FROM sqlite_schema WHERE type = 'trigger' ORDER BY name"
    if connection.dialect.name == "postgresql":
        statement = """
            SELECT tgrelid::regclass::text, tgenabled::text || pg_get_triggerdef(oid) FROM pg_trigger
            WHERE NOT tgisinternal ORDER BY tgname"""
    found: dict[str, list[str]] = {}
    for table, definition in connection.execute(text(statement)):
        found.setdefault(table, []).append(definition)
    return found


def _has_row_numbers(connection: Connection, table: str) -> bool:
    if connection.dialect.name == "postgresql":
        return True
    statement = text("SELECT wr = 0 FROM pragma_table_list WHERE name = :table")
    return bool(connection.scalar(statement, {"table": table}))


def test_steps_are_numbered_in_one_line() -> None:
    script = ScriptDirectory.from_config(migrations.configuration())
    line = [(step.revision, step.down_revision) for step in script.walk_revisions()][::-1]
    numbers = [f"{number:04}" for number in range(1, len(STEPS) + 1)]
    assert line == list(zip(numbers, [None, *numbers[:-1]], strict=True))
    assert script.get_heads() == [migrations.head()] == numbers[-1:]
    assert all(re.fullmatch(rf"{number}_[a-z_]+", step) for number, step in zip(numbers, STEPS, strict=True))


def test_models_and_migrations_agree(fresh: Engine) -> None:
    with fresh.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_migrations_make_what_the_models_say(fresh: Engine, blank: Engine) -> None:
    """Also what Alembic does not compare: rules, conditions of indexes, defaults, names."""
    with blank.execution_options(**for_writing(blank)).begin() as connection:
        Base.metadata.create_all(connection)
        said = shape(connection)
    with fresh.connect() as connection:
        made = shape(connection)
    assert made.keys() == said.keys()
    for table in said:
        assert made[table] | {"triggers": []} == said[table]


def test_every_guard_is_always_on(fresh: Engine) -> None:
    with fresh.connect() as connection:
        definitions = [text for texts in _triggers(connection).values() for text in texts]
    assert definitions
    if fresh.dialect.name == "postgresql":
        assert {definition[0] for definition in definitions} == {"A"}


def test_down_to_nothing_and_up_again(fresh: Engine) -> None:
    with fresh.connect() as connection:
        before = shape(connection)
    with create_session_factory(fresh)() as session, write_transaction(session):
        make_case(session)
    migrations.downgrade(fresh, "base")
    assert migrations.current(fresh) is None
    with fresh.connect() as connection:
        assert shape(connection) == {}
        assert _functions(connection) == 0
    migrations.upgrade(fresh)
    assert migrations.current(fresh) == migrations.head()
    with fresh.connect() as connection:
        assert shape(connection) == before


def _functions(connection: Connection) -> int:
    if connection.dialect.name == "sqlite":
        return 0
    return int(connection.scalar(text("SELECT count(*) FROM pg_proc WHERE pronamespace = 'public'::regnamespace")) or 0)


def test_every_step_goes_down_and_up(fresh: Engine) -> None:
    for step in STEPS[::-1]:
        number = step[:4]
        with fresh.connect() as connection:
            before = shape(connection)
        migrations.downgrade(fresh, "-1")
        migrations.upgrade(fresh, number)
        with fresh.connect() as connection:
            assert shape(connection) == before, step
        migrations.downgrade(fresh, "-1")


def test_a_step_that_fails_leaves_nothing(blank: Engine) -> None:
    with blank.execution_options(**for_writing(blank)).begin() as connection:
        connection.execute(text("CREATE TABLE meetings (id integer)"))
    with pytest.raises(DatabaseError, match="meetings"):
        migrations.upgrade(blank)
    assert migrations.current(blank) is None
    with blank.connect() as connection:
        assert inspect(connection).get_table_names() == ["meetings"]


@pytest.mark.parametrize("table", TABLES, ids=lambda table: str(table.name))
def test_every_reference_is_indexed(table: Table) -> None:
    """By an index or key that begins with its first column; a condition on the index may leave out empty rows."""
    first = {next(iter(index.columns)).name for index in table.indexes}
    first |= {
        next(iter(key.columns)).name
        for key in table.constraints
        if isinstance(key, (UniqueConstraint, PrimaryKeyConstraint)) and len(key.columns)
    }
    for key in table.constraints:
        if isinstance(key, ForeignKeyConstraint) and key.referred_table.name not in SMALL_PARENTS:
            assert key.column_keys[0] in first, f"{table.name}.{key.column_keys} has no index"


@pytest.mark.parametrize("table", TABLES, ids=lambda table: str(table.name))
def test_every_name_is_given_and_fits(table: Table) -> None:
    names = [(str(item.name), "pk fk uq ck") for item in table.constraints]
    names += [(str(item.name), "ix uq") for item in table.indexes]
    for name, prefixes in names:
        assert name.startswith(tuple(f"{prefix}_{table.name}" for prefix in prefixes.split())), name
        assert len(name) <= POSTGRESQL_NAME, name


MAPPERS = sorted(Base.registry.mappers, key=lambda mapper: str(mapper.class_.__name__))


@pytest.mark.parametrize("mapper", MAPPERS, ids=lambda mapper: str(mapper.class_.__name__))
def test_every_table_says_what_it_is(mapper: Any) -> None:
    assert re.match(r"[A-Z].{20,}\.", mapper.class_.__doc__ or "", re.DOTALL)
