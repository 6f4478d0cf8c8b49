"""The small province behind the API, once a module."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Engine

from nominations import create_app
from nominations.database import create_session_factory
from tests.databases import settings_for
from tests.integration.api.client import ApiWorld
from tests.world import make_world


@pytest.fixture(scope="module")
def province(engine: Engine, database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ApiWorld]:
    """The province of this module's database, its files in a folder of their own."""
    folder: Path = tmp_path_factory.mktemp("files")
    with create_session_factory(engine)() as session:
        world = make_world(session)
        app = create_app(settings_for(database_url, STORAGE_URL=str(folder)), world.clock)
        yield ApiWorld.of(world, app)
    app_engine: Engine = app.extensions["engine"]
    app_engine.dispose()


@pytest.fixture
def world(province: ApiWorld) -> ApiWorld:
    """The province, nothing of an earlier test left open."""
    province.session.rollback()
    return province


@pytest.fixture
def app(province: ApiWorld) -> Flask:
    """The application, for calls without a token."""
    return province.app
