"""The database connection: SQLite by default, PostgreSQL in production, both told to be strict.

SQLite has no row locks and hands its one write lock to whoever happens to ask next, which starves writers
under load.  So a write transaction begins with BEGIN IMMEDIATE, and the threads of this process queue for it
in order of arrival (`writer_turn`).

On PostgreSQL a connection only reads, each statement by itself, until `for_writing` opens a transaction: READ COMMITTED
sees anew at every statement anyhow, a write that slipped past the services is refused by the server, and there is no
ROLLBACK after each look, at which the driver would throw away every statement it had prepared.
"""

import sqlite3
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import cast
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.pool import ConnectionPoolEntry

SQLITE_PRAGMAS = (
    "PRAGMA busy_timeout = 15000",  # ms; only another process can hold the lock: the worker, in short writes
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",  # NORMAL loses answered commits when the power is cut
    "PRAGMA foreign_keys = ON",
    "PRAGMA recursive_triggers = ON",  # else INSERT OR REPLACE walks past the log's DELETE trigger
    "PRAGMA trusted_schema = OFF",
)
POOL_SIZE = 20  # connections, at least one for every thread of the server


class WriterLock:
    """A lock that is handed over in order of arrival."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._held = False
        self._queue: deque[threading.Event] = deque()

    def acquire(self) -> None:
        """Wait for the turn; a thread that is interrupted while waiting gives its place up."""
        with self._guard:
            if not self._held:
                self._held = True
                return
            turn = threading.Event()
            self._queue.append(turn)
        try:
            turn.wait()
        except BaseException:
            self._give_up(turn)
            raise

    def release(self) -> None:
        """Hand the lock to the one who has waited longest, if any."""
        with self._guard:
            self._hand_over()

    @property
    def waiting(self) -> int:
        """How many threads are waiting for their turn."""
        return len(self._queue)

    def _give_up(self, turn: threading.Event) -> None:
        with self._guard:
            if turn in self._queue:
                self._queue.remove(turn)
            else:
                self._hand_over()

    def _hand_over(self) -> None:
        if self._queue:
            self._queue.popleft().set()
        else:
            self._held = False


_writer_locks: dict[str, WriterLock] = {}
_turns: WeakKeyDictionary[Engine, WriterLock] = WeakKeyDictionary()
_writer_locks_guard = threading.Lock()


def writer_lock(url: URL) -> WriterLock:
    """Return the lock of one SQLite file, the same for every engine of this process on that file."""
    name = str(Path(url.database).resolve()) if url.database else ""
    with _writer_locks_guard:
        return _writer_locks.setdefault(name, WriterLock())


@contextmanager
def writer_turn(engine: Engine) -> Iterator[None]:
    """Hold this process's right to write; PostgreSQL locks rows and needs no turn."""
    if engine.dialect.name != "sqlite":
        yield
        return
    lock = _turns.get(engine)
    if lock is None:
        lock = _turns[engine] = writer_lock(engine.url)
    lock.acquire()
    try:
        yield
    finally:
        lock.release()


def create_database_engine(url: str) -> Engine:
    """Return the engine for `sqlite:///...` or `postgresql+psycopg://...`; connects at the first use."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        return _create_sqlite_engine(parsed)
    return create_engine(
        parsed,
        pool_size=POOL_SIZE,
        isolation_level="AUTOCOMMIT",
        connect_args={
            "options": "-c timezone=utc -c default_transaction_read_only=on",
            "application_name": "nominations",
        },
    )


def for_writing(engine: Engine) -> dict[str, object]:
    """Return the execution options of a connection that is to write: one transaction, until its commit."""
    if engine.dialect.name == "sqlite":
        return {"write": True}
    return {"isolation_level": "READ COMMITTED", "postgresql_readonly": False}


def create_session_factory(engine: Engine) -> sessionmaker[Session]:
    """Return the maker of sessions: nothing is flushed or forgotten behind the caller's back."""
    return sessionmaker(engine, expire_on_commit=False, autoflush=False)


def _create_sqlite_engine(url: URL) -> Engine:
    if url.database:
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
        engine = create_engine(url, pool_size=POOL_SIZE)
    else:
        engine = create_engine(url)
    event.listen(engine, "connect", _set_up_sqlite_connection)
    event.listen(engine, "begin", _begin_sqlite_transaction)
    return engine


def _set_up_sqlite_connection(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    """Take BEGIN away from the driver, which would start a transaction only at the first write."""
    driver = cast("sqlite3.Connection", connection)
    driver.isolation_level = None
    for pragma in SQLITE_PRAGMAS:
        driver.execute(pragma)


def _begin_sqlite_transaction(connection: Connection) -> None:
    """Take the write lock at once for a write: a read that turns into a write can fail half-way."""
    writing = connection.get_execution_options().get("write", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")
