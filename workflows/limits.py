"""Which limits of the law an earlier award or another file touches: for a person to weigh, nothing is decided here.

Source: facts 2.8, L1 to L11; the guards that refuse stand in ``workflows/nominee.py``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from workflows.nominee import year_before

STATE_LEVEL_FORM = "BK-TTG"


@dataclass(frozen=True, slots=True)
class Proposed:
    """What is proposed now: the form, the round, and the days within which the achievement lies."""

    form: str
    round_id: int
    achieved_from: date
    achieved_to: date


@dataclass(frozen=True, slots=True)
class Had:
    """An award somebody has: its day, the days of its achievement where the decision writes them, what became of it."""

    decided_on: date
    state_level: bool = False
    achieved_from: date | None = None
    achieved_to: date | None = None
    annulled: bool = False


def of_award(had: Had, proposed: Proposed, today: date) -> tuple[str, ...]:
    """The limits an award that somebody has touches."""
    if had.annulled:
        return ("L11",)
    touched = ("L1", "L8") if _same_time(had, proposed) else ()
    if (
        had.state_level
        and proposed.form == STATE_LEVEL_FORM
        and (had.achieved_to or had.decided_on) > year_before(today)
    ):
        return (*touched, "L7", "L9") if had.achieved_to is not None else (*touched, "L7")
    return touched


def of_file(round_id: int, proposed: Proposed, *, live: bool) -> tuple[str, ...]:
    """The limit another file of the same one touches: several forms, or one twice, in a round for one achievement."""
    return ("L1",) if live and round_id == proposed.round_id else ()


def _same_time(had: Had, proposed: Proposed) -> bool:
    """Whether the achievements may be one: their days overlap; where none are written, by the decision's day."""
    if had.achieved_from is None and had.achieved_to is None:
        return had.decided_on >= proposed.achieved_from
    first, last = had.achieved_from or date.min, had.achieved_to or had.decided_on
    return first <= proposed.achieved_to and last >= proposed.achieved_from
