"""Lists of files: by the filters of an address, or by a search whose text must not stand in one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from nominations.api.call import Answer, Call
from nominations.api.calls.paging import page_of
from nominations.api.calls.shown import file_line
from nominations.extensions import current_settings, db_session
from nominations.queries.listing import Filters
from nominations.queries.listing import nominations as nominations_of
from nominations.services.identity import identity_hashes


def nominations(call: Call) -> Answer:
    """The caller's files, newest first."""
    return _page(call, call.query, _filters(call.query))


def search_nominations(call: Call) -> Answer:
    """The same by a body, where an identity number may stand."""
    asked = {"limit": 50, "cursor": None, "count": False} | dict(call.body)
    return _page(call, asked, _filters(asked))


def _page(call: Call, asked: Mapping[str, Any], filters: Filters) -> Answer:
    page = nominations_of(
        db_session(), call.viewer, call.today, filters, asked["cursor"], asked["limit"], count=bool(asked["count"])
    )
    return page_of(page, lambda line: file_line(line, call.lang))


def _filters(asked: Mapping[str, Any]) -> Filters:
    number = asked.get("identity_number")
    return Filters(
        round=asked.get("round"),
        form=asked.get("form"),
        stage=asked.get("stage"),
        step=asked.get("step"),
        state=asked.get("state"),
        unit_id=asked.get("unit"),
        holder_me=asked.get("holder") == "me",
        overdue=bool(asked.get("overdue")),
        q=asked.get("q"),
        subject_kind=asked.get("subject_kind"),
        updated_since=asked.get("updated_since"),
        identity_hashes=identity_hashes(current_settings().data_keys, number) if number else (),
    )
