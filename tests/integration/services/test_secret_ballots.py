"""Of a secret ballot nothing is kept but who has voted and sums: the whole database is the same whoever voted how.

Played on databases that are alike to the byte (clock and randomness are held still): the same members vote in the same
order, only who says what is exchanged. Everything the database has, down to where rows lie and which transaction wrote
them, must be equal; that an open vote differs shows that the comparison would see it.
"""

from __future__ import annotations

import itertools
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import Engine, inspect, text

from nominations.database import create_database_engine, create_session_factory
from tests.databases import Backend, Databases
from tests.integration.services.sitting import Sitting, before_council
from tests.world import make_world

VOTERS = 4
Votes = tuple[tuple[str, ...], ...]  # a member's choices, line by line
Dump = dict[str, list[tuple[Any, ...]]]


@contextmanager
def held_still(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Randomness counts up, so that what differs differs for a reason."""
    numbers = itertools.count(1)
    with monkeypatch.context() as patch:
        patch.setattr(secrets, "token_bytes", lambda size=32: next(numbers).to_bytes(size, "big"))
        patch.setattr(secrets, "token_hex", lambda size=16: next(numbers).to_bytes(size, "big").hex())
        patch.setattr(secrets, "choice", lambda letters: letters[next(numbers) % len(letters)])
        yield


def dump(engine: Engine) -> Dump:
    """Every row of every table with the place it lies at; transactions by their order alone."""
    tables = sorted(name for name in inspect(engine).get_table_names() if name != "alembic_version")
    found: Dump = {}
    with engine.connect() as connection:
        for table in tables:
            place = "ctid::text, xmin::text::bigint" if engine.dialect.name == "postgresql" else _place(engine, table)
            rows = connection.execute(text(f"SELECT {place}, x.* FROM {table} x")).all()  # noqa: S608 - our own tables
            found[table] = [tuple(row) for row in rows]
    return _by_order(found, engine)


def _place(engine: Engine, table: str) -> str:
    with engine.connect() as connection:
        made = str(connection.execute(text("SELECT sql FROM sqlite_schema WHERE name = :t"), {"t": table}).scalar())
    return "0, 0" if "WITHOUT ROWID" in made else "rowid, 0"


def _by_order(found: Dump, engine: Engine) -> Dump:
    """Numbers of transactions are the cluster's: only which came before which may be compared."""
    if engine.dialect.name != "postgresql":
        return found
    known = sorted({row[1] for rows in found.values() for row in rows})
    ranks = {number: rank for rank, number in enumerate(known)}
    ranked = {table: [(row[0], ranks[row[1]], *row[2:]) for row in rows] for table, rows in found.items()}
    columns = {table: [column["name"] for column in inspect(engine).get_columns(table)] for table in ranked}
    return {
        table: [
            tuple(
                None if place >= 2 and columns[table][place - 2] in {"xid", "txid", "transaction"} else value
                for place, value in enumerate(row)
            )
            for row in rows
        ]
        for table, rows in ranked.items()
    }


def played(
    databases: Databases, backend: Backend, monkeypatch: pytest.MonkeyPatch, votes: Votes, *, secret: bool
) -> Dump:
    """The database after a meeting of two lines at which the members voted so; the last one line by line."""
    engine = create_database_engine(databases.copy(backend, "migrated"))
    try:
        with held_still(monkeypatch), create_session_factory(engine)() as session:
            world = make_world(session)
            codes = before_council(world, 2)
            sitting = Sitting(world).call(*codes, secret=secret)
            for number, said in enumerate(votes, 1):
                who = f"member{number}.xa"
                if number == VOTERS:
                    for code, choice in zip(codes, said, strict=True):
                        world.do(who, code, "ballot", choice=choice, key=f"one-{code}")
                else:
                    sitting.cast(who, dict(zip(codes, said, strict=True)), key=f"sheet-{number}")
            assert sitting.close(codes).closed == 2
        return dump(engine)
    finally:
        engine.dispose()


@pytest.mark.parametrize("backend", ["sqlite", "postgresql"])
def test_the_database_is_the_same_whoever_voted_how(
    databases: Databases, backend: Backend, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, last = ("agree", "disagree"), ("disagree", "agree")
    one, other = (first, first, first, last), (last, first, first, first)
    hidden = [played(databases, backend, monkeypatch, said, secret=True) for said in (one, other)]
    assert differing(*hidden) == []
    told = [played(databases, backend, monkeypatch, said, secret=False) for said in (one, other)]
    assert {"ballots", "audit_entries", "entry_payloads"} <= set(differing(*told))


def differing(one: Dump, other: Dump) -> list[str]:
    """The tables that are not the same."""
    return [table for table in one if one[table] != other[table]]
