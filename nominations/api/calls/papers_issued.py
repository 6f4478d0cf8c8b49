"""What has been issued: numbered papers over files, and the register of awards."""

from __future__ import annotations

from nominations.api.call import Answer, Call
from nominations.api.calls.paging import page_of
from nominations.extensions import db_session
from nominations.queries.decisions import decisions as found_decisions
from nominations.queries.register import register


def decisions(call: Call) -> Answer:
    """Numbered papers over the files the caller reads, newest first."""
    return page_of(found_decisions(db_session(), call.viewer, call.query["cursor"], call.query["limit"]))


def awards(call: Call) -> Answer:
    """The register up to today, of those whose name has the words asked for."""
    query, form = call.query["q"] or "", call.query["form"]
    return page_of(register(db_session(), call.today, query, form, call.query["cursor"], call.query["limit"]))
