"""One file: opened, read, and its content changed."""

from __future__ import annotations

from nominations.api.call import Answer, Call, etag
from nominations.api.calls.acting import acted
from nominations.api.calls.shown import PREFIX, receipt, whole
from nominations.api.problems import Problem
from nominations.extensions import db_session
from nominations.queries.detail import Detail, detail
from nominations.services.drafts import create
from nominations.services.nominees import Draft


def create_nomination(call: Call) -> Answer:
    """A draft for a nominee; the same key and body answer the same file."""
    body = call.body
    draft = Draft(
        round_code=body["round"],
        form=body["form"],
        proposing_unit_id=body["proposing_unit"],
        subject_kind=body["subject_kind"],
        subject_group=body["subject_group"],
        name=body.get("name") or "",
        nominee_ref=body.get("nominee"),
        nominee_unit_id=body.get("nominee_unit"),
        home_unit_id=body.get("home_unit"),
        birth_year=body.get("birth_year"),
    )
    made = create(db_session(), call.viewer.actor, call.clock, call.origin, draft)
    href = f"{PREFIX}/nominations/{made.code}"
    said = {"code": made.code, "version": made.version, "receipt": receipt(made.receipt), "href": href}
    return Answer(said, 201, {"ETag": etag(made.version), "Location": href})


def nomination(call: Call) -> Answer:
    """The file as far as the caller may read it."""
    found = one(call)
    return Answer(whole(found, call.lang), headers={"ETag": etag(found.line.version)})


def change_nomination(call: Call) -> Answer:
    """The sections given replace those of the file: the action ``save``."""
    return acted(call, "save", {"content": call.body["content"]})


def one(call: Call, *, readable: bool = False) -> Detail:
    """The file of the address. Raises Problem 404; with ``readable`` also where only its existence may be known."""
    found = detail(db_session(), call.viewer, call.path["code"], call.today)
    if found is None or (readable and found.sight.bare):
        raise Problem(404)
    return found
