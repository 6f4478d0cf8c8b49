"""Inspections of both kinds: planned, held with a conclusion and findings, each finding answered by the body."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms import Form

from nominations.extensions import current_clock, db_session
from nominations.queries.registers import Entry, leads, works_at
from nominations.queries.registers import inspections as listed
from nominations.services.inspections import (
    add_finding,
    answer_finding,
    conclude_inspection,
    plan_inspection,
)
from nominations.services.log import Receipt
from nominations.web.access import signed_in
from nominations.web.administrators.fields import chosen_id
from nominations.web.administrators.posts import unit_choices
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
from nominations.web.ground import origin, page, typed_key, viewer
from nominations.web.lazily import lazily
from nominations.web.movement.blueprint import blueprint
from nominations.web.movement.plan import crumbs
from nominations.web.movement.registers import Columns, cell, entry, register, typed
from nominations.web.movement.sending import Sent, send, text, told

KINDS: Mapping[str, str] = {
    "council": lazily("Hội đồng Thi đua - Khen thưởng tỉnh kiểm tra (mục II.2)"),
    "programme": lazily("Gắn với chương trình giảm nghèo (mục V.2)"),
}
PLACE = "/kiem-tra/<int:number>"


class PlanForm(Form):
    """An inspection to come."""

    kind = OneOfField(lazily("Loại"), validators=MARKED)
    unit = ListField(lazily("Đơn vị được kiểm tra"), validators=MARKED)
    document = LineField(lazily("Quyết định, kế hoạch kiểm tra"), validators=MARKED, description=lazily("Số, ngày."))
    planned_from = DayField(lazily("Dự kiến từ ngày"), validators=MARKED, description=lazily("Dạng ngày/tháng/năm."))
    planned_to = DayField(lazily("Đến ngày"), validators=MARKED)


class HeldForm(Form):
    """That an inspection was held."""

    held_on = DayField(lazily("Đã kiểm tra ngày"), validators=MARKED, description=lazily("Dạng ngày/tháng/năm."))
    conclusion = WordsField(lazily("Kết luận"), validators=MARKED)
    file_sha = UploadField(lazily("Văn bản kết luận"), description=lazily("PDF, ảnh, DOCX, XLSX; tối đa 20 MB."))


class FindingForm(Form):
    """What was found."""

    text = WordsField(lazily("Tồn tại, kiến nghị"), validators=MARKED)
    answer_by = DayField(lazily("Trả lời trước hết ngày"), validators=MARKED)


class AnswerForm(Form):
    """The body's answer."""

    finding = ListField(lazily("Về nội dung"), validators=MARKED)
    answer = WordsField(lazily("Trả lời, kết quả khắc phục"), validators=MARKED)


@blueprint.get("/kiem-tra")
@signed_in
def inspections() -> ResponseReturnValue:
    """List the inspections this person reads."""
    who, today = viewer(), current_clock().today()
    columns: Columns = [
        {"key": "unit", "label": _("Đơn vị được kiểm tra"), "header": True},
        {"key": "kind", "label": _("Loại")},
        {"key": "when", "label": _("Thời gian")},
        {"key": "found", "label": _("Tồn tại, trả lời")},
    ]
    add = (_("Lập kế hoạch kiểm tra"), url_for("movement.new_inspection")) if _led() else None
    lead = _("Kiểm tra hằng năm của Hội đồng và kiểm tra gắn với chương trình giảm nghèo.")
    rows = [_row(one) for one in listed(db_session(), who, today)]
    return register(columns, rows, _("Kiểm tra"), lead, add)


@blueprint.route("/kiem-tra/moi", methods=["GET", "POST"])
@signed_in
def new_inspection() -> ResponseReturnValue:
    """Plan an inspection."""
    led = _led()
    if not led:
        abort(404)
    form = PlanForm(request.form if request.method == "POST" else None)
    form.kind.choices = choices(tuple((kind, KINDS[kind]) for kind in led))
    form.unit.choices = unit_choices(current_clock().today())

    def save() -> Receipt | None:
        said, unit, key = typed(form), chosen_id(form, "unit"), origin(typed_key())
        kind = said.pop("kind")
        said.pop("unit")
        return plan_inspection(db_session(), viewer(), current_clock(), key, kind, unit, said)

    back, done = url_for("movement.inspections"), _("Đã lập kế hoạch kiểm tra.")
    return entry(form, save, done, _("Lập kế hoạch kiểm tra"), "", _("Lập kế hoạch"), back)


@blueprint.get(PLACE)
@signed_in
def inspection(number: int) -> ResponseReturnValue:
    """Show one inspection with its findings and answers."""
    return _shown(_one(number))


@blueprint.post(PLACE + "/ket-luan")
@signed_in
def conclude(number: int) -> ResponseReturnValue:
    """Record that it was held, and its conclusion."""
    found, form = _one(number), HeldForm(request.form)
    key = origin(typed_key())

    def act() -> Any:  # noqa: ANN401 - the receipt
        said = typed(form, ("file_sha", "file_name"))
        return conclude_inspection(db_session(), viewer(), current_clock(), key, number, said)

    return _done(found, form, send(form, act), _("Đã ghi kết luận kiểm tra."))


@blueprint.post(PLACE + "/ton-tai")
@signed_in
def finding(number: int) -> ResponseReturnValue:
    """Record a finding."""
    found, form, key = _one(number), FindingForm(request.form), origin(typed_key())
    said = typed(form)
    sent = send(form, lambda: add_finding(db_session(), viewer(), current_clock(), key, number, said))
    return _done(found, form, sent, _("Đã ghi tồn tại, kiến nghị."))


@blueprint.post(PLACE + "/tra-loi")
@signed_in
def finding_answer(number: int) -> ResponseReturnValue:
    """Answer a finding, for the body that was inspected."""
    found, form, key = _one(number), AnswerForm(request.form), origin(typed_key())
    known = {one.id for one in found.more["findings"]}
    chosen, said = chosen_id(form, "finding"), {"answer": text(form, "answer")}
    if chosen not in known:
        chosen = 0
    sent = send(form, lambda: answer_finding(db_session(), viewer(), current_clock(), key, chosen, said))
    return _done(found, form, sent, _("Đã ghi trả lời."))


def _led() -> list[str]:
    who, today = viewer(), current_clock().today()
    return [kind for kind in KINDS if leads(db_session(), who, kind, today) is not None]


def _one(number: int) -> Entry:
    found = listed(db_session(), viewer(), current_clock().today(), number)
    return found[0] if found else abort(404)


def _done(found: Entry, form: Form, sent: Sent[Any], said: str) -> ResponseReturnValue:
    if sent.answer is None:
        return _shown(found, form, sent)
    told(said, sent.answer)
    return redirect(url_for("movement.inspection", number=found.id), code=303)


def _shown(found: Entry, again: Form | None = None, sent: Sent[Any] | None = None) -> ResponseReturnValue:
    row = found.row
    planned = f"{date_vi(row.planned_from)} – {date_vi(row.planned_to)}"
    facts = [
        {"label": _("Loại"), "value": KINDS[row.kind]},
        {"label": _("Chủ trì"), "value": found.more["lead"]},
        {"label": _("Quyết định, kế hoạch"), "value": row.document},
        {"label": _("Dự kiến"), "value": planned},
        {"label": _("Đã kiểm tra ngày"), "value": date_vi(row.held_on) if row.held_on else None},
        {"label": _("Kết luận"), "value": row.conclusion, "wide": True},
    ]
    file = url_for("movement.register_file", kind="kiem-tra", number=row.id) if row.file_sha else None
    items = [_item(one) for one in found.more["findings"]]
    return page(
        "movement/entry.html",
        200 if sent is None else sent.status,
        title=_("Kiểm tra: %(unit)s", unit=found.unit_name),
        lead=KINDS[row.kind],
        facts=facts,
        paper=(_("Văn bản kết luận"), file) if file else None,
        lists=[{"title": _("Tồn tại, kiến nghị"), "items": items, "none": _("Chưa ghi tồn tại nào.")}],
        forms=_forms(found, again),
        summary=[] if sent is None else sent.summary,
        breadcrumbs=crumbs((_("Kiểm tra"), url_for("movement.inspections")), (found.unit_name, None)),
    )


def _item(one: Any) -> dict[str, Any]:  # noqa: ANN401 - a finding's row
    late = one.answer is None and one.answer_by < current_clock().today()
    waits = (_("Quá hạn"), "bad", "alert-triangle") if late else (_("Chờ trả lời"), "info", "clock")
    return {
        "label": one.text,
        "text": one.answer or _("Chưa trả lời."),
        "note": _("Trả lời trước hết ngày %(day)s", day=date_vi(one.answer_by)),
        "badge": (_("Đã trả lời"), "ok", "circle-check") if one.answer else waits,
    }


def _forms(found: Entry, again: Form | None) -> list[dict[str, Any]]:
    """What this person may do with the inspection now."""
    row, forms = found.row, []
    if leads(db_session(), viewer(), row.kind, current_clock().today()) == row.lead_unit_id:
        if row.held_on is None:
            forms.append(_form(HeldForm, again, _("Ghi kết luận"), "movement.conclude", row.id))
        else:
            forms.append(_form(FindingForm, again, _("Ghi tồn tại, kiến nghị"), "movement.finding", row.id))
    waiting = [one for one in found.more["findings"] if one.answer is None]
    if waiting and works_at(viewer(), row.unit_id):
        answer = _form(AnswerForm, again, _("Trả lời kết luận kiểm tra"), "movement.finding_answer", row.id)
        answer["form"].finding.choices = [(str(one.id), one.text[:120]) for one in waiting]
        forms.append(answer)
    return forms


def _form(kind: type[Form], again: Form | None, title: str, endpoint: str, number: int) -> dict[str, Any]:
    form = again if isinstance(again, kind) else kind()
    return {"title": title, "form": form, "action": url_for(endpoint, number=number), "submit": title, "note": None}


def _row(one: Entry) -> dict[str, Any]:
    row, found = one.row, one.more["findings"]
    answered = sum(finding.answer is not None for finding in found)
    held = (_("Đã kiểm tra"), "ok", "circle-check") if row.held_on else (_("Theo kế hoạch"), "info", "calendar")
    planned = f"{date_vi(row.planned_from)} – {date_vi(row.planned_to)}"
    return {
        "unit": cell(one.unit_name, url=url_for("movement.inspection", number=row.id), note=row.document),
        "kind": cell(KINDS[row.kind], note=one.more["lead"]),
        "when": cell(date_vi(row.held_on) if row.held_on else planned, badge=held),
        "found": cell(f"{answered} / {len(found)}" if found else ""),
    }
