"""What the pages of the registers share: tabs, cells, the units somebody enters for, the files kept there."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from flask import abort, redirect, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms.form import BaseForm

from nominations.extensions import current_clock, current_storage, db_session
from nominations.queries.plan import at_the_board
from nominations.queries.registers import inspections, own_units, papers, spread_models, writes_for
from nominations.services.errors import NotFound
from nominations.services.files import open_stored, safe_name
from nominations.services.log import Receipt
from nominations.web.access import signed_in
from nominations.web.administrators.posts import unit_choices
from nominations.web.approvers.fields import UploadField
from nominations.web.ground import page, viewer
from nominations.web.lazily import lazily
from nominations.web.movement.blueprint import blueprint
from nominations.web.movement.plan import crumbs
from nominations.web.movement.sending import Sent, send, text, told, uploaded

TABS = {
    "movement.paper_register": lazily("Văn bản"),
    "movement.proposals": lazily("Khó khăn, đề xuất"),
    "movement.inspections": lazily("Kiểm tra"),
    "movement.remarks": lazily("Giám sát"),
    "movement.spread": lazily("Mô hình"),
    "movement.raised": lazily("Nhà, Quỹ, Tháng cao điểm"),
}
Cell = Mapping[str, Any]
Columns = Sequence[Mapping[str, object]]


def register(
    columns: Columns,
    rows: Sequence[Mapping[str, Cell]],
    title: str,
    lead: str,
    add: tuple[str, str] | None = None,
    further: Sequence[tuple[str, str]] = (),
) -> ResponseReturnValue:
    """The page of a register: its lines, and the way to one more where this person enters any."""
    tabs = [
        {"label": str(label), "url": url_for(endpoint), "current": request.endpoint == endpoint}
        for endpoint, label in TABS.items()
    ]
    return page(
        "movement/register.html",
        columns=columns,
        rows=rows,
        title=title,
        lead=lead,
        add=add,
        further=further,
        tabs=tabs,
        breadcrumbs=crumbs((_("Sổ theo dõi"), None)),
    )


def entry(
    form: BaseForm, save: Callable[[], Receipt | None], done: str, title: str, lead: str, submit: str, back: str
) -> ResponseReturnValue:
    """One form of a register: shown, or sent through ``save`` and left for ``back`` with the receipt of its entry."""
    sent: Sent[Receipt | None] = Sent()
    if request.method == "POST":
        sent = send(form, save)
        if sent.answer is not None:
            told(done, sent.answer)
            return redirect(back, code=303)
    return entering(form, sent, title, lead, submit, back)


def entering(
    form: BaseForm,
    sent: Sent[Any],
    title: str,
    lead: str,
    submit: str,
    back: str,
    **context: Any,  # noqa: ANN401
) -> ResponseReturnValue:
    """The page of one form of a register, at first and again with what was typed."""
    return page(
        "movement/entering.html",
        sent.status,
        form=form,
        summary=sent.summary,
        title=title,
        lead=lead,
        submit=submit,
        back=back,
        breadcrumbs=crumbs((_("Sổ theo dõi"), back), (title, None)),
        **context,
    )


def cell(said: object, **more: object) -> Cell:
    """A cell: its text, at will url, note, badge (words, tone, icon), num."""
    return {"text": "" if said is None else str(said), **more}


def typed(form: BaseForm, *uploads: tuple[str, str]) -> dict[str, Any]:
    """What stands in a form; a paper as its digest, and its name under the second name of each pair."""
    said: dict[str, Any] = {
        field.short_name: text(form, field.short_name) for field in form if not isinstance(field, UploadField)
    }
    for upload, name in uploads:
        digest, called = uploaded(form[upload])
        said |= {upload: digest or "", name: called}
    return said


def unit_offers() -> list[tuple[str, str]] | dict[str, list[tuple[str, str]]]:
    """The units this person enters for: their own, or at the board every one."""
    who, today = viewer(), current_clock().today()
    if at_the_board(db_session(), who, today):
        return unit_choices(today)
    mine = [(str(number), name) for number, name in own_units(who)]
    return mine if len(mine) == 1 else [("", _("Chọn cơ quan, đơn vị")), *mine]


def enters() -> bool:
    """Whether this person enters anything into the registers."""
    who = viewer()
    return bool(own_units(who)) or at_the_board(db_session(), who, current_clock().today())


@blueprint.get("/tep/<kind>/<int:number>")
@signed_in
def register_file(kind: str, number: int) -> ResponseReturnValue:
    """Hand out a paper of a register to who reads it; a consent, a person's paper, only to who enters for its unit."""
    session, today = db_session(), current_clock().today()
    lines = {
        "van-ban": lambda: papers(session),
        "kiem-tra": lambda: inspections(session, viewer(), today, number),
        "mo-hinh": lambda: spread_models(session, number),
    }.get(kind, tuple)()
    row = next((line.row for line in lines if line.id == number), None)
    sha = None if row is None else getattr(row, "consent_file" if kind == "mo-hinh" else "file_sha")
    if row is None or sha is None or (kind == "mo-hinh" and not writes_for(session, viewer(), row.unit_id, today)):
        abort(404)
    try:
        name, media_type, content = open_stored(session, current_storage(), sha)
    except (NotFound, FileNotFoundError):
        abort(404)
    called = getattr(row, "consent_name" if kind == "mo-hinh" else "file_name")
    named = safe_name(called, media_type) if called else name
    return send_file(content, mimetype=media_type, as_attachment=True, download_name=named, etag=False)
