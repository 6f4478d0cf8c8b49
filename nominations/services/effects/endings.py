"""What a file leaves behind when it goes on to another level or comes to its end: nothing stays open there."""

from __future__ import annotations

from nominations.services.apply import Change
from nominations.services.effects.consultations import close, open_numbers
from nominations.services.effects.councils import adjourn
from nominations.services.effects.ground import Ground
from nominations.services.effects.quotas import give_back
from nominations.services.statements import Part
from workflows import ENDS


def leave(g: Ground, change: Change) -> None:
    """At an end returns, holds and the meeting are closed; another level inherits no hold proposed below it."""
    state = g.accepted.to_state
    if state in ENDS:
        _close_returns(g, change)
        adjourn(g, change)
        close(g, change, open_numbers(g), "ended")
    if state in ENDS - {"awarded"}:
        give_back(g, change)
    if state in ENDS or state.partition(".")[0] != g.stage:
        _close_hold(g, change)


def _close_returns(g: Ground, change: Change) -> None:
    for returned in g.row.returns:
        change.parts.append(Part("returns", {"id": returned[0], "closed_at": g.moment.now}, keys=("id",)))
    if g.row.returns:
        change.nomination["sections_open"] = None


def _close_hold(g: Ground, change: Change) -> None:
    for held in g.row.holds:
        closed = {"id": held[0], "closed_by": g.moment.person_id, "closed_at": g.moment.now}
        change.parts.append(Part("holds", closed, keys=("id",)))
