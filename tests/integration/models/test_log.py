"""The log's own refusals: nothing is changed, nothing comes out of its chain, whoever asks and however."""

from typing import Any

import pytest
from sqlalchemy import Connection, delete, func, insert, select, text, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from nominations.models import NO_HASH, AuditEntry, EntryPayload, LogPosition
from tests.integration.models.rows import FIRST, NEXT, SECOND, append, entry_row

WRITTEN_ONCE = "The log is written once"


def test_the_next_entry_is_taken(log: Connection) -> None:
    append(log, NEXT)
    assert log.scalar(select(func.count()).where(AuditEntry.stream == "BD-1")) == 3


def test_several_entries_of_one_stream_are_taken_by_one_statement(connection: Connection) -> None:
    connection.execute(insert(AuditEntry).values([FIRST, SECOND, NEXT]))


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (entry_row("BD-2", 2), "only the next step"),
        (entry_row("BD-2", 0), "only the next step"),
        (entry_row("BD-1", 4, NEXT["hash"], NEXT["at"]), "only the next step"),
        (entry_row("BD-1", 2, FIRST["hash"], NEXT["at"]), "only the next step"),
        (entry_row("BD-1", 1), "only the next step"),
        (entry_row("BD-2", 1, FIRST["hash"]), "only after its predecessor"),
        (entry_row("BD-1", 3, NO_HASH, NEXT["at"]), "only after its predecessor"),
        (entry_row("BD-1", 3, FIRST["hash"], NEXT["at"]), "only after its predecessor"),
        (entry_row("BD-1", 3, SECOND["hash"], "2024-03-04T05:00:00.000000Z"), "does not go back"),
        (entry_row("BD-1", 3, SECOND["hash"], "2023-12-31T23:59:59.999999Z"), "does not go back"),
        (entry_row("BD-2", 1, content=b"x" * 8193), "at most 8192 bytes"),
    ],
    ids=lambda value: value if isinstance(value, str) else f"{value['stream']}-{value['cseq']}",
)
def test_an_entry_out_of_its_chain_is_refused(log: Connection, row: dict[str, Any], sentence: str) -> None:
    with pytest.raises(IntegrityError, match=sentence):
        append(log, row)


def test_an_entry_of_the_greatest_length_is_taken(connection: Connection) -> None:
    append(connection, entry_row("BD-2", 1, content=b"x" * 8192))


def test_an_entry_without_its_stream_is_refused(connection: Connection) -> None:
    with pytest.raises(IntegrityError):
        append(connection, FIRST | {"stream": None})


def test_one_hash_stands_once(log: Connection) -> None:
    with pytest.raises(IntegrityError, match="hash"):
        append(log, FIRST | {"stream": "BD-2"})


def test_a_request_stands_once_for_its_actor(connection: Connection) -> None:
    request = {"actor": "a" * 32, "request_key": "key"}
    append(connection, entry_row("BD-2", 1, **request))
    append(connection, entry_row("BD-3", 1, **request | {"actor": "b" * 32}))
    with pytest.raises(IntegrityError, match=r"uq_audit_entries_request|holds every request once"):
        append(connection, entry_row("BD-4", 1, **request))


@pytest.mark.parametrize("statement", ["UPDATE {} SET cseq = cseq", "DELETE FROM {}"])
@pytest.mark.parametrize("table", ["audit_entries", "log_positions"])
def test_plain_sql_changes_nothing(log: Connection, table: str, statement: str) -> None:
    with pytest.raises(IntegrityError, match=WRITTEN_ONCE):
        log.execute(text(statement.format(table)))


@pytest.mark.parametrize("entity", [AuditEntry, LogPosition])
def test_statements_of_the_models_change_nothing(log: Connection, entity: type[AuditEntry | LogPosition]) -> None:
    with pytest.raises(IntegrityError, match=WRITTEN_ONCE), log.begin_nested():
        log.execute(update(entity).values(cseq=9))
    with pytest.raises(IntegrityError, match=WRITTEN_ONCE), log.begin_nested():
        log.execute(delete(entity).where(entity.stream == "BD-1"))


def test_a_loaded_entry_is_not_changed(log: Connection) -> None:
    with Session(log) as session:
        session.get_one(AuditEntry, ("BD-1", 1)).act = "forged"
        with pytest.raises(IntegrityError, match=WRITTEN_ONCE):
            session.flush()


def test_a_loaded_entry_is_not_deleted(log: Connection) -> None:
    with Session(log) as session:
        session.delete(session.get_one(AuditEntry, ("BD-1", 2)))
        with pytest.raises(IntegrityError, match=WRITTEN_ONCE):
            session.flush()


def test_an_upsert_changes_nothing(log: Connection) -> None:
    with pytest.raises(IntegrityError, match="only the next step"):
        log.execute(
            text(
                "INSERT INTO audit_entries (stream, cseq, act, at, hash, cprev, content)"
                " VALUES ('BD-1', 1, 'forged', :at, :hash, :cprev, :content)"
                " ON CONFLICT (stream, cseq) DO UPDATE SET act = excluded.act"
            ),
            {name: FIRST[name] for name in ("at", "hash", "cprev", "content")},
        )


def test_a_payload_is_erased_but_never_changed(log: Connection) -> None:
    with pytest.raises(IntegrityError, match="payload of an entry is never changed"), log.begin_nested():
        log.execute(update(EntryPayload).values(payload=b"forged"))
    with pytest.raises(IntegrityError), log.begin_nested():
        log.execute(insert(EntryPayload).values(stream="BD-1", cseq=1, payload=b"forged", salt=b"-"))
    assert log.execute(delete(EntryPayload)).rowcount == 1


def test_a_payload_needs_its_entry(connection: Connection) -> None:
    with pytest.raises(IntegrityError, match=r"(?i)foreign key"):
        connection.execute(insert(EntryPayload).values(stream="BD-9", cseq=1, payload=b"{}", salt=b"-"))


@pytest.mark.parametrize(
    "row",
    [
        {"seq": 2, "stream": "BD-1", "cseq": 2},
        {"seq": 0, "stream": "BD-1", "cseq": 2},
        {"seq": -1, "stream": "BD-1", "cseq": 2},
        {"seq": 1, "stream": "BD-1", "cseq": 1},
        {"seq": 1, "stream": "BD-9", "cseq": 1},
    ],
    ids=["gap", "taken", "negative", "placed already", "no such entry"],
)
def test_places_are_given_in_order_and_once(log: Connection, row: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError):
        log.execute(insert(LogPosition).values(row))


def test_many_places_are_given_by_one_statement(log: Connection) -> None:
    log.execute(
        text(
            "INSERT INTO log_positions (seq, stream, cseq) SELECT row_number() OVER (ORDER BY stream DESC, cseq),"
            " stream, cseq FROM audit_entries WHERE NOT (stream = 'BD-1' AND cseq = 1)"
        )
    )
    assert log.execute(select(LogPosition.seq).order_by(LogPosition.seq)).scalars().all() == [0, 1, 2]
