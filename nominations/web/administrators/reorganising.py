"""The reorganisation: the dry run, what must be decided first, and carrying it out with the number of files typed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask import Response, abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms import BooleanField, Form, StringField, TextAreaField

from nominations.extensions import current_clock, db_session
from nominations.queries import unit_tree
from nominations.queries.filing import form_names
from nominations.queries.successions import SuccessionLine, succession, succession_days
from nominations.services.errors import InvalidInput, NotFound
from nominations.services.messages import Message
from nominations.services.payloads import day as parsed_day
from nominations.services.reorganising import FileMove, NewSuccession, Report, choose, look, reorganise, settle
from nominations.services.reorganising.sentences import SENTENCES
from nominations.services.reorganising.settling import functions
from nominations.services.reorganising.workbook import XLSX, workbook
from nominations.web.access import needs
from nominations.web.administrators.blueprint import ADMIN, blueprint
from nominations.web.administrators.fields import (
    OneOfList,
    ask,
    asked_day,
    chosen_id,
    day_of,
    done,
    offer,
    required,
    text_of,
    typed,
)
from nominations.web.administrators.posts import unit_choices
from nominations.web.administrators.words import DUTIES, FINDINGS, RESULTS
from nominations.web.ground import lang, origin
from nominations.web.lazily import lazily

TURN = date(2025, 7, 1)  # the day looked at first [S-72]
SHOWN = 200  # files on the page; the workbook has them all
MARKS = lazily("[plan], [S-72], [memory], [practice], [inference]")


class ConfirmForm(Form):
    """Carrying it out: the number of files that move, typed by hand."""

    counted = StringField(
        lazily("Số hồ sơ sẽ chuyển"), [required()], description=lazily("Gõ lại số ở ô “Hồ sơ chuyển” phía trên")
    )


class ChoiceForm(Form):
    """Who receives one file."""

    new_unit = OneOfList(lazily("Đơn vị nhận"), [required()])
    source = StringField(lazily("Dấu nguồn"), [required()], description=MARKS)


class SuccessionForm(Form):
    """A line of the list of successions."""

    new_unit = OneOfList(lazily("Đơn vị kế thừa"), description=lazily("Để trống nếu không có hoặc chưa tìm thấy"))
    function = OneOfList(lazily("Chức năng"), [required()])
    share = StringField(lazily("Phần kế thừa"), description=lazily("1 là toàn bộ; để trống nếu chưa biết"))
    effective_on = asked_day(lazily("Từ ngày"))
    posts_follow = BooleanField(lazily("Người giữ nhiệm vụ ở đơn vị cũ giữ tiếp nhiệm vụ ở đơn vị kế thừa"))
    note = TextAreaField(lazily("Ghi chú"))
    source = StringField(lazily("Dấu nguồn"), [required()], description=MARKS)


@blueprint.route("/sap-xep", methods=["GET", "POST"])
@needs(ADMIN)
def reorganisation() -> ResponseReturnValue:
    """Show the dry run of a day; carry it out once its number of files was typed."""
    day = _day()
    form = typed(ConfirmForm)
    if (report := done(form, lambda: _carried_out(form, day))) is not None:
        words = _("Đã chuyển %(count)s hồ sơ.", count=report.moving)
        flash(words if report.pending or report.resumed else _("Không còn gì để chuyển; không ghi gì."), "success")
        return redirect(url_for("administrators.reorganisation", ngay=day.isoformat()), code=303)
    return ask("administrators/reorganisation.html", form, **_shown(_looked_at(day)))


@blueprint.get("/sap-xep/bang.xlsx")
@needs(ADMIN)
def reorganisation_table() -> ResponseReturnValue:
    """Hand out the whole dry run as a workbook."""
    day = _day()
    named = {"Content-Disposition": f'attachment; filename="sap-xep-{day.isoformat()}.xlsx"'}
    return Response(workbook(_looked_at(day)), mimetype=XLSX, headers=named)


@blueprint.route("/sap-xep/ho-so/<code>", methods=["GET", "POST"])
@needs(ADMIN)
def choose_successor(code: str) -> ResponseReturnValue:
    """Ask which unit receives one file whose way leads to a unit without a settled successor."""
    day = _day()
    file = next((one for one in _looked_at(day).files if one.code == code), None)
    if file is None:
        abort(404)
    back = url_for("administrators.reorganisation", ngay=day.isoformat())
    form = typed(ChoiceForm, source="[practice]")
    offer(form, "new_unit", unit_choices(max(day, current_clock().today())))
    if done(form, lambda: _chosen(form, code, day)) is not None:
        flash(_("Đã chọn đơn vị nhận; hồ sơ chuyển khi chạy."), "success")
        return redirect(back, code=303)
    return ask(
        "administrators/choose_successor.html", form, file=file, back=back, sentences=_sentences(), forms=_forms()
    )


@blueprint.route("/don-vi/<int:unit_id>/ke-thua", methods=["GET", "POST"])
@needs(ADMIN)
def new_succession(unit_id: int) -> ResponseReturnValue:
    """Ask who takes over a function of a unit that ended."""
    return _succession(unit_id, None)


@blueprint.route("/ke-thua/<int:line_id>", methods=["GET", "POST"])
@needs(ADMIN)
def edit_succession(line_id: int) -> ResponseReturnValue:
    """Ask for what is right in a line of the list."""
    line = succession(db_session(), line_id)
    if line is None:
        abort(404)
    return _succession(line.old_id, line)


def _succession(unit_id: int, line: SuccessionLine | None) -> ResponseReturnValue:
    unit = unit_tree.unit(db_session(), unit_id)
    if unit is None or unit.valid_to is None:
        abort(404)
    form = typed(SuccessionForm, **_as_typed(line))
    offer(form, "function", functions(lang()))
    offer(form, "new_unit", unit_choices(line.effective_on if line is not None else TURN))
    if done(form, lambda: _settled(form, unit_id, line)) is not None:
        flash(_("Đã ghi đơn vị kế thừa."), "success")
        return redirect(url_for("administrators.unit", unit_id=unit_id), code=303)
    return ask("administrators/succession.html", form, unit=unit)


def _as_typed(line: SuccessionLine | None) -> dict[str, Any]:
    if line is None:
        return {"effective_on": TURN, "function": "awards", "share": "1", "source": "[practice]"}
    return {
        "new_unit": str(line.new_id or ""),
        "function": line.function,
        "share": "" if line.share is None else f"{line.share.normalize():f}",
        "effective_on": line.effective_on,
        "posts_follow": line.posts_follow,
        "note": line.note or "",
        "source": line.source,
    }


def _settled(form: Form, unit_id: int, line: SuccessionLine | None) -> object:
    asked = NewSuccession(
        old_unit_id=unit_id,
        new_unit_id=chosen_id(form, "new_unit") or None,
        function=text_of(form, "function"),
        share=text_of(form, "share"),
        effective_on=day_of(form, "effective_on"),
        source=text_of(form, "source"),
        note=text_of(form, "note"),
        posts_follow=bool(form["posts_follow"].data),
    )
    return settle(db_session(), current_clock(), origin(), asked, line.id if line is not None else None)


def _chosen(form: Form, code: str, day: date) -> object:
    unit, source = chosen_id(form, "new_unit"), text_of(form, "source")
    try:
        return choose(db_session(), current_clock(), origin(), code, unit, source, day)
    except NotFound:
        abort(404)


def _carried_out(form: Form, day: date) -> Report:
    text = text_of(form, "counted")
    counted = int(text) if text.isascii() and text.isdigit() and len(text) < 8 else -1
    return reorganise(db_session(), current_clock(), origin(), day, dry_run=False, counted=counted)


def _day() -> date:
    """The day of the address, or the one looked at first."""
    text = (request.args.get("ngay") or request.form.get("ngay") or "").strip()
    read = parsed_day(text) if text else TURN
    if isinstance(read, Message):
        abort(404)
    return read


def _looked_at(day: date) -> Report:
    try:
        return look(db_session(), current_clock(), day)
    except InvalidInput:
        abort(404)


def _sentences() -> dict[str, str]:
    return {word: said[lang()] for word, said in SENTENCES.items()}


def _forms() -> dict[str, str]:
    return {form.code: form.en if lang() == "en" else form.vi for form in form_names(db_session())}


def _ways(moving: Sequence[FileMove]) -> list[dict[str, Any]]:
    """The moves that are alike as one line each, the most first: how many, and one of them to read it from."""
    alike: dict[tuple[object, ...], list[FileMove]] = {}
    for file in moving:
        alike.setdefault((file.state, file.unit_id, file.to_state, file.to_unit_id, file.why), []).append(file)
    return [{"count": len(files), "file": files[0]} for files in sorted(alike.values(), key=len, reverse=True)]


def _shown(report: Report) -> dict[str, Any]:
    moving = [one for one in report.files if one.result == "moves"]
    return {
        "report": report,
        "ways": _ways(moving),
        "moving": moving[:SHOWN],
        "decide": report.stuck,
        "findings": [one for one in report.findings if one.result != "stays" or one.kind == "figure"],
        "left": len([one for one in report.findings if one.result == "stays" and one.kind != "figure"]),
        "officers": [one for one in report.officers if one.waiting or not one.today],
        "days": succession_days(db_session()),
        "sentences": _sentences(),
        "forms": _forms(),
        "kinds": FINDINGS,
        "results": RESULTS,
        "duties": DUTIES,
        "lang": lang(),
        "come": current_clock().today() >= report.effective_on,
    }
