"""Papers over many files: the caller's, one with its lines, composed, changed, signed and numbered once for all."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from nominations.api.call import Answer, Call
from nominations.api.calls.bulk import line_shown
from nominations.api.calls.paging import page_of
from nominations.api.calls.shown import PREFIX
from nominations.api.problems import Problem
from nominations.api.shapes import plain
from nominations.extensions import db_session
from nominations.queries.bundles import BundleLineRow, BundleRow, bundle_by_ref, lines_of
from nominations.queries.bundles import bundle as found_bundle
from nominations.queries.bundles import bundles as found_bundles
from nominations.services.bulk import Line
from nominations.services.bundle_acts import (
    BundleDone,
    BundleRequest,
    number_bundle,
    record_bundle_signature,
    sign_bundle,
)
from nominations.services.bundles import Lineup, compose, drop, recompose


def submissions(call: Call) -> Answer:
    """Papers of the caller's units and those that came up to them, newest first."""
    page = found_bundles(db_session(), call.viewer, call.query["cursor"], call.query["limit"])
    return page_of(page, _shown)


def submission_composed(call: Call) -> Answer:
    """Begin a paper over files that wait for one signature."""
    lineup = Lineup(tuple(call.body["codes"]))
    number = compose(db_session(), call.viewer.actor, call.clock, call.origin, lineup)
    row = found_bundle(db_session(), call.viewer, number)
    if row is None:
        raise Problem(404)
    return Answer(_whole(call, row), 201)


def submission_shown(call: Call) -> Answer:
    """One paper with its lines as they are now, those in conflict bare."""
    return Answer(_whole(call, _found(call)))


def submission_recomposed(call: Call) -> Answer:
    """Put other lines in a paper that is not signed yet."""
    row = _found(call)
    lineup = Lineup(tuple(call.body["codes"]), call.body["version"])
    recompose(db_session(), call.viewer.actor, call.clock, call.origin, row.id, lineup)
    return Answer(_whole(call, _found(call)))


def submission_dropped(call: Call) -> Answer:
    """Give up a paper that is not signed yet; its files stay where they are."""
    row = _found(call)
    drop(db_session(), call.viewer.actor, call.clock, call.origin, row.id, call.body["version"])
    return Answer(_shown(_found(call)))


def submission_signed(call: Call) -> Answer:
    """The head signs the list: every line that passes its guards; what came of each."""
    return _done(call, sign_bundle, {})


def submission_recorded(call: Call) -> Answer:
    """Record that the list was signed outside."""
    named = ("signer", "signed_on", "signed_file", "counts", "confirmed")
    return _done(call, record_bundle_signature, {name: call.body[name] for name in named if name in call.body})


def submission_numbered(call: Call) -> Answer:
    """The number and day, once for the whole list."""
    return _done(call, number_bundle, {name: call.body[name] for name in ("number", "numbered_on")})


def _done(call: Call, service: Callable[..., BundleDone], payload: dict[str, Any]) -> Answer:
    """Do an act on the whole list; where no line goes through, ``done`` says so and the paper stands as it stood."""
    row = _found(call)
    lines = [Line(one["code"], one["version"]) for one in call.body["lines"]]
    asked = BundleRequest(row.id, call.body["version"], lines, payload, call.origin)
    done = service(db_session(), call.viewer.actor, call.clock, asked)
    items = [line_shown(call, one.code, one.outcome) for one in done.results]
    after = _shown(_found(call))
    return Answer({"done": done.done, "submission": after, "items": items})


def _found(call: Call) -> BundleRow:
    found = bundle_by_ref(db_session(), call.viewer, call.path["ref"])
    if found is None:
        raise Problem(404)
    return found


def _whole(call: Call, row: BundleRow) -> dict[str, Any]:
    return _shown(row) | {"items": [_line(one) for one in lines_of(db_session(), call.viewer, row.id)]}


def _shown(row: BundleRow) -> dict[str, Any]:
    return {**plain(row), "progress": row.progress, "href": f"{PREFIX}/submissions/{row.ref}"}


def _line(line: BundleLineRow) -> dict[str, Any]:
    """A line; of one in conflict no more than its code, its place and where it is."""
    told = plain(line) | ({"name": "", "unit_name": ""} if line.bare else {})
    return {**told, "href": f"{PREFIX}/nominations/{line.code}"}
