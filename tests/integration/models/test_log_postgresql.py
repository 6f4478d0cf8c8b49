"""The log on PostgreSQL: what only it can check, and the ways round a trigger that only it has."""

from typing import Any, cast

import psycopg
import pytest
from sqlalchemy import Connection, select, text
from sqlalchemy.exc import IntegrityError

from nominations.models import AuditEntry
from tests.databases import Backend
from tests.integration.models.rows import FIRST, NEXT, SECOND, append, entry_row

WRITTEN_ONCE = "The log is written once"


@pytest.fixture(scope="module", params=["postgresql"])
def backend(request: pytest.FixtureRequest) -> Backend:
    """Run on this database alone."""
    return cast("Backend", request.param)


def test_an_entry_under_another_hash_is_refused(connection: Connection) -> None:
    with pytest.raises(IntegrityError, match="only under its own hash"):
        append(connection, FIRST | {"content": b"other"})


def test_a_hash_in_capitals_is_refused(connection: Connection) -> None:
    with pytest.raises(IntegrityError, match="only under its own hash"):
        append(connection, FIRST | {"hash": FIRST["hash"].upper()})


@pytest.mark.parametrize("table", ["audit_entries", "log_positions", "entry_payloads", "audit_entries, people"])
def test_truncate_is_refused(connection: Connection, table: str) -> None:
    with pytest.raises(IntegrityError, match="never changed"):
        connection.execute(text(f"TRUNCATE {table} CASCADE"))


@pytest.mark.parametrize("statement", ["UPDATE audit_entries SET act = 'x'", "DELETE FROM audit_entries"])
def test_a_replica_session_is_refused_too(log: Connection, statement: str) -> None:
    log.execute(text("SET LOCAL session_replication_role = replica"))
    with pytest.raises(IntegrityError, match=WRITTEN_ONCE):
        log.execute(text(statement))


def test_a_replica_session_appends_in_order_too(log: Connection) -> None:
    log.execute(text("SET LOCAL session_replication_role = replica"))
    with pytest.raises(IntegrityError, match="only the next step"):
        append(log, entry_row("BD-1", 5, SECOND["hash"], NEXT["at"]))


def test_a_temporary_table_cannot_stand_in(log: Connection) -> None:
    log.execute(text("CREATE TEMPORARY TABLE audit_entries (LIKE public.audit_entries)"))
    forged = entry_row("BD-1", 8)
    append(log, forged)  # into the temporary table, which comes first on the search path
    append(log, entry_row("BD-1", 9, forged["hash"]))
    with pytest.raises(IntegrityError, match="only the next step"):
        log.execute(
            text(
                "WITH coming AS (DELETE FROM pg_temp.audit_entries WHERE cseq = 9 RETURNING *)"
                " INSERT INTO public.audit_entries SELECT * FROM coming"
            )
        )


def test_copy_appends_in_order_too(connection: Connection) -> None:
    driver: psycopg.Connection[Any] = connection.connection.driver_connection  # type: ignore[assignment]
    columns = "stream, cseq, act, at, hash, cprev, content"
    row = entry_row("BD-2", 7)
    with (
        pytest.raises(psycopg.errors.IntegrityConstraintViolation, match="only the next step"),
        driver.cursor() as cursor,
        cursor.copy(f"COPY audit_entries ({columns}) FROM STDIN") as copy,
    ):
        copy.write_row([row[name] for name in columns.split(", ")])


def test_an_entry_knows_its_transaction(log: Connection) -> None:
    transaction = log.scalar(text("SELECT pg_current_xact_id()::text"))
    assert set(log.scalars(select(AuditEntry.txid).where(AuditEntry.stream == "BD-1"))) == {int(transaction)}
    visible = text("SELECT stream FROM audit_entries WHERE txid < pg_snapshot_xmin(pg_current_snapshot())")
    # The horizon is the whole server's, which other tests write to as well: what they hold back is not said here.
    assert "BD-1" not in log.scalars(visible).all()
    assert log.scalar(text("SELECT min(txid::text::bigint) FROM audit_entries")) < int(transaction)
