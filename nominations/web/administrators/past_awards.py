"""Awards given before or elsewhere: a table sent or one typed, looked through first, then settled row by row."""

from __future__ import annotations

from typing import Any

from flask import Response, abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms import FileField, Form, SelectField, StringField, TextAreaField

from nominations.extensions import current_clock, current_settings, db_session
from nominations.queries.past_awards import TableRow, imports, may_bring_in, rows_of
from nominations.services.errors import NotFound
from nominations.services.messages import Message
from nominations.services.past_awards import COLUMNS, NEW, SKIP, Table, bring_in, bring_in_one, settle
from nominations.services.sheets import LARGEST, MOST_ROWS, written
from nominations.web.access import needs
from nominations.web.administrators.blueprint import ADMIN, blueprint
from nominations.web.administrators.fields import ask, done, offer, required, text_of, typed
from nominations.web.ground import lang, origin, page, typed_key, viewer
from nominations.web.lazily import lazily

APPRAISER = "appraiser"  # of the board
A_PAGE = 100  # rows
CHOICE = "row-"
MARK = "[practice]"


class TableForm(Form):
    """A table to look through."""

    file = FileField(lazily("Tệp XLSX hoặc CSV"), [], description=lazily("Dòng đầu là tên cột như bảng mẫu."))
    source = StringField(
        lazily("Dấu nguồn"), [required()], description=lazily("Ví dụ [practice] khi lấy từ quyết định đang lưu.")
    )


class AwardForm(Form):
    """One award."""

    name = StringField(lazily("Họ tên, tên tập thể"), [required()])
    kind = SelectField(lazily("Loại"), [required()], validate_choice=False)
    birth_year = StringField(lazily("Năm sinh"))
    identity = StringField(lazily("Số căn cước"), description=lazily("Chỉ để dò trùng; không lưu số."))
    unit = StringField(lazily("Đơn vị"), [required()], description=lazily("Mã hoặc tên đầy đủ vào ngày quyết định."))
    form = StringField(lazily("Hình thức"), [required()], description=lazily("Ghi như trong quyết định."))
    level_state = SelectField(lazily("Cấp Nhà nước"), validate_choice=False)
    number = StringField(lazily("Số quyết định"))
    decided_on = StringField(lazily("Ngày quyết định"), [required()], description=lazily("Dạng ngày/tháng/năm."))
    achievement = TextAreaField(lazily("Thành tích"), [required()])
    achievement_from = StringField(lazily("Thành tích từ ngày"), description=lazily("Dạng ngày/tháng/năm."))
    achievement_to = StringField(lazily("Thành tích đến ngày"), description=lazily("Dạng ngày/tháng/năm."))
    source = StringField(
        lazily("Dấu nguồn"), [required()], description=lazily("Ví dụ [practice] khi lấy từ quyết định đang lưu.")
    )


@blueprint.route("/khen-thuong-cu", methods=["GET", "POST"])
@needs(ADMIN, APPRAISER)
def past_awards() -> ResponseReturnValue:
    """List the tables that were sent, and take one more to look through."""
    _only_board()
    form = typed(TableForm, source=MARK)
    if (made := done(form, lambda: _brought_in(form))) is not None:
        return redirect(url_for("administrators.award_table", ref=made), code=303)
    limits = {"largest": LARGEST >> 20, "most": f"{MOST_ROWS:,}".replace(",", ".")}
    return ask("administrators/past_awards.html", form, tables=imports(db_session()), **limits)


@blueprint.route("/khen-thuong-cu/mot", methods=["GET", "POST"])
@needs(ADMIN, APPRAISER)
def one_past_award() -> ResponseReturnValue:
    """Type one award."""
    _only_board()
    form = typed(AwardForm, source=MARK)
    offer(form, "kind", [("", _("Chọn loại")), ("individual", _("Cá nhân")), ("collective", _("Tập thể")),
                         ("household", _("Hộ gia đình"))])  # fmt: skip
    offer(form, "level_state", [("0", _("Không")), ("1", _("Có"))])
    if (made := done(form, lambda: _brought_in_one(form))) is not None:
        return redirect(url_for("administrators.award_table", ref=made), code=303)
    return ask("administrators/one_past_award.html", form)


@blueprint.get("/khen-thuong-cu/mau.csv")
@needs(ADMIN, APPRAISER)
def sample_table() -> ResponseReturnValue:
    """Hand out the headings to fill in."""
    return _csv("mau-khen-thuong.csv", [list(COLUMNS.values())])


@blueprint.get("/khen-thuong-cu/bang/<ref>")
@needs(ADMIN, APPRAISER)
def award_table(ref: str) -> ResponseReturnValue:
    """Show what a table says: what is wrong, what waits for somebody's word, what is done."""
    return _shown(ref)


@blueprint.post("/khen-thuong-cu/bang/<ref>")
@needs(ADMIN, APPRAISER)
def settle_table(ref: str) -> ResponseReturnValue:
    """Add what is right, to whom was chosen."""
    _only_board()
    chosen = {
        int(name.removeprefix(CHOICE)): value
        for name, value in request.form.items()
        if name.startswith(CHOICE) and name[len(CHOICE) :].isascii() and name[len(CHOICE) :].isdigit() and value
    }
    try:
        came = settle(db_session(), viewer().actor, current_clock(), origin(typed_key()), ref, chosen)
    except NotFound:
        abort(404)
    said = _("Đã ghi %(added)s lần khen; còn %(waiting)s dòng chờ chọn.", added=came.added, waiting=came.waiting)
    if came.receipt is not None:
        said += " " + _("Mã đối chứng nhật ký: %(receipt)s.", receipt=came.receipt.code)
    flash(said, "success" if came.receipt is not None else "info")
    return redirect(url_for("administrators.award_table", ref=ref), code=303)


@blueprint.get("/khen-thuong-cu/bang/<ref>/loi.csv")
@needs(ADMIN, APPRAISER)
def faulty_rows(ref: str) -> ResponseReturnValue:
    """Hand out the rows that cannot be used, as they were, with what is wrong in a last column."""
    rows = _rows(ref)
    table = [["#", *COLUMNS.values(), _("Cần sửa")]]
    for row in rows:
        if row.faults and row.settled_as is None:
            cells = row.said.get("cells", {})
            table.append([str(row.number), *(cells.get(name, "") for name in COLUMNS), " ".join(_faults(row))])
    return _csv("dong-can-sua.csv", table)


def _only_board() -> None:
    """Leave the page to administrators and the board: to appraisers of other units it is not there."""
    if not may_bring_in(db_session(), viewer().actor, current_clock().today()):
        abort(404)


def _rows(ref: str) -> tuple[TableRow, ...]:
    _only_board()
    found = rows_of(db_session(), ref)
    return found if found is not None else abort(404)


def _shown(ref: str) -> ResponseReturnValue:
    rows = _rows(ref)
    waiting = [row for row in rows if row.settled_as is None and not row.faults]
    lines = [_line(row) for row in waiting if row.candidates][:A_PAGE]
    return page(
        "administrators/award_table.html",
        ref=ref,
        counts={
            "rows": len(rows),
            "faulty": sum(bool(row.faults) and row.settled_as is None for row in rows),
            "ready": sum(not row.candidates for row in waiting),
            "asked": sum(bool(row.candidates) for row in waiting),
            "done": sum(row.settled_as is not None for row in rows),
        },
        asked=lines,
        faulty=[{"number": row.number, "name": row.said.get("cells", {}).get("name", ""), "faults": _faults(row)}
                for row in rows if row.faults and row.settled_as is None][:A_PAGE],
        choice=CHOICE,
        new=NEW,
        skip=SKIP,
    )  # fmt: skip


def _line(row: TableRow) -> dict[str, Any]:
    said = row.said
    return {"id": row.id, "number": row.number, "name": said["name"], "year": said.get("birth_year"),
            "unit": said["unit"], "form": said["form"], "on": said["decided_on"],
            "candidates": row.candidates}  # fmt: skip


def _faults(row: TableRow) -> list[str]:
    """What is wrong with a row, a sentence each with its column."""
    return [f"{COLUMNS[field]}: {Message(key, dict(values)).text(lang())}" for field, (key, values) in
            row.faults.items()]  # fmt: skip


def _brought_in(form: Form) -> str:
    sent = request.files.get("file")
    content = sent.stream.read(LARGEST + 1) if sent is not None else b""
    table = Table((sent.filename if sent is not None else "") or "", content, text_of(form, "source"))
    settings = current_settings()
    return bring_in(db_session(), viewer().actor, current_clock(), origin(), table, settings.data_keys)


def _brought_in_one(form: Form) -> str:
    cells = {name: text_of(form, name) for name in COLUMNS}
    source, keys = text_of(form, "source"), current_settings().data_keys
    return bring_in_one(db_session(), viewer().actor, current_clock(), origin(), cells, source, keys)


def _csv(name: str, rows: list[list[str]]) -> Response:
    response = Response(written(rows), mimetype="text/csv")
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response
