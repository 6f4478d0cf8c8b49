"""Fixtures for tests in a real browser: a server on a database of its own, and a page that notices every fault."""

import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import pytest
from flask import Flask
from playwright.sync_api import Browser, ConsoleMessage, Page, Response, sync_playwright
from werkzeug.serving import make_server

from nominations import create_app
from nominations.clock import FixedClock
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
PATIENCE = 10_000  # ms that a page may take to show what is waited for


@dataclass(frozen=True, slots=True)
class LiveServer:
    """A running server: its address, its application, and the clock it goes by."""

    url: str
    app: Flask
    clock: FixedClock


@pytest.fixture(scope="module")
def live_server(request: pytest.FixtureRequest, databases: Databases) -> Iterator[LiveServer]:
    """Serve a copy of the demonstration; the module may say `TEMPLATE` and `INSTANT`, the time on its clock."""
    template: Template = getattr(request.module, "TEMPLATE", "demo")
    instant: datetime = getattr(request.module, "INSTANT", MONDAY_MORNING)
    clock = FixedClock(instant)
    app = create_app(settings_for(databases.copy("sqlite", template)), clock)
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


def watch(page: Page, url: str) -> list[str]:
    """Collect what goes wrong on a page: errors of scripts and policy, answers of 5xx, calls to other places."""
    faults: list[str] = []

    def on_console(message: ConsoleMessage) -> None:
        # A refused act answers 4xx, which the browser reports as an error: that is the test's to judge.
        if message.type == "error" and "the server responded with a status of 4" not in message.text:
            faults.append(message.text)

    def on_response(response: Response) -> None:
        if response.status >= 500 or not response.url.startswith((url, "data:", "blob:")):
            faults.append(f"{response.status} {response.url}")

    page.on("console", on_console)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("response", on_response)
    return faults
