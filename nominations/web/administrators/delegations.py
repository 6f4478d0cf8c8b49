"""Delegations: recording that somebody does another's work for a period, and ending one early."""

from __future__ import annotations

from flask import abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms import Form, StringField

from nominations.extensions import current_clock, db_session
from nominations.queries.delegations import delegation
from nominations.services.delegations import KINDS, NewDelegation, delegate, end_delegation
from nominations.web.access import needs
from nominations.web.administrators.blueprint import ADMIN, blueprint
from nominations.web.administrators.fields import (
    OneOfList,
    ask,
    asked_day,
    day_of,
    done,
    offer,
    picked,
    required,
    text_of,
    typed,
)
from nominations.web.administrators.posts import post_or_404
from nominations.web.administrators.rounds import FormsField, names
from nominations.web.administrators.words import DELEGATED, DUTIES, pairs
from nominations.web.formats import date_vi
from nominations.web.ground import origin
from nominations.web.lazily import lazily


class DelegationForm(Form):
    """Whose work is done by whom, how, when, on which paper."""

    receiver = StringField(lazily("Người nhận (tên đăng nhập)"), [required()])
    kind = OneOfList(lazily("Cách giao"), [required()])
    title = StringField(
        lazily("Chức danh người nhận"),
        [required()],
        description=lazily("In dưới dòng TL. hoặc TUQ. trên giấy tờ, ví dụ Chánh Văn phòng"),
    )
    document = StringField(
        lazily("Văn bản giao việc"),
        [required()],
        description=lazily("Số, ký hiệu, ngày, ví dụ 12/QĐ-UBND ngày 05/3/2024"),
    )
    valid_from = asked_day(lazily("Từ ngày"))
    valid_to = asked_day(lazily("Đến hết ngày"))
    forms = FormsField(
        lazily("Hình thức khen thưởng"), description=lazily("Không chọn hình thức nào là giao mọi hình thức")
    )


class EndDelegationForm(Form):
    """The last day of a delegation."""

    valid_to = asked_day(lazily("Ngày cuối"), lazily("Chọn hôm qua để kết thúc ngay"))


@blueprint.route("/nhiem-vu/<ref>/giao-viec", methods=["GET", "POST"])
@needs(ADMIN)
def delegate_post(ref: str) -> ResponseReturnValue:
    """Record that somebody does this post's work for a period."""
    post, giver_ref, giver = post_or_404(ref)
    kinds = KINDS.get(post.duty, ())
    if not kinds:
        abort(404)
    form = typed(DelegationForm, valid_from=current_clock().today(), kind=kinds[0] if len(kinds) == 1 else "")
    offer(form, "kind", [("", _("Chọn cách giao")), *pairs(DELEGATED, kinds)])
    offer(form, "forms", list(names().items()))
    if done(form, lambda: _delegated(ref, form)) is not None:
        flash(_("Đã ghi việc giao. Cả hai người đều có tên trong nhật ký của mỗi việc làm thay."), "success")
        return redirect(url_for("administrators.person", ref=giver_ref), code=303)
    return ask("administrators/delegation.html", form, post=post, person_ref=giver_ref, name=giver, duties=DUTIES)


@blueprint.route("/giao-viec/<ref>/ket-thuc", methods=["GET", "POST"])
@needs(ADMIN)
def end_of_delegation(ref: str) -> ResponseReturnValue:
    """End a delegation before its last day; what was done under it stays done."""
    line = delegation(db_session(), ref)
    if line is None:
        abort(404)
    form = typed(EndDelegationForm, valid_to=current_clock().today())
    if done(form, lambda: _ended(ref, form)) is not None:
        flash(_("Việc giao kết thúc sau ngày %(day)s.", day=date_vi(day_of(form, "valid_to"))), "success")
        return redirect(url_for("administrators.person", ref=line.giver_ref), code=303)
    return ask("administrators/end_delegation.html", form, line=line, duties=DUTIES, kinds=DELEGATED)


def _delegated(ref: str, form: Form) -> object:
    new = NewDelegation(
        post_ref=ref,
        receiver=text_of(form, "receiver"),
        kind=text_of(form, "kind"),
        title=text_of(form, "title"),
        document=text_of(form, "document"),
        valid_from=day_of(form, "valid_from"),
        valid_to=day_of(form, "valid_to"),
        forms=picked(form, "forms"),
    )
    return delegate(db_session(), current_clock(), origin(), new)


def _ended(ref: str, form: Form) -> object:
    return end_delegation(db_session(), current_clock(), origin(), ref, day_of(form, "valid_to"))
