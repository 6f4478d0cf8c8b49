"""Ballots: they append to the meeting's own chain and leave the nomination's version alone (decision 16).

A secret ballot leaves two things that share neither key, time nor order: that a member has voted, and sums in which no
single vote can be told. Neither its entry nor the fingerprint of its request says how somebody voted.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from nominations.models.council import Meeting
from nominations.queries.case_facts import CaseRow
from nominations.queries.sittings import VotedLine
from nominations.services.apply import Applied, joined
from nominations.services.effects.ground import Ground, fingerprint, plain
from nominations.services.log import Receipt, entry_parts, log_origin
from nominations.services.statements import Part, write
from workflows.ledger import Act, Head

_ADD_UP = """INSERT INTO secret_tallies (line_id, agree, disagree, abstain) VALUES (:line, :agree, :disagree, :abstain)
    ON CONFLICT (line_id) DO UPDATE SET agree = secret_tallies.agree + excluded.agree,
    disagree = secret_tallies.disagree + excluded.disagree, abstain = secret_tallies.abstain + excluded.abstain"""


def cast(g: Ground) -> Applied:
    """One member's vote on one line, with its entry on the meeting's chain."""
    line = VotedLine(*g.row.line)
    meeting = g.session.execute(
        select(Meeting.stream, Meeting.chain_seq, Meeting.chain_head, Meeting.chain_at)
        .where(Meeting.id == line.meeting_id)
        .with_for_update()
    ).one()
    said = told(g.row, g.payload)
    payload = {"code": g.row.code, "input": plain(said), "request": fingerprint(said)}
    head = Head(meeting.chain_seq, meeting.chain_head, meeting.chain_at)
    sealed, entry = entry_parts(head, g.moment.now, _act(g, meeting.stream), payload, g.moment.origin.request_key)
    chain = {
        "id": line.meeting_id,
        "chain_seq": sealed.head.cseq,
        "chain_head": sealed.hash,
        "chain_at": sealed.head.at,
    }
    joins = [joined(g.row.id, join) for join in g.accepted.joins]
    write(g.session, [Part("meetings", chain, keys=("id",)), *entry, *joins, Part("ballots", ballot(g, g.payload))])
    if line.secret:
        add_up(g.session, [(line.id, g.payload["choice"])])
    receipt = Receipt(meeting.stream, sealed.head.cseq, sealed.hash, sealed.head.at)
    return Applied(g.row.code, g.row.state, g.row.version, receipt, None)


def told(row: CaseRow, payload: Mapping[str, Any]) -> Mapping[str, Any]:
    """What the log and the request's fingerprint may say of a ballot: of a secret one nothing of the vote."""
    return {} if row.line and VotedLine(*row.line).secret else payload


def ballot(g: Ground, payload: Mapping[str, Any]) -> dict[str, Any]:
    """The row of one member's vote on one line."""
    line = VotedLine(*g.row.line)
    said: Mapping[str, Any] = {} if line.secret else payload
    return {
        "line_id": line.id,
        "nomination_id": g.row.id,
        "person_id": g.moment.person_id,
        "choice": said.get("choice"),
        "pair": g.accepted.pair,
        "side": g.accepted.side,
        "note": said.get("note"),
        "cast_at": g.moment.now,
        "revision_id": g.row.revision_id,
    }


def add_up(session: Session, votes: Sequence[tuple[int, str]]) -> None:
    """Add votes to the secret sums of their lines; the same statement whatever was said."""
    sums = [
        {"line": line, **{name: int(choice == name) for name in ("agree", "disagree", "abstain")}}
        for line, choice in sorted(votes)
    ]
    session.execute(text(_ADD_UP), sums)


def _act(g: Ground, stream: str) -> Act:
    return Act(
        log=log_origin(g.session),
        act="ballot",
        actor=g.moment.origin.actor,
        post=g.accepted.post.ref if g.accepted.post is not None else None,
        auth=g.moment.origin.auth,
        stream=stream,
        ver=g.row.version,
        seen=g.moment.seen,
        wf=g.workflow.sha256,
        snap=g.row.snap,
        req=g.moment.origin.request_id,
    )
