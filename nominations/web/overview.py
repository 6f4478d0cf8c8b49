"""How the files stand that somebody reads from above: counts that lead to their lists, and what came last."""

from __future__ import annotations

from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from nominations.extensions import current_clock, db_session
from nominations.queries.actors import Viewer
from nominations.queries.audit import general_streams, reads_everything
from nominations.queries.listing import Filters, nominations, state_counts
from nominations.queries.pages import MOST_COUNTED
from nominations.web.auditors.words import stream_words
from nominations.web.nominators.files import STATES

OVERSEERS = ("head", "deputy", "supervisor")
NEWEST = 6  # lines of what came last
Shown = dict[str, Any]


def overview(who: Viewer, endpoint: str) -> Shown:
    """Return the counts of each outcome, each with the address of its list at ``endpoint``, and the newest files."""
    counts = state_counts(db_session(), who, (None, *(state for state, _label in STATES)))
    whole = counts.pop(None)
    lines = [
        {
            "label": str(label),
            "value": counts[state],
            "words": _words(counts[state]),
            "url": url_for(endpoint, state=state),
        }
        for state, label in STATES
        if counts[state]
    ]
    under_way = whole - sum(counts.values())
    if under_way > 0 and whole <= MOST_COUNTED:  # beyond it the counts stop, and a difference would say nothing
        lines.insert(0, {"label": _("Đang xét"), "value": under_way, "url": url_for(endpoint)})
    newest = nominations(db_session(), who, current_clock().today(), Filters(), limit=NEWEST).items
    shown = [line for line in newest if not line.bare]
    return {"total": _words(whole), "counts": lines, "newest": shown, "url": url_for(endpoint)}


def streams(who: Viewer) -> list[Shown]:
    """Return the log's general streams with how much they hold, for an auditor of everything."""
    if not reads_everything(who):
        return []
    return [
        {
            "label": stream_words(line.stream),
            "icon": "link",
            "url": url_for("auditors.stream", stream=line.stream),
            "note": ngettext("%(num)s dòng", "%(num)s dòng", line.entries),
        }
        for line in general_streams(db_session(), who)
    ]


def _words(count: int) -> str:
    return f"{min(count, MOST_COUNTED):,}".replace(",", ".") + ("+" if count > MOST_COUNTED else "")
