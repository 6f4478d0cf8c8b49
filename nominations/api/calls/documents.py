"""The API's own document, as JSON and as a page to read; the papers of a file, as PDF and DOCX."""

from __future__ import annotations

from typing import Any

from flask import Response, current_app, render_template

from nominations.api.call import Answer, Call
from nominations.api.calls.files import one
from nominations.api.calls.shown import PREFIX
from nominations.api.problems import Problem
from nominations.extensions import current_settings, current_storage, db_session
from nominations.services import papers
from nominations.services.packages import PACKAGE, PATIENCE, package


def openapi(_call: Call) -> Answer:
    """The OpenAPI document."""
    return Answer(document())


def docs(_call: Call) -> Answer:
    """The same as a page that asks nothing of any other host."""
    return Answer(Response(render_template("api/docs.html", document=document()), mimetype="text/html"))


def file_documents(call: Call) -> Answer:
    """The papers that can be made of the file for the caller, in the order of its way."""
    found = one(call, readable=True)
    base = f"{PREFIX}/nominations/{found.line.code}/documents"
    items = [
        {"kind": kind, "stage": stage, **{output: f"{base}/{kind}.{output}" for output in papers.OUTPUTS}}
        for kind, stage in papers.kinds_for(found).items()
    ]
    return Answer({"code": found.line.code, "items": items, "package": f"{base}/{PACKAGE}.pdf"})


def file_document_pdf(call: Call) -> Answer:
    """One paper as PDF/A; what an act issued as it was issued, anything else as it would be now."""
    return _package(call) if call.path["kind"] == PACKAGE else _paper(call, "pdf")


def file_document_docx(call: Call) -> Answer:
    """The same paper as DOCX, to be edited."""
    return _paper(call, "docx")


def _paper(call: Call, output: str) -> Answer:
    found, kind = one(call, readable=True), call.path["kind"]
    made = papers.make(db_session(), found, kind, call.today, current_settings().public_url)
    if made is None:
        raise Problem(404)
    response = Response(papers.shown(made, output), mimetype=papers.OUTPUTS[output])
    response.headers.set("Content-Disposition", "attachment", filename=papers.named(found, kind, output))
    response.headers["X-Paper-Draft"] = "1" if made.document.draft else "0"
    if made.sha256 is not None:
        response.headers["X-Paper-SHA256"] = made.sha256
    return Answer(response)


def _package(call: Call) -> Answer:
    """Every paper of the file that the caller may read, as one PDF."""
    found = one(call, readable=True)
    made = package(db_session(), current_storage(), found, call.today, current_settings().public_url)
    if made is None:
        raise Problem(429, headers={"Retry-After": str(PATIENCE)}, values={"seconds": PATIENCE})
    response = Response(made, mimetype=papers.OUTPUTS["pdf"])
    response.headers.set("Content-Disposition", "attachment", filename=papers.named(found, PACKAGE, "pdf"))
    return Answer(response)


def document() -> dict[str, Any]:
    """The document, made once when the application is."""
    made: dict[str, Any] = current_app.extensions["openapi"]
    return made
