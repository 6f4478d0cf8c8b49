"""The first page after signing in: what waits for me, by the posts I hold today."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from nominations.extensions import current_clock, db_session
from nominations.queries.actors import Viewer
from nominations.queries.filing import form_names
from nominations.queries.inbox import inbox, inbox_counts
from nominations.queries.lines import Line
from nominations.queries.listing import Filters, nominations
from nominations.queries.pages import MOST_COUNTED, Page
from nominations.web.access import signed_in
from nominations.web.approvers.blueprint import REVIEWERS
from nominations.web.approvers.queue import PARTS
from nominations.web.approvers.whereabouts import days_left
from nominations.web.ground import lang, page, viewer
from nominations.web.lazily import lazily as _
from nominations.web.navigation import MEMBER, Place, entries
from nominations.web.overview import OVERSEERS, overview, streams
from workflows import RETURNED

blueprint = Blueprint("home", __name__)

PLACES = (Place(_("Trang của tôi"), "home.home", "home", shortcut="g h"),)
SHOWN = 8  # lines of each list


@blueprint.get("/")
@signed_in
def home() -> ResponseReturnValue:
    """Show what waits for this person: their open steps, their drafts, else where they may go."""
    who, today = viewer(), current_clock().today()
    reviews = who.has(*(duty for duty in REVIEWERS if duty != MEMBER)) or bool(who.actor.seats or who.former)
    files = who.has("nominator")
    waiting = inbox(db_session(), who, today, "mine", limit=SHOWN).items if reviews or files else ()
    drafts = filed(who, "draft", SHOWN) if files else Page((), None, 0)
    return page(
        "home.html",
        person=who,
        reviews=reviews,
        files=files,
        tiles=(tiles() if reviews else []) + (file_tiles(who, drafts) if files else []),
        waiting=[row(line) for line in waiting],
        drafts=[row(line) for line in drafts.items],
        forms={name.code: name.en if lang() == "en" else name.vi for name in form_names(db_session())},
        ways=[entry for entry in entries() if "url" in entry and not entry["current"]],
        **_seen_from_above(who),
    )


def _seen_from_above(who: Viewer) -> dict[str, Any]:
    """What heads, deputies, supervisors and auditors see of all files in their reach; nothing for anybody else."""
    audits = who.has("auditor")
    if not audits and not who.has(*OVERSEERS):
        return {"seen": None, "streams": []}
    seen = overview(who, "auditors.files" if audits else "nominators.files")
    newest = [row(line, "auditors.file" if audits else "approvers.file") for line in seen["newest"]]
    return {"seen": seen | {"newest": newest}, "streams": streams(who) if audits else []}


def tiles() -> list[dict[str, Any]]:
    """Return how much waits, is on its way and is done, as `stat_tiles` takes it."""
    counts = inbox_counts(db_session(), viewer(), current_clock().today())
    words = {
        "mine": (gettext("Chờ tôi"), "inbox"),
        "coming": (gettext("Sắp tới"), "calendar-time"),
        "done": (gettext("Đã làm"), "checks"),
    }
    return [
        {
            "label": words[part][0],
            "icon": words[part][1],
            "value": f"{counts[part]}+" if counts[part] >= MOST_COUNTED else counts[part],
            "url": url_for("approvers.work", part=name),
        }
        for name, part in PARTS.items()
    ]


def file_tiles(who: Viewer, drafts: Page[Line]) -> list[dict[str, Any]]:
    """Return how many files of this person's units are being written, came back and were awarded."""
    found = {"draft": drafts, "returned": filed(who, "returned", 1), "awarded": filed(who, "awarded", 1)}
    words = {
        "draft": (gettext("Đang soạn"), "pencil"),
        "returned": (gettext("Đã trả để bổ sung"), "arrow-back-up"),
        "awarded": (gettext("Đã khen thưởng"), "award"),
    }
    return [
        {
            "label": words[state][0],
            "icon": words[state][1],
            "value": f"{part.total}+" if part.capped else part.total,
            "url": url_for("nominators.files", state=state),
            "tone": "warn" if state == "returned" and part.total else None,
        }
        for state, part in found.items()
    ]


def filed(who: Viewer, state: str, most: int) -> Page[Line]:
    """Return the newest files in a state, and how many there are."""
    return nominations(db_session(), who, current_clock().today(), Filters(state=state), limit=most, count=True)


def row(line: Line, endpoint: str | None = None) -> dict[str, Any]:
    """Return a line of a list: who, what it waits for, how long there is, and where it is read or worked on."""
    return {
        "code": line.code,
        "bare": line.bare,
        "name": line.nominee_name or line.code,
        "form": line.form,
        "round": line.round_title,
        "state": line.state,
        "unit": line.unit_name,
        "due_on": line.due_on,
        "days_left": days_left(line.due_on, current_clock().today()),
        "updated_at": line.updated_at,
        "url": _place_of_work(line) if endpoint is None else url_for(endpoint, code=line.code),
    }


def _place_of_work(line: Line) -> str:
    if line.state == "draft":
        return url_for("nominators.section", code=line.code, section="nominee")
    if line.state.endswith(RETURNED) and line.holder_duty == "nominator":
        return url_for("nominators.review", code=line.code)
    return url_for("approvers.file", code=line.code)
