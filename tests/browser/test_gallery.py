"""The design system in a browser: axe finds nothing in either theme at any width, nothing overflows, scripts work."""

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, Page, Route

from tests.browser.gallery import make_server
from tests.browser.live import PATIENCE, watch

AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PAGES = ("gallery.html", "gallery_list.html", "gallery_public.html", "gallery_print.html", "errors/404.html")
OUTSIDE = """[...document.querySelectorAll("main *")].filter((part) =>
  part.getBoundingClientRect().right > innerWidth + 1 && !part.closest(".table-scroll, .tabs, .visually-hidden")
).map((part) => part.outerHTML.slice(0, 120))"""


@pytest.fixture(scope="module")
def gallery() -> Iterator[str]:
    """Serve the gallery under the service's own policy; give its address."""
    server = make_server()
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def shown(browser: Browser, gallery: str) -> Iterator[Page]:
    """Open an empty page; the test fails if the browser complained of anything."""
    context = browser.new_context(base_url=gallery, reduced_motion="reduce")
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    faults = watch(page, gallery)
    yield page
    context.close()
    assert faults == []


def axe_findings(page: Page) -> list[str]:
    """Return what axe-core finds, a line each: the rule, how often, the first place."""
    page.evaluate(AXE)
    found: dict[str, Any] = page.evaluate("rules => axe.run({runOnly: rules})", RULES)
    return [f"{rule['id']} x{len(rule['nodes'])}: {rule['nodes'][0]['html'][:200]}" for rule in found["violations"]]


@pytest.mark.parametrize(("width", "theme"), [(390, "dark"), (1440, "light")])  # the other two: in the soak
def test_every_component_is_accessible(shown: Page, theme: Literal["light", "dark"], width: int) -> None:
    shown.emulate_media(color_scheme=theme)
    shown.set_viewport_size({"width": width, "height": 900})
    for name in PAGES:
        shown.goto(name)
        assert axe_findings(shown) == [], name


@pytest.mark.parametrize("width", [320, 390, 768, 1024, 1440])
def test_nothing_reaches_beyond_the_page(shown: Page, width: int) -> None:
    shown.set_viewport_size({"width": width, "height": 900})
    for name in PAGES:
        shown.goto(name)
        assert shown.evaluate("document.documentElement.scrollWidth") <= width, name
        assert shown.evaluate(OUTSIDE) == [], name


def test_the_theme_changes_without_a_request_and_is_kept(shown: Page) -> None:
    shown.goto("gallery_list.html")
    shown.click("details.menu > summary")
    shown.click("button[name=theme][value=dark]")
    assert shown.locator("html[data-bs-theme=dark]").count() == 1
    assert "theme=dark" in shown.evaluate("document.cookie")
    assert axe_findings(shown) == []
    shown.keyboard.press("Escape")
    assert shown.locator("details.menu[open]").count() == 0


def test_keys_list_themselves_and_can_be_switched_off(shown: Page) -> None:
    shown.goto("gallery_list.html")
    shown.keyboard.press("?")
    assert "Tới ô tìm kiếm" in shown.locator("dialog[open]").inner_text()
    assert axe_findings(shown) == []
    shown.check("#shortcuts-off")
    shown.keyboard.press("Escape")
    shown.keyboard.press("/")
    assert shown.locator("#head-q:focus").count() == 0
    shown.evaluate("localStorage.clear()")
    shown.keyboard.press("/")
    assert shown.locator("#head-q:focus").count() == 1


def test_the_navigation_opens_as_a_drawer_on_a_narrow_screen(shown: Page) -> None:
    shown.set_viewport_size({"width": 390, "height": 800})
    shown.goto("gallery_list.html")
    shown.click(".nav-open")
    shown.locator("#app-nav").wait_for(state="visible")
    assert axe_findings(shown) == []
    shown.keyboard.press("Escape")
    shown.locator("#app-nav").wait_for(state="hidden")


def test_rows_are_counted_as_they_are_ticked(shown: Page) -> None:
    shown.goto("gallery_list.html")
    shown.check("input[data-all]")
    assert shown.inner_text("[data-count]") == "5"
    shown.locator("input[data-row]").first.uncheck()
    assert shown.inner_text("[data-count]") == "4"


def test_a_form_is_sent_once(shown: Page) -> None:
    sent: list[str] = []

    def answer(route: Route) -> None:
        sent.append(route.request.url)
        route.fulfill(status=204)

    shown.route("**/sent", answer)
    shown.goto("gallery.html")
    form = shown.locator("form[data-autosave]")
    form.evaluate("form => { form.action = '/sent'; }")
    with shown.expect_request("**/sent"):
        form.evaluate("form => { form.requestSubmit(); form.requestSubmit(); }")
    form.get_by_role("button", name="Gửi hồ sơ").click()
    assert len(sent) == 1
    assert "Đang gửi" in shown.inner_text("#live-status")


def test_a_draft_is_saved_while_it_is_typed(shown: Page) -> None:
    shown.route("**/draft", lambda route: route.fulfill(json={"version": 8, "saved_at": "09:45"}))
    shown.goto("gallery.html")
    form = shown.locator("form[data-autosave]")
    form.evaluate("form => { form.dataset.autosave = '/draft'; }")
    form.locator("#name").fill("Trần Văn Mẫu")
    shown.get_by_text("Đã tự lưu lúc 09:45").wait_for()
    assert form.locator("input[name=version]").input_value() == "8"


def test_a_draft_changed_by_another_person_is_not_overwritten(shown: Page) -> None:
    shown.route("**/draft", lambda route: route.fulfill(status=409, json={}))
    shown.goto("gallery.html")
    form = shown.locator("form[data-autosave]")
    form.evaluate("form => { form.dataset.autosave = '/draft'; }")
    form.locator("#name").fill("Trần Văn Mẫu")
    shown.get_by_text("Hồ sơ đã được người khác sửa").wait_for()


def test_a_list_is_sorted_in_place(shown: Page) -> None:
    shown.goto("gallery_list.html")
    shown.evaluate("window.untouched = true")
    shown.click("#queue-sort-code")
    shown.wait_for_url("**/gallery_list.html?nav_style=top")
    assert shown.evaluate("window.untouched") is True
    assert shown.locator("#queue-region .table").count() == 1
