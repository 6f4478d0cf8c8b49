"""Dated figures of the law: the table with its source marks, a new figure from a day on, a correction."""

from __future__ import annotations

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms import Form, StringField

from nominations.extensions import current_clock, db_session
from nominations.queries import administration
from nominations.queries.administration import ValueLine
from nominations.services.legal_values import Correction, NewValue, add_value, correct_value, keys_of
from nominations.services.sources import source_notes
from nominations.web.access import needs
from nominations.web.administrators.blueprint import ADMIN, blueprint
from nominations.web.administrators.fields import (
    OneOfList,
    ask,
    asked_day,
    day_of,
    done,
    maybe_day,
    offer,
    required,
    text_of,
    typed,
)
from nominations.web.administrators.rounds import names
from nominations.web.administrators.words import SUBJECTS, VALUE_KINDS, pairs
from nominations.web.ground import lang, origin, page
from nominations.web.lazily import lazily

MARKS = lazily("[plan], [S-16], [memory], [practice], [inference]; nhiều dấu cách nhau bằng dấu phẩy")


class ValueForm(Form):
    """A figure from a day on."""

    what = OneOfList(lazily("Giá trị nào"), [required()])
    valid_from = asked_day(lazily("Từ ngày"), lazily("Giá trị đang có kết thúc vào ngày hôm trước"))
    value = StringField(lazily("Giá trị"), [required()], description=lazily("Ví dụ 2340000 hoặc 0,3"))
    source = StringField(lazily("Dấu nguồn"), [required()], description=MARKS)
    note = StringField(lazily("Văn bản"), description=lazily("Ví dụ: Nghị định 73/2024/NĐ-CP"))


class CorrectionForm(Form):
    """What a figure should say."""

    value = StringField(lazily("Giá trị"), [required()])
    valid_to = asked_day(lazily("Đến hết ngày"), lazily("Để trống nếu còn hiệu lực"), optional=True)
    source = StringField(lazily("Dấu nguồn"), [required()], description=MARKS)
    note = StringField(lazily("Văn bản"))


@blueprint.get("/gia-tri")
@needs(ADMIN)
def values() -> ResponseReturnValue:
    """Show every figure, kind by kind, with what its source mark says."""
    lines = administration.legal_values(db_session())
    return page(
        "administrators/values.html",
        groups=[
            (kind, str(label), [line for line in lines if line.kind == kind]) for kind, label in VALUE_KINDS.items()
        ],
        key_words=_key_words(),
        today=current_clock().today(),
        notes=source_notes(" ".join(line.source for line in lines), lang()),
    )


@blueprint.route("/gia-tri/moi", methods=["GET", "POST"])
@needs(ADMIN)
def new_value() -> ResponseReturnValue:
    """Let a figure hold from a day on."""
    form = typed(ValueForm, what=request.args.get("loai", ""))
    offer(form, "what", _whats())
    if done(form, lambda: _added(form)) is not None:
        flash(_("Đã ghi giá trị mới; giá trị trước kết thúc ngày hôm trước."), "success")
        return redirect(url_for("administrators.values"), code=303)
    return ask("administrators/new_value.html", form)


@blueprint.route("/gia-tri/<int:value_id>", methods=["GET", "POST"])
@needs(ADMIN)
def correct(value_id: int) -> ResponseReturnValue:
    """Put right what was typed wrongly; the log keeps what stood there."""
    line = _line_or_404(value_id)
    form = typed(CorrectionForm, value=line.value, valid_to=line.valid_to, source=line.source, note=line.note)
    if done(form, lambda: _corrected(value_id, form)) is not None:
        flash(_("Đã sửa giá trị. Nhật ký giữ giá trị trước khi sửa."), "success")
        return redirect(url_for("administrators.values"), code=303)
    kind, key = VALUE_KINDS[line.kind], _key_words().get(line.key, line.key)
    return ask("administrators/value.html", form, line=line, kind=kind, key=key)


def _whats() -> dict[str, list[tuple[str, str]]]:
    """Kind and key as one choice, grouped by kind."""
    words = _key_words()
    groups: dict[str, list[tuple[str, str]]] = {_("Chọn giá trị"): [("", _("Chọn giá trị"))]}
    for kind, label in pairs(VALUE_KINDS):
        groups[label] = [(f"{kind}:{key}", words.get(key) or label) for key in keys_of(db_session(), kind)]
    return groups


def _key_words() -> dict[str, str]:
    return names() | dict(pairs(SUBJECTS))


def _added(form: Form) -> object:
    kind, _colon, key = (text_of(form, "what")).partition(":")
    new = NewValue(
        kind=kind,
        key=key,
        valid_from=day_of(form, "valid_from"),
        value=text_of(form, "value"),
        source=text_of(form, "source"),
        note=text_of(form, "note") or None,
    )
    return add_value(db_session(), current_clock(), origin(), new)


def _corrected(value_id: int, form: Form) -> object:
    right = Correction(
        text_of(form, "value"), text_of(form, "source"), maybe_day(form, "valid_to"), text_of(form, "note") or None
    )
    return correct_value(db_session(), current_clock(), origin(), value_id, right)


def _line_or_404(value_id: int) -> ValueLine:
    found = next((line for line in administration.legal_values(db_session()) if line.id == value_id), None)
    if found is None:
        abort(404)
    return found
