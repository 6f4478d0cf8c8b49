"""Certificates printed: all of a decision in one file, printers with their offsets, the sheets that were used."""

from __future__ import annotations

import io
from typing import Any

from flask import abort, flash, redirect, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms import Form

from nominations.extensions import current_clock, current_settings, db_session
from nominations.queries.printing import (
    DecisionToPrint,
    PrinterLine,
    ToPrint,
    awards_to_print,
    decisions_to_print,
    printers,
    prints_for,
)
from nominations.services.errors import InvalidInput, NotFound
from nominations.services.log import Receipt
from nominations.services.papers import number_of
from nominations.services.printing import Sheet, certificates, record_sheet, save_printer, trial
from nominations.web.access import needs
from nominations.web.approvers.answers import show_errors
from nominations.web.approvers.blueprint import blueprint
from nominations.web.approvers.fields import MARKED, LineField, ListField, OneOfField, choices
from nominations.web.ground import form_errors, origin, page, typed_key, viewer
from nominations.web.lazily import lazily

PRINTING = ("clerk", "office")
PDF = "application/pdf"
SHEETS = {"printed": lazily("Đã in"), "spoiled": lazily("Bị hỏng")}
Summary = list[tuple[str | None, str]]


def kinds_of_sheet() -> dict[str, str]:
    """What may become of a sheet, in the language of the request."""
    return choices(tuple(SHEETS.items()))


class PrinterForm(Form):
    """A printer's offset."""

    unit = ListField(lazily("Cơ quan"), validators=MARKED)
    name = LineField(lazily("Tên máy in"), validators=MARKED)
    right = LineField(lazily("Dịch sang phải (mm)"), validators=MARKED, description=lazily("Số âm là sang trái."))
    down = LineField(lazily("Dịch xuống dưới (mm)"), validators=MARKED, description=lazily("Số âm là lên trên."))


class SheetForm(Form):
    """What became of a sheet."""

    code = ListField(lazily("Bằng khen, giấy khen của"), validators=MARKED)
    serial = LineField(lazily("Số phôi"), validators=MARKED, description=lazily("Số in sẵn trên phôi."))
    status = OneOfField(lazily("Tình trạng phôi"), validators=MARKED, choices=kinds_of_sheet)
    note = LineField(lazily("Ghi chú"), description=lazily("Không bắt buộc."))


@blueprint.get("/in-bang")
@needs(*PRINTING)
def printing() -> ResponseReturnValue:
    """Show the unit's decisions whose certificates can be printed, and its printers."""
    return _printing(PrinterForm(data={"right": "0", "down": "0"}))


@blueprint.post("/in-bang/may")
@needs(*PRINTING)
def keep_printer() -> ResponseReturnValue:
    """Keep the offset of a printer."""
    form = PrinterForm(request.form)
    typed = form.unit.data or ""
    unit = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 12 else 0
    said = (form.name.data or "", form.right.data or "", form.down.data or "")
    try:
        receipt = save_printer(db_session(), viewer().actor, current_clock(), origin(typed_key()), unit, *said)
    except NotFound:
        return _printing(form, show_errors(form, {"unit": _("Hãy chọn cơ quan của đồng chí.")}))
    except InvalidInput as wrong:
        return _printing(form, show_errors(form, form_errors(wrong)))
    return _told(url_for("approvers.printing"), _("Đã lưu độ lệch của máy in."), receipt)


@blueprint.get("/in-bang/may/<int:printer_id>/trang-thu.pdf")
@needs(*PRINTING)
def test_sheet(printer_id: int) -> ResponseReturnValue:
    """Hand out the printer's test sheet."""
    return _pdf(trial(_printer(printer_id)), f"trang-thu-{printer_id}.pdf")


@blueprint.get("/in-bang/quyet-dinh/<int:decision_id>")
@needs(*PRINTING)
def certificates_of(decision_id: int) -> ResponseReturnValue:
    """Show the certificates of a decision with their sheets."""
    return _certificates(decision_id, SheetForm(data={"status": "printed"}))


@blueprint.get("/in-bang/quyet-dinh/<int:decision_id>.pdf")
@needs(*PRINTING)
def certificates_pdf(decision_id: int) -> ResponseReturnValue:
    """Hand out all certificates of a decision: whole, or with ``?may=`` what is printed on pre-printed sheets."""
    lines, _left_out = _awards(decision_id)
    chosen = request.args.get("may", "")
    printer = _printer(int(chosen)) if chosen.isascii() and chosen.isdigit() and len(chosen) < 12 else None
    if not lines or (chosen and printer is None):
        abort(404)
    today = current_clock().today()
    made = certificates(db_session(), lines, today, current_settings().public_url, printer)
    return _pdf(made, f"bang-khen-{decision_id}.pdf")


@blueprint.post("/in-bang/quyet-dinh/<int:decision_id>/phoi")
@needs(*PRINTING)
def keep_sheet(decision_id: int) -> ResponseReturnValue:
    """Record what became of a sheet."""
    form = SheetForm(request.form)
    if form.status.data not in SHEETS:
        return _certificates(decision_id, form, show_errors(form, {"status": _("Hãy chọn một tình trạng.")}))
    spoiled = form.status.data == "spoiled"
    typed = Sheet(form.code.data or "", form.serial.data or "", spoiled, form.note.data or "")
    try:
        receipt = record_sheet(db_session(), viewer(), current_clock(), origin(typed_key()), decision_id, typed)
    except NotFound:
        return _certificates(decision_id, form, show_errors(form, {"code": _("Hãy chọn trong danh sách.")}))
    except InvalidInput as wrong:
        return _certificates(decision_id, form, show_errors(form, form_errors(wrong)))
    return _told(url_for("approvers.certificates_of", decision_id=decision_id), _("Đã ghi phôi."), receipt)


def _printing(form: PrinterForm, summary: Summary | None = None) -> ResponseReturnValue:
    units = prints_for(viewer())
    named = {post.unit_id: post.unit_name for post in viewer().posts if post.unit_id in units}
    form.unit.choices = choices(tuple((str(unit), name) for unit, name in named.items()))
    return page(
        "approvers/printing.html",
        422 if summary else 200,
        decisions=[_decided(one) for one in decisions_to_print(db_session(), units)],
        printers=[_shown(one, named) for one in printers(db_session(), units)],
        form=form,
        summary=summary or [],
    )


def _decided(one: DecisionToPrint) -> dict[str, Any]:
    """A decision under its whole number, as it stands on paper."""
    return {
        "id": one.id,
        "number": number_of(one.number, one.series, one.body_kind, one.body_code),
        "numbered_on": one.numbered_on,
        "form": one.form,
        "awards": one.awards,
    }


def _certificates(decision_id: int, form: SheetForm, summary: Summary | None = None) -> ResponseReturnValue:
    lines, left_out = _awards(decision_id)
    form.code.choices = choices(tuple((one.code, f"{one.register}, {one.name}") for one in lines), _("Chọn"))
    return page(
        "approvers/certificates.html",
        422 if summary else 200,
        decision_id=decision_id,
        lines=lines,
        left_out=left_out,
        printers=printers(db_session(), prints_for(viewer())),
        states=SHEETS,
        form=form,
        summary=summary or [],
    )


def _awards(decision_id: int) -> tuple[tuple[ToPrint, ...], int]:
    found = awards_to_print(db_session(), viewer(), decision_id)
    return found if found is not None else abort(404)


def _printer(printer_id: int) -> PrinterLine:
    mine = printers(db_session(), prints_for(viewer()))
    found = next((one for one in mine if one.id == printer_id), None)
    return found if found is not None else abort(404)


def _shown(one: PrinterLine, named: dict[int, str]) -> dict[str, Any]:
    right, down = (f"{value:.1f}".replace(".", ",") for value in one.shift_mm)
    return {"id": one.id, "name": one.name, "unit": named.get(one.unit_id, ""), "right": right, "down": down}


def _pdf(content: bytes, name: str) -> ResponseReturnValue:
    return send_file(io.BytesIO(content), mimetype=PDF, download_name=name, etag=False)


def _told(address: str, said: str, receipt: Receipt) -> ResponseReturnValue:
    flash(said + " " + _("Mã đối chứng nhật ký: %(receipt)s.", receipt=receipt.code), "success")
    return redirect(address, code=303)
