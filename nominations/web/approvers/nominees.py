"""Nominees of one's units: found by name; what stands against one, recorded and closed; what one was awarded."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms import Form

from nominations.extensions import current_clock, current_storage, db_session
from nominations.queries.nominees import Known, Mark, awards_before, find_nominees, known, marks, may_read
from nominations.services.errors import InvalidInput, NotFound
from nominations.services.files import open_stored
from nominations.services.log import Receipt
from nominations.services.marks import NewMark, close_mark, may_close, record_mark
from nominations.services.messages import Message
from nominations.web.access import needs
from nominations.web.approvers import parts
from nominations.web.approvers.answers import KEPT, show_errors, upload_of
from nominations.web.approvers.blueprint import KEEPERS, blueprint
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
from nominations.web.approvers.words import KINDS, MARKS
from nominations.web.formats import date_vi
from nominations.web.ground import form_errors, origin, page, typed_key, viewer
from nominations.web.lazily import lazily

ADDRESS = "/truong-hop/<ref>"
LONGEST = 200  # characters of a search
Summary = list[tuple[str | None, str]]


def kinds_of_mark() -> dict[str, str]:
    """The kinds of mark, in the language of the request."""
    return choices(tuple(MARKS.items()))


class MarkForm(Form):
    """What stands against a nominee."""

    kind = OneOfField(lazily("Loại"), validators=MARKED, choices=kinds_of_mark)
    opened_on = DayField(lazily("Từ ngày"), validators=MARKED, description=lazily("Dạng ngày/tháng/năm."))
    closed_on = DayField(
        lazily("Chấp hành xong kỷ luật ngày"),
        description=lazily("Chỉ với kỷ luật, khi đã biết; có thể là ngày chưa tới. Dạng ngày/tháng/năm."),
    )
    document = LineField(lazily("Văn bản"), validators=MARKED, description=lazily("Số, ngày, cơ quan ban hành."))
    document_sha = UploadField(
        lazily("Bản chụp văn bản"), description=lazily("PDF, ảnh PNG hoặc JPEG, DOCX, XLSX; tối đa 20 MB.")
    )
    note = WordsField(lazily("Nội dung"), description=lazily("Không bắt buộc. Không ghi số căn cước."))


class CloseForm(Form):
    """The end of a mark."""

    mark = ListField(lazily("Điều cần lưu ý"), validators=MARKED)
    end_on = DayField(lazily("Kết thúc ngày"), description=lazily("Để trống là hôm nay. Dạng ngày/tháng/năm."))
    reasons = WordsField(lazily("Kết luận, lý do kết thúc"), validators=MARKED)


@blueprint.get("/truong-hop")
@needs(*KEEPERS)
def nominees() -> ResponseReturnValue:
    """Find a nominee of one's units by name."""
    query = request.args.get("q", "").strip()[:LONGEST]
    lines = find_nominees(db_session(), viewer().actor, query) if query else ()
    return page("approvers/nominees.html", query=query, lines=lines, kinds=KINDS)


@blueprint.get(ADDRESS)
@needs(*KEEPERS)
def nominee(ref: str) -> ResponseReturnValue:
    """Show what stands against a nominee, and what they were awarded."""
    return _shown(_known(ref), MarkForm(), CloseForm())


@blueprint.post(ADDRESS + "/luu-y")
@needs(*KEEPERS)
def add_mark(ref: str) -> ResponseReturnValue:
    """Record what stands against a nominee."""
    found, form = _known(ref), MarkForm(request.form)
    try:
        new = _typed(form)
        receipt = record_mark(db_session(), viewer().actor, current_clock(), origin(typed_key()), ref, new)
    except NotFound:
        abort(404)
    except InvalidInput as wrong:
        return _shown(found, form, CloseForm(), show_errors(form, form_errors(wrong)))
    return _told(ref, _("Đã ghi điều cần lưu ý."), receipt)


@blueprint.post(ADDRESS + "/luu-y/ket-thuc")
@needs(*KEEPERS)
def end_mark(ref: str) -> ResponseReturnValue:
    """Close a mark."""
    found, form = _known(ref), CloseForm(request.form)
    chosen = form.mark.data or ""
    number = int(chosen) if chosen.isascii() and chosen.isdigit() and len(chosen) < 10 else 0
    on, reasons, key = form.end_on.data, form.reasons.data, origin(typed_key())
    try:
        receipt = close_mark(db_session(), viewer().actor, current_clock(), key, ref, number, on, reasons)
    except NotFound:
        abort(404)
    except InvalidInput as wrong:
        said = {"end_on" if name == "closed_on" else name: text for name, text in form_errors(wrong).items()}
        return _shown(found, MarkForm(), form, show_errors(form, said))
    return _told(ref, _("Đã kết thúc điều cần lưu ý."), receipt)


@blueprint.get(ADDRESS + "/giay-to/<sha256>")
@needs(*KEEPERS)
def mark_paper(ref: str, sha256: str) -> ResponseReturnValue:
    """Hand out the paper of a mark to who reads the mark."""
    found = _known(ref)
    if sha256 not in {mark.document_sha for mark in _read(found)}:
        abort(404)
    try:
        name, media_type, content = open_stored(db_session(), current_storage(), sha256)
    except (NotFound, FileNotFoundError):
        abort(404)
    return send_file(content, mimetype=media_type, as_attachment=True, download_name=name, etag=False)


def _typed(form: MarkForm) -> NewMark:
    """The mark as typed, its paper kept. Raises InvalidInput for a paper that cannot be used."""
    errors: dict[str, Message] = {}
    form.document_sha.kept = request.form.get(form.document_sha.name + KEPT, "")
    paper = upload_of(form.document_sha, errors)
    if errors:
        raise InvalidInput(errors)
    return NewMark(
        kind=form.kind.data,
        opened_on=(form.opened_on.data or "").strip(),
        document=form.document.data,
        note=(form.note.data or "").strip(),
        closed_on=(form.closed_on.data or "").strip(),
        document_sha=paper,
    )


def _known(ref: str) -> Known:
    found = known(db_session(), viewer().actor, ref)
    return found if found is not None else abort(404)


def _read(found: Known) -> tuple[Mark, ...]:
    return tuple(mark for mark in marks(db_session(), found.id) if may_read(found, mark))


def _told(ref: str, said: str, receipt: Receipt) -> ResponseReturnValue:
    flash(said + " " + _("Mã đối chứng nhật ký: %(receipt)s.", receipt=receipt.code), "success")
    return redirect(url_for("approvers.nominee", ref=ref), code=303)


def _shown(found: Known, form: MarkForm, closing: CloseForm, summary: Summary | None = None) -> ResponseReturnValue:
    today, read = current_clock().today(), _read(found)
    may_end = [mark for mark in read if (mark.closed_on is None or mark.closed_on > today) and _ends(found, mark)]
    closing.mark.choices = choices(
        tuple((str(mark.id), f"{MARKS[mark.kind]}, {date_vi(mark.opened_on)}: {mark.document}") for mark in may_end)
    )
    context: dict[str, Any] = {
        "nominee": found.line,
        "kind": KINDS[found.line.kind],
        "marks": [parts.mark(mark, today, _paper(found, mark)) for mark in read],
        "awards": awards_before(db_session(), found.id),
        "form": form,
        "closing": closing if may_end else None,
        "may_record": bool(found.records),
        "summary": summary or [],
    }
    return page("approvers/nominee.html", 422 if summary else 200, **context)


def _ends(found: Known, mark: Mark) -> bool:
    return may_close(viewer().actor, found, mark.unit_id, mark.recorder_id)


def _paper(found: Known, mark: Mark) -> str | None:
    if not mark.document_sha:
        return None
    return url_for("approvers.mark_paper", ref=found.line.ref, sha256=mark.document_sha)
