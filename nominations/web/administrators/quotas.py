"""Quotas of a round: a new one, and what may be changed in one that is there."""

from __future__ import annotations

from flask import abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms import Form, StringField

from nominations.extensions import current_clock, db_session
from nominations.queries.quotas import quotas_of
from nominations.services.quotas import NewQuota, QuotaChange, add_quota, change_quota
from nominations.web.access import needs
from nominations.web.administrators.blueprint import ADMIN, blueprint
from nominations.web.administrators.fields import OneOfList, ask, chosen_id, done, offer, required, text_of, typed
from nominations.web.administrators.posts import unit_choices
from nominations.web.administrators.rounds import names, round_or_404
from nominations.web.administrators.words import QUOTA_KINDS, pairs
from nominations.web.ground import origin
from nominations.web.lazily import lazily

LONGEST = 7  # digits
HARD, SOFT = "hard", "soft"
PLACE = "/dot-xet/<code>/chi-tieu"


class ChangeForm(Form):
    """How many, and how strictly."""

    most = StringField(lazily("Số lượng"), [required()], description=lazily("Số nguyên, ví dụ 10."))
    mode = OneOfList(lazily("Mức độ"), [required()], description=lazily("Mềm: vượt được khi người ký ghi lý do."))
    source = StringField(
        lazily("Dấu nguồn"), [required()], description=lazily("Ví dụ [practice] khi lấy từ văn bản hướng dẫn của đợt.")
    )


class QuotaForm(ChangeForm):
    """A new quota."""

    form = OneOfList(lazily("Hình thức khen thưởng"), [required()])
    subject_kind = OneOfList(lazily("Loại"), [required()])
    unit = OneOfList(lazily("Đơn vị"), description=lazily("Tính các hồ sơ do đơn vị này trình hoặc chuyển lên."))


@blueprint.route(PLACE + "/moi", methods=["GET", "POST"])
@needs(ADMIN)
def new_quota(code: str) -> ResponseReturnValue:
    """Set a quota."""
    line = round_or_404(code)
    form = typed(QuotaForm, subject_kind="any", mode=HARD, source="[practice]")
    known = names()
    offer(form, "form", [("", _("Chọn hình thức")), *((one, known[one]) for one in line.forms)])
    offer(form, "subject_kind", pairs(QUOTA_KINDS))
    units = {group: listed for group, listed in unit_choices(current_clock().today()).items() if listed[0][0]}
    offer(form, "unit", {_("Cả đợt"): [("", _("Cả đợt"))]} | units)
    offer(form, "mode", _modes())
    if done(form, lambda: _added(code, form)) is not None:
        flash(_("Đã đặt chỉ tiêu."), "success")
        return redirect(url_for("administrators.round_page", code=code), code=303)
    return ask("administrators/new_quota.html", form, line=line)


@blueprint.route(PLACE + "/<int:quota_id>", methods=["GET", "POST"])
@needs(ADMIN)
def quota(code: str, quota_id: int) -> ResponseReturnValue:
    """Change a quota; a hard one never below what is taken."""
    line = round_or_404(code)
    found = next((one for one in quotas_of(db_session(), code) if one.id == quota_id), None)
    if found is None:
        abort(404)
    form = typed(ChangeForm, most=str(found.most), mode=HARD if found.hard else SOFT, source=found.source)
    offer(form, "mode", _modes())
    if done(form, lambda: _changed(quota_id, form)) is not None:
        flash(_("Đã sửa chỉ tiêu."), "success")
        return redirect(url_for("administrators.round_page", code=code), code=303)
    return ask("administrators/quota.html", form, line=line, quota=found, names=names(), subjects=QUOTA_KINDS)


def _modes() -> list[tuple[str, str]]:
    return [(HARD, _("Cứng: không vượt")), (SOFT, _("Mềm: vượt khi có lý do"))]


def _added(code: str, form: Form) -> object:
    new = NewQuota(
        round_code=code,
        form=text_of(form, "form"),
        subject_kind=text_of(form, "subject_kind"),
        unit_id=chosen_id(form, "unit") if text_of(form, "unit") else None,
        most=_most(form),
        hard=text_of(form, "mode") != SOFT,
        source=text_of(form, "source"),
    )
    return add_quota(db_session(), current_clock(), origin(), new)


def _changed(quota_id: int, form: Form) -> object:
    change = QuotaChange(_most(form), text_of(form, "mode") != SOFT, text_of(form, "source"))
    return change_quota(db_session(), current_clock(), origin(), quota_id, change)


def _most(form: Form) -> int | None:
    """The number typed; none for what is no whole number, which the service refuses."""
    said = text_of(form, "most")
    return int(said) if said.isascii() and said.isdigit() and len(said) <= LONGEST else None
