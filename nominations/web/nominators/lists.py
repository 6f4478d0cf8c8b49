"""A unit's whole list at once: what it is for, the template, the file or pasted cells, the lists brought in."""

from __future__ import annotations

import io
from dataclasses import dataclass

from flask import redirect, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict
from wtforms import FileField, Form, SelectMultipleField, TextAreaField
from wtforms.validators import DataRequired
from wtforms.widgets import CheckboxInput, ListWidget

from nominations.extensions import current_clock, current_settings, db_session
from nominations.queries.draft_lists import lists
from nominations.queries.filing import criterion_codes, criterion_texts, groups_of
from nominations.services.draft_lists import Brought, Wanted, bring_in
from nominations.services.draft_template import XLSX, template
from nominations.services.errors import InvalidInput
from nominations.services.sheets import LARGEST, MOST_ROWS
from nominations.web.access import needs
from nominations.web.ground import form_errors, origin, page, typed_key, viewer
from nominations.web.lazily import lazily
from nominations.web.nominators import choosing
from nominations.web.nominators.blueprint import blueprint
from nominations.web.nominators.section_forms import place_errors

PLACE = "/ho-so/nhap-danh-sach"


class ForForm(choosing.BasisForm):
    """What a list is for: the same as for one file, but of several kinds."""

    kind = SelectMultipleField(  # type: ignore[assignment]
        lazily("Trong danh sách có"),
        [DataRequired()],
        validate_choice=False,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )


class SendForm(Form):
    """The list itself, one way or the other."""

    file = FileField(lazily("Tệp XLSX hoặc CSV"))
    pasted = TextAreaField(
        lazily("Hoặc dán các ô từ bảng tính"),
        description=lazily("Chọn các ô, kể cả dòng tên cột, rồi sao chép và dán vào đây."),
    )


@dataclass(frozen=True, slots=True)
class ListBasis:
    """What a list is for, each choice one that is there; ``kinds`` are codes of `choosing.KINDS`."""

    start: choosing.Basis
    kinds: tuple[str, ...]

    @property
    def arguments(self) -> dict[str, str | list[str]]:
        """The choices as the addresses of the next pages have them."""
        return {**self.start.arguments, "kind": list(self.kinds)}

    @property
    def wanted(self) -> Wanted:
        """The choices as the service takes them."""
        return Wanted(self.start.unit.unit_id, self.start.round.code, self.start.form, self.kinds)

    @property
    def kind_words(self) -> str:
        """The kinds in words."""
        return ", ".join(str(words) for code, words in choosing.KINDS if code in self.kinds)


@blueprint.get(PLACE)
@needs("nominator")
def draft_lists() -> ResponseReturnValue:
    """Show the lists of the person's units, and ask what a new one is for."""
    return _asked(MultiDict(), {})


@blueprint.get(f"{PLACE}/moi")
@needs("nominator")
def new_list() -> ResponseReturnValue:
    """Show where the list is sent, once it is known what it is for."""
    found, errors = basis(request.args)
    if found is None:
        return _asked(request.args, errors)
    return _sending(found, SendForm(), 200)


@blueprint.post(f"{PLACE}/moi")
@needs("nominator")
def send_list() -> ResponseReturnValue:
    """Take a list to look through."""
    found, errors = basis(request.form)
    if found is None:
        return _asked(request.form, errors)
    sent = request.files.get("file")
    content = sent.stream.read(LARGEST + 1) if sent is not None else b""
    pasted = request.form.get("pasted", "")
    brought = Brought((sent.filename if sent is not None else "") or "", content, pasted)
    try:
        keys = current_settings().data_keys
        made = bring_in(db_session(), viewer().actor, current_clock(), origin(typed_key()), found.wanted, brought, keys)
    except InvalidInput as error:
        form = SendForm(data={"pasted": pasted})
        return _sending(found, form, 422, place_errors(form, form_errors(error)))
    return redirect(url_for("nominators.draft_list", ref=made), code=303)


@blueprint.get(f"{PLACE}/mau.xlsx")
@needs("nominator")
def list_template() -> ResponseReturnValue:
    """Hand out the workbook to fill in."""
    found, errors = basis(request.args)
    if found is None:
        return _asked(request.args, errors)
    session, movement = db_session(), found.start.round.movement_id
    groups = [group for group in groups_of(session, movement) if set(group.subject_kinds) & set(found.kinds)]
    codes = criterion_codes(session, movement)
    today = current_clock().today()
    texts = {c.code: c.text for group in groups for c in criterion_texts(session, movement, group.group_no, today)}
    about = (
        ("Đơn vị đề nghị", found.start.unit.unit_name),
        ("Đợt xét", found.start.round.title),
        ("Hình thức", next(name.vi for name in found.start.round.forms if name.code == found.start.form)),
        ("Cách nộp", "Điền trang “Danh sách”, lưu lại rồi tải lên trang đã tải bảng này; giữ nguyên dòng tên cột."),
        ("Tiêu chí", "Có thể thêm cột cho tiêu chí khác, ví dụ “Tiêu chí 1.3.1”."),
    )
    content = template(about, found.kinds, {group.group_no: group.title for group in groups},
                       {code: texts[code] for code in codes if code in texts})  # fmt: skip
    return send_file(io.BytesIO(content), mimetype=XLSX, as_attachment=True, download_name="danh-sach-de-nghi.xlsx")


def basis(given: MultiDict[str, str]) -> tuple[ListBasis | None, dict[str, str]]:
    """Return what a list is for, or a sentence for each choice that is missing or is not there to choose."""
    kinds = tuple(code for code, _words in choosing.KINDS if code in given.getlist("kind"))
    start, errors = choosing.basis({**given.to_dict(), "kind": kinds[0] if kinds else ""})
    return (None if start is None else ListBasis(start, kinds)), errors


def _asked(given: MultiDict[str, str], errors: dict[str, str]) -> ResponseReturnValue:
    """Show the first page, with what cannot be used said at its field."""
    form = choosing.basis_form({**given.to_dict(), "kind": given.getlist("kind")}, ForForm)
    summary = place_errors(form, errors)
    return page(
        "nominators/lists.html",
        422 if errors else 200,
        form=form,
        rounds=choosing.rounds(),
        summary=summary,
        lists=lists(db_session(), viewer().actor),
    )


def _sending(
    found: ListBasis, form: Form, status: int, summary: list[tuple[str | None, str]] | None = None
) -> ResponseReturnValue:
    limits = {"largest": LARGEST >> 20, "most": f"{MOST_ROWS:,}".replace(",", ".")}
    return page("nominators/new_list.html", status, found=found, form=form, summary=summary or [], **limits)


ORIGINS = {"table": lazily("Tệp tải lên"), "pasted": lazily("Dán từ bảng tính"), "earlier": lazily("Hồ sơ đợt trước")}


def origin_words(name: str, came: str) -> str:
    """Return what a list is called: its file's name, or how it came."""
    return name if name != "-" else str(ORIGINS.get(came, _("Danh sách")))
