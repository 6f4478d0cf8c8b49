"""Databases to measure on: PostgreSQL with its default durability, SQLite in WAL with full synchronisation."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine, text

from nominations.database import create_database_engine, create_session_factory, for_writing
from nominations.migrations import upgrade
from tests.postgres import make_lifeline, start_postgres
from tests.world import World, make_world


@contextmanager
def bench_folder() -> Iterator[Path]:
    """A folder for the run; what was started from it ends with it."""
    folder = Path(tempfile.mkdtemp(prefix="nominations-bench-"))
    folder.chmod(0o755)
    lifeline = make_lifeline(folder)
    try:
        yield folder
    finally:
        os.close(lifeline)
        shutil.rmtree(folder, ignore_errors=True)


def database(folder: Path, dialect: str) -> str:
    """The URL of an empty, migrated database with the small province in it."""
    if dialect == "postgresql":
        server = start_postgres(folder / "lifeline", durable=True)
        server.create_database("bench")
        url = server.url("bench")
    else:
        url = f"sqlite:///{folder / 'bench.db'}"
    engine = create_database_engine(url)
    upgrade(engine)
    with create_session_factory(engine)() as session:
        make_world(session)
    engine.dispose()
    return url


def world_on(engine: Engine) -> World:
    """The province as one client sees it."""
    return World.found(create_session_factory(engine)())


def learn(engine: Engine) -> None:
    """Let the database count what it holds, as it does by itself in use: both sides plan by the same figures."""
    if engine.dialect.name == "postgresql":
        # What the database's own housekeeping does some minutes after so many rows have come in.
        with engine.connect() as connection:
            connection.execute(text("SET default_transaction_read_only = off"))
            connection.execute(text("VACUUM (ANALYZE)"))
            connection.execute(text("SET default_transaction_read_only = on"))
        return
    with engine.execution_options(**for_writing(engine)).begin() as connection:
        connection.execute(text("ANALYZE"))
