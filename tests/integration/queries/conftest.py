"""The small province, once a module, and its people as the queries know them."""

from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import Engine

from nominations.database import create_session_factory
from nominations.queries.actors import Viewer, viewer
from tests.world import World, make_world

Know = Callable[[str], Viewer]


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


@pytest.fixture
def know(world: World) -> Know:
    """Return a person as the queries know them today."""

    def known(username: str) -> Viewer:
        found = viewer(world.session, world.people[username], world.clock.today())
        assert found is not None
        return found

    return known
