"""Holds (tạm dừng xét): proposed by one person, approved by another or declined, ended by the head."""

from __future__ import annotations

from nominations.services.apply import Change
from nominations.services.effects.ground import Ground, require_file
from nominations.services.errors import InvalidInput
from nominations.services.messages import Message
from nominations.services.statements import Part


def propose_hold(g: Ground, change: Change) -> None:
    """Ground, document and review date, waiting for the head."""
    require_file(g, "document_sha")
    if g.payload.get("review_on", g.moment.today) < g.moment.today:
        raise InvalidInput({"review_on": Message("day_gone")})
    values = {
        "nomination_id": g.row.id,
        "state": g.row.state,
        "proposed_by": g.moment.person_id,
        "ground": g.payload["ground"],
        "document_sha": g.payload.get("document_sha"),
        "review_on": g.payload.get("review_on"),
        "proposed_at": g.moment.now,
    }
    change.parts.append(Part("holds", values))


def hold(g: Ground, change: Change) -> None:
    """The head approves the proposed hold."""
    values = {"id": g.row.holds[0][0], "approved_by": g.moment.person_id, "approved_at": g.moment.now}
    change.parts.append(Part("holds", values, keys=("id",)))


def end(g: Ground, change: Change) -> None:
    """The head declines what was proposed, or lets the file go on: the hold is over."""
    values = {"id": g.row.holds[0][0], "closed_by": g.moment.person_id, "closed_at": g.moment.now}
    change.parts.append(Part("holds", values, keys=("id",)))
