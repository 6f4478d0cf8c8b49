"""Papers bodies issued under the plan: launch, plan, guidance, reports upward; withdrawn with a reason."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import abort, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms import Form

from nominations.extensions import current_clock, db_session
from nominations.queries.registers import Entry, papers, writes_for
from nominations.services.log import Receipt
from nominations.services.registers import register_paper, withdraw_paper
from nominations.web.access import signed_in
from nominations.web.administrators.fields import chosen_id
from nominations.web.approvers.fields import (
    MARKED,
    DayField,
    LineField,
    ListField,
    OneOfField,
    UploadField,
    WordsField,
    choices,
)
from nominations.web.formats import date_vi
from nominations.web.ground import origin, typed_key, viewer
from nominations.web.lazily import lazily
from nominations.web.movement.blueprint import blueprint
from nominations.web.movement.registers import Columns, cell, enters, entry, register, typed, unit_offers
from nominations.web.movement.sending import text

KINDS: Mapping[str, str] = {
    "launch": lazily("Phát động"),
    "plan": lazily("Kế hoạch"),
    "guidance": lazily("Hướng dẫn"),
    "upward": lazily("Báo cáo cấp trên"),
    "other": lazily("Văn bản khác"),
}


def kinds() -> dict[str, str]:
    """The kinds of paper, in the language of the request."""
    return choices(tuple(KINDS.items()))


class PaperForm(Form):
    """A paper to be registered."""

    unit = ListField(lazily("Cơ quan ban hành"), validators=MARKED)
    kind = OneOfField(lazily("Loại"), validators=MARKED, choices=kinds)
    number = LineField(lazily("Số, ký hiệu"), validators=MARKED)
    dated_on = DayField(lazily("Ngày văn bản"), validators=MARKED, description=lazily("Dạng ngày/tháng/năm."))
    summary = WordsField(lazily("Trích yếu"), validators=MARKED)
    file_sha = UploadField(lazily("Bản chụp văn bản"), description=lazily("PDF, ảnh, DOCX, XLSX; tối đa 20 MB."))


class WithdrawForm(Form):
    """Why a paper leaves the register."""

    reasons = WordsField(lazily("Lý do rút"), validators=MARKED)


@blueprint.get("/van-ban")
@signed_in
def paper_register() -> ResponseReturnValue:
    """List the papers, the latest first."""
    columns: Columns = [
        {"key": "number", "label": _("Văn bản"), "header": True},
        {"key": "unit", "label": _("Cơ quan")},
        {"key": "kind", "label": _("Loại")},
        {"key": "file", "label": _("Bản chụp")},
        {"key": "act", "label": _("Thao tác"), "hide_label": True},
    ]
    add = (_("Đăng ký văn bản"), url_for("movement.new_paper")) if enters() else None
    lead = _("Văn bản phát động, kế hoạch, hướng dẫn của từng cơ quan, đơn vị (kế hoạch, mục II.2, V.1, V.3, V.5).")
    return register(columns, [_row(one) for one in papers(db_session())], _("Văn bản triển khai"), lead, add)


@blueprint.route("/van-ban/moi", methods=["GET", "POST"])
@signed_in
def new_paper() -> ResponseReturnValue:
    """Register a paper."""
    if not enters():
        abort(404)
    form = PaperForm(request.form if request.method == "POST" else None)
    form.unit.choices = unit_offers()
    back, done = url_for("movement.paper_register"), _("Đã đăng ký văn bản.")
    return entry(form, lambda: _register(form), done, _("Đăng ký văn bản"), "", _("Đăng ký"), back)


@blueprint.route("/van-ban/<int:number>/rut", methods=["GET", "POST"])
@signed_in
def end_paper(number: int) -> ResponseReturnValue:
    """Take a paper out of the register, with the reason."""
    found = next((one for one in papers(db_session()) if one.id == number), None)
    if found is None or not _withdraws(found):
        abort(404)
    form = WithdrawForm(request.form if request.method == "POST" else None)

    def save() -> Receipt | None:
        why, key = text(form, "reasons"), origin(typed_key())
        return withdraw_paper(db_session(), viewer(), current_clock(), key, number, why)

    lead = f"{found.row.number}, {date_vi(found.row.dated_on)}: {found.row.summary}"
    back, done = url_for("movement.paper_register"), _("Đã rút văn bản khỏi sổ.")
    return entry(form, save, done, _("Rút văn bản"), lead, _("Rút khỏi sổ"), back)


def _register(form: Form) -> Any:  # noqa: ANN401 - the receipt
    said = typed(form, ("file_sha", "file_name"))
    said.pop("unit")
    unit = chosen_id(form, "unit")
    return register_paper(db_session(), viewer(), current_clock(), origin(typed_key()), unit, said)


def _withdraws(one: Entry) -> bool:
    mine = writes_for(db_session(), viewer(), one.row.unit_id, current_clock().today())
    return mine and one.row.withdrawn_at is None


def _row(one: Entry) -> dict[str, Any]:
    row = one.row
    gone = (_("Đã rút"), "neutral", "archive") if row.withdrawn_at is not None else None
    note = row.withdrawn_for or one.more["round"]
    link = url_for("movement.register_file", kind="van-ban", number=row.id) if row.file_sha else None
    out = url_for("movement.end_paper", number=row.id) if _withdraws(one) else None
    return {
        "number": cell(f"{row.number}, {date_vi(row.dated_on)}", note=row.summary, badge=gone),
        "unit": cell(one.unit_name),
        "kind": cell(KINDS[row.kind], note=note),
        "file": cell(_("Tải về") if link else "", url=link, label=f"{_('Tải về')}: {row.number}"),
        "act": cell(_("Rút") if out else "", url=out, label=f"{_('Rút')}: {row.number}"),
    }
