"""Papers of a file: sent, listed, fetched."""

from __future__ import annotations

from typing import BinaryIO

from flask import Response

from nominations.api.call import Answer, Call
from nominations.api.calls.acting import outcome
from nominations.api.calls.files import one
from nominations.api.calls.shown import PREFIX
from nominations.api.shapes import plain
from nominations.extensions import current_storage, db_session
from nominations.queries.detail import Detail
from nominations.services import files as store
from nominations.services.actions import Request
from nominations.services.errors import InvalidInput, NotFound
from nominations.services.messages import REQUIRED, Message


def upload(call: Call) -> Answer:
    """Attach a paper of a kind; without a kind only keep it, for an action to name by its SHA-256."""
    found = one(call, readable=True)
    sent, kind = call.files.get("file"), call.body.get("kind")
    if sent is None:
        raise InvalidInput({"file": REQUIRED})
    content = sent.read()
    if not kind:
        return Answer({"sha256": store.store(db_session(), call.clock, current_storage(), content)}, 201)
    known = [paper.kind for paper in found.workflow.papers]
    if kind not in known:
        raise InvalidInput({"kind": Message("not_choice", {"choices": ", ".join(known)})})
    request = Request(found.line.code, "attach", call.version, {}, call.origin)
    paper = store.Upload(kind, sent.filename or "", content)
    came = store.attach(db_session(), call.viewer.actor, call.clock, current_storage(), request, paper)
    return outcome(call, came, 201)


def papers(call: Call) -> Answer:
    """The papers of the content the caller reads."""
    found = one(call, readable=True)
    base = f"{PREFIX}/nominations/{found.line.code}/files"
    return Answer({"items": [plain(paper) | {"href": f"{base}/{paper.sha256}"} for paper in found.papers]})


def paper(call: Call) -> Answer:
    """The bytes of one paper."""
    found = one(call, readable=True)
    name, media_type, content = _opened(found, call.path["sha256"])
    with content:
        response = Response(content.read(), mimetype=media_type)
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return Answer(response)


def _opened(found: Detail, digest: str) -> tuple[str, str, BinaryIO]:
    """A paper of the file, or one that an act the caller may read has named. Raises NotFound."""
    session, storage = db_session(), current_storage()
    if any(paper.sha256 == digest for paper in found.papers):
        return store.open_paper(session, storage, found.row.id, digest)
    named = {decision.signed_file for decision in found.decisions}
    named |= {hold.document_sha for hold in found.holds}
    named |= {mark.document_sha for mark in found.marks}
    named |= {back.document_sha for back in found.returns}
    named |= {asked.reply_paper for asked in found.requests}
    named |= {posted.minutes_sha for posted in found.postings}
    named |= {vote.count.minutes_sha for vote in found.votes if vote.count is not None}
    if digest not in named:
        raise NotFound(digest)
    return store.open_stored(session, storage, digest)
