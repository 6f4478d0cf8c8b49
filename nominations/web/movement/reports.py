"""Who has reported and who has not: all bodies for who reads every report, one's own reports for everybody else."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from wtforms import Form

from nominations.extensions import current_clock, current_settings, db_session
from nominations.queries.plan import BOARD_DUTIES, Plan, at_the_board
from nominations.queries.reports import WRITERS, Due, Reach, ReportLine, dues, reach, report_lines
from nominations.services.papers import body_name
from nominations.services.report_reminders import remind_reports
from nominations.web.access import needs, signed_in
from nominations.web.ground import origin, page, typed_key, viewer
from nominations.web.movement.blueprint import blueprint
from nominations.web.movement.plan import crumbs, plan_or_404
from nominations.web.movement.sending import send, told
from nominations.web.movement.words import STANDINGS, due_name
from workflows.reporting import both_readings

PARTS = ("chua-gui", "da-gui")


@blueprint.get("/bao-cao")
@signed_in
def reports() -> ResponseReturnValue:
    """Show the reports that are owed: by whom they are read."""
    found, today, who = plan_or_404(), current_clock().today(), viewer()
    due, seen = dues(db_session(), found, today), reach(db_session(), who, today)
    if not due:
        abort(404)
    return everybodys(found, due, _chosen(due)) if seen.everything or seen.paths else _own(found, due, seen)


@blueprint.post("/bao-cao/<kind>/<int:year>/nhac")
@needs(*BOARD_DUTIES)
def remind(kind: str, year: int) -> ResponseReturnValue:
    """Remind the bodies that still owe the report."""
    found, today = plan_or_404(), current_clock().today()
    due = dues(db_session(), found, today)
    one = next((one for one in due if (one.kind, one.year) == (kind, year)), None)
    if one is None:
        abort(404)
    who, key, by_mail = viewer(), origin(typed_key()), bool(current_settings().mail_url)
    sent = send(Form(), lambda: remind_reports(db_session(), who, current_clock(), key, kind, year, by_mail=by_mail))
    if sent.answer is None:
        return everybodys(found, due, one, sent.status, sent.summary)
    told(ngettext("Đã nhắc %(num)s đơn vị.", "Đã nhắc %(num)s đơn vị.", sent.answer.bodies), sent.answer.receipt)
    return redirect(url_for("movement.reports", ky=_key(one)), code=303)


def everybodys(
    found: Plan,
    due: Sequence[Due],
    chosen: Due,
    status: int = 200,
    summary: Sequence[tuple[str | None, str]] = (),
) -> ResponseReturnValue:
    """The bodies that owe one report, with how each stands and whom to ask."""
    today, who = current_clock().today(), viewer()
    lines = report_lines(db_session(), who, found, chosen, today)
    part = request.args.get("xem", "")
    part = part if part in PARTS else ""
    strict, lenient = both_readings(found.settings, chosen.year)
    return page(
        "movement/reports.html",
        status,
        lines=[line for line in lines if part == "" or line.told.reported == (part == "da-gui")],
        sums=_sums(lines),
        standings=STANDINGS,
        called=body_name,
        due=chosen,
        name=due_name(chosen),
        key=_key(chosen),
        part=part,
        tabs=_tabs(due, chosen),
        readings=(strict, lenient) if chosen.kind == "yearly" else None,
        includes_day=found.settings.includes_day,
        board=at_the_board(db_session(), who, today),
        whole=reach(db_session(), who, today).everything,
        summary=summary,
        today=today,
        breadcrumbs=crumbs((_("Báo cáo phong trào"), None)),
    )


def _own(found: Plan, due: Sequence[Due], seen: Reach) -> ResponseReturnValue:
    """The reports this person's own bodies owe, every one of them."""
    today, who = current_clock().today(), viewer()
    rows: list[dict[str, Any]] = []
    for one in reversed(due):
        rows += [{"due": one, "name": due_name(one), "line": line} for line in _lines(found, one)]
    writes = any(post.duty in WRITERS for post in who.posts)
    return page(
        "movement/own_reports.html",
        rows=rows,
        called=body_name,
        standings=STANDINGS,
        writes=writes and seen.any,
        includes_day=found.settings.includes_day,
        today=today,
        breadcrumbs=crumbs((_("Báo cáo phong trào"), None)),
    )


def _lines(found: Plan, due: Due) -> tuple[ReportLine, ...]:
    return report_lines(db_session(), viewer(), found, due, current_clock().today())


def _chosen(due: Sequence[Due]) -> Due:
    """The report of the address, else the one that falls due next, else the last there is."""
    asked, today = request.args.get("ky", ""), current_clock().today()
    known = next((one for one in due if _key(one) == asked), None)
    return known or next((one for one in due if one.last >= today), due[-1])


def _key(due: Due) -> str:
    return f"{due.kind}-{due.year}"


def _tabs(due: Sequence[Due], chosen: Due) -> list[dict[str, Any]]:
    return [
        {"label": due_name(one), "url": url_for("movement.reports", ky=_key(one)), "current": one == chosen}
        for one in due
    ]


def _sums(lines: Sequence[ReportLine]) -> dict[str, int]:
    required = [line for line in lines if line.owed == "required"]
    reported = [line for line in required if line.told.reported]
    return {
        "required": len(required),
        "reported": len(reported),
        "late": sum(line.told.late for line in required),
        "came_late": sum(line.told.came_late for line in reported),
        "waiting": sum(line.told.standing == "submitted" for line in lines),
        "missing": len(required) - len(reported),
    }
