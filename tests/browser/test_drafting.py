"""A draft in a real browser: it saves itself while it is typed, computes without a reload, and loses nothing."""

from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page, expect

from nominations.services.seeding.accounts import password
from tests.browser.test_gallery import OUTSIDE, axe_findings

TEMPLATE = "demo"
INSTANT = datetime(2025, 6, 10, 2, 0, tzinfo=UTC)  # the final round is open, three tiers of government stand
WIDE, NARROW = 1440, 390


@pytest.fixture
def nominator(page: Page) -> Page:
    """Sign in as the officer who files for xã An Vinh, and open a hamlet's draft."""
    page.goto("/dang-nhap")
    page.fill("#username", "lap.anvinh")
    page.fill("#password", password())
    page.click("main button[type=submit]")
    page.goto("/ho-so?state=draft&kind=collective")
    page.click("main tbody th a")
    expect(page.locator("ol.wizard")).to_be_visible()
    return page


def at(page: Page, section: str) -> None:
    """Open a section of the draft the page stands on."""
    code = page.url.split("/ho-so/")[1].split("/")[0]
    page.goto(f"/ho-so/{code}/soan/{section}")


def test_a_draft_saves_itself_while_it_is_typed(nominator: Page) -> None:
    at(nominator, "report")
    nominator.fill("#situation", "Thôn có 86 hộ, chủ yếu là đồng bào Hrê.")
    expect(nominator.locator("[data-save-words]")).to_contain_text("Đã tự lưu")
    nominator.reload()
    assert nominator.input_value("#situation") == "Thôn có 86 hộ, chủ yếu là đồng bào Hrê."


def test_a_draft_somebody_else_changed_is_not_overwritten_by_itself(nominator: Page) -> None:
    at(nominator, "proposal")
    other = nominator.context.new_page()
    other.goto(nominator.url)
    other.fill("#reason", "Bản của người kia")
    other.click("button[value=save]")
    other.close()
    nominator.fill("#reason", "Bản của tôi")
    expect(nominator.locator("[data-save-words]")).to_contain_text("đã được người khác sửa")
    nominator.click("button[value=save]")
    expect(nominator.locator("#stale-changes")).to_contain_text("Bản của người kia")
    assert nominator.input_value("#reason") == "Bản của tôi"


def test_figures_are_computed_as_they_are_typed(nominator: Page) -> None:
    at(nominator, "criteria")
    nominator.fill("textarea >> nth=0", "Chưa lưu, không được mất.")
    for row, (year, poor, near_poor) in enumerate([("2021", "30", "10"), ("2024", "15", "5")]):
        nominator.fill(f"#figures-{row}-year", year)
        nominator.fill(f"#figures-{row}-poor", poor)
        nominator.fill(f"#figures-{row}-near_poor", near_poor)
    nominator.press("#figures-1-near_poor", "Tab")
    expect(nominator.locator("#computed")).to_contain_text("50,00 %; mức phải đạt: trên 50,00 %; chưa đạt")
    nominator.fill("#figures-1-near_poor", "4")
    nominator.press("#figures-1-near_poor", "Tab")
    expect(nominator.locator("#computed")).to_contain_text("52,50 %; mức phải đạt: trên 50,00 %; đạt")
    assert nominator.input_value("textarea >> nth=0") == "Chưa lưu, không được mất."


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_every_page_of_a_draft_is_accessible_and_fits(nominator: Page, width: int) -> None:
    nominator.set_viewport_size({"width": width, "height": 900})
    code = nominator.url.split("/ho-so/")[1].split("/")[0]
    sections = [f"/ho-so/{code}/soan/{name}" for name in ("nominee", "criteria", "report", "papers", "proposal")]
    for address in ("/", "/toi", "/ho-so", "/ho-so/moi", *sections, f"/ho-so/{code}/nop"):
        nominator.goto(address)
        assert axe_findings(nominator) == [], address
        assert nominator.evaluate("document.documentElement.scrollWidth") <= width, address
        assert nominator.evaluate(OUTSIDE) == [], address
