"""Intake, appraisal and council: arrivals, opinions, counted ballots, the closed ballot."""

from __future__ import annotations

import secrets

from nominations.services.apply import Change
from nominations.services.effects.ground import Ground, require_file
from nominations.services.errors import InvalidInput
from nominations.services.messages import Message
from nominations.services.statements import Part, insert_row
from workflows import Tally
from workflows.ledger import GENESIS

NO_VOTE = Tally(0, 0, 0, 0, closed=False)


def accept(g: Ground, change: Change) -> None:
    """The arrival is recorded; at the competent level it fixes the rule set for good (decision 6)."""
    arrived = g.payload.get("arrived_on", g.moment.today)
    if arrived > g.moment.today:
        raise InvalidInput({"arrived_on": Message("in_future")})
    if arrived < g.moment.today and "arrival_paper" not in g.payload and "arrival_number" not in g.payload:
        raise InvalidInput({"arrival_paper": Message("needs_paper")})
    require_file(g, "arrival_paper")
    change.payload["arrived_on"] = arrived.isoformat()
    if g.stage == g.workflow.competent_stage:
        change.nomination |= {"received_on": arrived, "rule_set": g.workflow.rule_set}


def check(g: Ground, change: Change) -> None:
    """A check is an arrival and an opinion in one."""
    accept(g, change)
    _opinion(g, change, "check")


def recommend(g: Ground, change: Change) -> None:
    """The appraiser's opinion, criterion by criterion."""
    _opinion(g, change, "appraisal")


def record_counts(g: Ground, change: Change) -> None:
    """A count on paper, by the first person of the counting team."""
    p = g.payload
    require_file(g, "minutes_sha")
    if not (p["valid"] <= p["returned"] <= p["issued"] and p["agree"] + p["disagree"] <= p["valid"]):
        raise InvalidInput({"valid": Message("counts_do_not_add_up")})
    members = g.case.tally.members if g.case.tally is not None else 0
    if p["agree"] + p["disagree"] + p["abstain"] > members or p["issued"] > members:
        raise InvalidInput({"issued": Message("more_than_members", {"members": members})})
    counts = {name: p[name] for name in ("issued", "returned", "valid", "agree", "disagree", "abstain", "minutes_sha")}
    counts |= {"line_id": g.row.line[0], "recorded_by": g.moment.person_id, "recorded_at": g.moment.now}
    change.parts.append(Part("ballot_counts", counts))


def confirm_counts(g: Ground, change: Change) -> None:
    """The second person of the counting team confirms."""
    values = {"id": g.row.line[11][5], "confirmed_by": g.moment.person_id, "confirmed_at": g.moment.now}
    change.parts.append(Part("ballot_counts", values, keys=("id",)))


def close_ballot(g: Ground, change: Change) -> None:
    """The tally is fixed on the line, over all members."""
    tally = g.case.tally or NO_VOTE  # a guard lets no council close without a tally
    votes = {"members": tally.members, "agree": tally.agree, "disagree": tally.disagree, "abstain": tally.abstain}
    passed = g.workflow.stages[g.stage].ballot.passed(tally.agree, tally.members)
    line = {"id": g.row.line[0], "closed_at": g.moment.now, "passed": passed} | votes
    held_on = g.payload.get("held_on", g.moment.today)
    meeting = {"id": g.row.line[1], "status": "closed", "closed_at": g.moment.now, "held_on": held_on}
    change.parts += [Part("meeting_lines", line, keys=("id",)), Part("meetings", meeting, keys=("id",))]
    change.payload |= votes | {"passed": passed}


def open_line(g: Ground, change: Change) -> None:
    """A meeting of one line for the council this file has come to (decision 29)."""
    stage = g.accepted.to_state.partition(".")[0]
    council_unit = g.case.path[g.workflow.stages[stage].council]
    council = next((found for unit, found in g.row.councils or () if unit == council_unit), None)
    change.reaches.add(council_unit)
    if council is None:
        return
    stream = f"meeting:{secrets.token_hex(8)}"
    meeting = {
        "council_id": council,
        "status": "open",
        "secret": False,
        "stream": stream,
        "chain_seq": 0,
        "chain_head": GENESIS,
        "chain_at": "",
        "created_at": g.moment.now,
    }
    meeting_id = insert_row(g.session, "meetings", meeting)
    line = {"meeting_id": meeting_id, "nomination_id": g.row.id, "stage": stage, "revision_id": g.row.revision_id}
    change.parts.append(Part("meeting_lines", line))


def _opinion(g: Ground, change: Change, kind: str) -> None:
    values = {
        "nomination_id": g.row.id,
        "kind": kind,
        "stage": g.stage,
        "unit_id": g.unit,
        "person_id": g.moment.person_id,
        "pair": g.accepted.pair,
        "side": g.accepted.side,
        "advice": g.payload["advice"],
        "reasons": g.payload["reasons"],
        "by_criterion": g.payload.get("by_criterion", {}),
        "revision_id": g.row.revision_id,
        "reviewed_sections": list(g.accepted.reviews),
        "created_at": g.moment.now,
    }
    change.parts.append(Part("opinions", values))
