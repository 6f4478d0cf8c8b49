"""Files under audit: the list, and one file's history with what verifying it found."""

from __future__ import annotations

from typing import Any

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from nominations.extensions import current_clock, db_session
from nominations.queries.audit import meetings_of
from nominations.queries.detail import Detail, detail
from nominations.queries.filing import form_names, round_titles
from nominations.queries.history import EntryLine, History, history
from nominations.queries.listing import Filters, nominations
from nominations.queries.pages import BadCursor, Page
from nominations.queries.search import IdentityNumber
from nominations.queries.standing import standing
from nominations.web.access import needs
from nominations.web.auditors.blueprint import AUDITOR, blueprint
from nominations.web.auditors.words import act_words
from nominations.web.ground import lang, page, parse_cursor, viewer
from nominations.web.who import who
from workflows import Workflow, state_label

NARROWED = ("q", "round", "form", "state")
LONGEST = 200  # characters of a filter


@blueprint.get("")
@needs(AUDITOR)
def files() -> ResponseReturnValue:
    """List the files in the auditor's area; a file's code typed in full leads to it."""
    given = _given()
    if standing(db_session(), viewer(), given.get("q", "").upper()) is not None:
        return redirect(url_for("auditors.file", code=given["q"].upper()), code=303)
    found, complaint = _found(given)
    return page(
        "auditors/files.html",
        422 if complaint else 200,
        lines=found.items,
        total=None if found.total is None else f"{found.total}{'+' if found.capped else ''}",
        given=given,
        options=_options(),
        forms=_forms(),
        next_url=url_for("auditors.files", **given, cursor=found.next_cursor) if found.next_cursor else None,
        complaint=complaint,
    )


@blueprint.get("/ho-so/<code>")
@needs(AUDITOR)
def file(code: str) -> ResponseReturnValue:
    """Show a file's history entry by entry, its chain verified from the stored bytes."""
    found = detail(db_session(), viewer(), code, current_clock().today())
    told = history(db_session(), viewer(), code)
    if found is None or told is None or not found.sight.audits:
        abort(404)
    return page(
        "auditors/file.html",
        file=found,
        form=found.workflow.label[lang()],
        state=state_label(found.workflow, found.line.state, lang()),
        report=told.report,
        fault=_fault(told),
        row_agrees=told.row_agrees,
        compared=_compared(found, told),
        entries=[_row(entry, found.workflow) for entry in told.entries],
        meetings=meetings_of(db_session(), viewer(), code),
        checked_at=current_clock().now(),
    )


def _given() -> dict[str, Any]:
    """The filters of the address; what is empty is left out."""
    typed = {name: request.args.get(name, "").strip()[:LONGEST] for name in NARROWED}
    return {name: value for name, value in typed.items() if value}


def _found(given: dict[str, Any]) -> tuple[Page[Any], str | None]:
    """The page asked for, and why not when the search cannot be used."""
    filters = Filters(q=given.get("q"), round=given.get("round"), form=given.get("form"), state=given.get("state"))
    try:
        return nominations(db_session(), viewer(), current_clock().today(), filters, parse_cursor(), count=True), None
    except BadCursor:
        abort(404)
    except IdentityNumber:
        return Page((), None), _("Không tìm theo số căn cước ở đây. Hãy tìm theo tên hoặc mã hồ sơ.")


def _forms() -> dict[str, str]:
    return {form.code: form.en if lang() == "en" else form.vi for form in form_names(db_session())}


def _options() -> dict[str, list[tuple[str, str]]]:
    states = {
        "draft": _("Đang soạn"),
        "returned": _("Đã trả để bổ sung"),
        "held": _("Tạm dừng xét"),
        "awarded": _("Đã khen thưởng"),
        "not_awarded": _("Không khen thưởng"),
        "withdrawn": _("Đã rút đề nghị"),
        "replaced": _("Đã chuyển hình thức khác"),
        "annulled": _("Đã hủy bỏ quyết định"),
    }
    return {
        "round": list(round_titles(db_session())),
        "form": list(_forms().items()),
        "state": list(states.items()),
    }


def _fault(told: History) -> str | None:
    """Where the chain first breaks, in a sentence."""
    broken = told.report.first_break
    return None if broken is None else broken.sentence(lang())


def _compared(found: Detail, told: History) -> list[dict[str, Any]]:
    """What the chain says the file is, beside what its row says."""
    row, report = found.row, told.report
    state = None if report.state is None else state_label(found.workflow, report.state, lang())
    pairs = (
        (_("Trạng thái"), state, state_label(found.workflow, row.state, lang())),
        (_("Phiên bản"), report.ver, row.version),
        (_("Cam kết nội dung"), report.snap, row.snap),
    )
    return [{"what": what, "log": log, "row": data, "agrees": log == data} for what, log, data in pairs]


def _row(entry: EntryLine, workflow: Workflow) -> dict[str, Any]:
    moved = entry.to_state is not None and entry.from_state != entry.to_state
    return {
        "cseq": entry.cseq,
        "act": act_words(entry.act),
        "at": entry.at,
        "who": who(entry.actor_name, entry.behalf_name),
        "unit": entry.unit_name,
        "to": state_label(workflow, entry.to_state, lang()) if moved and entry.to_state else None,
        "ver": entry.ver,
        "seen": entry.seen,
        "hash": entry.hash,
        "payload": entry.payload,
        "reasons": entry.reasons,
    }
