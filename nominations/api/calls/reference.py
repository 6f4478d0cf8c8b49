"""The reference lists: movements, rounds, award forms, units, criteria, each with the days it holds."""

from __future__ import annotations

from nominations.api.call import Answer, Call
from nominations.api.calls.paging import page_of
from nominations.api.shapes import plain
from nominations.extensions import current_clock, db_session
from nominations.queries import reference
from nominations.queries.quotas import quotas_of
from nominations.queries.units import UnitFilters
from nominations.queries.units import units as units_of
from nominations.services.errors import InvalidInput
from nominations.services.messages import Message


def movements(_call: Call) -> Answer:
    """Every movement."""
    return Answer({"items": reference.movements(db_session())})


def rounds(call: Call) -> Answer:
    """Every round, or those that take files today."""
    found = reference.rounds(db_session())
    if call.query["open"]:
        found = tuple(one for one in found if one.open_on(call.today))
    return Answer({"items": [plain(one) | {"open": one.open_on(call.today)} for one in found]})


def quotas(call: Call) -> Answer:
    """The quotas of the round that is named, or of every round. Raises InvalidInput for a round that is not there."""
    known = [one.code for one in reference.rounds(db_session())]
    code = call.query["round"]
    if code is not None and code not in known:
        raise InvalidInput({"round": Message("not_choice", {"choices": ", ".join(known)})})
    return Answer({"items": quotas_of(db_session(), code)})


def forms(_call: Call) -> Answer:
    """Every award form with the flows new files go by."""
    return Answer({"items": reference.forms(db_session())})


def units(call: Call) -> Answer:
    """Units, as they stand on a day where one is given."""
    asked = call.query
    filters = UnitFilters(asked["q"], asked["level"], asked["kind"], asked["parent"], asked["on"])
    return page_of(units_of(db_session(), filters, asked["cursor"], asked["limit"]))


def criteria(call: Call) -> Answer:
    """The criteria of a movement that are in force today, of the newest one unless one is named."""
    known = [one.code for one in reference.movements(db_session())]
    code = call.query["movement"] or next(iter(known), "")
    if call.query["movement"] and code not in known:
        raise InvalidInput({"movement": Message("not_choice", {"choices": ", ".join(known)})})
    found = reference.criteria(db_session(), code, current_clock().today())
    if call.query["group"] is not None:
        found = tuple(one for one in found if one.group_no == call.query["group"])
    return Answer({"movement": code, "items": found})
