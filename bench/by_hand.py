"""The floor's connections: both drivers as a careful engineer would use them, one statement a round trip."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Mapping
from pathlib import Path
from threading import Lock
from typing import Any, Protocol

import psycopg
from sqlalchemy.engine import make_url

Row = tuple[Any, ...]


class Connection(Protocol):
    """The little both drivers are asked for."""

    def run(self, sql: str, values: Mapping[str, Any]) -> Row | None:
        """Run a statement written with ``:names``; its first row, if it returns any."""

    def begin(self) -> None:
        """Begin a transaction that will write."""

    def finish(self) -> None:
        """Commit."""


class PostgresConnection:
    """psycopg, prepared statements on, a round trip a statement."""

    def __init__(self, url: str) -> None:
        parts = make_url(url)
        self.connection = psycopg.connect(
            host=str(parts.query["host"]),
            dbname=parts.database,
            user=parts.username,
            prepare_threshold=1,
            autocommit=True,
        )
        self.written: dict[str, bytes] = {}
        self.lock = "FOR UPDATE"

    def run(self, sql: str, values: Mapping[str, Any]) -> Row | None:
        """Run with psycopg's own names."""
        text = self.written.get(sql)
        if text is None:
            text = self.written[sql] = re.sub(r":([a-z]+)", r"%(\1)s", sql).encode()
        cursor = self.connection.execute(text, values)
        return cursor.fetchone() if cursor.description is not None else None

    def all(self, sql: str, values: Mapping[str, Any]) -> list[Row]:
        """Every row of a read."""
        return self.connection.execute(re.sub(r":([a-z]+)", r"%(\1)s", sql).encode(), values).fetchall()

    def begin(self) -> None:
        """BEGIN."""
        self.connection.execute(b"BEGIN")

    def finish(self) -> None:
        """COMMIT."""
        self.connection.execute(b"COMMIT")


class SqliteConnection:
    """The standard library's driver with the service's own pragmas; writers of this process take turns."""

    turn = Lock()

    def __init__(self, url: str) -> None:
        self.connection = sqlite3.connect(Path(str(make_url(url).database)), isolation_level=None, timeout=30)
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "recursive_triggers=ON"):
            self.connection.execute(f"PRAGMA {pragma}")
        self.lock = ""

    def run(self, sql: str, values: Mapping[str, Any]) -> Row | None:
        """Run as it is written."""
        cursor = self.connection.execute(sql, values)
        found: Row | None = cursor.fetchone() if cursor.description is not None else None
        return found

    def all(self, sql: str, values: Mapping[str, Any]) -> list[Row]:
        """Every row of a read."""
        return self.connection.execute(sql, values).fetchall()

    def begin(self) -> None:
        """Take the turn, then BEGIN IMMEDIATE."""
        self.turn.acquire()
        self.connection.execute("BEGIN IMMEDIATE")

    def finish(self) -> None:
        """COMMIT, and let the next one in."""
        self.connection.execute("COMMIT")
        self.turn.release()


def connect(url: str) -> PostgresConnection | SqliteConnection:
    """A connection of the floor's own."""
    return PostgresConnection(url) if url.startswith("postgresql") else SqliteConnection(url)
