"""What somebody is told beside the work that waits for them: notices to themselves and to the desks of their duties."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from nominations.extensions import current_clock, db_session
from nominations.queries.notices import NoticeLine, any_unread
from nominations.queries.notices import notices as found_notices
from nominations.queries.pages import LARGEST_ID, BadCursor
from nominations.services.read_notices import set_aside, words
from nominations.web.access import signed_in
from nominations.web.ground import lang, page, parse_cursor, viewer

blueprint = Blueprint("notices", __name__)


@blueprint.get("/thong-bao")
@signed_in
def notices() -> ResponseReturnValue:
    """List them, the latest first."""
    who = viewer()
    try:
        found = found_notices(db_session(), who, parse_cursor())
    except BadCursor:
        abort(404)
    following = url_for("notices.notices", cursor=found.next_cursor) if found.next_cursor else None
    return page(
        "notices.html",
        rows=[_row(line) for line in found.items],
        last=max((line.id for line in found.items), default=0),
        unread=any_unread(db_session(), who),
        next_url=following,
    )


@blueprint.post("/thong-bao")
@signed_in
def read() -> ResponseReturnValue:
    """Set aside what the page showed and all before it."""
    typed = request.form.get("last", "")
    if not (typed.isascii() and typed.isdigit() and int(typed) <= LARGEST_ID):
        abort(400)
    set_aside(db_session(), viewer(), current_clock(), int(typed))
    return redirect(url_for("notices.notices"), code=303)


def _row(line: NoticeLine) -> dict[str, Any]:
    text, url = words(line.kind, line.code, lang())
    return {"text": text, "url": url, "unit": line.unit, "at": line.at, "fresh": line.read_at is None}
