"""The small province, once a module."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from nominations.database import create_session_factory
from tests.world import World, make_world


@pytest.fixture(scope="module")
def province(engine: Engine) -> Iterator[World]:
    """The province of this module's database."""
    with create_session_factory(engine)() as session:
        yield make_world(session)


@pytest.fixture
def world(province: World) -> World:
    """The province, nothing of an earlier test left open."""
    province.session.rollback()
    return province
