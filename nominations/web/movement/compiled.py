"""The compiled report: looked at from live data, taken away as PDF, DOCX and XLSX, issued with its number."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence

from flask import abort, redirect, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms import Form

from nominations.extensions import current_clock, db_session
from nominations.queries.plan import BOARD_DUTIES
from nominations.queries.reports import Due, issued
from nominations.services.compilations import (
    Compiled,
    NewIssue,
    compile_report,
    issue_report,
    issued_report,
    issuer,
)
from nominations.services.errors import NotFound
from nominations.services.files import XLSX
from nominations.services.movement_reports import due_of
from nominations.services.papers import OUTPUTS, paper_bytes
from nominations.services.report_sheets import workbook
from nominations.web.access import needs, signed_in
from nominations.web.approvers.fields import MARKED, DayField, LineField, OneOfField, choices
from nominations.web.approvers.parts import LOOK
from nominations.web.ground import origin, page, typed_key, viewer
from nominations.web.lazily import lazily
from nominations.web.movement.blueprint import blueprint
from nominations.web.movement.plan import crumbs, plan_or_404
from nominations.web.movement.report import KINDS_OF_NOMINEE
from nominations.web.movement.sending import send, text, told
from nominations.web.movement.words import FIGURES, SERIES, STATUS, report_name

PLACE = "/tong-hop/<kind>/<int:year>"
TYPES: Mapping[str, str] = {**OUTPUTS, "xlsx": XLSX}


def signs_as() -> dict[str, str]:
    """Who signs, in the language of the request."""
    return choices((("head", _("Người đứng đầu")), ("deputy", _("Cấp phó ký thay (KT.)"))))


class IssueForm(Form):
    """What the issued paper carries."""

    number = LineField(lazily("Số"), validators=MARKED, description=lazily("Số văn thư đã cấp, ví dụ 45."))
    dated_on = DayField(lazily("Ngày văn bản"), validators=MARKED, description=lazily("Dạng ngày/tháng/năm."))
    signer = LineField(lazily("Người ký"), validators=MARKED, description=lazily("Họ và tên."))
    signs_as = OneOfField(lazily("Ký với tư cách"), validators=MARKED, choices=signs_as)


@blueprint.get(PLACE)
@signed_in
def compiled_report(kind: str, year: int) -> ResponseReturnValue:
    """Show the compiled report as it stands now, and every issue of it."""
    return _shown(kind, year, IssueForm(data={"signs_as": "head"}))


@blueprint.post(PLACE)
@needs(*BOARD_DUTIES)
def issue_compiled(kind: str, year: int) -> ResponseReturnValue:
    """Issue the report: its figures and its paper are kept as they stand now."""
    form = IssueForm(request.form)
    new = NewIssue(text(form, "number"), text(form, "dated_on"), text(form, "signer"), text(form, "signs_as"))
    key = origin(typed_key())
    sent = send(form, lambda: issue_report(db_session(), viewer(), current_clock(), key, kind, year, new))
    if sent.answer is None:
        return _shown(kind, year, form, sent.status, sent.summary)
    told(_("Đã ban hành báo cáo tổng hợp."), sent.answer[1])
    return redirect(url_for("movement.compiled_report", kind=kind, year=year), code=303)


@blueprint.get(PLACE + "/ban-thao.<output>")
@signed_in
def compiled_draft(kind: str, year: int, output: str) -> ResponseReturnValue:
    """Hand out the report as it stands now."""
    return _handed(_live(kind, year), output, f"bao-cao-{kind}-{year}-ban-thao")


@blueprint.get(PLACE + "/<int:edition>.<output>")
@signed_in
def compiled_issue(kind: str, year: int, edition: int, output: str) -> ResponseReturnValue:
    """Hand out the report as it was issued."""
    today = current_clock().today()
    try:
        found = issued_report(db_session(), viewer(), today, kind, year, edition)
    except NotFound:
        abort(404)
    return _handed(found, output, f"bao-cao-{kind}-{year}-lan-{edition}")


def _live(kind: str, year: int) -> Compiled:
    try:
        return compile_report(db_session(), viewer(), current_clock().today(), kind, year)
    except NotFound:
        abort(404)


def _handed(found: Compiled, output: str, name: str) -> ResponseReturnValue:
    if output not in TYPES:
        abort(404)
    made = workbook(found.figures) if output == "xlsx" else paper_bytes(found.paper, output)
    look = LOOK in request.args and output == "pdf"
    return send_file(
        io.BytesIO(made), mimetype=TYPES[output], as_attachment=not look, download_name=f"{name}.{output}", etag=False
    )


def _shown(
    kind: str, year: int, form: Form, status: int = 200, summary: Sequence[tuple[str | None, str]] = ()
) -> ResponseReturnValue:
    found, today = _live(kind, year), current_clock().today()
    due = _due(kind, year)
    name = report_name(kind, year)
    return page(
        "movement/compiled.html",
        status,
        figures=found.figures,
        name=name,
        due=due,
        key=f"{kind}-{year}",
        issues=issued(db_session(), plan_or_404(), due),
        form=form if issuer(db_session(), viewer(), kind, today) is not None else None,
        kinds=KINDS_OF_NOMINEE,
        series=SERIES,
        status_words=STATUS,
        typed=FIGURES,
        summary=summary,
        breadcrumbs=crumbs(
            (_("Báo cáo phong trào"), url_for("movement.reports", ky=f"{kind}-{year}")), (_("Tổng hợp"), None)
        ),
    )


def _due(kind: str, year: int) -> Due:
    found = due_of(db_session(), plan_or_404(), current_clock().today(), kind, year)
    return found if found is not None else abort(404)
