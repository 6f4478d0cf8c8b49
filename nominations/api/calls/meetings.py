"""Council meetings: those of the caller's councils, one with its agenda, called by its secretary, voted on at once."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from nominations.api.call import Answer, Call
from nominations.api.calls.shown import PREFIX, receipt
from nominations.api.problems import Problem
from nominations.api.shapes import plain
from nominations.extensions import db_session
from nominations.queries.agenda import AgendaLine, agenda
from nominations.queries.ballot_answers import answers
from nominations.queries.meetings import Meet, meeting, members
from nominations.queries.meetings import meetings as found_meetings
from nominations.services.ballot_sheets import RefusedLine, Sheet, Vote, cast_sheet
from nominations.services.meetings import NewMeeting, call_meeting, put_on
from workflows import clears, sentence


def meetings(call: Call) -> Answer:
    """The meetings of the caller's councils, open ones first."""
    return Answer({"items": [_shown(meet) for meet in found_meetings(db_session(), call.viewer)]})


def meeting_called(call: Call) -> Answer:
    """Call a meeting, at once with files on its agenda."""
    body = call.body
    new = NewMeeting(
        council_id=body["council"],
        held_on=body["held_on"],
        begins=body["begins"],
        place=body["place"],
        secret=body.get("secret", False),
    )
    made = call_meeting(db_session(), call.viewer.actor, call.clock, call.origin, new)
    codes, put = body.get("codes") or [], 0
    if codes:
        key = f"{call.key}-agenda" if call.key else None
        origin = replace(call.origin, request_key=key)
        _receipt, put = put_on(db_session(), call.viewer.actor, call.clock, origin, made.ref, codes)
    href = f"{PREFIX}/meetings/{made.ref}"
    return Answer({"ref": made.ref, "receipt": receipt(made.receipt), "lines": put, "href": href}, 201)


def meeting_shown(call: Call) -> Answer:
    """One meeting with its members and its agenda, lines in conflict bare."""
    meet = _meeting(call)
    lines = agenda(db_session(), call.viewer, meet.id)
    came = members(db_session(), meet, call.today if meet.open else meet.held_on)
    told = [_line(line) for line in lines]
    people = [plain(member) for member in came]
    return Answer({**_shown(meet), "members": people, "agenda": told})


def meeting_ballots(call: Call) -> Answer:
    """The lines that wait for the caller's vote or do not, each with the rules' answer."""
    meet = _meeting(call)
    lines = [line for line in agenda(db_session(), call.viewer, meet.id) if not line.bare]
    found = answers(db_session(), call.viewer.actor, meet.id, [line.code for line in lines], "ballot", call.today)
    shown = []
    for line in lines:
        if (one := found.get(line.code)) is None:
            continue
        said: dict[str, Any] = {"code": line.code, "version": line.version, "allowed": one.refused is None}
        if one.refused is not None:
            said |= _refusal(RefusedLine(line.code, one.refused, one.workflow), call.lang)
        shown.append(said)
    return Answer({"ref": meet.ref, "items": shown})


def meeting_ballots_cast(call: Call) -> Answer:
    """Cast the caller's ballots on several lines in one act; what a rule refuses is told, the rest is cast."""
    meet = _meeting(call)
    said = {one["code"]: Vote(one["choice"], one["version"], one.get("note") or "") for one in call.body["votes"]}
    done = cast_sheet(db_session(), call.viewer.actor, call.clock, Sheet(meet.ref, said, call.origin))
    return Answer({
        "cast": done.cast,
        "receipt": receipt(done.receipt) if done.receipt is not None else None,
        "refused": [{"code": one.code} | _refusal(one, call.lang) for one in done.refused],
    })  # fmt: skip


def _meeting(call: Call) -> Meet:
    found = meeting(db_session(), call.viewer, call.path["ref"])
    if found is None:
        raise Problem(404)
    return found


def _shown(meet: Meet) -> dict[str, Any]:
    return {**plain(meet), "href": f"{PREFIX}/meetings/{meet.ref}"}


def _line(line: AgendaLine) -> dict[str, Any]:
    """A line; of an open one the sums only to those whose business they are: nobody's here before it is closed."""
    told = plain(line)
    if not line.closed:
        told |= {"agree": 0, "disagree": 0, "abstain": 0}
    return {**told, "href": f"{PREFIX}/nominations/{line.code}"}


def _refusal(one: RefusedLine, lang: str) -> dict[str, str]:
    return {
        "guard": one.refused.guard,
        "sentence": sentence(one.workflow, one.refused, lang),
        "clears": clears(one.refused, lang),
    }
