"""The ballot sheet of a council member: every line that waits for their vote, one answer for all and exceptions."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.datastructures import MultiDict
from wtforms import Form, HiddenField

from nominations.extensions import current_clock, db_session
from nominations.queries.inbox import inbox
from nominations.queries.listing import Filters
from nominations.queries.meetings import meetings
from nominations.queries.pages import BadCursor
from nominations.services.actions import Denied, Request, act
from nominations.web.access import MEMBER, needs
from nominations.web.approvers.asked import ActAsked, ask_for
from nominations.web.approvers.blueprint import blueprint
from nominations.web.approvers.fields import LineField, OneOfField, choices
from nominations.web.approvers.quorum import quorum_words
from nominations.web.approvers.words import CHOICES, KINDS
from nominations.web.ground import lang, origin, page, parse_cursor, refusal, typed_key, viewer
from nominations.web.lazily import lazily
from workflows import clears, sentence

ON_A_SHEET = 30
Shown = dict[str, Any]


def ballot() -> dict[str, str]:
    """What a member may say, in the language of the request."""
    return choices(tuple(CHOICES["choice"].items()))


class LineForm(Form):
    """One line of the sheet; ``version`` is what the member saw of the file."""

    choice = OneOfField(lazily("Biểu quyết"), choices=ballot)
    note = LineField(lazily("Ghi chú"))
    version = HiddenField()


class SheetForm(Form):
    """The answer for every line without one of its own."""

    all = OneOfField(lazily("Cho mọi trường hợp không chọn riêng bên dưới"), choices=ballot)


@blueprint.get("/hop")
@needs(MEMBER)
def ballots() -> ResponseReturnValue:
    """Show every line that waits for this member's vote."""
    today = current_clock().today()
    try:
        found = inbox(db_session(), viewer(), today, "mine", Filters(step="council"), parse_cursor(), ON_A_SHEET)
    except BadCursor:
        abort(404)
    lines = [asked for line in found.items if (asked := _line(line.code)) is not None and asked.answer.allowed]
    more = None if found.next_cursor is None else url_for("approvers.ballots", cursor=found.next_cursor)
    return _shown(lines, url_for("approvers.cast"), next_url=more)


@blueprint.get("/hop/<code>")
@needs(MEMBER)
def ballot_sheet(code: str) -> ResponseReturnValue:
    """Show the sheet of one file."""
    return _one(code)


@blueprint.post("/hop")
@needs(MEMBER)
def cast() -> ResponseReturnValue:
    """Cast every ballot the sheet says; what a rule refuses is shown with its reason, the rest is cast."""
    codes = request.form.getlist("code")[:ON_A_SHEET]
    lines = [asked for code in dict.fromkeys(codes) if (asked := _line(code)) is not None]
    said = {asked.file.line.code: _said(asked.file.line.code) for asked in lines}
    if not any(said.values()):
        return _shown(lines, url_for("approvers.cast"), 422, problem=_("Hãy chọn ý kiến cho ít nhất một trường hợp."))
    outcomes = [_cast(asked, said[asked.file.line.code]) for asked in lines if said[asked.file.line.code]]
    done = [outcome for outcome in outcomes if outcome["ok"]]
    if len(done) < len(outcomes):
        left = [again for asked in lines if (again := _line(asked.file.line.code)) is not None and again.answer.allowed]
        return _shown(left, url_for("approvers.cast"), 409, outcomes=outcomes)
    flash(ngettext("Đã ghi %(num)s phiếu biểu quyết.", "Đã ghi %(num)s phiếu biểu quyết.", len(done)), "success")
    flash(_("Mã đối chứng nhật ký: %(receipts)s.", receipts=", ".join(one["receipt"] for one in done)), "info")
    return redirect(url_for("approvers.ballots"), code=303)


def _one(code: str) -> ResponseReturnValue:
    asked = _line(code)
    if asked is None:
        return redirect(url_for("approvers.file", code=code), code=303)
    refused = asked.answer.refusal
    if refused is None:
        return _shown([asked], url_for("approvers.cast"))
    workflow = asked.ready.workflow
    why = {"reason": sentence(workflow, refused, lang()), "cleared_by": clears(refused, lang())}
    return _shown([], url_for("approvers.cast"), why=why | {"url": url_for("approvers.file", code=code)})


def _line(code: str) -> ActAsked | None:
    """The file with the rules' answer to a ballot; None for somebody in conflict. Raises 404 for one not theirs."""
    asked = ask_for(code, "ballot")
    return asked if isinstance(asked, ActAsked) else None


def _said(code: str) -> str:
    """The choice for a line: its own, else the one for all."""
    return request.form.get(f"{code}-choice") or request.form.get("all") or ""


def _cast(asked: ActAsked, choice: str) -> Shown:
    """Cast one ballot; what came of it."""
    line = asked.file.line
    version = request.form.get(f"{line.code}-version", "")
    seen = int(version) if version.isascii() and version.isdigit() and len(version) < 10 else line.version
    key = typed_key()
    note = request.form.get(f"{line.code}-note", "").strip()
    payload = {"choice": choice} | ({"note": note} if note else {})
    said = Request(line.code, "ballot", seen, payload, origin(f"{key}-{line.code}" if key else None))
    outcome = act(db_session(), viewer().actor, current_clock(), said)
    shown = {"label": f"{line.nominee_name} ({line.code})", "url": url_for("approvers.file", code=line.code)}
    if isinstance(outcome, Denied):
        return shown | {"ok": False, "reason": refusal(outcome)["reason"]}
    return shown | {"ok": True, "receipt": outcome.receipt.code}


def _shown(
    lines: list[ActAsked],
    action: str,
    status: int = 200,
    *,
    next_url: str | None = None,
    problem: str | None = None,
    outcomes: list[Shown] | None = None,
    why: Shown | None = None,
) -> ResponseReturnValue:
    """Show a sheet with these lines, collectives first, as councils go through them."""
    order = ("collective", "household", "individual")
    listed = sorted(lines, key=lambda asked: order.index(asked.file.line.subject_kind))
    typed = request.form if request.method == "POST" else None
    return page(
        "approvers/ballots.html",
        status,
        lines=[_row(asked, typed) for asked in listed],
        sheet=SheetForm(typed),
        action=action,
        next_url=next_url,
        problem=problem,
        outcomes=outcomes or [],
        why=why,
        meetings=[meet for meet in meetings(db_session(), viewer()) if meet.open and meet.lines],
    )


def _row(asked: ActAsked, typed: MultiDict[str, str] | None) -> Shown:
    """One line as the sheet shows it: who, for what, and what the specialist advised."""
    file = asked.file
    line = file.line
    given = [one for one in file.opinions if not one.voided and one.stage == line.stage]
    advised = [one for one in given if one.kind != "consultation"]
    return {
        "code": line.code,
        "name": line.nominee_name,
        "kind": str(KINDS[line.subject_kind]),
        "form": file.workflow.label[lang()],
        "unit": line.unit_name,
        "achievement": file.content.get("proposal", {}).get("achievement", ""),
        "advice": advised[-1].advice if advised else None,
        "advised": bool(advised),
        "quorum": quorum_words(asked),
        "url": url_for("approvers.file", code=line.code),
        "fields": LineForm(typed, prefix=line.code, data={"version": str(line.version)}),
    }
