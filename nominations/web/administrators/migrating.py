"""Running files of a flow on earlier versions: what would break, and moving the rest with their number typed."""

from __future__ import annotations

from flask import abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms import Form, StringField

from nominations.extensions import current_clock, db_session
from nominations.services.migrating import Migration, migrate, migration
from nominations.web.access import needs
from nominations.web.administrators.blueprint import ADMIN, blueprint
from nominations.web.administrators.fields import ask, done, required, text_of, typed
from nominations.web.administrators.flows import key_of
from nominations.web.administrators.publishing import active_or_404
from nominations.web.administrators.words import BREAKS
from nominations.web.ground import lang, origin
from nominations.web.lazily import lazily
from workflows.flows import FlowKey, read


class MigrationForm(Form):
    """Moving them: their number, typed by hand."""

    counted = StringField(
        lazily("Số hồ sơ sẽ chuyển"), [required()], description=lazily("Gõ lại số ở ô “Hồ sơ chuyển” phía trên")
    )


@blueprint.route("/quy-trinh/<int:version_id>/chuyen-ho-so", methods=["GET", "POST"])
@needs(ADMIN)
def migrate_files(version_id: int) -> ResponseReturnValue:
    """Show every running file on an earlier version with what would break, and move the others."""
    version, content = active_or_404(version_id)
    key = key_of(version)
    form = typed(MigrationForm)
    if (moved := done(form, lambda: _moved(form, key))) is not None:
        flash(_("Đã chuyển %(count)s hồ sơ.", count=moved.going), "success")
        return redirect(url_for("administrators.migrate_files", version_id=version_id), code=303)
    workflow = read(content)
    papers = {paper.kind: paper.label[lang()] for paper in workflow.papers}
    return ask(
        "administrators/migrate_files.html",
        form,
        version=version,
        found=migration(db_session(), current_clock().today(), key),
        words=BREAKS,
        papers=papers,
        lang=lang(),
    )


def _moved(form: Form, key: FlowKey) -> Migration:
    text = text_of(form, "counted")
    if not (text.isascii() and text.isdigit() and len(text) < 8):
        text = "-1"
    try:
        return migrate(db_session(), current_clock(), origin(), key, counted=int(text))
    except LookupError:
        abort(404)
