"""A page of any list as the API shows it: its lines, the address of the next page, the count where it was asked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar
from urllib.parse import urlencode

from flask import request

from nominations.api.call import Answer
from nominations.api.shapes import plain
from nominations.queries.pages import Page

Item = TypeVar("Item")


def page_of(page: Page[Item], shown: Callable[[Item], Any] = plain) -> Answer:
    """The answer with ``items`` and ``next``; ``total`` and ``total_is_capped`` where there is a count."""
    body: dict[str, Any] = {"items": [shown(item) for item in page.items], "next": _next(page.next_cursor)}
    if page.next_cursor is not None:
        body["next_cursor"] = page.next_cursor
    if page.total is not None:
        body |= {"total": page.total, "total_is_capped": page.capped}
    return Answer(body)


def _next(cursor: str | None) -> str | None:
    """The address of the next page; of a search, whose question is in its body, only ``next_cursor`` helps."""
    if cursor is None or request.method != "GET":
        return None
    return f"{request.path}?{urlencode(request.args.to_dict() | {'cursor': cursor})}"
