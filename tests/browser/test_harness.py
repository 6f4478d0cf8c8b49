"""The browser itself: it reaches the server, and what goes wrong on a page does not go unnoticed."""

from playwright.sync_api import Page

from tests.browser.live import LiveServer, watch

TEMPLATE = "migrated"


def test_the_browser_reaches_the_server(page: Page) -> None:
    answer = page.goto("/healthz")
    assert answer is not None
    assert answer.json() == {"status": "ok"}
    assert page.evaluate("navigator.language") == "vi-VN"


def test_faults_are_noticed(page: Page, live_server: LiveServer) -> None:
    other = page.context.new_page()
    faults = watch(other, live_server.url)
    other.goto("/healthz")
    other.evaluate("setTimeout(() => { throw new Error('a script failed') })")
    other.evaluate("console.error('something is wrong')")
    other.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=\"http://127.0.0.1:9/a.png\">')")
    other.wait_for_function("true")
    other.close()
    assert any("a script failed" in fault for fault in faults)
    assert any("something is wrong" in fault for fault in faults)
    assert any("Content Security Policy" in fault for fault in faults)
