"""Names checked in one go: a list brought in, files of a list as it is narrowed, what waits for me, names pasted."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import abort, request, send_file
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms import Form, RadioField, SelectField, TextAreaField
from wtforms.validators import DataRequired

from nominations.extensions import current_clock, current_settings, db_session
from nominations.queries.check_sources import of_filters, of_list, waiting
from nominations.queries.draft_lists import list_head
from nominations.queries.filing import form_names, round_titles
from nominations.queries.name_check import MOST_NAMES, Asked, Hit, check_names
from nominations.queries.search import IdentityNumber
from nominations.services.draft_template import XLSX, workbook
from nominations.services.errors import InvalidInput
from nominations.services.pasted_names import Pasted, read_names
from nominations.services.reasons import limit_words
from nominations.web.access import needs
from nominations.web.formats import date_vi
from nominations.web.ground import form_errors, lang, page, viewer
from nominations.web.lazily import lazily
from nominations.web.nominators.blueprint import CHECKERS, blueprint
from nominations.web.nominators.choosing import KINDS
from nominations.web.nominators.files import chosen, filters
from nominations.web.nominators.section_forms import place_errors

PLACE = "/do-trung"
REASONS = {
    "itself": lazily("Chính trường hợp này"),
    "identity": lazily("Cùng số căn cước"),
    "name_year_unit": lazily("Cùng tên, năm sinh và đơn vị"),
    "name_unit": lazily("Cùng tên và đơn vị, chưa rõ năm sinh"),
    "name_year": lazily("Cùng tên và năm sinh, khác đơn vị"),
    "similar": lazily("Tên gần giống, cùng năm sinh và đơn vị"),
    "name_unit_other_year": lazily("Cùng tên và đơn vị, khác năm sinh"),
}
WHATS = {
    "row": lazily("Trong danh sách"),
    "file": lazily("Hồ sơ"),
    "elsewhere": lazily("Hồ sơ ở nơi khác"),
    "award": lazily("Đã khen"),
    "mark": lazily("Điều cần lưu ý"),
    "nominee": lazily("Trường hợp đã có"),
}
MARKS = {"complaint": lazily("Đơn thư đang xem xét"), "discipline": lazily("Kỷ luật chưa chấp hành xong")}
MARKED = (DataRequired(),)


class NamesForm(Form):
    """Names to check, and what for."""

    pasted = TextAreaField(
        lazily("Dán danh sách tên"),
        MARKED,
        description=lazily("Mỗi dòng một tên: họ tên, năm sinh, đơn vị, số căn cước; các ô cách nhau bằng dấu tab."),
    )
    kind = RadioField(lazily("Loại"), MARKED, validate_choice=False)
    unit = SelectField(lazily("Đơn vị của các tên"), MARKED, validate_choice=False)
    round = SelectField(lazily("Đợt xét"), MARKED, validate_choice=False)
    form = SelectField(lazily("Hình thức đề nghị"), MARKED, validate_choice=False)


@dataclass(frozen=True, slots=True)
class Checked:
    """What was checked, what was found, what of it could not be read."""

    title: str
    count: int
    hits: tuple[Hit, ...]
    faults: tuple[str, ...] = ()
    here: str = ""  # the address that gives the same again; empty for pasted names


@blueprint.get(PLACE)
@needs(*CHECKERS)
def check() -> ResponseReturnValue:
    """Ask what to check; or check what the address names: a list, a narrowed list of files, what waits."""
    asked = {"bang": _of_list, "loc": _of_filters, "cho": _waiting}.get(request.args.get("nguon", ""))
    form = _form()
    if asked is None:
        return page("nominators/check.html", form=form, checked=None, summary=[], **_words())
    title, names = asked()
    return _answered(form, Checked(title, len(names), _found(names), here=request.full_path))


@blueprint.post(PLACE)
@needs(*CHECKERS)
def check_pasted() -> ResponseReturnValue:
    """Check names that were pasted; nothing is kept of them."""
    form = _form()
    try:
        if form.unit.data not in _units():
            abort(400)
        pasted = Pasted(request.form.get("pasted", ""), form.round.data or "", form.form.data or "",
                        form.kind.data or "", int(form.unit.data))  # fmt: skip
        read = read_names(db_session(), current_clock().today(), pasted, current_settings().data_keys)
    except InvalidInput as wrong:
        summary = place_errors(form, form_errors(wrong))
        return page("nominators/check.html", 422, form=form, checked=None, summary=summary, **_words())
    faults = tuple(
        _("%(column)s, dòng %(row)s", column=column, row=row) + ": " + message.text(lang())
        for row, column, message in read.faults
    )
    return _answered(form, Checked(_("Danh sách đã dán"), len(read.asked), _found(read.asked), faults))


def _answered(form: NamesForm, checked: Checked) -> ResponseReturnValue:
    if request.values.get("dang") == "xlsx":
        return _as_workbook(checked)
    return page("nominators/check.html", form=form, checked=checked, summary=[], **_words())


def _found(names: Sequence[Asked]) -> tuple[Hit, ...]:
    return check_names(db_session(), viewer(), current_clock().today(), names)


def _of_list() -> tuple[str, list[Asked]]:
    head = list_head(db_session(), viewer().actor, request.args.get("ref", ""))
    if head is None:
        abort(404)
    return head.name if head.name != "-" else _("Danh sách"), of_list(db_session(), head)


def _of_filters() -> tuple[str, list[Asked]]:
    try:
        names = of_filters(db_session(), viewer(), current_clock().today(), filters(chosen()))
    except IdentityNumber:
        abort(404)
    return _("Hồ sơ trong danh sách đang lọc"), names


def _waiting() -> tuple[str, list[Asked]]:
    return _("Việc đang chờ tôi"), waiting(db_session(), viewer(), current_clock().today())


def _form() -> NamesForm:
    posts, rounds = _units(), dict(round_titles(db_session()))
    forms = {name.code: name.en if lang() == "en" else name.vi for name in form_names(db_session())}
    first = {"kind": KINDS[0][0], "unit": next(iter(posts), ""), "round": next(iter(rounds), ""), "form": "BK-TINH"}
    form = NamesForm(data=first | {name: value for name, value in request.form.items() if value})
    form.kind.choices = {code: str(words) for code, words in KINDS}
    form.unit.choices, form.round.choices, form.form.choices = posts, rounds, forms
    return form


def _units() -> dict[str, str]:
    """Return the units by which the person may check, by their numbers."""
    return {str(post.unit_id): post.unit_name for post in viewer().posts if post.duty in CHECKERS}


def _words() -> dict[str, Any]:
    forms = {name.code: name.en if lang() == "en" else name.vi for name in form_names(db_session())}
    waits = any(viewer().has(duty) for duty in CHECKERS if duty != "nominator")
    return {
        "reasons": REASONS, "whats": WHATS, "marks": MARKS, "limits": limit_words(lang()), "forms": forms,
        "most": MOST_NAMES, "waits": waits, "tones": tone,
    }  # fmt: skip


def tone(weight: int) -> tuple[str, str]:
    """Return how much a likeness weighs in words, and the tone they are shown in."""
    if weight >= 80:
        return _("Gần như chắc chắn"), "bad"
    return (_("Cần xem kỹ"), "warn") if weight >= 40 else (_("Có thể"), "neutral")


def _as_workbook(checked: Checked) -> ResponseReturnValue:
    words = _words()
    heads = [_("Dòng"), _("Tên"), _("Mức"), _("Vì sao"), _("Thấy ở"), _("Chi tiết"), _("Đối chiếu quy định")]
    table = [heads] + [
        [str(hit.number), hit.name, tone(hit.weight)[0], str(REASONS[hit.reason]), str(WHATS[hit.what]),
         _detail(hit, words), "; ".join(words["limits"][code] for code in hit.limits)]
        for hit in checked.hits
    ]  # fmt: skip
    content = workbook(_("Dò trùng"), table, [7, 28, 18, 34, 18, 60, 60])
    return send_file(io.BytesIO(content), mimetype=XLSX, as_attachment=True, download_name="do-trung.xlsx")


def _detail(hit: Hit, words: dict[str, Any]) -> str:
    parts = [
        _("dòng %(number)s", number=hit.other) if hit.other is not None else "",
        hit.found,
        str(hit.birth_year or ""),
        hit.where,
        hit.code or "",
        words["forms"].get(hit.form, hit.form or ""),
        str(MARKS.get(hit.title, hit.title)),
        hit.decision or "",
        date_vi(hit.on) if hit.on else "",
    ]
    return " · ".join(part for part in parts if part)
