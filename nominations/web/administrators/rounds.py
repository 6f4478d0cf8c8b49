"""Rounds of awards: the list, one round with its forms, opening one, changing it, closing it."""

from __future__ import annotations

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms import Form, SelectMultipleField, StringField, TextAreaField
from wtforms.widgets import CheckboxInput, ListWidget

from nominations.extensions import current_clock, db_session
from nominations.queries import reference
from nominations.queries.filing import form_names
from nominations.queries.quotas import quotas_of
from nominations.queries.reference import RoundLine
from nominations.services.rounds import NewRound, RoundChange, change_round, close_round, create_round, drafts_in
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
    picked,
    required,
    text_of,
    typed,
)
from nominations.web.administrators.posts import unit_choices
from nominations.web.administrators.words import QUOTA_KINDS, ROUND_KINDS, pairs
from nominations.web.ground import lang, origin, page
from nominations.web.lazily import lazily

GUIDANCE = lazily("Số, ngày, trích yếu; để trống nếu chưa có")


class FormsField(SelectMultipleField):
    """The award forms of a round, a box each."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def pre_validate(self, _form: object) -> None:
        """Leave it to the service."""


class ChangeForm(Form):
    """What can be changed in a round that is open."""

    closes_on = asked_day(lazily("Ngày cuối nhận hồ sơ"))
    forms = FormsField(lazily("Hình thức khen thưởng"), [required()])
    guidance = TextAreaField(
        lazily("Văn bản hướng dẫn"), description=lazily("Số, ngày, trích yếu; để trống nếu chưa có")
    )


class RoundForm(Form):
    """A new round."""

    code = StringField(lazily("Mã đợt"), [required()], description=lazily("Ngắn, không dấu, ví dụ tong-ket-2025"))
    title = StringField(lazily("Tên đợt xét"), [required()])
    kind = OneOfList(lazily("Loại"), [required()])
    issuing_unit = OneOfList(lazily("Cơ quan tổ chức"), [required()])
    opens_on = asked_day(lazily("Ngày đầu nhận hồ sơ"))
    closes_on = asked_day(lazily("Ngày cuối nhận hồ sơ"))
    achievement_from = asked_day(lazily("Thành tích tính từ ngày"))
    achievement_to = asked_day(lazily("Đến hết ngày"))
    forms = FormsField(lazily("Hình thức khen thưởng"), [required()])
    guidance = TextAreaField(
        lazily("Văn bản hướng dẫn"), description=lazily("Số, ngày, trích yếu; để trống nếu chưa có")
    )


@blueprint.get("/dot-xet")
@needs(ADMIN)
def rounds() -> ResponseReturnValue:
    """List the rounds, the latest first."""
    lines = reference.rounds(db_session())
    today = current_clock().today()
    return page("administrators/rounds.html", lines=lines, kinds=ROUND_KINDS, forms=names(), today=today)


@blueprint.route("/dot-xet/moi", methods=["GET", "POST"])
@needs(ADMIN)
def new_round() -> ResponseReturnValue:
    """Open a round."""
    today = current_clock().today()
    form = typed(RoundForm, opens_on=today)
    offer(form, "kind", [("", _("Chọn loại")), *pairs(ROUND_KINDS)])
    offer(form, "issuing_unit", unit_choices(today))
    offer(form, "forms", list(names().items()))
    if (made := done(form, lambda: _opened(form))) is not None:
        flash(_("Đã mở đợt xét."), "success")
        return redirect(url_for("administrators.round_page", code=made), code=303)
    return ask("administrators/new_round.html", form)


@blueprint.route("/dot-xet/<code>", methods=["GET", "POST"])
@needs(ADMIN)
def round_page(code: str) -> ResponseReturnValue:
    """Show a round; as long as it is not closed its forms, last day and guidance can be changed."""
    line = round_or_404(code)
    form = typed(ChangeForm, closes_on=line.closes_on, forms=list(line.forms), guidance=line.guidance)
    offer(form, "forms", list(names().items()))
    if done(form, lambda: _changed(code, form)) is not None:
        flash(_("Đã lưu thay đổi của đợt xét."), "success")
        return redirect(url_for("administrators.round_page", code=code), code=303)
    return page(
        "administrators/round.html",
        422 if request.method == "POST" else 200,
        line=line,
        form=form,
        names=names(),
        kinds=ROUND_KINDS,
        today=current_clock().today(),
        drafts=drafts_in(db_session(), code),
        quotas=quotas_of(db_session(), code),
        subjects=QUOTA_KINDS,
    )


@blueprint.route("/dot-xet/<code>/dong", methods=["GET", "POST"])
@needs(ADMIN)
def end_round(code: str) -> ResponseReturnValue:
    """Close a round before its last day; drafts can no longer be submitted, submitted files go on."""
    line = round_or_404(code)
    form = typed(Form)
    if done(form, lambda: _closed(code)) is not None:
        flash(_("Đã đóng đợt xét."), "success")
        return redirect(url_for("administrators.round_page", code=code), code=303)
    return ask("administrators/end_round.html", form, line=line, drafts=drafts_in(db_session(), code))


def round_or_404(code: str) -> RoundLine:
    """The round, or the page that says there is none."""
    found = next((line for line in reference.rounds(db_session()) if line.code == code), None)
    if found is None:
        abort(404)
    return found


def names() -> dict[str, str]:
    """The award forms by code."""
    return {form.code: form.en if lang() == "en" else form.vi for form in form_names(db_session())}


def _opened(form: Form) -> str:
    new = NewRound(
        code=text_of(form, "code"),
        title=text_of(form, "title"),
        kind=text_of(form, "kind"),
        issuing_unit_id=chosen_id(form, "issuing_unit"),
        opens_on=day_of(form, "opens_on"),
        closes_on=day_of(form, "closes_on"),
        achievement_from=day_of(form, "achievement_from"),
        achievement_to=day_of(form, "achievement_to"),
        forms=picked(form, "forms"),
        guidance=text_of(form, "guidance") or None,
    )
    return create_round(db_session(), current_clock(), origin(), new).code


def _changed(code: str, form: Form) -> object:
    guidance = text_of(form, "guidance") or None
    change = RoundChange(day_of(form, "closes_on"), picked(form, "forms"), guidance)
    return change_round(db_session(), current_clock(), origin(), code, change)


def _closed(code: str) -> bool:
    close_round(db_session(), current_clock(), origin(), code)
    return True
