"""Every value of the law and of practice in the tables says whose word it is."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, Table, func, select
from sqlalchemy.orm import Session

from nominations.database import create_database_engine, create_session_factory
from nominations.models.base import Base
from tests.databases import Databases
from workflows.catalogue import is_mark

SOURCED = sorted(
    (table for table in Base.metadata.tables.values() if "source" in table.c), key=lambda table: table.name
)
# What an installation imports or a demonstration invents; the reference data has none of it.
EMPTY_AT_FIRST = {"quotas", "succession_choices", "award_imports", "past_awards", "poverty_figures"}


@pytest.fixture(scope="module")
def filled(databases: Databases) -> Iterator[Engine]:
    """A database as `seed reference` leaves it."""
    engine = create_database_engine(databases.copy("sqlite", "reference"))
    yield engine
    engine.dispose()


@pytest.fixture
def reference(filled: Engine) -> Iterator[Session]:
    """A session on it."""
    with create_session_factory(filled)() as session:
        yield session


@pytest.mark.parametrize("table", SOURCED, ids=lambda table: table.name)
def test_every_row_has_a_mark(reference: Session, table: Table) -> None:
    """A paragraph may stand before it, such as ``III.1.1.1 [plan]``."""
    marks = {str(mark) for mark in reference.scalars(select(table.c.source).distinct())}
    assert sorted(mark for mark in marks if not is_mark(mark[max(mark.find("["), 0) :])) == []
    assert bool(marks) != (table.name in EMPTY_AT_FIRST)


def test_the_tables_of_the_law_have_a_place_for_it() -> None:
    """A table of values that administrators change by their day has a column for the source."""
    dated = {"units", "legal_values", "rule_sets", "criteria", "holidays", "milestones", "award_forms", "movements"}
    assert dated <= {table.name for table in SOURCED}


def test_the_law_is_there(reference: Session) -> None:
    count = select(func.count()).select_from(Base.metadata.tables["legal_values"])
    assert (reference.scalar(count) or 0) > 20
