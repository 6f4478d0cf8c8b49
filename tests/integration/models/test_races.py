"""Two at once: one connection waits for the other and is then refused; nothing is lost and nothing done twice."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, Insert, func, insert, select
from sqlalchemy.exc import IntegrityError

from nominations.database import for_writing
from nominations.models import AuditEntry, Base
from tests.integration.models.rows import Case, entry_row, further_rows

Row = Callable[[Case, int], dict[str, Any]]


def entry(_case: Case, turn: int) -> dict[str, Any]:
    """First entry of one stream, not the same for both."""
    return entry_row("race", 1, content=f"turn {turn}".encode())


def side(case: Case, turn: int) -> dict[str, Any]:
    """Two sides of one pair for one person."""
    return further_rows(case)["participations"] | {"pair": "race", "side": str(turn)}


def task(case: Case, _turn: int) -> dict[str, Any]:
    """Open step task of one nomination."""
    return further_rows(case)["tasks"]


def nomination(case: Case, turn: int) -> dict[str, Any]:
    """Live nomination of one nominee in one round and form."""
    return further_rows(case)["nominations"] | {"code": f"race-{turn}"}


@pytest.mark.parametrize(
    ("table", "row"),
    [("audit_entries", entry), ("participations", side), ("tasks", task), ("nominations", nomination)],
    ids=["entry", "side", "task", "nomination"],
)
def test_only_the_first_gets_through(engine: Engine, case: Case, table: str, row: Row) -> None:
    refused: list[IntegrityError] = []

    def put(connection: Connection, turn: int) -> None:
        connection.execute(statement(table, row(case, turn)))

    def second() -> None:
        try:
            with engine.execution_options(**for_writing(engine)).begin() as connection:
                put(connection, 2)
        except IntegrityError as error:
            refused.append(error)

    follower = threading.Thread(target=second)
    with engine.execution_options(**for_writing(engine)).begin() as connection:
        put(connection, 1)
        follower.start()  # waits for the lock (SQLite) or for the first one's row (PostgreSQL)
    follower.join()
    assert len(refused) == 1


def statement(table: str, row: dict[str, Any]) -> Insert:
    """Insert a row."""
    return insert(Base.metadata.tables[table]).values(row)


def test_many_writers_keep_one_chain(engine: Engine, case: Case) -> None:  # noqa: ARG001 - the case is there
    """Eight threads append to one stream, each after what it read as the head; refusals are tried again."""
    wanted = 8

    def append() -> None:
        while True:
            try:
                with engine.execution_options(**for_writing(engine)).begin() as connection:
                    head = connection.execute(
                        select(AuditEntry.cseq, AuditEntry.hash)
                        .where(AuditEntry.stream == "many")
                        .order_by(AuditEntry.cseq.desc())
                        .limit(1)
                    ).one_or_none()
                    cseq, cprev = head or (0, "0" * 64)
                    name = threading.current_thread().name.encode()
                    row = entry_row("many", cseq + 1, cprev, content=name + b" %d" % cseq)
                    connection.execute(statement("audit_entries", row))
            except IntegrityError:
                continue
            return

    threads = [threading.Thread(target=append) for _ in range(wanted)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with engine.connect() as connection:
        kept = select(func.count(), func.max(AuditEntry.cseq)).where(AuditEntry.stream == "many")
        assert connection.execute(kept).one() == (wanted, wanted)
