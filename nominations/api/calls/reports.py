"""Reports on the movement: who owes which and has sent it, and the figures of the compiled one, as they stand now."""

from __future__ import annotations

from nominations.api.call import Answer, Call
from nominations.api.problems import Problem
from nominations.api.shapes import plain
from nominations.extensions import db_session
from nominations.queries.plan import plan
from nominations.queries.reports import dues, report_lines
from nominations.services.compilations import compile_report
from nominations.services.errors import NotFound


def reports(call: Call) -> Answer:
    """Every report owed within the movement, with the bodies whose report the caller reads and how each stands."""
    session, today = db_session(), call.today
    found = plan(session)
    owed = () if found is None else dues(session, found, today)
    items = [
        plain(due) | {"bodies": plain(report_lines(session, call.viewer, found, due, today))}
        for due in owed
        if found is not None
    ]
    return Answer({"items": items})


def compiled(call: Call) -> Answer:
    """The figures of the compiled report, for who reads every report. Raises Problem 404."""
    number = call.path["number"]
    year = int(number) if number.isascii() and number.isdigit() and len(number) == 4 else 0
    try:
        found = compile_report(db_session(), call.viewer, call.today, call.path["kind"], year)
    except NotFound as error:
        raise Problem(404) from error
    return Answer(found.figures)
