"""Opinions asked of the caller's body: the questions, one of them with what was sent along, and the reply."""

from __future__ import annotations

from typing import Any

from flask import Response

from nominations.api.call import Answer, Call
from nominations.api.calls.acting import outcome
from nominations.api.calls.shown import PREFIX
from nominations.api.problems import Problem
from nominations.api.shapes import plain
from nominations.extensions import current_storage, db_session
from nominations.queries.asked import AskedLine, Question, question, questions
from nominations.services.actions import REPLY, Request, act
from nominations.services.errors import NotFound
from nominations.services.files import open_paper, open_stored


def opinions(call: Call) -> Answer:
    """The questions addressed to the caller's body that wait for a reply, or those that are over."""
    found = questions(db_session(), call.viewer, waiting=not call.query["over"])
    return Answer({"items": [_line(one) for one in found]})


def opinion(call: Call) -> Answer:
    """One question, with the sections and papers that were sent along."""
    found = _found(call)
    papers = [plain(paper) | {"href": f"{_href(found.line)}/files/{paper.sha256}"} for paper in found.papers]
    said = {
        "question": found.question,
        "sections": list(found.sections),
        "content": plain(found.content),
        "papers": papers,
        "advice": found.advice,
        "reasons": found.reasons,
    }
    return Answer(_line(found.line) | said)


def reply(call: Call) -> Answer:
    """Answer a question. Its text does not change, so no version is asked for."""
    found = _found(call)
    payload = dict(call.body) | {"request": found.line.number}
    request = Request(found.line.code, REPLY, found.version, payload, call.origin)
    return outcome(call, act(db_session(), call.viewer.actor, call.clock, request))


def sent_paper(call: Call) -> Answer:
    """The bytes of a paper that was sent along, or of the body's own reply."""
    found, digest = _found(call), call.path["sha256"]
    if digest in {paper.sha256 for paper in found.papers}:
        name, media_type, content = open_paper(db_session(), current_storage(), found.nomination_id, digest)
    elif digest == found.reply_paper:
        name, media_type, content = open_stored(db_session(), current_storage(), digest)
    else:
        raise NotFound(digest)
    with content:
        response = Response(content.read(), mimetype=media_type)
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return Answer(response)


def _found(call: Call) -> Question:
    code, number = call.path["code"], call.path["number"]
    known = number.isascii() and number.isdigit() and len(number) < 6 and code.isprintable()
    found = question(db_session(), call.viewer, code, int(number)) if known else None
    if found is None:
        raise Problem(404)
    return found


def _line(line: AskedLine) -> dict[str, Any]:
    return {**plain(line), "href": _href(line)}


def _href(line: AskedLine) -> str:
    return f"{PREFIX}/opinions/{line.code}/{line.number}"
