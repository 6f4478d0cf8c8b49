"""Fixtures for all tests: databases, the clock, the application, and a client that checks every page."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

import pytest
from flask import Flask
from hypothesis import settings as hypothesis_settings
from jinja2 import FileSystemBytecodeCache
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from nominations import create_app
from nominations.api.callers import init_app as api_limits
from nominations.clock import FixedClock
from nominations.database import create_database_engine, create_session_factory
from nominations.web.public.awards import init_app as public_limits
from tests.databases import Backend, CommandRunner, Databases, Template, settings_for
from tests.pages import PageClient
from tests.postgres import make_lifeline
from tests.translations import compile_catalogues

RUN_FOLDER = pytest.StashKey[Path]()
LIFELINE = pytest.StashKey[int]()
MONDAY_MORNING = datetime(2024, 3, 4, 2, 0, tzinfo=UTC)  # 9:00 in Vietnam, under the second rule set

hypothesis_settings.register_profile("tests", deadline=None, derandomize=True, database=None)
hypothesis_settings.load_profile("tests")


def pytest_configure(config: pytest.Config) -> None:
    """Make the folder that all workers of this run share; a worker is told of it instead."""
    if hasattr(config, "workerinput"):
        config.stash[RUN_FOLDER] = Path(config.workerinput["run_folder"])
        return
    compile_catalogues()
    folder = Path(tempfile.mkdtemp(prefix="nominations-tests-"))
    folder.chmod(0o755)
    config.stash[RUN_FOLDER] = folder
    config.stash[LIFELINE] = make_lifeline(folder)


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: object) -> None:
    """Tell a worker where the shared folder is."""
    node.workerinput["run_folder"] = str(node.config.stash[RUN_FOLDER])  # type: ignore[attr-defined]


def pytest_unconfigure(config: pytest.Config) -> None:
    """Let go of the lifeline, which ends the database server, and remove the folder."""
    if LIFELINE in config.stash:
        os.close(config.stash[LIFELINE])
        shutil.rmtree(config.stash[RUN_FOLDER], ignore_errors=True)


@pytest.fixture(scope="session")
def databases(pytestconfig: pytest.Config) -> Databases:
    """Give out databases; for a test that needs one to itself: `databases.copy("sqlite", "migrated")`."""
    return Databases(pytestconfig.stash[RUN_FOLDER])


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def backend(request: pytest.FixtureRequest) -> Backend:
    """Run the test on each database."""
    return cast("Backend", request.param)


@pytest.fixture(scope="module")
def database_url(request: pytest.FixtureRequest, databases: Databases, backend: Backend) -> str:
    """Return a database for the module's tests, on each backend in turn.

    It is migrated and empty, unless the module says `TEMPLATE = "reference"`, `"demo"` or `"blank"`.
    """
    template: Template = getattr(request.module, "TEMPLATE", "migrated")
    return databases.copy(backend, template)


@pytest.fixture(scope="module")
def engine(database_url: str) -> Iterator[Engine]:
    """Return an engine on the module's database."""
    engine = create_database_engine(database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    """Return a session on the module's database, as services and queries get it."""
    with create_session_factory(engine)() as session:
        yield session


@pytest.fixture
def clock() -> FixedClock:
    """Return a clock that stands at nine on a Monday morning in March 2024 until it is moved."""
    return FixedClock(MONDAY_MORNING)


@pytest.fixture(scope="module")
def application(pytestconfig: pytest.Config, database_url: str) -> Iterator[Flask]:
    """Return the module's application; a test takes `app`, which is this one as it was made."""
    app = create_app(settings_for(database_url), FixedClock(MONDAY_MORNING))
    app.test_client_class = PageClient
    # Templates are compiled once a run and not once a module.
    app.jinja_env.bytecode_cache = FileSystemBytecodeCache(str(pytestconfig.stash[RUN_FOLDER]))
    yield app
    engine: Engine = app.extensions["engine"]
    engine.dispose()


@pytest.fixture
def app(application: Flask, clock: FixedClock) -> Iterator[Flask]:
    """Return the application on the module's database, with the clock of the test and nobody's calls counted yet."""
    public_limits(application)
    api_limits(application)
    kept = [(values, dict(values)) for values in (application.config, application.extensions)]
    application.extensions["clock"] = clock
    yield application
    for values, before in kept:
        values.clear()
        values.update(before)


@pytest.fixture
def client(app: Flask) -> PageClient:
    """Return a browser of sorts that checks every page it is given."""
    return cast("PageClient", app.test_client())


@pytest.fixture
def runner(app: Flask) -> CommandRunner:
    """Return a runner of the application's commands."""
    return CommandRunner(app)
