"""The list an approver works through: its filters as they stand in the address, and a file's place in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import request, url_for

from nominations.extensions import current_clock, db_session
from nominations.queries.inbox import Part, inbox
from nominations.queries.lines import Line
from nominations.queries.listing import Filters
from nominations.queries.pages import LONGEST, MOST_COUNTED
from nominations.queries.search import IdentityNumber
from nominations.web.ground import viewer

PARTS: Mapping[str, Part] = {"cho-toi": "mine", "sap-toi": "coming", "da-lam": "done"}
FIRST = "cho-toi"
LIST, NARROWED = "hang", ("q", "round", "form", "step", "overdue")  # names in the address
LONGEST_FILTER = 200  # characters


@dataclass(frozen=True, slots=True)
class Place:
    """Where a file stands in the list it was opened from: "12 / 45", its neighbours, the way back."""

    position: int
    total: str
    previous_url: str | None
    next_url: str | None
    list_url: str


def narrowed() -> dict[str, Any]:
    """The filters of the address, as typed; what is empty is left out."""
    typed = {name: request.args.get(name, "").strip()[:LONGEST_FILTER] for name in NARROWED}
    return {name: value for name, value in typed.items() if value}


def filters() -> Filters:
    """The filters of the address, as the queries take them."""
    typed = narrowed()
    return Filters(
        q=typed.get("q"),
        round=typed.get("round"),
        form=typed.get("form"),
        step=typed.get("step"),
        overdue="overdue" in typed,
    )


def carried() -> dict[str, Any]:
    """What goes along in the links of a file opened from a list, so that its place there is kept."""
    part = request.args.get(LIST, "")
    return {LIST: part} | narrowed() if part in PARTS else {}


def place(code: str) -> Place | None:
    """The place of a file in the list it was opened from; None where it was not, or is no longer there."""
    along = carried()
    if not along:
        return None
    try:
        listed, more = _listed(PARTS[along[LIST]])
    except IdentityNumber:
        return None
    codes = [line.code for line in listed]
    if code not in codes:
        return None
    here = codes.index(code)
    total = f"{len(codes)}+" if more else str(len(codes))
    before = codes[here - 1] if here else None
    after = codes[here + 1] if here + 1 < len(codes) else None
    return Place(
        here + 1, total, _url(before, along), _url(after, along), url_for("approvers.work", **_list_address(along))
    )


def file_url(code: str) -> str:
    """The address of a file, with its list."""
    return url_for("approvers.file", code=code, **carried())


def _url(code: str | None, along: Mapping[str, Any]) -> str | None:
    return None if code is None else url_for("approvers.file", code=code, **along)


def _list_address(along: Mapping[str, Any]) -> dict[str, Any]:
    rest = {name: value for name, value in along.items() if name != LIST}
    return ({} if along[LIST] == FIRST else {"part": along[LIST]}) | rest


def _listed(part: Part) -> tuple[list[Line], bool]:
    """The list from its beginning, up to a thousand lines, and whether there are more."""
    listed: list[Line] = []
    cursor: str | None = None
    while len(listed) < MOST_COUNTED:
        shown = inbox(db_session(), viewer(), current_clock().today(), part, filters(), cursor, LONGEST)
        listed += shown.items
        cursor = shown.next_cursor
        if cursor is None:
            break
    return listed, cursor is not None
