"""Intake, appraisal and council: arrivals, opinions, counted ballots, the closed ballot."""

from __future__ import annotations

from datetime import date

from sqlalchemy import func, select

from nominations.models.decisions import Decision
from nominations.queries.sittings import VotedLine
from nominations.services.apply import Change, under
from nominations.services.effects.ground import Ground, past_day, require_file
from nominations.services.effects.voiding import appraised
from nominations.services.errors import InvalidInput
from nominations.services.messages import Message
from nominations.services.statements import Part
from workflows import Tally
from workflows.quorum import barred

NO_VOTE = Tally(0, 0, 0, 0, closed=False)


def accept(g: Ground, change: Change) -> None:
    """The arrival is recorded; at the competent level it fixes the rule set for good (decision 6)."""
    arrived = past_day(g, "arrived_on", _sent_on(g) if "arrived_on" in g.payload else None)
    if arrived < g.moment.today and "arrival_paper" not in g.payload:
        raise InvalidInput({"arrival_paper": Message("needs_paper")})
    require_file(g, "arrival_paper")
    change.payload["arrived_on"] = arrived.isoformat()
    if g.stage == g.workflow.competent_stage:
        change.nomination |= {"received_on": arrived, "rule_set": g.workflow.rule_set}


def _sent_on(g: Ground) -> date | None:
    """The day of the letter that brought the file here; None where it came from whoever filed it."""
    return g.session.scalar(select(func.max(Decision.numbered_on)).where(Decision.nomination_id == g.row.id))


def check(g: Ground, change: Change) -> None:
    """A check is an arrival and an opinion in one."""
    accept(g, change)
    _opinion(g, change, "check")
    appraised(g, change)


def recommend(g: Ground, change: Change) -> None:
    """The appraiser's opinion, criterion by criterion."""
    _opinion(g, change, "appraisal")
    appraised(g, change)


def record_counts(g: Ground, change: Change) -> None:
    """A count on paper, by the first person of the counting team."""
    p = g.payload
    require_file(g, "minutes_sha")
    for_or_against = p["agree"] + p["disagree"]
    papers = for_or_against <= p["valid"] <= p["returned"] <= p["issued"]
    if not papers or for_or_against + p["abstain"] > p["issued"]:
        raise InvalidInput({"valid": Message("counts_do_not_add_up")})
    members = g.case.tally.members if g.case.tally is not None else 0
    if p["issued"] > members:
        raise InvalidInput({"issued": Message("more_than_members", {"members": members})})
    counts = {name: p[name] for name in ("issued", "returned", "valid", "agree", "disagree", "abstain", "minutes_sha")}
    counts |= {"line_id": g.row.line[0], "recorded_by": g.moment.person_id, "recorded_at": g.moment.now}
    change.parts.append(Part("ballot_counts", counts))


def confirm_counts(g: Ground, change: Change) -> None:
    """The second person of the counting team confirms."""
    values = {"id": VotedLine(*g.row.line).counts[5], "confirmed_by": g.moment.person_id, "confirmed_at": g.moment.now}
    change.parts.append(Part("ballot_counts", values, keys=("id",)))


def close_ballot(g: Ground, change: Change) -> None:
    """The tally is fixed on the line, over all members; a meeting of one file ends with it."""
    tally = g.case.tally or NO_VOTE  # a guard lets no council close without a tally
    kept_out = barred(g.workflow, g.case, g.moment.today)
    votes = {"members": tally.members, "agree": tally.agree, "disagree": tally.disagree, "abstain": tally.abstain}
    votes |= {"barred": len(kept_out)}
    passed = g.workflow.stages[g.stage].ballot.passed(tally.agree, tally.members, len(kept_out))
    line = VotedLine(*g.row.line)
    closed = {"id": line.id, "closed_at": g.moment.now, "passed": passed} | votes
    recusals = ({"line_id": line.id, "person_id": person} for person in sorted(kept_out))
    change.parts.append(Part("meeting_lines", closed, keys=("id",)))
    change.parts += [Part("meeting_recusals", recusal, on_conflict="nothing") for recusal in recusals]
    if not line.called:
        held_on = past_day(g, "held_on")
        meeting = {"id": line.meeting_id, "status": "closed", "closed_at": g.moment.now, "held_on": held_on}
        change.parts.append(Part("meetings", meeting, keys=("id",)))
    change.payload |= votes | {"passed": passed}


def reopen_ballot(g: Ground, change: Change) -> None:
    """The vote goes on where it was closed: ballots cast stand, a count on paper is confirmed anew."""
    line = VotedLine(*g.row.line)
    emptied = dict.fromkeys(("closed_at", "passed", "members", "agree", "disagree", "abstain", "barred"))
    change.parts.append(Part("meeting_lines", {"id": line.id} | emptied, keys=("id",)))
    if not line.called:
        meeting = {"id": line.meeting_id, "status": "open", "closed_at": None}
        change.parts.append(Part("meetings", meeting, keys=("id",)))
    if line.counts:
        counts = {"id": line.counts[5], "confirmed_by": None, "confirmed_at": None}
        change.parts.append(Part("ballot_counts", counts, keys=("id",)))


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
        "delegation_id": under(g.accepted),
    }
    change.parts.append(Part("opinions", values))
