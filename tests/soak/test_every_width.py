"""Every page, as every duty, at three widths, light and dark: axe finds nothing, nothing overflows."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, Literal

import pytest
from playwright.sync_api import Page
from sqlalchemy.orm import Session

from nominations.database import create_session_factory
from nominations.services.seeding.accounts import Account, list_accounts
from tests.architecture.test_get_changes_nothing import LOOKS, WHO, everything, whoever_is
from tests.browser.conftest import browser, live_server, page
from tests.browser.live import LiveServer
from tests.browser.test_gallery import OUTSIDE, axe_findings

__all__ = ["browser", "live_server", "page"]

TEMPLATE = "demo"
INSTANT = datetime(2025, 6, 2, 2, 0, tzinfo=UTC)  # the day the demonstration opens on
WIDTHS = (320, 390, 1440)
THEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
HTML = "text/html"  # papers have no widths
SAME_PAGE = {"approvers.ask": 4}  # addresses that show one page: so many of them are enough


@pytest.fixture
def session(live_server: LiveServer) -> Iterator[Session]:
    """A session on the demonstration that is served."""
    with create_session_factory(live_server.app.extensions["engine"])() as session:
        yield session


@pytest.mark.parametrize("duty", WHO)
def test_every_page_is_accessible(
    page: Page, live_server: LiveServer, session: Session, duty: str, record_property: Any
) -> None:
    account = whoever_is(list_accounts(session), duty)
    signed_in(page, account)
    looked, faults = 0, []
    for path in pages(live_server, session, account):
        if not page.request.get(path).headers["content-type"].startswith(HTML):
            continue
        page.goto(path)
        for width, theme in itertools.product(WIDTHS, THEMES):
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=theme)
            found = axe_findings(page) + page.evaluate(OUTSIDE)
            wide = page.evaluate("document.documentElement.scrollWidth") > width
            faults += [f"{path} at {width} {theme}: {what}" for what in [*found, *["is wider than the window"] * wide]]
            looked += 1
    assert faults == []
    record_property("looks", looked)


def pages(live_server: LiveServer, session: Session, account: Account) -> Iterator[str]:
    """Yield the pages this account may open, of one file where they are about a file."""
    seen: dict[str, int] = {}
    looks = [address for address in LOOKS if not address.access.startswith(("token:", "open"))]
    for address, path in everything(live_server.app, session, account, looks):
        seen[address.endpoint] = seen.get(address.endpoint, 0) + 1
        if seen[address.endpoint] <= SAME_PAGE.get(address.endpoint, 5):
            yield path


def signed_in(page: Page, account: Account) -> None:
    """Sign in as a person does."""
    page.goto("/dang-nhap")
    page.fill("[name=username]", account.username)
    page.fill("[name=password]", account.password)
    with page.expect_navigation():
        page.locator("main").get_by_role("button", name="Đăng nhập", exact=True).click()
