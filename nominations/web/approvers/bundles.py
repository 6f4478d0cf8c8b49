"""Papers over many files: a unit's list of them, composing one, and its page with its lines as they are now."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from flask import abort, flash, redirect, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from nominations.extensions import current_clock, current_settings, db_session
from nominations.queries import bundles as found
from nominations.queries.bundles import BundleLineRow, BundleRow
from nominations.queries.pages import BadCursor
from nominations.services.bundle_papers import KINDS, documents_of, has_slip, shown_together
from nominations.services.bundles import Lineup, compose, drop, recompose
from nominations.services.errors import InvalidInput, NotFound
from nominations.services.papers import OUTPUTS, SLIP
from nominations.web.access import signed_in
from nominations.web.approvers.blueprint import blueprint
from nominations.web.approvers.bundle_shown import blocks, bundle_shown, counted, form_name, group_shown
from nominations.web.approvers.many import TICK, ticked
from nominations.web.ground import form_errors, origin, page, parse_cursor, seen_version, viewer

Shown = dict[str, Any]
LONGEST = 60  # characters of a value in the address
SIGNERS, RECORDERS, NUMBERS = ("head", "deputy"), ("office", "clerk"), ("clerk",)


@blueprint.get("/to-trinh")
@signed_in
def bundles() -> ResponseReturnValue:
    """Show what can be composed, and the papers of the viewer's units."""
    try:
        listed = found.bundles(db_session(), viewer(), parse_cursor())
    except BadCursor:
        abort(404)
    following = listed.next_cursor
    return page(
        "approvers/bundles.html",
        groups=[group_shown(one) for one in found.groups(db_session(), viewer())],
        rows=[bundle_shown(one) for one in listed.items],
        next_url=None if following is None else url_for("approvers.bundles", cursor=following),
    )


@blueprint.get("/to-trinh/moi")
@signed_in
def new_bundle() -> ResponseReturnValue:
    """Show the files of one group, to be picked."""
    return _picking(_candidates(), None)


@blueprint.post("/to-trinh/moi")
@signed_in
def compose_bundle() -> ResponseReturnValue:
    """Compose the paper over the picked files."""
    lineup = Lineup([line.code for line in ticked()])
    try:
        made = compose(db_session(), viewer().actor, current_clock(), origin(), lineup)
    except NotFound:
        abort(404)
    except InvalidInput as wrong:
        return _picking(_candidates(), None, 422, problem=" ".join(form_errors(wrong).values()))
    return redirect(url_for("approvers.bundle", bundle_id=made), code=303)


@blueprint.get("/to-trinh/<int:bundle_id>")
@signed_in
def bundle(bundle_id: int) -> ResponseReturnValue:
    """Show a paper: how far it is, its counts, its lines with where each is now."""
    return bundle_page(*opened(bundle_id))


@blueprint.get("/to-trinh/<int:bundle_id>/sua")
@signed_in
def change_bundle(bundle_id: int) -> ResponseReturnValue:
    """Show the lines of a paper that is not signed yet, with what could stand in it besides."""
    row, lines = opened(bundle_id)
    if row.progress != "composed" or row.unit_id not in found.composes_at(viewer()):
        return redirect(url_for("approvers.bundle", bundle_id=bundle_id), code=303)
    return _picking((*lines, *_more(row, lines)), row)


@blueprint.post("/to-trinh/<int:bundle_id>/sua")
@signed_in
def recompose_bundle(bundle_id: int) -> ResponseReturnValue:
    """Put the picked lines in the paper, and only them."""
    row, lines = opened(bundle_id)
    lineup = Lineup([line.code for line in ticked()], seen_version())
    try:
        recompose(db_session(), viewer().actor, current_clock(), origin(), bundle_id, lineup)
    except NotFound:
        abort(404)
    except InvalidInput as wrong:
        return _picking((*lines, *_more(row, lines)), row, 422, problem=" ".join(form_errors(wrong).values()))
    flash(_("Đã sửa danh sách."), "success")
    return redirect(url_for("approvers.bundle", bundle_id=bundle_id), code=303)


@blueprint.post("/to-trinh/<int:bundle_id>/bo")
@signed_in
def drop_bundle(bundle_id: int) -> ResponseReturnValue:
    """Give the paper up; its files stay where they are."""
    row, lines = opened(bundle_id)
    try:
        drop(db_session(), viewer().actor, current_clock(), origin(), bundle_id, seen_version())
    except NotFound:
        abort(404)
    except InvalidInput as wrong:
        return bundle_page(row, lines, 409, problem=" ".join(form_errors(wrong).values()))
    flash(_("Đã bỏ danh sách; các hồ sơ vẫn chờ ở bước của mình."), "success")
    return redirect(url_for("approvers.bundles"), code=303)


@blueprint.get("/to-trinh/<int:bundle_id>/van-ban/<kind>.<output>")
@signed_in
def bundle_document(bundle_id: int, kind: str, output: str) -> ResponseReturnValue:
    """Hand out a paper of the list: itself, its bonus list, or the certificates of all lines in one PDF."""
    opened(bundle_id)
    if kind not in KINDS or output not in OUTPUTS or (kind == "certificates" and output != "pdf"):
        abort(404)
    url = current_settings().public_url
    made = documents_of(db_session(), viewer(), bundle_id, kind, current_clock().today(), url)
    if not made:
        abort(404)
    name = f"danh-sach-{bundle_id}-{kind.replace('_', '-')}"
    content = io.BytesIO(shown_together(made, output, name))
    return send_file(
        content, mimetype=OUTPUTS[output], as_attachment=output != "pdf", download_name=f"{name}.{output}", etag=False
    )


def opened(bundle_id: int) -> tuple[BundleRow, tuple[BundleLineRow, ...]]:
    """The paper with its lines; one that is not there for this person is 404."""
    row = found.bundle(db_session(), viewer(), bundle_id)
    if row is None:
        abort(404)
    return row, found.lines_of(db_session(), viewer(), bundle_id)


def bundle_page(
    row: BundleRow, lines: Sequence[BundleLineRow], status: int = 200, *, problem: str | None = None
) -> ResponseReturnValue:
    """Show the page of a paper."""
    returned = [one for one in lines if one.state.endswith(".returned")]
    first = found.bundle(db_session(), viewer(), row.supplements_id) if row.supplements_id is not None else None
    return page(
        "approvers/bundle.html",
        status,
        bundle=bundle_shown(row),
        row=row,
        counts=counted(lines),
        blocks=blocks(row, lines),
        papers=_papers(row),
        can=_can(row),
        problem=problem,
        ticks=[f"{one.code}:{one.version}" for one in returned] if row.outcome == "resubmit" else [],
        first=bundle_shown(first) if first is not None else None,
        later=[
            {"url": url_for("approvers.bundle", bundle_id=one), "number": number}
            for one, number in found.supplements(db_session(), row.id)
        ],
        returned=len(returned),
    )


def at_unit(row: BundleRow, *duties: str) -> bool:
    """Whether the viewer holds one of these duties where the paper is made."""
    return any(post.unit_id == row.unit_id and post.duty in duties for post in viewer().posts)


def _can(row: BundleRow) -> Shown:
    """What may be asked of the paper just now; each line has its own guards besides."""
    composed, mine = row.progress == "composed", row.unit_id in found.composes_at(viewer())
    return {
        "change": composed and mine,
        "sign": composed and at_unit(row, *SIGNERS),
        "record": composed and row.outcome != "resubmit" and at_unit(row, *RECORDERS),
        "number": row.progress == "signed" and at_unit(row, *NUMBERS),
        "send": row.progress == "numbered" and row.outcome == "resubmit" and mine,
    }


def _papers(row: BundleRow) -> list[Shown]:
    """The papers there are, as PDF to look at and DOCX to keep."""
    named: dict[str, tuple[str, tuple[str, ...]]] = {"paper": (_("Văn bản kèm danh sách"), ("pdf", "docx"))}
    if has_slip(viewer(), row):
        named[SLIP] = (_("Phiếu trình"), ("pdf", "docx"))
    if row.outcome == "award" and row.number is not None:
        named["bonus_list"] = (_("Danh sách nhận tiền thưởng"), ("pdf", "docx"))
        named["certificates"] = (_("Bằng khen, giấy khen của cả danh sách"), ("pdf",))
    return [
        {"label": label}
        | {
            output: url_for("approvers.bundle_document", bundle_id=row.id, kind=kind, output=output)
            for output in outputs
        }
        for kind, (label, outputs) in named.items()
    ]


def _candidates() -> tuple[BundleLineRow, ...]:
    """The files of the group that the address names."""
    typed = {name: request.args.get(name, "")[:LONGEST] for name in ("unit", "state", "form", "round")}
    if not (
        typed["unit"].isascii() and typed["unit"].isdigit() and typed["round"].isascii() and typed["round"].isdigit()
    ):
        abort(404)
    group = (int(typed["unit"][:9]), typed["state"], typed["form"], int(typed["round"][:9]))
    return found.candidates(db_session(), viewer(), group)


def _more(row: BundleRow, lines: Sequence[BundleLineRow]) -> tuple[BundleLineRow, ...]:
    """What could stand in the paper besides its lines."""
    states = {one.state for one in lines} or {f"{row.stage}.signature"}
    groups = [(row.unit_id, state, row.form, row.round_id) for state in sorted(states)]
    return tuple(one for group in groups for one in found.candidates(db_session(), viewer(), group))


def _picking(
    lines: Sequence[BundleLineRow], row: BundleRow | None, status: int = 200, *, problem: str | None = None
) -> ResponseReturnValue:
    """Show the lines to pick from, those of the paper ticked; of a new one all."""
    if not lines and problem is None:
        return redirect(url_for("approvers.bundles"), code=303)
    inside = {one.code for one in lines if one.position or row is None}
    if request.method == "POST":
        inside = {tick.rpartition(":")[0] for tick in request.form.getlist(TICK)}
    shown = blocks(None, lines)
    for block in shown:
        for line in block["lines"]:
            line["picked"] = line["code"] in inside
    where: dict[str, Any] = request.args.to_dict()
    action = (
        url_for("approvers.compose_bundle", **where)
        if row is None
        else url_for("approvers.recompose_bundle", bundle_id=row.id)
    )
    return page(
        "approvers/pick.html",
        status,
        blocks=shown,
        row=row,
        action=action,
        form_name=form_name(row.form if row is not None else request.args.get("form", "")),
        counts=counted([one for one in lines if one.code in inside]),
        problem=problem,
    )
