"""Papers of a meeting: the letter that calls it, the minutes, and the record that they were signed."""

from __future__ import annotations

import io

from flask import abort, flash, redirect, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms import Form

from nominations.extensions import current_clock, current_storage, db_session
from nominations.services.errors import InvalidInput, NotFound
from nominations.services.files import open_stored, store
from nominations.services.meeting_minutes import Minutes, sign_minutes
from nominations.services.meeting_papers import BUILDERS, bytes_of, paper_of
from nominations.services.papers import OUTPUTS
from nominations.web.access import needs
from nominations.web.administrators.fields import asked_day, day_of, place_errors, typed
from nominations.web.approvers.fields import UploadField
from nominations.web.council.blueprint import ATTENDS, blueprint
from nominations.web.council.opened import Opened, kept_meeting, lines_of, members_of, open_meeting
from nominations.web.ground import form_errors, origin, page, typed_key, viewer
from nominations.web.lazily import lazily

NAMES = {"invitation": "giay-moi", "minutes": "bien-ban"}


class SignedForm(Form):
    """Minutes as they were signed on paper."""

    signed_on = asked_day(lazily("Ngày ký biên bản"))
    file = UploadField(lazily("Bản chụp biên bản đã ký"))


@blueprint.get("/phien-hop/<ref>/van-ban/<kind>.<output>")
@needs(*ATTENDS)
def paper(ref: str, kind: str, output: str) -> ResponseReturnValue:
    """Hand out a paper of the meeting: the PDF to be looked at, the DOCX to be kept and edited."""
    opened = open_meeting(ref)
    if output not in OUTPUTS or kind not in BUILDERS:
        abort(404)
    made = paper_of(db_session(), opened.meet, lines_of(opened), members_of(opened), kind)
    name = f"{NAMES[kind]}-{opened.meet.held_on:%Y%m%d}.{output}"
    sent = io.BytesIO(bytes_of(made, output))
    return send_file(sent, mimetype=OUTPUTS[output], as_attachment=output != "pdf", download_name=name, etag=False)


@blueprint.get("/phien-hop/<ref>/bien-ban/ban-ky")
@needs(*ATTENDS)
def signed_minutes(ref: str) -> ResponseReturnValue:
    """Hand out the signed minutes; not to somebody who may not read every line of them."""
    opened = open_meeting(ref)
    kept = opened.meet.minutes_file
    if kept is None or any(line.bare for line in lines_of(opened)):
        abort(404)
    try:
        name, media_type, content = open_stored(db_session(), current_storage(), kept)
    except (NotFound, FileNotFoundError):
        abort(404)
    return send_file(content, mimetype=media_type, as_attachment=True, download_name=name, etag=False)


@blueprint.route("/phien-hop/<ref>/bien-ban", methods=["GET", "POST"])
@needs(*ATTENDS)
def minutes(ref: str) -> ResponseReturnValue:
    """Show the minutes as they are, and record that they were signed."""
    opened = open_meeting(ref)
    form = typed(SignedForm, signed_on=max(opened.meet.held_on, current_clock().today()))
    if request.method == "GET":
        return _shown(opened, form)
    kept_meeting(ref)
    if not form.validate():
        return _shown(opened, form, 422)
    try:
        signed = Minutes(ref, day_of(form, "signed_on"), _kept(form))
        sign_minutes(db_session(), viewer(), current_clock(), origin(typed_key()), signed)
    except InvalidInput as wrong:
        place_errors(form, form_errors(wrong))
        return _shown(opened, form, 422)
    flash(_("Đã ghi biên bản đã ký. Phiên họp kết thúc, không mở lại biểu quyết được nữa."), "success")
    return redirect(url_for("council.show", ref=ref), code=303)


def _kept(form: Form) -> str:
    """The digest of the signed paper, kept on the way, or of one sent before."""
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        return request.form.get("file_kept", "")
    field = form["file"]
    kept = store(db_session(), current_clock(), current_storage(), sent.read())
    if isinstance(field, UploadField):
        field.kept = kept
    return kept


def _shown(opened: Opened, form: Form, status: int = 200) -> ResponseReturnValue:
    lines = lines_of(opened)
    return page(
        "council/minutes.html",
        status,
        opened=opened,
        meet=opened.meet,
        form=form,
        waits=sum(line.waits for line in lines),
        closed=sum(line.closed for line in lines),
        whole=not any(line.bare for line in lines),
    )
