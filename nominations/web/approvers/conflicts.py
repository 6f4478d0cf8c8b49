"""Declaring a conflict with the nominee of a file: answered once with its sentence, then the file is a bare line."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms import Form

from nominations.extensions import current_clock, db_session
from nominations.queries.detail import Detail
from nominations.services.conflicts import declare
from nominations.services.errors import InvalidInput
from nominations.web.access import signed_in
from nominations.web.approvers.answers import show_errors
from nominations.web.approvers.asked import head_of, open_file
from nominations.web.approvers.blueprint import blueprint
from nominations.web.approvers.fields import MARKED, OneOfField, WordsField, choices
from nominations.web.approvers.words import CONFLICTS
from nominations.web.ground import form_errors, origin, page, typed_key, viewer
from nominations.web.lazily import lazily

ADDRESS = "/ho-so/<code>/khai-xung-dot"


def relations() -> dict[str, str]:
    """The kinds of relation, in the language of the request."""
    return choices(tuple(CONFLICTS.items()))


class ConflictForm(Form):
    """What somebody says of their relation to the nominee."""

    kind = OneOfField(lazily("Quan hệ"), validators=MARKED, choices=relations)
    note = WordsField(
        lazily("Ghi rõ quan hệ hoặc lợi ích"),
        validators=MARKED,
        description=lazily("Chỉ người kiểm tra nhật ký đọc được. Không ghi số căn cước."),
    )


@blueprint.get(ADDRESS)
@signed_in
def declare_conflict(code: str) -> ResponseReturnValue:
    """Ask what the relation is."""
    file = open_file(code)
    if file.sight.bare:
        return redirect(url_for("approvers.file", code=code), code=303)
    return _shown(file, ConflictForm())


@blueprint.post(ADDRESS)
@signed_in
def record_conflict(code: str) -> ResponseReturnValue:
    """Record it; from now on the person keeps out of every file of this nominee."""
    file = open_file(code)
    form = ConflictForm(request.form)
    kind, note = form.kind.data, form.note.data
    try:
        declared = declare(db_session(), viewer().actor, current_clock(), origin(typed_key()), code, kind, note)
    except InvalidInput as wrong:
        return _shown(file, form, 422, show_errors(form, form_errors(wrong)))
    if declared.receipt is None:
        flash(_("Đồng chí đã khai xung đột với trường hợp này từ trước."), "info")
    else:
        flash(
            _(
                "Đã ghi nhận. Từ nay đồng chí không thẩm định, biểu quyết hay quyết định về trường hợp này. "
                "Mã đối chứng nhật ký: %(receipt)s.",
                receipt=declared.receipt.code,
            ),
            "success",
        )
    return redirect(url_for("approvers.file", code=code), code=303)


def _shown(
    file: Detail, form: Form, status: int = 200, summary: list[tuple[str | None, str]] | None = None
) -> ResponseReturnValue:
    return page("approvers/conflict.html", status, head=head_of(file), form=form, summary=summary or [])
