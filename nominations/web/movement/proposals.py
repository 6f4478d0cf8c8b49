"""Difficulties and proposals to change the plan, opinions on them, decisions of UBND tỉnh with their criteria."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, cast

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms import Form
from wtforms.form import BaseForm

from nominations.extensions import current_clock, db_session
from nominations.queries import reference
from nominations.queries.plan import BOARD_DUTIES, at_the_board
from nominations.queries.registers import Entry
from nominations.queries.registers import proposals as listed
from nominations.queries.reports import poverty_bodies
from nominations.services.log import Receipt
from nominations.services.plan_changes import NewDecision, decide_change, give_opinion, propose_change
from nominations.web.access import needs, signed_in
from nominations.web.administrators.fields import chosen_id
from nominations.web.approvers.fields import (
    MARKED,
    DayField,
    LineField,
    ListField,
    OneOfField,
    SectionsField,
    UploadField,
    WordsField,
    choices,
)
from nominations.web.formats import date_vi
from nominations.web.ground import origin, typed_key, viewer
from nominations.web.lazily import lazily
from nominations.web.movement.blueprint import blueprint
from nominations.web.movement.plan import plan_or_404
from nominations.web.movement.registers import Columns, cell, entering, enters, entry, register, typed, unit_offers
from nominations.web.movement.sending import Sent, send, told
from nominations.web.movement.sending import number as as_number

KINDS: Mapping[str, str] = {
    "difficulty": lazily("Khó khăn, vướng mắc"),
    "change": lazily("Đề xuất điều chỉnh, bổ sung"),
}


def kinds() -> dict[str, str]:
    """The kinds, in the language of the request."""
    return choices(tuple(KINDS.items()))


class ProposalForm(Form):
    """A difficulty, or a proposal to change the plan."""

    unit = ListField(lazily("Cơ quan, đơn vị, địa phương"), validators=MARKED)
    kind = OneOfField(lazily("Loại"), validators=MARKED, choices=kinds)
    paragraph = LineField(lazily("Mục của kế hoạch"), description=lazily("Ví dụ III.1.2.8; để trống nếu nói chung."))
    text = WordsField(lazily("Nội dung"), validators=MARKED)


class OpinionForm(Form):
    """What the body with the poverty function thinks."""

    opinion = WordsField(lazily("Ý kiến"), validators=MARKED)


class DecisionForm(Form):
    """A decision of UBND tỉnh."""

    proposals = SectionsField(lazily("Trả lời các đề xuất"), validators=MARKED)
    number = LineField(lazily("Số, ký hiệu"), validators=MARKED)
    dated_on = DayField(lazily("Ngày văn bản"), validators=MARKED, description=lazily("Dạng ngày/tháng/năm."))
    summary = WordsField(lazily("Trích yếu"), validators=MARKED)
    answer = WordsField(lazily("Trả lời các đơn vị"), validators=MARKED)
    file_sha = UploadField(lazily("Bản chụp văn bản"), description=lazily("PDF, ảnh, DOCX, XLSX; tối đa 20 MB."))
    valid_from = DayField(
        lazily("Tiêu chí mới áp dụng từ ngày"), description=lazily("Chỉ khi có sửa tiêu chí bên dưới.")
    )


@blueprint.get("/de-xuat")
@signed_in
def proposals() -> ResponseReturnValue:
    """List what this person reads of it, open ones first."""
    who, today = viewer(), current_clock().today()
    columns: Columns = [
        {"key": "text", "label": _("Nội dung"), "header": True},
        {"key": "unit", "label": _("Đơn vị")},
        {"key": "opinion", "label": _("Ý kiến phối hợp")},
        {"key": "answer", "label": _("Trả lời")},
    ]
    add = (_("Gửi đề xuất"), url_for("movement.new_proposal")) if enters() else None
    further = [(_("Ghi quyết định"), url_for("movement.decision"))] if at_the_board(db_session(), who, today) else []
    lead = _("Khó khăn, vướng mắc, đề nghị điều chỉnh kế hoạch; Ủy ban nhân dân tỉnh quyết định (mục V.6).")
    rows = [_row(one) for one in listed(db_session(), who, today)]
    return register(columns, rows, _("Khó khăn, đề xuất"), lead, add, further)


@blueprint.route("/de-xuat/moi", methods=["GET", "POST"])
@signed_in
def new_proposal() -> ResponseReturnValue:
    """Tell of a difficulty, or propose to change the plan."""
    if not enters():
        abort(404)
    form = ProposalForm(request.form if request.method == "POST" else None)
    form.unit.choices = unit_offers()

    def save() -> Receipt | None:
        said, unit, key = typed(form), chosen_id(form, "unit"), origin(typed_key())
        said.pop("unit")
        return propose_change(db_session(), viewer(), current_clock(), key, unit, said)

    return entry(form, save, _("Đã gửi đề xuất."), _("Gửi đề xuất"), "", _("Gửi"), url_for("movement.proposals"))


@blueprint.route("/de-xuat/<int:number>/y-kien", methods=["GET", "POST"])
@signed_in
def opinion(number: int) -> ResponseReturnValue:
    """Say what the body with the poverty function thinks of a proposal."""
    who, today = viewer(), current_clock().today()
    found = next((one for one in listed(db_session(), who, today) if one.id == number), None)
    if found is None or not _gives_opinion() or found.row.decided_at is not None:
        abort(404)
    form = OpinionForm(request.form if request.method == "POST" else None, data={"opinion": found.row.opinion})

    def save() -> Receipt | None:
        return give_opinion(db_session(), who, current_clock(), origin(typed_key()), number, typed(form))

    lead, back = f"{found.unit_name}: {found.row.text}", url_for("movement.proposals")
    return entry(form, save, _("Đã ghi ý kiến."), _("Ý kiến phối hợp"), lead, _("Ghi ý kiến"), back)


@blueprint.route("/de-xuat/quyet-dinh", methods=["GET", "POST"])
@needs(*BOARD_DUTIES)
def decision() -> ResponseReturnValue:
    """Record what UBND tỉnh decided, with the criteria it changed."""
    who, today = viewer(), current_clock().today()
    if not at_the_board(db_session(), who, today):
        abort(404)
    lines = reference.criteria(db_session(), plan_or_404().code, date.max)  # the list that begins last
    form = _decision_form(lines, request.form if request.method == "POST" else None)
    waiting = [one for one in listed(db_session(), who, today) if one.row.decided_at is None]
    boxes = form["proposals"]
    if isinstance(boxes, SectionsField):
        boxes.choices = [(str(one.id), f"{one.unit_name}: {one.row.text[:120]}") for one in waiting]
    sent: Sent[Any] = Sent()
    if request.method == "POST":
        sent = send(form, lambda: _decide(form, lines))
        if sent.answer is not None:
            told(_("Đã ghi quyết định."), sent.answer)
            return redirect(url_for("movement.proposals"), code=303)
    faulty = {name for name in (f"criterion-{line.code}" for line in lines) if form[name].errors}
    return entering(
        form,
        sent,
        _("Quyết định của Ủy ban nhân dân tỉnh"),
        _("Sửa chữ của tiêu chí nào thì cả bộ tiêu chí có bản mới từ ngày áp dụng; hồ sơ đã tiếp nhận giữ bản cũ."),
        _("Ghi quyết định"),
        url_for("movement.proposals"),
        groups=_groups(lines, faulty),
        grouped=[f"criterion-{line.code}" for line in lines],
    )


def _decision_form(lines: tuple[reference.CriterionLine, ...], sent: Any) -> BaseForm:  # noqa: ANN401
    """The decision's form with every criterion as it reads now."""
    fields = {f"criterion-{line.code}": WordsField(f"{line.code}") for line in lines}
    now = {f"criterion-{line.code}": line.text for line in lines}
    return cast("BaseForm", type("WholeForm", (DecisionForm,), fields)(sent, data=now))


def _groups(lines: tuple[reference.CriterionLine, ...], faulty: set[str]) -> list[dict[str, Any]]:
    found: dict[str, list[reference.CriterionLine]] = {}
    for line in lines:
        found.setdefault(line.group_no, []).append(line)
    return [
        {
            "title": f"{group}. {of[0].group_title}",
            "summary": _("Sửa %(count)s tiêu chí", count=len(of)),
            "names": [f"criterion-{line.code}" for line in of],
            "open": any(f"criterion-{line.code}" in faulty for line in of),
        }
        for group, of in found.items()
    ]


def _decide(form: BaseForm, lines: tuple[reference.CriterionLine, ...]) -> Any:  # noqa: ANN401 - the receipt
    said = typed(form, ("file_sha", "file_name"))
    criteria = {line.code: said.pop(f"criterion-{line.code}") for line in lines}
    said.pop("proposals")
    chosen = [as_number(value) for value in form["proposals"].data or ()]
    new = NewDecision(said, chosen, criteria)
    return decide_change(db_session(), viewer(), current_clock(), origin(typed_key()), new)


def _gives_opinion() -> bool:
    bodies = set(poverty_bodies(db_session(), current_clock().today()))
    duties = {"appraiser", "asked_body", "head"}
    return any(post.unit_id in bodies and post.duty in duties for post in viewer().posts)


def _row(one: Entry) -> dict[str, Any]:
    row, change = one.row, one.more["change"]
    asks = url_for("movement.opinion", number=row.id) if _gives_opinion() and row.decided_at is None else None
    said = row.opinion or (_("Cho ý kiến") if asks else "")
    decided = "" if change is None else f"{change.number}, {date_vi(change.dated_on)}"
    version = (
        _("Tiêu chí bản %(version)s từ %(day)s", version=change.criteria_version, day=date_vi(change.valid_from))
        if change is not None and change.criteria_version
        else ""
    )
    state = (_("Đã trả lời"), "ok", "circle-check") if row.decided_at else (_("Chờ quyết định"), "info", "clock")
    return {
        "text": cell(row.text, note=f"{KINDS[row.kind]}{f' · {row.paragraph}' if row.paragraph else ''}"),
        "unit": cell(one.unit_name, note=one.author),
        "opinion": cell(said, url=asks, note=one.more["opinion_by"], label=f"{said}: {one.unit_name}"),
        "answer": cell(row.answer, badge=state, note=" · ".join(part for part in (decided, version) if part)),
    }
