"""The small province, once a module; the soak's profile for what plays at random."""

from collections.abc import Iterator

import pytest
from hypothesis import settings
from sqlalchemy import Engine

from nominations.database import create_session_factory
from tests.integration.services.plays import Cast
from tests.world import World, make_world

if "soak" not in settings._profiles:
    settings.register_profile("soak", deadline=None, database=None, max_examples=200, print_blob=True)


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


@pytest.fixture(scope="module")
def cast(province: World) -> Cast:
    """Everybody of the province."""
    return Cast(province)
