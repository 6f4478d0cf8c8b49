"""Every component at both widths, light and dark: axe finds nothing."""

from __future__ import annotations

from typing import Literal

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import browser
from tests.browser.test_gallery import PAGES, axe_findings, gallery, shown

__all__ = ["browser", "gallery", "shown"]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1440])
def test_every_component_is_accessible(shown: Page, theme: Literal["light", "dark"], width: int) -> None:
    shown.emulate_media(color_scheme=theme)
    shown.set_viewport_size({"width": width, "height": 900})
    for name in PAGES:
        shown.goto(name)
        assert axe_findings(shown) == [], name
