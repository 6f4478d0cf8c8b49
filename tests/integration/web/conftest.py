"""The small province with passwords, its clock, and browsers that have signed in."""

from collections.abc import Callable, Iterator
from typing import cast

import pytest
from flask import Flask
from sqlalchemy import Engine, update

from nominations import models
from nominations.clock import FixedClock
from nominations.database import create_session_factory
from nominations.services.passwords import hash_password
from nominations.transactions import write_transaction
from tests.integration.web.administration import signed_in
from tests.pages import PageClient
from tests.world import World, make_world

PASSWORD = "hồ sơ vì người nghèo"
SIGN_IN = "Đăng nhập"


@pytest.fixture(scope="module")
def province(engine: Engine) -> Iterator[World]:
    """The province of this module's database; everybody in it has the same password."""
    with create_session_factory(engine)() as session:
        world = make_world(session)
        with write_transaction(session):
            session.execute(update(models.Person).values(password_hash=hash_password(PASSWORD)))
        yield world


@pytest.fixture
def world(province: World) -> World:
    """The province, nothing of an earlier test left open."""
    province.session.rollback()
    return province


@pytest.fixture
def clock(world: World) -> FixedClock:
    """The pages go by the province's clock."""
    return world.clock


@pytest.fixture
def browse(app: Flask) -> Callable[[str], PageClient]:
    """Return a browser in which that person has signed in."""

    def signed_in(username: str) -> PageClient:
        client = cast("PageClient", app.test_client())
        answer = client.submit("/dang-nhap", SIGN_IN, username=username, password=PASSWORD)
        assert answer.status_code == 303, answer.text
        return client

    return signed_in


@pytest.fixture
def admin(browse: Callable[[str], PageClient], world: World) -> PageClient:
    """A browser of the province's administrator."""
    return signed_in(browse, world, "quan.tri")
