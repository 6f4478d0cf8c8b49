"""Houses of clusters, the fund "Vì người nghèo" and its high month: figures by body and year."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import abort, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms import Form

from nominations.extensions import current_clock, db_session
from nominations.queries.registers import Entry, social_figures
from nominations.services.log import Receipt
from nominations.services.registers import add_social_figure
from nominations.web.access import signed_in
from nominations.web.administrators.fields import chosen_id
from nominations.web.approvers.fields import MARKED, CountField, LineField, ListField, OneOfField, WordsField, choices
from nominations.web.formats import money_vi
from nominations.web.ground import origin, typed_key, viewer
from nominations.web.lazily import lazily
from nominations.web.movement.blueprint import blueprint
from nominations.web.movement.registers import Columns, cell, enters, entry, register, typed, unit_offers

KINDS: Mapping[str, str] = {
    "houses": lazily("Nhà cho hộ nghèo của cụm, khối thi đua"),
    "fund": lazily("Quỹ “Vì người nghèo”"),
    "month": lazily("Tháng cao điểm “Vì người nghèo”"),
}


def kinds() -> dict[str, str]:
    """The kinds, in the language of the request."""
    return choices(tuple(KINDS.items()))


class RaisedForm(Form):
    """A figure of a year."""

    unit = ListField(lazily("Đơn vị ghi"), validators=MARKED)
    kind = OneOfField(lazily("Loại"), validators=MARKED, choices=kinds)
    year = CountField(lazily("Năm"), validators=MARKED)
    cluster = LineField(lazily("Cụm, khối thi đua"), description=lazily("Với nhà cho hộ nghèo."))
    houses = CountField(lazily("Số nhà"), description=lazily("Kế hoạch nêu 01 - 02 nhà mỗi năm (mục II.1)."))
    amount_vnd = CountField(lazily("Số tiền (đồng)"))
    note = WordsField(lazily("Nơi làm, ai được hỗ trợ, nguồn"), validators=MARKED)
    document = LineField(lazily("Văn bản"), description=lazily("Số, ngày, nếu có."))


@blueprint.get("/nguon-luc")
@signed_in
def raised() -> ResponseReturnValue:
    """List the figures, the latest year first."""
    columns: Columns = [
        {"key": "what", "label": _("Nội dung"), "header": True},
        {"key": "unit", "label": _("Đơn vị")},
        {"key": "year", "label": _("Năm")},
        {"key": "houses", "label": _("Số nhà"), "align": "end"},
        {"key": "amount", "label": _("Số tiền"), "align": "end"},
    ]
    add = (_("Ghi số liệu"), url_for("movement.new_raised")) if enters() else None
    lead = _("Nhà của các cụm, khối thi đua (01 - 02 nhà mỗi năm), Quỹ và Tháng cao điểm “Vì người nghèo” (mục II.1).")
    rows = [_row(one) for one in social_figures(db_session())]
    return register(columns, rows, _("Nhà, Quỹ, Tháng cao điểm"), lead, add)


@blueprint.route("/nguon-luc/moi", methods=["GET", "POST"])
@signed_in
def new_raised() -> ResponseReturnValue:
    """Enter a figure."""
    if not enters():
        abort(404)
    form = RaisedForm(request.form if request.method == "POST" else None)
    form.unit.choices = unit_offers()

    def save() -> Receipt | None:
        said, unit, key = typed(form), chosen_id(form, "unit"), origin(typed_key())
        said.pop("unit")
        return add_social_figure(db_session(), viewer(), current_clock(), key, unit, said)

    return entry(form, save, _("Đã ghi số liệu."), _("Ghi số liệu"), "", _("Ghi số liệu"), url_for("movement.raised"))


def _row(one: Entry) -> dict[str, Any]:
    row = one.row
    return {
        "what": cell(KINDS[row.kind], note=" · ".join(part for part in (row.cluster, row.note, row.document) if part)),
        "unit": cell(one.unit_name),
        "year": cell(row.year),
        "houses": cell(row.houses),
        "amount": cell("" if row.amount_vnd is None else money_vi(row.amount_vnd)),
    }
