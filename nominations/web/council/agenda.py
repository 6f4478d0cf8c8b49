"""The agenda: files waiting for the council are put on it by form, kind and unit, taken off, and put in order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from nominations.extensions import current_clock, db_session
from nominations.queries.agenda import WaitingFile, waiting
from nominations.queries.filing import form_names
from nominations.services.errors import InvalidInput
from nominations.services.meetings import put_in_order, put_on, take_off
from nominations.web.access import needs
from nominations.web.approvers.words import KINDS
from nominations.web.council.blueprint import ATTENDS, blueprint
from nominations.web.council.opened import Opened, kept_meeting, lines_of, shown_line
from nominations.web.council.words import ORDERS
from nominations.web.ground import form_errors, lang, origin, page, typed_key, viewer

NARROWED = ("form", "kind", "unit")
LONGEST = 40  # characters of a filter


@blueprint.get("/phien-hop/<ref>/chuong-trinh")
@needs(*ATTENDS)
def agenda(ref: str) -> ResponseReturnValue:
    """Show what may be put on the agenda, and what stands there."""
    return _shown(kept_meeting(ref))


@blueprint.post("/phien-hop/<ref>/chuong-trinh")
@needs(*ATTENDS)
def add(ref: str) -> ResponseReturnValue:
    """Put the ticked files on the agenda, or all that the filters leave."""
    opened = kept_meeting(ref)
    found = _narrowed(_waiting(opened))
    ticked = set(request.form.getlist("code"))
    codes = [one.code for one in found if request.form.get("which") == "all" or one.code in ticked]
    if not codes:
        return _shown(opened, 422, problem=_("Hãy chọn ít nhất một trường hợp."))
    try:
        _receipt, put = put_on(db_session(), viewer().actor, current_clock(), origin(typed_key()), ref, codes)
    except InvalidInput as wrong:
        return _shown(opened, 422, problem=" ".join(form_errors(wrong).values()))
    words = ngettext("Đã đưa %(num)s trường hợp vào chương trình.", "Đã đưa %(num)s trường hợp vào chương trình.", put)
    flash(words, "success" if put else "warning")
    return redirect(url_for("council.agenda", ref=ref), code=303)


@blueprint.post("/phien-hop/<ref>/chuong-trinh/rut")
@needs(*ATTENDS)
def remove(ref: str) -> ResponseReturnValue:
    """Take the ticked files off the agenda; what was voted on stays."""
    opened = kept_meeting(ref)
    codes = request.form.getlist("code")
    if not codes:
        return _shown(opened, 422, problem=_("Hãy chọn ít nhất một trường hợp."))
    _receipt, off = take_off(db_session(), viewer().actor, current_clock(), origin(typed_key()), ref, codes)
    left = len(set(codes)) - off
    words = ngettext(
        "Đã rút %(num)s trường hợp khỏi chương trình.", "Đã rút %(num)s trường hợp khỏi chương trình.", off
    )
    flash(words, "success" if off else "warning")
    if left > 0:
        flash(_("%(left)s trường hợp đã có phiếu hoặc đã chốt nên vẫn ở chương trình.", left=left), "warning")
    return redirect(url_for("council.agenda", ref=ref), code=303)


@blueprint.post("/phien-hop/<ref>/chuong-trinh/thu-tu")
@needs(*ATTENDS)
def order(ref: str) -> ResponseReturnValue:
    """Sort the agenda."""
    opened = kept_meeting(ref)
    chosen = request.form.get("order", "")
    try:
        put_in_order(db_session(), viewer().actor, current_clock(), origin(typed_key()), ref, chosen)
    except InvalidInput as wrong:
        return _shown(opened, 422, problem=" ".join(form_errors(wrong).values()))
    flash(_("Đã xếp lại chương trình: %(order)s.", order=str(ORDERS[chosen]).lower()), "success")
    return redirect(url_for("council.agenda", ref=ref), code=303)


def _shown(opened: Opened, status: int = 200, problem: str | None = None) -> ResponseReturnValue:
    every = _waiting(opened)
    names = {one.code: one.vi if lang() == "vi" else one.en for one in form_names(db_session())}
    rows = [_row(one, names) for one in _narrowed(every)]
    return page(
        "council/agenda.html",
        status,
        opened=opened,
        meet=opened.meet,
        rows=rows,
        every=len(every),
        lines=[shown_line(line) for line in lines_of(opened)],
        typed=_typed(),
        options=_options(every, names),
        orders=ORDERS,
        problem=problem,
        here=url_for("council.agenda", ref=opened.meet.ref, **_typed()),
    )


def _waiting(opened: Opened) -> tuple[WaitingFile, ...]:
    return waiting(db_session(), viewer(), opened.meet.unit_id)


def _typed() -> dict[str, Any]:
    said = {name: request.args.get(name, "")[:LONGEST] for name in NARROWED}
    return {name: value for name, value in said.items() if value}


def _narrowed(files: Sequence[WaitingFile]) -> list[WaitingFile]:
    """What the filters of the address leave; of a bare line only its form is known."""
    said = _typed()
    return [
        one
        for one in files
        if said.get("form", one.form) == one.form
        and said.get("kind", one.kind) == one.kind
        and said.get("unit", str(one.unit_id)) == str(one.unit_id)
    ]


def _row(one: WaitingFile, names: dict[str, str]) -> dict[str, Any]:
    return {
        "code": one.code,
        "name": one.name or one.code,
        "bare": one.bare,
        "kind": str(KINDS.get(one.kind, "")),
        "form": names.get(one.form, one.form),
        "unit": one.unit,
        "advice": one.advice,
    }


def _options(files: Sequence[WaitingFile], names: dict[str, str]) -> dict[str, list[tuple[str, str]]]:
    """What the filters offer: only what is there, with how many."""

    def counted(found: dict[str, str], of: list[str]) -> list[tuple[str, str]]:
        return [(value, f"{label} ({of.count(value)})") for value, label in found.items()]

    forms = [one.form for one in files]
    kinds = [one.kind for one in files if one.kind]
    units = [str(one.unit_id) for one in files if one.unit_id]
    called = {str(one.unit_id): one.unit for one in sorted(files, key=lambda one: one.unit) if one.unit_id}
    return {
        "form": counted({form: names.get(form, form) for form in sorted(set(forms))}, forms),
        "kind": counted({kind: str(KINDS[kind]) for kind in KINDS if kind in kinds}, kinds),
        "unit": counted(called, units),
    }
