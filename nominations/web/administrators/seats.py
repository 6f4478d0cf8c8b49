"""Seats in a council: taken by somebody, and ended."""

from __future__ import annotations

from flask import abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms import Form, StringField

from nominations.extensions import current_clock, db_session
from nominations.queries import administration
from nominations.services.councils import NewSeat, end_seat, seat
from nominations.services.errors import InvalidInput, NotFound
from nominations.services.messages import Message
from nominations.services.people import person_id
from nominations.web.access import needs
from nominations.web.administrators.blueprint import ADMIN, blueprint
from nominations.web.administrators.councils import council_or_404
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
from nominations.web.administrators.posts import EndForm
from nominations.web.administrators.words import SEATS, pairs
from nominations.web.ground import origin
from nominations.web.lazily import lazily


class SeatForm(Form):
    """A person's seat for a period."""

    person = StringField(lazily("Người được cử (tên đăng nhập)"), [required()])
    role = OneOfList(lazily("Vai trò"), [required()])
    valid_from = asked_day(lazily("Từ ngày"))
    valid_to = asked_day(lazily("Đến hết ngày"), lazily("Để trống nếu chưa có ngày kết thúc"), optional=True)


@blueprint.route("/hoi-dong/<int:council_id>/thanh-vien", methods=["GET", "POST"])
@needs(ADMIN)
def new_seat(council_id: int) -> ResponseReturnValue:
    """Give somebody a seat."""
    found, today = council_or_404(council_id), current_clock().today()
    form = typed(SeatForm, valid_from=max(today, found.valid_from), valid_to=found.valid_to)
    offer(form, "role", [("", _("Chọn vai trò")), *pairs(SEATS)])
    if done(form, lambda: _seated(council_id, form)) is not None:
        flash(_("Đã cử thành viên."), "success")
        return redirect(url_for("administrators.council", council_id=council_id), code=303)
    return ask("administrators/seat.html", form, council=found)


@blueprint.route("/hoi-dong/<int:council_id>/thanh-vien/<int:seat_id>/ket-thuc", methods=["GET", "POST"])
@needs(ADMIN)
def end_of_seat(council_id: int, seat_id: int) -> ResponseReturnValue:
    """End a seat; votes cast stay."""
    found = council_or_404(council_id)
    line = next((one for one in administration.seats_of(db_session(), council_id) if one.id == seat_id), None)
    if line is None:
        abort(404)
    form = typed(EndForm, valid_to=current_clock().today())
    if done(form, lambda: _ended(seat_id, form)) is not None:
        flash(_("Đã ghi ngày thôi làm thành viên."), "success")
        return redirect(url_for("administrators.council", council_id=council_id), code=303)
    return ask("administrators/end_seat.html", form, council=found, seat=line, roles=SEATS)


def _seated(council_id: int, form: Form) -> object:
    try:
        somebody = person_id(db_session(), text_of(form, "person").lower())
    except NotFound:
        raise InvalidInput({"person": Message("unknown_person")}) from None
    new = NewSeat(council_id, somebody, text_of(form, "role"), day_of(form, "valid_from"), maybe_day(form, "valid_to"))
    return seat(db_session(), current_clock(), origin(), new)


def _ended(seat_id: int, form: Form) -> object:
    return end_seat(db_session(), current_clock(), origin(), seat_id, day_of(form, "valid_to"))
