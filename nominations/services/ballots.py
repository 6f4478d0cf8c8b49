"""Ballots: they append to the meeting's own chain and leave the nomination's version alone (decision 16)."""

from __future__ import annotations

from sqlalchemy import select

from nominations.models.council import Meeting
from nominations.services.apply import Applied, joined
from nominations.services.effects.ground import Ground, fingerprint, plain
from nominations.services.log import Receipt, entry_parts, log_origin
from nominations.services.statements import Part, write
from workflows.ledger import Act, Head


def cast(g: Ground) -> Applied:
    """One member's vote on one line, with its entry on the meeting's chain."""
    line_id, meeting_id = g.row.line[0], g.row.line[1]
    meeting = g.session.execute(
        select(Meeting.stream, Meeting.chain_seq, Meeting.chain_head, Meeting.chain_at)
        .where(Meeting.id == meeting_id)
        .with_for_update()
    ).one()
    payload = {"code": g.row.code, "input": plain(g.payload), "request": fingerprint(g.payload)}
    head = Head(meeting.chain_seq, meeting.chain_head, meeting.chain_at)
    sealed, entry = entry_parts(head, g.moment.now, _act(g, meeting.stream), payload, g.moment.origin.request_key)
    chain = {"id": meeting_id, "chain_seq": sealed.head.cseq, "chain_head": sealed.hash, "chain_at": sealed.head.at}
    joins = [joined(g.row.id, join) for join in g.accepted.joins]
    write(g.session, [Part("meetings", chain, keys=("id",)), *entry, *joins, _ballot(g, line_id)])
    receipt = Receipt(meeting.stream, sealed.head.cseq, sealed.hash, sealed.head.at)
    return Applied(g.row.code, g.row.state, g.row.version, receipt, None)


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


def _ballot(g: Ground, line_id: int) -> Part:
    values = {
        "line_id": line_id,
        "nomination_id": g.row.id,
        "person_id": g.moment.person_id,
        "choice": g.payload["choice"],
        "pair": g.accepted.pair,
        "side": g.accepted.side,
        "note": g.payload.get("note"),
        "cast_at": g.moment.now,
        "revision_id": g.row.revision_id,
    }
    return Part("ballots", values)
