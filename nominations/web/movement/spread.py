"""Models worth spreading: entered, consented to, handed to the press, the consent withdrawn."""

from __future__ import annotations

from typing import Any

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms import Form

from nominations.extensions import current_clock, db_session
from nominations.queries.plan import at_the_board
from nominations.queries.registers import Entry, spread_models, writes_for
from nominations.services.log import Receipt
from nominations.services.registers import add_model, give_consent, hand_over, withdraw_consent
from nominations.web.access import signed_in
from nominations.web.administrators.fields import chosen_id
from nominations.web.approvers.fields import MARKED, DayField, LineField, ListField, UploadField, WordsField
from nominations.web.formats import date_vi
from nominations.web.ground import origin, page, typed_key, viewer
from nominations.web.lazily import lazily
from nominations.web.movement.blueprint import blueprint
from nominations.web.movement.plan import crumbs
from nominations.web.movement.registers import Columns, cell, enters, entry, register, typed, unit_offers
from nominations.web.movement.sending import Sent, send, text, told

PLACE = "/mo-hinh/<int:number>"


class ModelForm(Form):
    """A model worth spreading."""

    unit = ListField(lazily("Cơ quan, đơn vị, địa phương"), validators=MARKED)
    title = LineField(lazily("Tên mô hình, cách làm, điển hình"), validators=MARKED)
    text = WordsField(lazily("Mô tả"), validators=MARKED, description=lazily("Không ghi số căn cước."))


class ConsentForm(Form):
    """That somebody consented."""

    consent_by = LineField(lazily("Người đồng ý"), validators=MARKED, description=lazily("Họ tên người được nêu."))
    consent_on = DayField(lazily("Đồng ý ngày"), validators=MARKED, description=lazily("Dạng ngày/tháng/năm."))
    consent_file = UploadField(
        lazily("Văn bản đồng ý"), validators=MARKED, description=lazily("PDF, ảnh, DOCX, XLSX; tối đa 20 MB.")
    )


class HandoverForm(Form):
    """To whom a model is handed."""

    handed_to = LineField(
        lazily("Chuyển cho"), validators=MARKED, description=lazily("Cơ quan báo chí, Cổng Thông tin điện tử.")
    )
    handed_on = DayField(lazily("Ngày chuyển"), validators=MARKED, description=lazily("Dạng ngày/tháng/năm."))


class WithdrawalForm(Form):
    """That a consent was withdrawn."""

    withdrawn_on = DayField(lazily("Rút lại ngày"), description=lazily("Để trống là hôm nay. Dạng ngày/tháng/năm."))


@blueprint.get("/mo-hinh")
@signed_in
def spread() -> ResponseReturnValue:
    """List the models."""
    columns: Columns = [
        {"key": "title", "label": _("Mô hình, điển hình"), "header": True},
        {"key": "unit", "label": _("Đơn vị")},
        {"key": "consent", "label": _("Đồng ý")},
        {"key": "handed", "label": _("Đã chuyển")},
    ]
    add = (_("Ghi mô hình"), url_for("movement.new_model")) if enters() else None
    lead = _("Mô hình, cách làm, điển hình đáng nhân rộng (mục II.2, V.4); chỉ chuyển đăng khi người được nêu đồng ý.")
    return register(columns, [_row(one) for one in spread_models(db_session())], _("Mô hình nhân rộng"), lead, add)


@blueprint.route("/mo-hinh/moi", methods=["GET", "POST"])
@signed_in
def new_model() -> ResponseReturnValue:
    """Enter a model."""
    if not enters():
        abort(404)
    form = ModelForm(request.form if request.method == "POST" else None)
    form.unit.choices = unit_offers()

    def save() -> Receipt | None:
        said, unit, key = typed(form), chosen_id(form, "unit"), origin(typed_key())
        said.pop("unit")
        return add_model(db_session(), viewer(), current_clock(), key, unit, said)

    return entry(form, save, _("Đã ghi mô hình."), _("Ghi mô hình"), "", _("Ghi mô hình"), url_for("movement.spread"))


@blueprint.get(PLACE)
@signed_in
def model(number: int) -> ResponseReturnValue:
    """Show one model, its consent, to whom it was handed."""
    return _shown(_one(number))


@blueprint.post(PLACE + "/dong-y")
@signed_in
def consent(number: int) -> ResponseReturnValue:
    """Record a consent."""
    found, form, key = _one(number), ConsentForm(request.form), origin(typed_key())

    def act() -> Any:  # noqa: ANN401 - the receipt
        said = typed(form, ("consent_file", "consent_name"))
        return give_consent(db_session(), viewer(), current_clock(), key, number, said)

    return _done(found, form, send(form, act), _("Đã ghi sự đồng ý."))


@blueprint.post(PLACE + "/rut-dong-y")
@signed_in
def no_consent(number: int) -> ResponseReturnValue:
    """Record that a consent was withdrawn."""
    found, form, key = _one(number), WithdrawalForm(request.form), origin(typed_key())
    on = text(form, "withdrawn_on")
    sent = send(form, lambda: withdraw_consent(db_session(), viewer(), current_clock(), key, number, on))
    return _done(found, form, sent, _("Đã ghi việc rút lại sự đồng ý."))


@blueprint.post(PLACE + "/chuyen")
@signed_in
def handing(number: int) -> ResponseReturnValue:
    """Record that the model was handed to the press."""
    found, form, key = _one(number), HandoverForm(request.form), origin(typed_key())
    said = typed(form)
    sent = send(form, lambda: hand_over(db_session(), viewer(), current_clock(), key, number, said))
    return _done(found, form, sent, _("Đã ghi việc chuyển đăng."))


def _one(number: int) -> Entry:
    found = spread_models(db_session(), number)
    return found[0] if found else abort(404)


def _done(found: Entry, form: Form, sent: Sent[Any], said: str) -> ResponseReturnValue:
    if sent.answer is None:
        return _shown(found, form, sent)
    told(said, sent.answer)
    return redirect(url_for("movement.model", number=found.id), code=303)


def _shown(found: Entry, again: Form | None = None, sent: Sent[Any] | None = None) -> ResponseReturnValue:
    row, state = found.row, _state(found.row)
    facts = [
        {"label": _("Đơn vị"), "value": found.unit_name},
        {"label": _("Người ghi"), "value": found.author},
        {"label": _("Mô tả"), "value": row.text, "wide": True},
        {"label": _("Sự đồng ý"), "value": state[0], "note": row.consent_by},
        {"label": _("Đồng ý ngày"), "value": date_vi(row.consent_on) if row.consent_on else None},
    ]
    file = url_for("movement.register_file", kind="mo-hinh", number=row.id) if _reads_consent(row) else None
    handed = [{"label": one.handed_to, "text": date_vi(one.handed_on)} for one in found.more["handed"]]
    return page(
        "movement/entry.html",
        200 if sent is None else sent.status,
        title=row.title,
        lead=found.unit_name,
        facts=facts,
        paper=(_("Văn bản đồng ý"), file) if file else None,
        lists=[{"title": _("Đã chuyển"), "items": handed, "none": _("Chưa chuyển cho cơ quan nào.")}],
        forms=_forms(row, again),
        summary=[] if sent is None else sent.summary,
        breadcrumbs=crumbs((_("Mô hình nhân rộng"), url_for("movement.spread")), (row.title, None)),
    )


def _forms(row: Any, again: Form | None) -> list[dict[str, Any]]:  # noqa: ANN401 - a model's row
    """What this person may do with the model now."""
    today, forms = current_clock().today(), []
    given = row.consent_on is not None and row.withdrawn_on is None
    if given and at_the_board(db_session(), viewer(), today):
        forms.append(_form(HandoverForm, again, _("Chuyển đăng"), "movement.handing", row.id))
    if writes_for(db_session(), viewer(), row.unit_id, today):
        if given:
            forms.append(_form(WithdrawalForm, again, _("Ghi rút lại sự đồng ý"), "movement.no_consent", row.id))
        else:
            forms.append(_form(ConsentForm, again, _("Ghi sự đồng ý"), "movement.consent", row.id))
    return forms


def _form(kind: type[Form], again: Form | None, title: str, endpoint: str, number: int) -> dict[str, Any]:
    form = again if isinstance(again, kind) else kind()
    return {"title": title, "form": form, "action": url_for(endpoint, number=number), "submit": title, "note": None}


def _reads_consent(row: Any) -> bool:  # noqa: ANN401 - a model's row
    """A consent is a person's paper: read by the unit that got it and the board."""
    mine = writes_for(db_session(), viewer(), row.unit_id, current_clock().today())
    return row.consent_file is not None and mine


def _state(row: Any) -> tuple[str, str, str]:  # noqa: ANN401 - a model's row
    if row.withdrawn_on is not None:
        return _("Đã rút lại %(day)s", day=date_vi(row.withdrawn_on)), "warn", "ban"
    if row.consent_on is not None:
        return _("Đã đồng ý"), "ok", "circle-check"
    return _("Chưa có"), "neutral", "circle"


def _row(one: Entry) -> dict[str, Any]:
    state, handed = _state(one.row), one.more["handed"]
    return {
        "title": cell(one.row.title, url=url_for("movement.model", number=one.id)),
        "unit": cell(one.unit_name),
        "consent": cell("", badge=state),
        "handed": cell(", ".join(line.handed_to for line in handed)),
    }
