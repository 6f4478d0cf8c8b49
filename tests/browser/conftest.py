"""Fixtures for tests in a real browser: a server on a database of its own, and a page that notices every fault."""

import shutil
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import datetime

import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from werkzeug.serving import make_server

from nominations import create_app
from nominations.clock import FixedClock
from tests.browser.live import PATIENCE, LiveServer, watch
from tests.browser.stage import Stage
from tests.conftest import MONDAY_MORNING
from tests.databases import Databases, Template, settings_for

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (  # no sandbox: tests may run as root; the rest keeps the browser from calling its maker
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="module")
def live_server(request: pytest.FixtureRequest, databases: Databases) -> Iterator[LiveServer]:
    """Serve a copy of the demonstration; the module may say `TEMPLATE` and `INSTANT`, the time on its clock."""
    template: Template = getattr(request.module, "TEMPLATE", "demo")
    instant: datetime = getattr(request.module, "INSTANT", MONDAY_MORNING)
    clock = FixedClock(instant)
    app = create_app(settings_for(databases.copy("sqlite", template)), clock)
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = 3600  # s: in the tests nobody changes what does not change by itself
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield LiveServer(f"http://127.0.0.1:{server.server_port}", app, clock)
    server.shutdown()
    thread.join()
    server.server_close()
    app.extensions["engine"].dispose()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start the system's Chromium."""
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    if program is None:
        pytest.fail("Chromium is missing: run tests/browser/install-chromium, or install google-chrome.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    """Open an empty page at the server; the test fails if the browser complained of anything."""
    context = browser.new_context(
        base_url=live_server.url, locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh", reduced_motion="reduce"
    )
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    faults = watch(page, live_server.url)
    yield page
    context.close()
    assert faults == []


@pytest.fixture(scope="session")
def looked_at() -> set[str]:
    """The kinds of page that axe has looked at in this run."""
    return set()


@pytest.fixture
def stage(browser: Browser, live_server: LiveServer, looked_at: set[str]) -> Iterator[Stage]:
    """An empty stage; nothing may have gone wrong on any page when it closes."""
    with ExitStack() as ends:
        stage = Stage(browser, live_server, ends, looked_at=looked_at)
        yield stage
    assert [fault for faults in stage.faults_of for fault in faults] == []
