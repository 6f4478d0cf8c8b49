"""What stands against the nominee: a body that has ended, an award had already, a complaint, discipline not served.

Source: facts 2.8 (L1, L5, L6, L7, L9, L13).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from workflows.actions import FILES, SIGNS
from workflows.model import Award, Refused
from workflows.question import Question


def nominee_exists(q: Question) -> Refused | None:
    """The nominee body has ended (facts 2.8, L13)."""
    ended = q.case.nominee_ended_on
    if ended is None or ended >= q.today or q.outcome not in FILES | SIGNS | {"number"}:
        return None
    return Refused("nominee_dissolved", {"ended_on": ended.strftime("%d/%m/%Y")})


def one_award(q: Question) -> Refused | None:
    """One achievement, one award (L1), to the day the decision is issued; no two state-level ones in a year (L7).

    The year is counted from the achievement the earlier decision writes, else from its own day (L9).
    """
    if q.outcome not in FILES | SIGNS and not _issues(q):
        return None
    same = _same_achievement(q)
    if same is not None:
        return Refused("achievement_already_awarded", _award(same))
    recent = _recent_state_award(q)
    return Refused("state_award_within_year", _award(recent)) if recent is not None else None


def nothing_against(q: Question) -> Refused | None:
    """An open complaint holds (L5); discipline must have been served (L6): to the day the decision is issued."""
    if q.outcome not in SIGNS and not _issues(q):
        return None
    if q.case.open_complaint:
        return Refused("open_complaint")
    return Refused("discipline_not_served") if q.case.discipline_open else None


def year_before(day: date) -> date:
    """The same day a year earlier; 29 February counts as 28 February."""
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)


def _issues(q: Question) -> bool:
    """Whether the act numbers a decision: from then on it is an award. A letter's number awards nothing."""
    return q.outcome == "number" and q.step is not None and q.workflow.stages[q.step.stage].deciding


GUARDS: tuple[Callable[[Question], Refused | None], ...] = (nominee_exists, one_award, nothing_against)


def _same_achievement(q: Question) -> Award | None:
    wanted = q.case.achievement
    return next((a for a in q.case.past_awards if wanted and a.achievement == wanted), None)


def _recent_state_award(q: Question) -> Award | None:
    if q.case.form != "BK-TTG":
        return None
    since = year_before(q.today)
    return next((a for a in q.case.past_awards if a.state_level and a.counts_from > since), None)


def _award(award: Award) -> dict[str, str]:
    return {"form": award.form, "decided_on": award.decided_on.strftime("%d/%m/%Y")}
