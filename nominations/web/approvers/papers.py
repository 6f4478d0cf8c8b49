"""Papers to look at: those of the file, and those its decisions, counts and suspensions name; only what may be read."""

from __future__ import annotations

from flask import abort, request, send_file
from flask.typing import ResponseReturnValue

from nominations.extensions import current_storage, db_session
from nominations.queries.detail import Detail
from nominations.services.errors import NotFound
from nominations.services.files import open_paper, open_stored
from nominations.web.access import signed_in
from nominations.web.approvers.asked import open_file
from nominations.web.approvers.blueprint import blueprint
from nominations.web.approvers.parts import LOOK, SHOWN


@blueprint.get("/ho-so/<code>/giay-to/<sha256>")
@signed_in
def paper(code: str, sha256: str) -> ResponseReturnValue:
    """Hand out one paper to be kept, or with ``?xem=1`` to be looked at where a browser can."""
    file = open_file(code)
    try:
        if sha256 in {paper.sha256 for paper in file.papers}:
            name, media_type, content = open_paper(db_session(), current_storage(), file.row.id, sha256)
        elif sha256 in named_papers(file):
            name, media_type, content = open_stored(db_session(), current_storage(), sha256)
        else:
            abort(404)
    except (NotFound, FileNotFoundError):
        abort(404)
    look = LOOK in request.args and media_type in SHOWN
    return send_file(content, mimetype=media_type, as_attachment=not look, download_name=name, etag=False)


def named_papers(file: Detail) -> frozenset[str]:
    """The papers this person's view of the file names beside its own."""
    signed = {line.signed_file for line in file.decisions}
    counted = {line.count.minutes_sha for line in file.votes if line.count is not None}
    held = {line.document_sha for line in file.holds}
    marked = {line.document_sha for line in file.marks}
    sent_back = {line.document_sha for line in file.returns}
    replied = {line.reply_paper for line in file.requests}
    replied |= {line.minutes_sha for line in file.postings}
    after = {sha for line in file.acts for sha in (line.document_sha, line.signed_file)}
    return frozenset(sha for sha in signed | after | counted | held | marked | sent_back | replied if sha is not None)
