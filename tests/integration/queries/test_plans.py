"""The plans of the hot reads: along an index, never through a whole table that grows with the files."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from nominations.queries import duplicates, listing, search, sql
from nominations.queries import inbox as inboxes
from nominations.queries.case_facts import case_row
from nominations.queries.inbox import PARTS, inbox, inbox_counts
from nominations.queries.listing import Filters, nominations
from nominations.queries.pages import encode
from tests.integration.queries.conftest import Know
from tests.world import World

GROWING = (
    "nominations", "nomination_reach", "nomination_names", "tasks", "ballots", "meetings", "meeting_lines",
    "n", "q", "w", "t", "b", "l", "m",
)  # fmt: skip
ASKED = (
    Filters(),
    Filters(state="board.intake"),
    Filters(state="held"),
    Filters(unit_id=5),
    Filters(form="BK-TINH", overdue=True),
    Filters(holder_me=True),
    Filters(q="dinh van"),
    Filters(updated_since=datetime(2024, 3, 1, tzinfo=UTC)),
)
Plans = list[str]


@pytest.fixture
def plans(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> Plans:
    """The plan of every statement written by hand, as text; PostgreSQL is told that tables are large."""
    found: Plans = []
    real = sql.rows

    def planned(session: Session, statement: str, values: Mapping[str, Any]) -> list[Any]:
        if engine.dialect.name == "postgresql":
            session.execute(text("SET enable_seqscan = off"))
            lines = session.connection().exec_driver_sql("EXPLAIN " + sql._postgresql(statement), dict(values)).all()
            found.append("\n".join(str(line[0]) for line in lines))
        else:
            lines = session.connection().exec_driver_sql("EXPLAIN QUERY PLAN " + statement, dict(values)).all()
            found.append("\n".join(str(line[3]) for line in lines))
        return real(session, statement, values)

    for module in (listing, search, inboxes, duplicates):
        monkeypatch.setattr(module, "rows", planned)
    return found


def whole_tables(plan: str) -> set[str]:
    """The tables a plan reads through from end to end, without an index that narrows it."""
    scans = re.findall(r"Seq Scan on (\w+)", plan)
    scans += re.findall(r"^SCAN (\w+)(?! USING (?:COVERING )?INDEX)", plan, re.MULTILINE)
    return {name for name in scans if name in GROWING}


def test_no_list_reads_a_whole_table(world: World, know: Know, plans: Plans, monkeypatch: pytest.MonkeyPatch) -> None:
    world.staff("auditor", "52", ("auditor",))
    world.draft()
    today = world.clock.today()
    for few in (0, 10_000):
        for module in (search, listing):
            monkeypatch.setattr(module, "FEW", few)
        for username in ("appraiser.snv", "head.xa", "member1.tinh"):
            for filters in ASKED:
                for cursor in (None, encode([7])):
                    nominations(world.session, know(username), today, filters, cursor, count=True)
            world.session.rollback()
    assert plans
    assert [(whole_tables(plan), plan) for plan in plans if whole_tables(plan)] == []


def test_no_inbox_reads_a_whole_table(world: World, know: Know, plans: Plans) -> None:
    today = world.clock.today()
    for username in ("appraiser.snv", "head.xa", "deputy.xa", "member1.tinh", "clerk.huyen"):
        for part in PARTS:
            inbox(world.session, know(username), today, part)
        inbox_counts(world.session, know(username), today)
        world.session.rollback()
    assert plans
    assert [(whole_tables(plan), plan) for plan in plans if whole_tables(plan)] == []


def test_a_live_twin_is_found_from_the_nominee(world: World, plans: Plans) -> None:
    code, today = world.draft(), world.clock.today()
    row = case_row(world.session, code, today, lock=False)
    assert row is not None
    assert duplicates.live_twin(world.session, row) is None
    assert "nominations_round_id" not in plans[-1]


def test_a_council_finds_what_it_votes_on_by_an_index_of_its_own(world: World, know: Know, plans: Plans) -> None:
    inbox(world.session, know("member1.tinh"), world.clock.today(), "mine")
    assert "ix_tasks_councils" in plans[-1]
