"""The page of a file, for everybody in its scope: each reads as far as the queries say."""

from __future__ import annotations

from typing import Any

from flask import url_for
from flask.typing import ResponseReturnValue

from nominations.extensions import current_clock, db_session
from nominations.queries.detail import Detail
from nominations.queries.history import history
from nominations.queries.prepared import panel
from nominations.web.access import signed_in
from nominations.web.approvers import parts, reading
from nominations.web.approvers.asked import conflict_of, head_of, open_file
from nominations.web.approvers.blueprint import KEEPERS, blueprint
from nominations.web.approvers.changes import changes_since_judged
from nominations.web.approvers.consulting import consult_of
from nominations.web.approvers.documents import documents_of, package_of
from nominations.web.approvers.panel import panel_of
from nominations.web.approvers.queue import carried, place
from nominations.web.approvers.whereabouts import timeline_of, whereabouts
from nominations.web.ground import page, viewer
from workflows import ENDS, Accepted, Act
from workflows.naming import NAME, may_name

Shown = dict[str, Any]


@blueprint.get("/ho-so/<code>")
@signed_in
def file(code: str) -> ResponseReturnValue:
    """Show the file."""
    found = open_file(code)
    if found.sight.bare:
        return page("files/bare.html", head=head_of(found), why=conflict_of(found), refused=False)
    return page("files/file.html", **shown(found))


def shown(found: Detail) -> Shown:
    """Everything the page shows."""
    session, who, today = db_session(), viewer(), current_clock().today()
    ready, actions = panel(session, found.row, who.actor, today)
    log = history(session, who, found.line.code)
    reviews = found.level == "full" and bool(who.units & set(found.row.reached))
    return {
        "head": head_of(found),
        "where": whereabouts(found),
        "panel": panel_of(ready, actions, carried()),
        "queue": place(found.line.code),
        "since": changes_since_judged(found),
        "summary": reading.summary(found),
        "criteria": reading.criteria(found),
        "report": reading.content(found, "report"),
        "nominee": reading.content(found, "nominee"),
        "proposal": reading.content(found, "proposal"),
        "papers": parts.papers(found),
        "made": documents_of(found),
        "package": package_of(found),
        "opinions": [parts.opinion(found, line) for line in found.opinions],
        "posting": parts.posting(found, ready.case.posting),
        "consult": consult_of(found, ready, actions),
        "votes": [parts.vote(found, line, ready.case.tally) for line in found.votes],
        "returns": [parts.sent_back(found, line) for line in reversed(found.returns)],
        "decisions": [parts.decision(found, line) for line in found.decisions],
        "holds": [parts.hold(found, line) for line in found.holds],
        "marks": parts.marks(found, today),
        "nominee_url": _nominee_url(found),
        "award": reading.award(found),
        "linked": parts.linked(found),
        "acts": [parts.after(found, line) for line in reversed(found.acts)],
        "timeline_entries": timeline_of(found, log) if log is not None else [],
        "chain": reading.chain(log.report.intact if log is not None else None, found),
        "may_declare": reviews and found.line.state not in ENDS,
        "may_name": isinstance(may_name(ready.workflow, ready.case, who.actor, Act(NAME, ask=True), today), Accepted),
    }


def _nominee_url(found: Detail) -> str | None:
    """Where those who keep what stands against the nominee go on to."""
    keeps = found.level == "full" and bool(found.sight.here) and viewer().has(*KEEPERS)
    return url_for("approvers.nominee", ref=found.nominee_ref) if keeps else None
