"""Acting through the pages: an action's form filled and pressed, as each person in turn."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from werkzeug.test import TestResponse

from tests.pages import Page, PageClient
from tests.world import World
from workflows import action_label

Browse = Callable[[str], PageClient]
ADVICE = {"advice": "for", "reasons": "Đủ điều kiện, có xác nhận."}


def paper(content: bytes = b"%PDF-1.4 signed on paper") -> tuple[io.BytesIO, str]:
    """A paper to send along."""
    return io.BytesIO(content), "ban-ky.pdf"


@dataclass(frozen=True)
class Desk:
    """The pages of the province, one person at a time."""

    world: World
    enter: Browse
    entered: dict[tuple[str, datetime], PageClient] = field(default_factory=dict)

    def browse(self, who: str) -> PageClient:
        """The browser in which somebody has signed in; an hour later, anew."""
        now = who, self.world.clock.now()
        if now not in self.entered:
            self.entered[now] = self.enter(who)
        return self.entered[now]

    def try_(self, who: str, code: str, action: str, **typed: Any) -> TestResponse:
        """Fill the form of an action and press its button; whatever is answered."""
        client = self.browse(who)
        answer = client.submit(f"/ho-so/{code}/thao-tac/{action}", action_label(action, "vi"), **typed)
        self.world.session.rollback()
        return answer

    def do(self, who: str, code: str, action: str, **typed: Any) -> None:
        """Do an action that must be taken."""
        answer = self.try_(who, code, action, **typed)
        assert answer.status_code == 303, answer.text
        self.world.clock.move(hours=1)

    def refused(self, who: str, code: str, action: str, **typed: Any) -> Page:
        """Press a button that must be answered with the page again and what is wrong beside the fields."""
        answer = self.try_(who, code, action, **typed)
        assert answer.status_code == 422, answer.text
        return Page(answer.request.path, answer.text)

    def read(self, who: str, code: str) -> Page:
        """The file's page as somebody reads it."""
        return self.browse(who).page(f"/ho-so/{code}")
