"""Councils: the list, one council with its seats, setting one up, ending it."""

from __future__ import annotations

from flask import abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms import Form, StringField

from nominations.extensions import current_clock, db_session
from nominations.queries import administration
from nominations.queries.administration import CouncilLine
from nominations.services.councils import NewCouncil, close_council, open_council
from nominations.web.access import needs
from nominations.web.administrators.blueprint import ADMIN, blueprint
from nominations.web.administrators.fields import (
    OneOfList,
    ask,
    asked_day,
    chosen_id,
    day_of,
    done,
    maybe_day,
    offer,
    required,
    text_of,
    typed,
)
from nominations.web.administrators.posts import unit_choices
from nominations.web.administrators.words import SEATS
from nominations.web.ground import origin, page
from nominations.web.lazily import lazily


class CouncilForm(Form):
    """A council of a unit for a period."""

    unit = OneOfList(lazily("Cơ quan, đơn vị"), [required()])
    name = StringField(lazily("Tên Hội đồng"), [required()])
    valid_from = asked_day(lazily("Từ ngày"))
    valid_to = asked_day(lazily("Đến hết ngày"), lazily("Để trống nếu chưa có ngày kết thúc"), optional=True)


class EndCouncilForm(Form):
    """The last day of a council."""

    valid_to = asked_day(lazily("Ngày cuối của Hội đồng"))


@blueprint.get("/hoi-dong")
@needs(ADMIN)
def councils() -> ResponseReturnValue:
    """List the councils, those of today first."""
    today = current_clock().today()
    return page("administrators/councils.html", lines=administration.councils(db_session(), today), today=today)


@blueprint.route("/hoi-dong/moi", methods=["GET", "POST"])
@needs(ADMIN)
def new_council() -> ResponseReturnValue:
    """Set up a unit's council."""
    today = current_clock().today()
    form = typed(CouncilForm, valid_from=today)
    offer(form, "unit", unit_choices(today))
    if (made := done(form, lambda: _opened(form))) is not None:
        flash(_("Đã lập Hội đồng. Hãy cử thành viên."), "success")
        return redirect(url_for("administrators.council", council_id=made), code=303)
    return ask("administrators/new_council.html", form)


@blueprint.get("/hoi-dong/<int:council_id>")
@needs(ADMIN)
def council(council_id: int) -> ResponseReturnValue:
    """Show a council with every seat it ever had."""
    found = council_or_404(council_id)
    seats = administration.seats_of(db_session(), council_id)
    return page("administrators/council.html", council=found, seats=seats, roles=SEATS, today=current_clock().today())


@blueprint.route("/hoi-dong/<int:council_id>/ket-thuc", methods=["GET", "POST"])
@needs(ADMIN)
def end_council(council_id: int) -> ResponseReturnValue:
    """End a council and its seats."""
    found = council_or_404(council_id)
    form = typed(EndCouncilForm, valid_to=current_clock().today())
    if done(form, lambda: _ended(council_id, form)) is not None:
        flash(_("Đã ghi ngày kết thúc của Hội đồng và các thành viên."), "success")
        return redirect(url_for("administrators.council", council_id=council_id), code=303)
    return ask("administrators/end_council.html", form, council=found)


def council_or_404(council_id: int) -> CouncilLine:
    """The council, or the page that says there is none."""
    found = administration.council(db_session(), council_id, current_clock().today())
    if found is None:
        abort(404)
    return found


def _opened(form: Form) -> int:
    new = NewCouncil(
        unit_id=chosen_id(form, "unit"),
        name=text_of(form, "name"),
        valid_from=day_of(form, "valid_from"),
        valid_to=maybe_day(form, "valid_to"),
    )
    return open_council(db_session(), current_clock(), origin(), new).id


def _ended(council_id: int, form: Form) -> object:
    return close_council(db_session(), current_clock(), origin(), council_id, day_of(form, "valid_to"))
