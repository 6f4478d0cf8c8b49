"""Signing a list, recording its signature, numbering it: each line's answer before and after."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from flask import abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms import Form

from nominations.extensions import current_clock, db_session
from nominations.queries.bundles import BundleLineRow, BundleRow
from nominations.queries.together import names_of
from nominations.services.apply import Applied
from nominations.services.bulk import Line, ManyRequest, Passes, weigh_many
from nominations.services.bundle_acts import (
    BundleDone,
    BundleRequest,
    number_bundle,
    record_bundle_signature,
    sign_bundle,
)
from nominations.services.errors import InvalidInput, NotFound
from nominations.web.access import signed_in
from nominations.web.approvers.answers import show_errors
from nominations.web.approvers.blueprint import blueprint
from nominations.web.approvers.bundle_forms import number_form, outside_form, outside_payload
from nominations.web.approvers.bundle_shown import bundle_shown, counted
from nominations.web.approvers.bundles import opened
from nominations.web.approvers.many import ticked, why_not
from nominations.web.ground import form_errors, origin, page, seen_version, typed_key, viewer

Shown = dict[str, Any]
Service = Callable[..., BundleDone]
LABELS = {"ky": lambda: _("Ký danh sách"), "chu-ky": lambda: _("Ghi nhận chữ ký bên ngoài"), "so": lambda: _("Cấp số")}
SERVICES: dict[str, Service] = {"ky": sign_bundle, "chu-ky": record_bundle_signature, "so": number_bundle}


@blueprint.get("/to-trinh/<int:bundle_id>/lam/<way>")
@signed_in
def ask_bundle(bundle_id: int, way: str) -> ResponseReturnValue:
    """Show what the act needs, and of each line whether it would go through."""
    row, lines = _opened(bundle_id, way)
    if row.progress != ("signed" if way == "so" else "composed"):
        return redirect(url_for("approvers.bundle", bundle_id=bundle_id), code=303)
    return _asked(row, lines, way, _form(row, lines, way))


@blueprint.post("/to-trinh/<int:bundle_id>/lam/<way>")
@signed_in
def act_on_bundle(bundle_id: int, way: str) -> ResponseReturnValue:
    """Do it: every line that passes; what came of each."""
    row, lines = _opened(bundle_id, way)
    form = _form(row, lines, way)
    try:
        payload = outside_payload(form) if way == "chu-ky" else _plain(form)  # type: ignore[arg-type]
        said = BundleRequest(bundle_id, seen_version(), ticked(), payload, origin(typed_key()))
        done = SERVICES[way](db_session(), viewer().actor, current_clock(), said)
    except NotFound:
        return _asked(row, lines, way, form, 409, summary=[(None, _("Việc này không thuộc nhiệm vụ của đồng chí."))])
    except InvalidInput as wrong:
        return _asked(*opened(bundle_id), way, form, 422, summary=show_errors(form, form_errors(wrong)))
    refused = [one for one in done.results if not isinstance(one.outcome, Applied)]
    if not refused and done.done:
        flash(_("Đã ghi cho mọi trường hợp trong danh sách."), "success")
        return redirect(url_for("approvers.bundle", bundle_id=bundle_id), code=303)
    return _told(row, way, done)


def _opened(bundle_id: int, way: str) -> tuple[BundleRow, tuple[BundleLineRow, ...]]:
    """The paper with its lines; one that is not there, or a way that is none, is 404."""
    if way not in LABELS:
        abort(404)
    return opened(bundle_id)


def _form(row: BundleRow, lines: tuple[BundleLineRow, ...], way: str) -> Form:
    if way == "chu-ky":
        return outside_form(row, lines)
    return number_form() if way == "so" else Form()


def _plain(form: Form) -> dict[str, Any]:
    return {field.short_name: value for field in form if (value := (field.data or "").strip())}


def _asked(
    row: BundleRow,
    lines: tuple[BundleLineRow, ...],
    way: str,
    form: Form,
    status: int = 200,
    *,
    summary: Sequence[tuple[str | None, str]] = (),
) -> ResponseReturnValue:
    weighed = _weighed(row, lines, way)
    return page(
        "approvers/bundle_act.html",
        status,
        bundle=bundle_shown(row),
        row=row,
        way=way,
        label=LABELS[way](),
        counts=counted(lines),
        lines=weighed,
        passes=sum(line["ok"] for line in weighed),
        ticks=[f"{one.code}:{one.version}" for one in lines],
        form=form,
        multipart=way == "chu-ky",
        summary=list(summary),
    )


def _weighed(row: BundleRow, lines: Sequence[BundleLineRow], way: str) -> list[Shown]:
    """What would come of each line; a supplementary letter is signed by itself."""
    if row.outcome == "resubmit" or not lines:
        return [_named(one.code, {one.code: "" if one.bare else one.name}) | {"ok": True} for one in lines]
    action = row.outcome if way == "ky" else "record_signature" if way == "chu-ky" else ""
    if not action:
        waits = f"{row.stage}.number"
        names = {one.code: "" if one.bare else one.name for one in lines}
        off = _("Không còn chờ cấp số ở danh sách này.")
        return [
            _named(one.code, names) | {"ok": one.state == waits, "reason": None if one.state == waits else off}
            for one in lines
        ]
    payload = {"outcome": row.outcome} if way == "chu-ky" else {}
    asked = ManyRequest(action, [Line(one.code, one.version) for one in lines], payload, origin())
    weighed = weigh_many(db_session(), viewer().actor, current_clock(), asked)
    names = {one.code: "" if one.bare else one.name for one in lines}
    shown = []
    for one in weighed:
        ok = isinstance(one.outcome, Passes)
        why = None if isinstance(one.outcome, Passes) else why_not(row.outcome, one.outcome)
        shown.append(_named(one.code, names) | {"ok": ok, "reason": why})
    return shown


def _told(row: BundleRow, way: str, done: BundleDone) -> ResponseReturnValue:
    names = names_of(db_session(), viewer(), [one.code for one in done.results])
    shown = []
    for one in done.results:
        if isinstance(one.outcome, Applied):
            shown.append(_named(one.code, names) | {"ok": True, "reason": one.outcome.receipt.code})
        else:
            shown.append(_named(one.code, names) | {"ok": False, "reason": why_not(row.outcome, one.outcome)})
    return page(
        "approvers/bundle_done.html",
        409,
        bundle=bundle_shown(row),
        label=LABELS[way](),
        done=done.done,
        passed=sum(line["ok"] for line in shown),
        outcomes=sorted(shown, key=lambda line: bool(line["ok"])),
    )


def _named(code: str, names: dict[str, str]) -> Shown:
    name = names.get(code)
    return {"label": f"{name} ({code})" if name else code, "url": url_for("approvers.file", code=code)}
