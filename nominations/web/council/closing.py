"""All open lines of a meeting closed at once, each by the rules; a closed line opened again before the minutes."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext

from nominations.extensions import current_clock, db_session
from nominations.services.meeting_closing import Closed, close_lines
from nominations.web.access import needs
from nominations.web.council.blueprint import ATTENDS, blueprint
from nominations.web.council.opened import Opened, answered, lines_of, open_meeting, refused_words, shown_line
from nominations.web.ground import lang, origin, page, typed_key, viewer
from workflows import sentence

Shown = dict[str, Any]


@blueprint.get("/phien-hop/<ref>/chot")
@needs(*ATTENDS)
def closing(ref: str) -> ResponseReturnValue:
    """Show which lines can be closed now, and what stands against the others."""
    return _shown(open_meeting(ref))


@blueprint.post("/phien-hop/<ref>/chot")
@needs(*ATTENDS)
def close(ref: str) -> ResponseReturnValue:
    """Close every line the rules let close; the others are told with their reason."""
    opened = open_meeting(ref)
    seen = _seen()
    done = close_lines(db_session(), viewer().actor, current_clock(), origin(typed_key()), ref, seen)
    words = ngettext("Đã chốt biểu quyết %(num)s trường hợp.", "Đã chốt biểu quyết %(num)s trường hợp.", done.closed)
    flash(words, "success" if done.closed else "warning")
    if done.refused:
        return _shown(opened, 409, done)
    return redirect(url_for("council.show", ref=ref), code=303)


def _seen() -> dict[str, int]:
    """The files and the versions that were shown."""
    pairs = (one.partition(":") for one in request.form.get("seen", "").split())
    return {
        code: int(version)
        for code, _colon, version in pairs
        if version.isascii() and version.isdigit() and len(version) < 10
    }


def _shown(opened: Opened, status: int = 200, done: Closed | None = None) -> ResponseReturnValue:
    lines = lines_of(opened)
    open_lines = [line for line in lines if line.waits and not line.bare]
    found = answered(opened, open_lines, "close_ballot")
    ready = [line for line in open_lines if (one := found.get(line.code)) is not None and one.refused is None]
    refused: dict[str, list[Shown]] = {}  # by reason: of hundreds most have the same
    for line in open_lines:
        if (one := found.get(line.code)) is not None and one.refused is not None:
            refused.setdefault(sentence(one.workflow, one.refused, lang()), []).append(shown_line(line))
    names = {line.code: line.name for line in lines}
    return page(
        "council/closing.html",
        status,
        meet=opened.meet,
        ready=len(ready),
        seen=" ".join(f"{line.code}:{line.version}" for line in ready),
        refused=refused,
        kept_out=[shown_line(line) for line in lines if line.bare and line.waits],
        closed=sum(line.closed for line in lines),
        every=len(lines),
        outcomes=refused_words(done.refused, names) if done is not None else [],
    )
