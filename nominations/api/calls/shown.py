"""How a file is shown: its line, its whole, and what came of an act."""

from __future__ import annotations

from typing import Any

from nominations.api.call import Answer, Call, etag
from nominations.api.shapes import plain
from nominations.extensions import db_session
from nominations.queries.detail import Detail
from nominations.queries.flows import flow
from nominations.queries.lines import Line
from nominations.queries.standing import standing
from nominations.services.apply import Applied
from nominations.services.log import Receipt
from workflows import state_label

PREFIX = "/api/v1"
_PARTS = ("opinions", "decisions", "votes", "returns", "holds", "tracker", "award", "home_unit_name", "nominee_ref")


def file_line(line: Line, lang: str) -> dict[str, Any]:
    """A line with its state in words and its address."""
    said = state_label(flow(db_session(), line.workflow_id), line.state, lang)
    return {**plain(line), "state_label": said, "href": f"{PREFIX}/nominations/{line.code}"}


def whole(found: Detail, lang: str) -> dict[str, Any]:
    """A file as far as its reader may see; of a bare one the line alone."""
    shown: dict[str, Any] = file_line(found.line, lang) | {"level": found.level, "revision_no": found.revision_no}
    shown["state_label"] = state_label(found.workflow, found.line.state, lang)
    if found.sight.bare:
        return shown | {"revision_no": None}
    row = found.row
    named = {
        "subject_group": row.subject_group,
        "rule_set": row.rule_set,
        "received_on": row.received_on,
        "editable": found.editable,
        "sections_open": row.sections_open,
        "reconfirm": row.reconfirm,
        "sealed_at": found.sealed_at,
        "content": {name: part for name, part in found.content.items() if name not in {"papers", "results"}},
        "papers": found.papers,
        "hold": found.hold,
    }
    return {**shown, **plain(named), **{name: plain(getattr(found, name)) for name in _PARTS}}


def done(call: Call, applied: Applied, status: int = 200) -> Answer:
    """What an act came to: the new state and version, the receipt, and the ETag to go on with."""
    now = standing(db_session(), call.viewer, applied.code)
    known = now is not None and state_label(flow(db_session(), now.workflow_id), applied.state, call.lang)
    body = {
        "code": applied.code,
        "state": applied.state,
        "state_label": known or applied.state,
        "version": applied.version,
        "receipt": receipt(applied.receipt),
        "href": f"{PREFIX}/nominations/{applied.code}",
    }
    return Answer(body, status, {"ETag": etag(applied.version)})


def receipt(given: Receipt) -> dict[str, Any]:
    """The receipt (mã đối chứng nhật ký): what the log will always be held to."""
    return {"code": given.code, "stream": given.stream, "cseq": given.cseq, "hash": given.hash, "at": given.at}
