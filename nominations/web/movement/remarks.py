"""The Front's supervision: remarks on the selection in its area, and their answers before the council votes."""

from __future__ import annotations

from typing import Any

from flask import abort, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms import Form

from nominations.extensions import current_clock, db_session
from nominations.queries import reference
from nominations.queries.supervision import RemarkLine, answers_for, areas
from nominations.queries.supervision import remarks as listed
from nominations.services.log import Receipt
from nominations.services.supervision import answer_remark, remark
from nominations.web.access import needs, signed_in
from nominations.web.administrators.fields import chosen_id
from nominations.web.approvers.fields import MARKED, LineField, ListField, WordsField
from nominations.web.ground import origin, typed_key, viewer
from nominations.web.lazily import lazily
from nominations.web.movement.blueprint import blueprint
from nominations.web.movement.registers import Columns, cell, entry, register, typed
from nominations.web.movement.sending import text


class RemarkForm(Form):
    """A remark."""

    unit = ListField(lazily("Về việc bình xét tại"), validators=MARKED)
    round = ListField(lazily("Đợt xét"), validators=MARKED)
    code = LineField(lazily("Mã hồ sơ"), description=lazily("Để trống khi nói về cả đợt bình xét của đơn vị."))
    text = WordsField(lazily("Ý kiến giám sát"), validators=MARKED)


class AnswerForm(Form):
    """The unit's answer."""

    answer = WordsField(lazily("Trả lời"), validators=MARKED)


@blueprint.get("/giam-sat")
@signed_in
def remarks() -> ResponseReturnValue:
    """List the remarks this person reads, open ones first."""
    who, today = viewer(), current_clock().today()
    columns: Columns = [
        {"key": "text", "label": _("Ý kiến giám sát"), "header": True},
        {"key": "about", "label": _("Về")},
        {"key": "by", "label": _("Của")},
        {"key": "answer", "label": _("Trả lời")},
    ]
    add = (_("Nêu ý kiến giám sát"), url_for("movement.new_remark")) if who.has("supervisor") else None
    lead = _("Giám sát bình xét của Mặt trận và các tổ chức (mục II.1); được trả lời trước khi Hội đồng biểu quyết.")
    rows = [_row(one) for one in listed(db_session(), who, today)]
    return register(columns, rows, _("Giám sát"), lead, add)


@blueprint.route("/giam-sat/moi", methods=["GET", "POST"])
@needs("supervisor")
def new_remark() -> ResponseReturnValue:
    """Remark on the selection at a unit, or on one file there."""
    who, today = viewer(), current_clock().today()
    form = RemarkForm(request.form if request.method == "POST" else None)
    form.unit.choices = [("", _("Chọn đơn vị")), *((str(unit), name) for unit, name in areas(db_session(), who, today))]
    form.round.choices = [(line.code, line.title) for line in reference.rounds(db_session())]

    def save() -> Receipt | None:
        unit, code, key = chosen_id(form, "unit"), text(form, "code") or None, origin(typed_key())
        about, said = text(form, "round"), {"text": text(form, "text")}
        return remark(db_session(), who, current_clock(), key, unit, about, code, said)

    back, done = url_for("movement.remarks"), _("Đã gửi ý kiến giám sát.")
    return entry(form, save, done, _("Nêu ý kiến giám sát"), "", _("Gửi ý kiến"), back)


@blueprint.route("/giam-sat/<int:number>/tra-loi", methods=["GET", "POST"])
@signed_in
def remark_answer(number: int) -> ResponseReturnValue:
    """Answer a remark, for the unit it is about."""
    who = viewer()
    found = next((one for one in listed(db_session(), who, current_clock().today()) if one.id == number), None)
    if found is None or not answers_for(who, found.about_unit_id):
        abort(404)
    form = AnswerForm(request.form if request.method == "POST" else None)

    def save() -> Receipt | None:
        return answer_remark(db_session(), who, current_clock(), origin(typed_key()), number, typed(form))

    back, done = url_for("movement.remarks"), _("Đã trả lời ý kiến giám sát.")
    return entry(form, save, done, _("Trả lời ý kiến giám sát"), found.text, _("Gửi trả lời"), back)


def _row(one: RemarkLine) -> dict[str, Any]:
    answers = one.answer is None and answers_for(viewer(), one.about_unit_id)
    state = (_("Đã trả lời"), "ok", "circle-check") if one.answer else (_("Chờ trả lời"), "warn", "clock")
    link = url_for("movement.remark_answer", number=one.id) if answers else None
    return {
        "text": cell(one.text),
        "about": cell(one.about_unit, note=" · ".join(part for part in (one.code, one.round_title) if part)),
        "by": cell(one.from_unit, note=one.made_by),
        "answer": cell(
            one.answer or (_("Trả lời") if link else ""),
            url=link,
            badge=state,
            note=one.answered_by,
            label=f"{_('Trả lời')}: {one.about_unit}",
        ),
    }
