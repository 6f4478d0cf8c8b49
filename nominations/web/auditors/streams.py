"""The log's streams that belong to no file, and those of meetings: as lists, with what verifying them found."""

from __future__ import annotations

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from nominations.extensions import current_clock, db_session
from nominations.queries.audit import (
    CHECKED_UNASKED,
    GENERAL,
    MEETINGS,
    entries,
    files_of,
    general_streams,
    reads_everything,
    stored_head,
    verify,
)
from nominations.queries.pages import BadCursor
from nominations.web.access import needs
from nominations.web.auditors.blueprint import AUDITOR, blueprint
from nominations.web.auditors.words import act_words, stream_words
from nominations.web.ground import lang, page, parse_cursor, viewer
from workflows.chain import ChainReport


@blueprint.get("/nhat-ky")
@needs(AUDITOR)
def streams() -> ResponseReturnValue:
    """List the streams of accounts, units, settings and sign-ins; for auditors of the whole province."""
    if not reads_everything(viewer()):
        return page("auditors/streams.html", lines=None)
    lines = [
        {"line": line, "label": stream_words(line.stream), "report": _verified(line.stream, line.entries)}
        for line in general_streams(db_session(), viewer())
    ]
    return page("auditors/streams.html", lines=lines)


@blueprint.get("/nhat-ky/<stream>")
@needs(AUDITOR)
def stream(stream: str) -> ResponseReturnValue:
    """List a stream's entries, newest first, with the state of its chain; a file's stream is on the file's page."""
    try:
        found = entries(db_session(), viewer(), stream, parse_cursor())
    except BadCursor:
        abort(404)
    if found is None:
        abort(404)
    if stream not in GENERAL and not stream.startswith(MEETINGS):
        return redirect(url_for("auditors.file", code=stream), code=303)
    first = parse_cursor() is None
    report = _verified(stream, found.items[0].cseq if found.items and first else 0)
    return page(
        "auditors/stream.html",
        stream=stream,
        label=stream_words(stream),
        rows=[{"entry": row, "act": act_words(row.act)} for row in found.items],
        report=report,
        fault=report.first_break.sentence(lang()) if report is not None and report.first_break is not None else None,
        files=files_of(db_session(), stream),
        anchored=stream.startswith(MEETINGS),
        checked_at=current_clock().now(),
        first_url=None if first else url_for("auditors.stream", stream=stream),
        next_url=url_for("auditors.stream", stream=stream, cursor=found.next_cursor) if found.next_cursor else None,
    )


def _verified(stream: str, entries: int) -> ChainReport | None:
    """The stream verified, unless it is long and nobody has asked for it."""
    if entries > CHECKED_UNASKED and "kiem-tra" not in request.args:
        return None
    head = stored_head(db_session(), stream) if stream.startswith(MEETINGS) else None
    return verify(db_session(), stream, head)
