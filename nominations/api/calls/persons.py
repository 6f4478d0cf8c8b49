"""Accounts of a nominee: found by name, listed, named and taken back by an act of the file."""

from __future__ import annotations

from nominations.api.call import Answer, Call
from nominations.api.calls.acting import outcome
from nominations.api.calls.files import one
from nominations.api.problems import Problem
from nominations.api.shapes import plain
from nominations.extensions import db_session
from nominations.queries.detail import Detail
from nominations.queries.nominee_people import find_people, named_persons
from nominations.queries.prepared import prepare
from nominations.services.actions import Request
from nominations.services.naming import Naming, name_person, strike_person
from workflows import Accepted, Act
from workflows.naming import NAME, may_name

NAMERS = ("nominator", "appraiser", "office", "secretary")


def people(call: Call) -> Answer:
    """Accounts whose name has every word of ``q``, for those whose duty it is to name them."""
    if not call.viewer.has(*NAMERS):
        raise Problem(403)
    return Answer({"items": [plain(one) for one in find_people(db_session(), call.query.get("q") or "", call.today)]})


def persons(call: Call) -> Answer:
    """The accounts named, for those who read the file fully and those who may name."""
    found = one(call, readable=True)
    if found.level != "full" and not _may(call, found):
        raise Problem(404)
    named = named_persons(db_session(), found.row.nominee_id)
    return Answer({"code": found.line.code, "items": [plain(person) for person in named]})


def name(call: Call) -> Answer:
    """Name an account."""
    naming = Naming(call.body["person"], call.body["role"])
    return outcome(call, name_person(db_session(), call.viewer.actor, call.clock, _request(call), naming))


def strike(call: Call) -> Answer:
    """Take an account back."""
    naming = Naming(call.body["person"], reasons=call.body["reasons"])
    return outcome(call, strike_person(db_session(), call.viewer.actor, call.clock, _request(call), naming))


def _request(call: Call) -> Request:
    return Request(call.path["code"], "", call.version, {}, call.origin)


def _may(call: Call, found: Detail) -> bool:
    ready = prepare(db_session(), found.row, "save", {}, call.today)
    act = Act(NAME, ask=True)
    return isinstance(may_name(ready.workflow, ready.case, call.viewer.actor, act, call.today), Accepted)
