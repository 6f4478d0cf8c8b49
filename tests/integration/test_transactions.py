"""The one commit: what it keeps, what it undoes, and that writers neither overtake nor disturb each other."""

import threading

import pytest
from sqlalchemy import Column, Engine, Integer, MetaData, Table, event, func, insert, select, update
from sqlalchemy.orm import Session

from nominations.database import create_session_factory
from nominations.transactions import transactional, write_transaction
from tests.statements import count_statements

TEMPLATE = "blank"

metadata = MetaData()
counters = Table("counters", metadata, Column("id", Integer, primary_key=True), Column("value", Integer))


@pytest.fixture(autouse=True)
def table(engine: Engine) -> None:
    """Start every test with one counter at nought."""
    with create_session_factory(engine)() as session, write_transaction(session):
        metadata.drop_all(session.connection())
        metadata.create_all(session.connection())
        session.execute(insert(counters).values(id=1, value=0))


@transactional
def add(session: Session, amount: int) -> int:
    """Add to the counter as a careless service would: read, then write."""
    value: int = session.scalars(select(counters.c.value).with_for_update()).one()
    session.execute(update(counters).values(value=value + amount))
    return value + amount


@transactional
def add_and_fail(session: Session) -> None:
    """Fail after a write."""
    add(session, 5)
    raise LookupError("after the write")


@transactional
def add_twice(session: Session) -> int:
    """Call another service twice."""
    add(session, 1)
    return add(session, 1)


def counter(engine: Engine) -> int:
    """Read what is really kept, through a connection of its own."""
    with engine.connect() as connection:
        value: int = connection.execute(select(counters.c.value)).scalar_one()
    return value


def commits(engine: Engine) -> list[str]:
    """Collect a word for every commit and rollback that reaches the database."""
    seen: list[str] = []
    event.listen(engine, "commit", lambda _connection: seen.append("commit"))
    event.listen(engine, "rollback", lambda _connection: seen.append("rollback"))
    return seen


def test_a_service_is_kept_when_it_returns(session: Session, engine: Engine) -> None:
    assert add(session, 3) == 3
    assert not session.in_transaction()
    assert counter(engine) == 3


def test_an_exception_undoes_everything_and_goes_on(session: Session, engine: Engine) -> None:
    with pytest.raises(LookupError, match="after the write"):
        add_and_fail(session)
    assert counter(engine) == 0
    assert add(session, 1) == 1


def test_a_service_within_a_service_joins_its_transaction(session: Session, engine: Engine) -> None:
    seen = commits(engine)
    assert add_twice(session) == 2
    assert seen == ["commit"]
    assert counter(engine) == 2


def test_many_services_in_one_commit(session: Session, engine: Engine) -> None:
    seen = commits(engine)
    with write_transaction(session):
        assert [add(session, 1), add(session, 1)] == [1, 2]
        assert seen == []
    assert seen == ["commit"]
    assert counter(engine) == 2


def test_the_read_that_came_before_is_ended_and_forgotten(session: Session, engine: Engine) -> None:
    """Sign-in reads the user before any service: its snapshot must not decide, nor stand in the way."""
    assert session.scalars(select(counters.c.value)).one() == 0
    with create_session_factory(engine)() as other:
        add(other, 7)
    assert add(session, 1) == 8


def test_changes_outside_a_transaction_are_refused(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Session, "dirty", [object()])
    with pytest.raises(RuntimeError, match="outside a write transaction"):
        add(session, 1)


def test_a_write_takes_the_lock_at_its_start_and_a_read_does_not(session: Session, engine: Engine) -> None:
    if engine.dialect.name != "sqlite":
        assert session.connection().get_isolation_level() == "READ COMMITTED"
        return
    begun: list[str] = []

    @event.listens_for(engine, "before_cursor_execute")
    def collect(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        begun.append(statement)

    session.scalars(select(counters.c.value)).one()
    add(session, 1)
    assert [statement for statement in begun if statement.startswith("BEGIN")] == ["BEGIN", "BEGIN IMMEDIATE"]


def test_statements_are_counted_without_those_of_the_transaction(session: Session, engine: Engine) -> None:
    with count_statements(engine) as statements:
        add(session, 1)
    assert [statement.split()[0] for statement in statements] == ["SELECT", "UPDATE"]


@pytest.mark.parametrize("writers", [2, 8])
def test_writers_in_threads_lose_nothing(engine: Engine, writers: int) -> None:
    each = 400 // writers
    errors: list[Exception] = []

    def write() -> None:
        try:
            for _ in range(each):
                with create_session_factory(engine)() as session:
                    session.scalars(select(func.count()).select_from(counters)).one()
                    add(session, 1)
        except Exception as error:  # noqa: BLE001
            errors.append(error)

    threads = [threading.Thread(target=write) for _ in range(writers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert counter(engine) == 400
