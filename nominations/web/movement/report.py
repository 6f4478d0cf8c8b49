"""One body's report: written and sent by its people, taken in or returned by the board."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

from flask import abort, redirect, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms import Form
from wtforms.form import BaseForm

from nominations.extensions import current_clock, current_storage, db_session
from nominations.queries.plan import BOARD_DUTIES
from nominations.queries.report_figures import counted
from nominations.services.errors import NotFound
from nominations.services.files import open_stored, safe_name
from nominations.services.movement_reports import (
    OPEN,
    Asked,
    Key,
    Written,
    accept_report,
    ask,
    return_report,
    save_report,
    span,
    submit_report,
)
from nominations.services.papers import body_name
from nominations.web.access import needs, signed_in
from nominations.web.approvers.fields import MARKED, CountField, DayField, LineField, UploadField, WordsField
from nominations.web.formats import date_vi
from nominations.web.ground import origin, page, seen_version, typed_key, viewer
from nominations.web.lazily import lazily
from nominations.web.movement.blueprint import blueprint
from nominations.web.movement.plan import crumbs, names
from nominations.web.movement.sending import Sent, send, text, told, uploaded
from nominations.web.movement.words import FIGURES, SECTIONS, SERIES, STANDINGS, STATUS, report_name
from workflows.reporting import NEEDED
from workflows.reporting import told as stands

PLACE = "/bao-cao/<kind>/<int:year>/<int:unit_id>"
KINDS_OF_NOMINEE: Mapping[str, str] = {
    "individual": lazily("Cá nhân"),
    "collective": lazily("Tập thể"),
    "household": lazily("Hộ gia đình"),
}


class PaperForm(Form):
    """What is said of the signed paper, and whom to ask."""

    number = LineField(lazily("Số báo cáo"), validators=MARKED, description=lazily("Như trên văn bản đã ký."))
    dated_on = DayField(lazily("Ngày văn bản"), validators=MARKED, description=lazily("Dạng ngày/tháng/năm."))
    signer = LineField(lazily("Người ký"), validators=MARKED, description=lazily("Họ tên, chức vụ."))
    signed_file = UploadField(
        lazily("Bản đã ký, đóng dấu"), description=lazily("PDF, ảnh PNG hoặc JPEG, DOCX, XLSX; tối đa 20 MB.")
    )
    contact = LineField(
        lazily("Liên hệ"),
        validators=MARKED,
        description=lazily("Họ tên, số điện thoại hoặc thư điện tử của người phụ trách."),
    )


class ReturnForm(Form):
    """Why a report goes back."""

    reasons = WordsField(
        lazily("Cần hoàn thiện"), validators=MARKED, description=lazily("Nêu hết một lần những gì còn thiếu.")
    )


@blueprint.get(PLACE)
@signed_in
def one_report(kind: str, year: int, unit_id: int) -> ResponseReturnValue:
    """Show a report; while it is open to its writers, as a form."""
    asked = asked_or_404(Key(kind, year, unit_id))
    return _shown(asked, _form(asked, None))


@blueprint.post(PLACE)
@signed_in
def write_report(kind: str, year: int, unit_id: int) -> ResponseReturnValue:
    """Keep what was written, or send it with its signed paper."""
    key = Key(kind, year, unit_id)
    asked = asked_or_404(key)
    form, sends = _form(asked, request.form), request.form.get("act") == "send"
    sent = send(form, lambda: _write(key, form, sends=sends))
    if sent.answer is None:
        return _shown(asked, form, sent.status, sent.summary)
    said = _("Đã gửi báo cáo về Ban Thi đua - Khen thưởng (Sở Nội vụ).") if sends else _("Đã lưu báo cáo.")
    told(said, sent.answer[1])
    return redirect(url_for("movement.one_report", kind=kind, year=year, unit_id=unit_id), code=303)


@blueprint.post(PLACE + "/tiep-nhan")
@needs(*BOARD_DUTIES)
def take_report(kind: str, year: int, unit_id: int) -> ResponseReturnValue:
    """Take the report in."""
    key, seen, who = Key(kind, year, unit_id), seen_version(), viewer()
    sent = send(Form(), lambda: accept_report(db_session(), who, current_clock(), origin(typed_key()), key, seen))
    return _decided(key, sent, _("Đã tiếp nhận báo cáo."))


@blueprint.post(PLACE + "/tra-lai")
@needs(*BOARD_DUTIES)
def send_report_back(kind: str, year: int, unit_id: int) -> ResponseReturnValue:
    """Return the report to be completed."""
    key, seen, who, form = Key(kind, year, unit_id), seen_version(), viewer(), ReturnForm(request.form)
    why = text(form, "reasons")
    sent = send(form, lambda: return_report(db_session(), who, current_clock(), origin(typed_key()), key, seen, why))
    return _decided(key, sent, _("Đã trả lại báo cáo để hoàn thiện."), form)


@blueprint.get(PLACE + "/ban-ky")
@signed_in
def signed_report(kind: str, year: int, unit_id: int) -> ResponseReturnValue:
    """Hand out the signed paper of a report."""
    found = asked_or_404(Key(kind, year, unit_id)).report
    try:
        name, media_type, content = open_stored(db_session(), current_storage(), found.signed_file or "")
    except (NotFound, FileNotFoundError):
        abort(404)
    named = safe_name(found.signed_name, media_type) if found.signed_name else name
    return send_file(content, mimetype=media_type, as_attachment=True, download_name=named, etag=False)


def asked_or_404(key: Key) -> Asked:
    """The report and what this person may do with it, or the page that says there is none."""
    try:
        return ask(db_session(), viewer(), current_clock().today(), key)
    except NotFound:
        abort(404)


def _form(asked: Asked, typed: Any) -> BaseForm:  # noqa: ANN401 - the request's fields
    """The form of a report: its sections, its figures, its paper; with what was typed or what is kept."""
    fields: dict[str, Any] = {
        f"words-{name}": WordsField(label, validators=MARKED if name in NEEDED else ())
        for name, label in SECTIONS.items()
    }
    fields |= {f"figures-{name}": CountField(label) for name, label in FIGURES.items()}
    fields["explanation"] = WordsField(
        lazily("Giải trình số liệu"), description=lazily("Khi số của đơn vị khác số hệ thống đã đếm.")
    )
    return cast("BaseForm", type("ReportForm", (PaperForm,), fields)(typed, data=_kept(asked)))


def _kept(asked: Asked) -> dict[str, Any]:
    found = asked.report
    data: dict[str, Any] = {f"words-{name}": said for name, said in found.content.get("words", {}).items()}
    data |= {f"figures-{name}": str(count) for name, count in found.content.get("figures", {}).items()}
    data |= {"explanation": found.content.get("explanation"), "number": found.number, "signer": found.signer}
    return data | {"contact": found.contact, "dated_on": date_vi(found.dated_on) if found.dated_on else None}


def _write(key: Key, form: BaseForm, *, sends: bool) -> tuple[object, Any]:
    digest, name = uploaded(form["signed_file"])
    written = Written(
        seen=seen_version(),
        words={one: form[f"words-{one}"].data or "" for one in SECTIONS},
        figures={one: form[f"figures-{one}"].data or "" for one in FIGURES},
        explanation=form["explanation"].data or "",
        number=form["number"].data or "",
        dated_on=(form["dated_on"].data or "").strip(),
        signer=form["signer"].data or "",
        contact=form["contact"].data or "",
        signed_file=digest,
        signed_name=name,
    )
    if sends:
        return submit_report(db_session(), viewer(), current_clock(), origin(typed_key()), key, written)
    return save_report(db_session(), viewer(), current_clock(), origin(typed_key()), key, written), None


def _decided(key: Key, sent: Sent[Any], said: str, form: Form | None = None) -> ResponseReturnValue:
    if sent.answer is None:
        asked = asked_or_404(key)
        return _shown(asked, _form(asked, None), sent.status, sent.summary, form)
    told(said, sent.answer)
    return redirect(url_for("movement.one_report", kind=key.kind, year=key.year, unit_id=key.unit_id), code=303)


def _shown(
    asked: Asked,
    form: BaseForm,
    status: int = 200,
    summary: Sequence[tuple[str | None, str]] = (),
    returning: Form | None = None,
) -> ResponseReturnValue:
    found, due, today = asked.report, asked.report.due, current_clock().today()
    open_now = asked.writes and (found.state is None or found.state in OPEN)
    days = span(asked.plan, due.kind, due.year)
    live = found.counted or counted(db_session(), days, found.unit_id, found.unit_path)
    name, called = report_name(due.kind, due.year), body_name(found.unit_kind, found.unit_name)
    return page(
        "movement/report.html",
        status,
        report=found,
        called=called,
        name=name,
        due=due,
        stands=stands(found.state, found.submitted_on, due.last, today, asked.plan.settings.remind_days),
        standings=STANDINGS,
        counted=live,
        frozen=found.counted is not None,
        form=form if open_now else None,
        sections=SECTIONS,
        figures=FIGURES,
        returning=(returning or ReturnForm()) if asked.board and found.state == "submitted" else None,
        may_accept=found.submitted_by != viewer().person_id,
        on_behalf=asked.board and not any(post.unit_id == found.unit_id for post in viewer().posts),
        forms=names(),
        kinds=KINDS_OF_NOMINEE,
        series=SERIES,
        status_words=STATUS,
        summary=summary,
        place={"kind": due.kind, "year": due.year, "unit_id": found.unit_id},
        breadcrumbs=crumbs(
            (_("Báo cáo phong trào"), url_for("movement.reports", ky=f"{due.kind}-{due.year}")), (called, None)
        ),
    )
