"""A case on the module's database, and a transaction for each test that is never kept."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, Engine, insert
from sqlalchemy.orm import Session

from nominations.database import create_session_factory, for_writing
from nominations.models import AuditEntry, EntryPayload, LogPosition
from nominations.transactions import write_transaction
from tests.integration.models.rows import FIRST, SECOND, Case, entry_row, make_case


@pytest.fixture(scope="module")
def case(engine: Engine) -> Case:
    """Return the small case, written once for the module, with one entry of another stream in the log."""
    with create_session_factory(engine)() as session, write_transaction(session):
        session.add(AuditEntry(**entry_row("BD-0", 1)))
        return make_case(session)


@pytest.fixture
def connection(engine: Engine, case: Case) -> Iterator[Connection]:  # noqa: ARG001 - the case is there
    """Return a connection in a write transaction that is undone after the test."""
    with engine.connect().execution_options(**for_writing(engine)) as connection:
        yield connection
        connection.rollback()


@pytest.fixture
def rows(connection: Connection) -> Iterator[Session]:
    """Return a session within that transaction."""
    with Session(connection, autoflush=False) as session:
        yield session


@pytest.fixture
def log(connection: Connection) -> Connection:
    """Return the connection, with two entries of one stream, the first with its payload and its place."""
    connection.execute(insert(AuditEntry), [FIRST, SECOND])
    connection.execute(insert(EntryPayload).values(stream="BD-1", cseq=1, payload=b"{}", salt=b"salt"))
    connection.execute(insert(LogPosition).values(seq=0, stream="BD-1", cseq=1))
    return connection
