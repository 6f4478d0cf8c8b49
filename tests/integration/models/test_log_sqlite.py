"""The log on SQLite: REPLACE and its kin, also on a connection that nobody told to be strict."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, cast

import pytest
from sqlalchemy import Engine

from tests.databases import Backend
from tests.integration.models.rows import FIRST, NEXT, SECOND, entry_row

WRITTEN_ONCE = "The log is written once"


@pytest.fixture(scope="module", params=["sqlite"])
def backend(request: pytest.FixtureRequest) -> Backend:
    """Run on this database alone."""
    return cast("Backend", request.param)


@pytest.fixture(params=["strict", "bare"])
def copy(request: pytest.FixtureRequest, engine: Engine, tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """Return a plain connection to a copy of the database, told to be strict or not."""
    path = tmp_path / "copy.db"
    with closing(sqlite3.connect(str(engine.url.database))) as source:
        source.execute("VACUUM INTO ?", [str(path)])
    with closing(sqlite3.connect(path, isolation_level=None)) as driver:
        if request.param == "strict":
            driver.execute("PRAGMA recursive_triggers = ON")
            driver.execute("PRAGMA foreign_keys = ON")
        yield driver


@pytest.fixture
def driver(copy: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """Return the copy with two entries, a payload and a place, which stand there unchanged after the test."""
    for row in (FIRST, SECOND):
        replace(copy, row, verb="INSERT")
    copy.execute("INSERT INTO entry_payloads VALUES ('BD-1', 1, x'00', x'00')")
    copy.execute("INSERT INTO log_positions VALUES (0, 'BD-1', 1)")
    before = list(copy.iterdump())
    yield copy
    assert list(copy.iterdump()) == before


def replace(driver: sqlite3.Connection, row: dict[str, Any], verb: str = "INSERT OR REPLACE") -> None:
    """Write an entry with a verb of SQLite's own."""
    places = [f":{name}" for name in row]
    words = [verb, "INTO audit_entries (", ", ".join(row), ") VALUES (", ", ".join(places), ")"]
    driver.execute(" ".join(words), row)


@pytest.mark.parametrize("verb", ["INSERT OR REPLACE", "REPLACE", "INSERT OR IGNORE", "INSERT OR ROLLBACK"])
@pytest.mark.parametrize("row", [FIRST, SECOND, FIRST | {"act": "forged"}], ids=["first", "head", "forged"])
def test_an_entry_is_not_replaced(driver: sqlite3.Connection, row: dict[str, Any], verb: str) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="only the next step"):
        replace(driver, row, verb)


def test_an_entry_of_another_stream_is_not_replaced_by_its_hash(driver: sqlite3.Connection) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="this hash is already in it"):
        replace(driver, NEXT | {"hash": FIRST["hash"]})


def test_an_entry_of_another_stream_is_not_replaced_by_its_row_number(driver: sqlite3.Connection) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="this hash is already in it"):
        replace(driver, entry_row("BD-7", 1) | {"rowid": 1})


def test_an_entry_is_not_replaced_by_its_request(copy: sqlite3.Connection) -> None:
    request = {"actor": "a", "request_key": "k"}
    replace(copy, entry_row("BD-5", 1, **request))
    with pytest.raises(sqlite3.IntegrityError, match="holds every request once"):
        replace(copy, entry_row("BD-6", 1, **request))


def test_content_is_bytes(driver: sqlite3.Connection) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="at most 8192 bytes"):
        replace(driver, NEXT | {"content": "text"}, "INSERT")


@pytest.mark.parametrize(
    "place", [(0, "BD-1", 2), (1, "BD-1", 1), (5, "BD-1", 2)], ids=["its place", "its entry", "a gap"]
)
def test_a_place_is_not_replaced(driver: sqlite3.Connection, place: tuple[int, str, int]) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="The log gives"):
        driver.execute("INSERT OR REPLACE INTO log_positions VALUES (?, ?, ?)", place)


def test_a_payload_is_not_replaced(driver: sqlite3.Connection) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="payload of an entry is never changed"):
        driver.execute("INSERT OR REPLACE INTO entry_payloads VALUES ('BD-1', 1, x'01', x'01')")


@pytest.mark.parametrize("statement", ["UPDATE OR REPLACE audit_entries SET cseq = 1", "DELETE FROM audit_entries"])
def test_other_verbs_are_refused(driver: sqlite3.Connection, statement: str) -> None:
    with pytest.raises(sqlite3.IntegrityError, match=WRITTEN_ONCE):
        driver.execute(statement)
