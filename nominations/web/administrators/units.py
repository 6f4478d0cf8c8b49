"""Bodies and places: the tree as it stood on any day, one unit with its people and successors, opening one."""

from __future__ import annotations

from datetime import date

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms import Form, StringField

from nominations.extensions import current_clock, db_session
from nominations.queries import administration, unit_tree
from nominations.queries.pages import LONGEST
from nominations.queries.units import UnitFilters
from nominations.queries.units import units as found_units
from nominations.services.messages import Message
from nominations.services.payloads import day as parsed_day
from nominations.services.sources import source_notes
from nominations.services.units import NewUnit, open_unit
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
from nominations.web.administrators.words import DUTIES, OPENED_KINDS, UNIT_KINDS, pairs
from nominations.web.ground import lang, origin, page
from nominations.web.lazily import lazily

TURN = date(2025, 6, 30)  # the last day of the three tiers: a day worth looking at


class UnitForm(Form):
    """A body that no reference list names."""

    name = StringField(lazily("Tên"), [required()])
    code = StringField(lazily("Mã"), [required()], description=lazily("Ngắn, không dấu, không trùng mã đang dùng"))
    kind = OneOfList(lazily("Loại"), [required()])
    parent = OneOfList(lazily("Thuộc"), [required()])
    valid_from = asked_day(lazily("Có từ ngày"))
    bloc = StringField(lazily("Khối thi đua"), description=lazily("Để trống nếu không thuộc khối nào"))


@blueprint.get("/don-vi")
@needs(ADMIN)
def units() -> ResponseReturnValue:
    """Show the tree of a day, or the units of that day whose name was searched for."""
    query, typed_day = request.args.get("q", "").strip()[:200], request.args.get("ngay", "").strip()
    today = current_clock().today()
    read = parsed_day(typed_day) if typed_day else today
    day = today if isinstance(read, Message) else read
    found = found_units(db_session(), UnitFilters(q=query, on=day), limit=LONGEST).items if query else None
    return page(
        "administrators/units.html",
        422 if isinstance(read, Message) else 200,
        roots=unit_tree.tree(db_session(), day) if found is None else (),
        found=found,
        query=query,
        day=day,
        typed_day=typed_day,
        complaint=read.text(lang()) if isinstance(read, Message) else None,
        turn=TURN,
        kinds=UNIT_KINDS,
    )


@blueprint.get("/don-vi/<int:unit_id>")
@needs(ADMIN)
def unit(unit_id: int) -> ResponseReturnValue:
    """Show a unit: its days, who holds what there, what it came from and went into."""
    found = unit_tree.unit(db_session(), unit_id)
    if found is None:
        abort(404)
    day = min(current_clock().today(), found.valid_to or date.max)
    return page(
        "administrators/unit.html",
        unit=found,
        above=unit_tree.unit(db_session(), found.parent_id) if found.parent_id else None,
        day=day,
        posts=administration.posts_at(db_session(), unit_id, day),
        councils=[one for one in administration.councils(db_session(), day) if one.unit_id == unit_id],
        successors=unit_tree.successors(db_session(), unit_id),
        predecessors=unit_tree.predecessors(db_session(), unit_id),
        notes=source_notes(found.source, lang()),
        kinds=UNIT_KINDS,
        duties=DUTIES,
    )


@blueprint.route("/don-vi/moi", methods=["GET", "POST"])
@needs(ADMIN)
def new_unit() -> ResponseReturnValue:
    """Open a unit, such as an enterprise of a bloc."""
    today = current_clock().today()
    form = typed(UnitForm, valid_from=today, parent=request.args.get("thuoc", ""))
    offer(form, "kind", [("", _("Chọn loại")), *pairs(UNIT_KINDS, OPENED_KINDS)])
    offer(form, "parent", unit_choices(today))
    if (made := done(form, lambda: _opened(form))) is not None:
        flash(_("Đã lập đơn vị."), "success")
        return redirect(url_for("administrators.unit", unit_id=made), code=303)
    return ask("administrators/new_unit.html", form)


def _opened(form: Form) -> int:
    new = NewUnit(
        code=text_of(form, "code"),
        name=text_of(form, "name"),
        kind=text_of(form, "kind"),
        level="unit",
        parent_id=chosen_id(form, "parent"),
        valid_from=day_of(form, "valid_from"),
        bloc=text_of(form, "bloc") or None,
    )
    return open_unit(db_session(), current_clock(), origin(), new).id
