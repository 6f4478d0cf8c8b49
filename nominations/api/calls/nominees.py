"""Nominees of the caller's units: found by name, what stands against them, what they were awarded."""

from __future__ import annotations

from nominations.api.call import Answer, Call
from nominations.api.calls.shown import receipt
from nominations.api.problems import Problem
from nominations.api.shapes import plain
from nominations.extensions import db_session
from nominations.queries.nominees import Known, awards_before, find_nominees, known, marks, may_read
from nominations.services.marks import NewMark, close_mark, record_mark


def nominees(call: Call) -> Answer:
    """Nominees whose name has every word of ``q``."""
    found = find_nominees(db_session(), call.viewer.actor, call.query.get("q") or "")
    return Answer({"items": [plain(line) for line in found]})


def nominee(call: Call) -> Answer:
    """One nominee, the marks as far as the caller reads them."""
    found, session = _known(call), db_session()
    read = [plain(mark) for mark in marks(session, found.id) if may_read(found, mark)]
    awards = [plain(award) for award in awards_before(session, found.id)]
    return Answer({**plain(found.line), "marks": read, "awards": awards})


def add_mark(call: Call) -> Answer:
    """Record a mark."""
    body = call.body
    new = NewMark(
        kind=body["kind"],
        opened_on=body["opened_on"],
        document=body["document"],
        note=body.get("note"),
        closed_on=body.get("closed_on"),
        document_sha=body.get("document_sha"),
        unit_id=body.get("unit"),
    )
    given = record_mark(db_session(), call.viewer.actor, call.clock, call.origin, call.path["ref"], new)
    return Answer({"receipt": receipt(given)}, 201)


def end_mark(call: Call) -> Answer:
    """Close a mark."""
    ref, number = call.path["ref"], int(call.path["number"])
    on, reasons = call.body.get("closed_on"), call.body["reasons"]
    given = close_mark(db_session(), call.viewer.actor, call.clock, call.origin, ref, number, on, reasons)
    return Answer({"receipt": receipt(given)})


def _known(call: Call) -> Known:
    found = known(db_session(), call.viewer.actor, call.path["ref"])
    if found is None:
        raise Problem(404)
    return found
