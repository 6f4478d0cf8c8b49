"""Consultations of ministries about nominees of their own: the list by due day, one of them, what is done with it."""

from __future__ import annotations

import io
from typing import Any

from flask import abort, flash, redirect, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms import Form

from nominations.extensions import current_clock, current_storage, db_session
from nominations.queries.consultations import bodies_on
from nominations.queries.incoming import DRAFT, DUTIES, RECEIVE, REPLY, Incoming, board_of, incoming, may, one_incoming
from nominations.services.errors import InvalidInput, NotFound
from nominations.services.files import open_stored
from nominations.services.incoming import Drafted, NewIncoming, Sent, draft, receive, reply_paper, send
from nominations.services.log import Receipt
from nominations.services.messages import Message
from nominations.services.papers import OUTPUTS, paper_bytes
from nominations.web.access import needs
from nominations.web.approvers.answers import KEPT, show_errors, upload_of
from nominations.web.approvers.blueprint import blueprint
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
from nominations.web.approvers.whereabouts import days_left
from nominations.web.approvers.words import CHOICES
from nominations.web.ground import form_errors, origin, page, typed_key, viewer
from nominations.web.lazily import lazily

ADDRESS = "/hiep-y/<code>"
FILES = lazily("PDF, ảnh PNG hoặc JPEG, DOCX, XLSX; tối đa 20 MB.")
Shown = dict[str, Any]
Summary = list[tuple[str | None, str]]


def kinds_of_advice() -> dict[str, str]:
    """What the province may say, in the language of the request."""
    return {value: str(words) for value, words in CHOICES["advice"].items()}


class LetterForm(Form):
    """A ministry's letter."""

    ministry = LineField(lazily("Bộ, ngành hỏi"), validators=MARKED)
    letter_number = LineField(lazily("Số văn bản"), validators=MARKED)
    letter_on = DayField(lazily("Ngày văn bản"), validators=MARKED, description=lazily("Dạng ngày/tháng/năm."))
    received_on = DayField(lazily("Ngày đến"), description=lazily("Để trống là hôm nay. Dạng ngày/tháng/năm."))
    nominee = LineField(lazily("Trường hợp được hỏi"), validators=MARKED)
    nominee_unit = ListField(
        lazily("Cơ quan trung ương trên địa bàn"), description=lazily("Nếu có trong danh sách cơ quan.")
    )
    award = LineField(lazily("Hình thức khen thưởng"), validators=MARKED)
    question = WordsField(lazily("Nội dung hỏi"), validators=MARKED)
    letter_sha = UploadField(lazily("Bản chụp văn bản đến"), description=FILES)


class DraftForm(Form):
    """The province's opinion."""

    advice = OneOfField(lazily("Ý kiến của tỉnh"), validators=MARKED, choices=kinds_of_advice)
    reasons = WordsField(
        lazily("Nội dung ý kiến"),
        validators=MARKED,
        description=lazily("Việc chấp hành chủ trương, pháp luật; kết quả của tổ chức Đảng, đoàn thể ở địa phương."),
    )


class SentForm(Form):
    """The reply as signed."""

    reply_number = LineField(lazily("Số văn bản trả lời"), validators=MARKED)
    replied_on = DayField(lazily("Ngày văn bản"), description=lazily("Để trống là hôm nay. Dạng ngày/tháng/năm."))
    reply_sha = UploadField(lazily("Bản chụp văn bản đã ký"), validators=MARKED, description=FILES)


@blueprint.get("/hiep-y")
@needs(*DUTIES)
def incoming_list() -> ResponseReturnValue:
    """Show what waits for a reply and what is answered."""
    today = current_clock().today()
    _board()
    found = {state: incoming(db_session(), viewer(), today, waiting=state) for state in (True, False)}
    return page(
        "approvers/incoming.html",
        waiting=[_row(one) for one in found[True]],
        over=[_row(one) for one in found[False]],
        may_receive=may(viewer(), _board(), RECEIVE),
    )


@blueprint.get("/hiep-y/moi")
@needs(*DUTIES)
def new_incoming() -> ResponseReturnValue:
    """Ask for a letter that came."""
    return _asked(LetterForm())


@blueprint.post("/hiep-y/moi")
@needs(*DUTIES)
def receive_incoming() -> ResponseReturnValue:
    """Record a letter that came."""
    form = LetterForm(request.form)
    try:
        names = [name for name in form._fields if name != "letter_sha"]
        said = {name: (form[name].data or "").strip() for name in names}
        new = NewIncoming(**said, letter_sha=_upload(form.letter_sha))
        code, receipt = receive(db_session(), viewer(), current_clock(), origin(typed_key()), new)
    except NotFound:
        abort(404)
    except InvalidInput as wrong:
        form.nominee_unit.choices = _units()
        return _asked(form, show_errors(form, form_errors(wrong)))
    return _told(code, _("Đã ghi văn bản hỏi hiệp y."), receipt)


@blueprint.get(ADDRESS)
@needs(*DUTIES)
def incoming_page(code: str) -> ResponseReturnValue:
    """Show one consultation."""
    found = _found(code)
    return _shown(found, DraftForm(data={"advice": found.advice, "reasons": found.reasons}), SentForm())


@blueprint.post(ADDRESS + "/y-kien")
@needs(*DUTIES)
def draft_incoming(code: str) -> ResponseReturnValue:
    """Keep the opinion as drafted."""
    found, form = _found(code), DraftForm(request.form)
    said = Drafted(form.advice.data, (form.reasons.data or "").strip())
    try:
        receipt = draft(db_session(), viewer(), current_clock(), origin(typed_key()), code, said)
    except NotFound:
        abort(404)
    except InvalidInput as wrong:
        return _shown(found, form, SentForm(), show_errors(form, form_errors(wrong)))
    return _told(code, _("Đã lưu dự thảo ý kiến."), receipt)


@blueprint.post(ADDRESS + "/tra-loi")
@needs(*DUTIES)
def send_incoming(code: str) -> ResponseReturnValue:
    """Record the signed reply."""
    found, form = _found(code), SentForm(request.form)
    try:
        number, on = (form.reply_number.data or "").strip(), (form.replied_on.data or "").strip()
        sent = Sent(number, on, _upload(form.reply_sha))
        receipt = send(db_session(), viewer(), current_clock(), origin(typed_key()), code, sent)
    except NotFound:
        abort(404)
    except InvalidInput as wrong:
        asked = DraftForm(data={"advice": found.advice, "reasons": found.reasons})
        return _shown(found, asked, form, show_errors(form, form_errors(wrong)))
    return _told(code, _("Đã ghi văn bản trả lời."), receipt)


@blueprint.get(ADDRESS + "/van-ban.<output>")
@needs(*DUTIES)
def incoming_reply(code: str, output: str) -> ResponseReturnValue:
    """Hand out the reply as PDF or DOCX."""
    found = _found(code)
    if output not in OUTPUTS:
        abort(404)
    made = reply_paper(db_session(), found, current_clock().today())
    content = io.BytesIO(paper_bytes(made, output))
    name = f"{found.code}-tra-loi.{output}"
    return send_file(content, mimetype=OUTPUTS[output], as_attachment=output != "pdf", download_name=name, etag=False)


@blueprint.get(ADDRESS + "/giay-to/<sha256>")
@needs(*DUTIES)
def incoming_paper(code: str, sha256: str) -> ResponseReturnValue:
    """Hand out the letter or the signed reply."""
    found = _found(code)
    if sha256 not in {found.letter_sha, found.reply_sha}:
        abort(404)
    try:
        name, media_type, content = open_stored(db_session(), current_storage(), sha256)
    except (NotFound, FileNotFoundError):
        abort(404)
    return send_file(content, mimetype=media_type, as_attachment=True, download_name=name, etag=False)


def _board() -> int:
    """The board's unit; 404 for who is of no unit that answers for the province."""
    board = board_of(db_session(), current_clock().today())
    if board is None or not may(viewer(), board, DUTIES):
        abort(404)
    return board


def _found(code: str) -> Incoming:
    today = current_clock().today()
    found = one_incoming(db_session(), viewer(), today, code) if code.isprintable() else None
    return found if found is not None else abort(404)


def _upload(field: UploadField) -> str | None:
    errors: dict[str, Message] = {}
    field.kept = request.form.get(field.name + KEPT, "")
    sha = upload_of(field, errors)
    if errors:
        raise InvalidInput(errors)
    return sha


def _units() -> dict[str, str]:
    today = current_clock().today()
    central = [body for body in bodies_on(db_session(), today) if body.kind == "central_agency"]
    return choices(tuple((body.code, body.name) for body in central), _("Không có trong danh sách"))


def _asked(form: LetterForm, summary: Summary | None = None) -> ResponseReturnValue:
    if not may(viewer(), _board(), RECEIVE):
        abort(404)
    form.nominee_unit.choices = _units()
    return page("approvers/new_incoming.html", 422 if summary else 200, form=form, summary=summary or [])


def _told(code: str, said: str, receipt: Receipt) -> ResponseReturnValue:
    flash(said + " " + _("Mã đối chứng nhật ký: %(receipt)s.", receipt=receipt.code), "success")
    return redirect(url_for("approvers.incoming_page", code=code), code=303)


def _shown(found: Incoming, drafts: DraftForm, sends: SentForm, summary: Summary | None = None) -> ResponseReturnValue:
    open_ = found.replied_on is None
    return page(
        "approvers/incoming_one.html",
        422 if summary else 200,
        line=_row(found),
        found=found,
        drafts=drafts if open_ and may(viewer(), found.unit_id, DRAFT) else None,
        sends=sends if open_ and found.advice and may(viewer(), found.unit_id, REPLY) else None,
        summary=summary or [],
    )


def _row(line: Incoming) -> Shown:
    """A consultation as the list shows it."""
    return {
        "code": line.code,
        "nominee": line.nominee,
        "ministry": line.ministry,
        "award": line.award,
        "received_on": line.received_on,
        "due_on": line.due_on,
        "days_left": days_left(line.due_on, current_clock().today()),
        "drafted": line.advice is not None,
        "replied_on": line.replied_on,
        "reply_number": line.reply_number,
        "url": url_for("approvers.incoming_page", code=line.code),
    }
