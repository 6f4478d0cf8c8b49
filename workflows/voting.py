"""What stands against a ballot, its close and its reopening, and against a decision that departs from the vote.

Source: the process, section 4; facts 2.5 and 2.8.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from workflows.actions import DECLINES, SIGNS
from workflows.model import Refused, Tally
from workflows.question import Question
from workflows.quorum import needs, unanswered


def ballot_is_whole(q: Question) -> Refused | None:
    """Closing needs the quorum, and counted paper ballots need their second person.

    Where so many members are barred from this line that those left can never make the quorum, that is what is said.
    """
    if q.act.action != "close_ballot" or q.step is None:
        return None
    tally = q.case.tally or Tally(0, 0, 0, 0, closed=False)
    if tally.counted_by is not None and not tally.counts_confirmed:
        return Refused("counts_unconfirmed")
    needed = needs(q.workflow, q.case, q.today)
    if tally.members == 0 or needed is None:
        return Refused("council_empty")
    if tally.cast >= needed.quorum:
        return None
    if not needed.reachable:
        free = needed.members - needed.barred
        said = {"members": needed.members, "barred": needed.barred, "free": free, "quorum": needed.quorum}
        return Refused("quorum_unreachable", {name: str(number) for name, number in said.items()})
    return Refused("ballots_missing", {"cast": str(tally.cast), "quorum": str(needed.quorum)})


def ballot_once(q: Question) -> Refused | None:
    """One ballot a member; counts on paper instead of ballots, confirmed by a second person."""
    guard = _AT_THE_BALLOT.get(q.act.action)
    if guard is None:
        return None
    return guard(q.case.tally, q.persons) if q.case.tally is not None else Refused("council_empty")


def absent_in_writing(q: Question) -> Refused | None:
    """Who is absent votes in writing: once asked, and up to the day that was set."""
    tally = q.case.tally
    if q.act.action != "ballot" or tally is None:
        return None
    if q.actor.person in tally.absent:
        return Refused("absent_not_asked")
    over = tally.poll_until is not None and q.today > tally.poll_until
    if over and q.actor.person in tally.polled:
        return Refused("poll_over", {"until": f"{tally.poll_until:%d/%m/%Y}"})
    return None


def poll_is_over(q: Question) -> Refused | None:
    """Nothing is closed while absent members who are asked in writing may still answer."""
    if q.act.action != "close_ballot" or q.case.tally is None or q.case.tally.poll_until is None:
        return None
    waiting = unanswered(q.workflow, q.case, q.today)
    until = q.case.tally.poll_until
    return Refused("poll_open", {"count": str(waiting), "until": f"{until:%d/%m/%Y}"}) if waiting else None


def reopens(q: Question) -> Refused | None:
    """A closed vote is opened again while it stands and the minutes of its meeting are not signed."""
    if q.act.action != "reopen_ballot":
        return None
    tally = q.case.tally
    if tally is None or not tally.closed or not tally.stands:
        return Refused("no_vote_to_reopen")
    return Refused("minutes_signed") if tally.signed else None


def vote_is_heard(q: Question) -> Refused | None:
    """Below the threshold: refused where the vote binds, else only with a reason; against the vote likewise."""
    if q.step is None or q.outcome not in SIGNS | DECLINES:
        return None
    stage = q.workflow.stages[q.step.stage]
    passed = _passed(q)
    if q.outcome in SIGNS and not passed and stage.ballot.binding:
        return Refused("vote_binds", {"percent": str(stage.ballot.threshold_percent)})
    needs_reason = q.outcome in DECLINES or not passed
    if needs_reason and not q.act.reason_code and not q.act.ask:
        return Refused("reason_needed" if q.outcome in DECLINES else "departure_needs_reason")
    return None


GUARDS: tuple[Callable[[Question], Refused | None], ...] = (
    ballot_once,
    absent_in_writing,
    poll_is_over,
    ballot_is_whole,
    reopens,
    vote_is_heard,
)


def _passed(q: Question) -> bool:
    """The council's vote on this content, over all members; a file without a ballot has not passed."""
    tally, step = q.case.tally, q.step
    if tally is None or step is None or not tally.closed or not tally.stands:
        return False
    return q.workflow.stages[step.stage].ballot.passed(tally.agree, tally.members, tally.barred)


def _votes(tally: Tally, persons: frozenset[int]) -> Refused | None:
    if persons & tally.voters:
        return Refused("already_voted")
    return Refused("counted_on_paper") if tally.counted_by is not None else None


def _counts(tally: Tally, _persons: frozenset[int]) -> Refused | None:
    voted_here = tally.cast > 0 and tally.counted_by is None
    return Refused("ballots_already_cast") if voted_here or tally.counts_confirmed else None


def _confirms(tally: Tally, persons: frozenset[int]) -> Refused | None:
    if tally.counted_by is None or tally.counts_confirmed:
        return Refused("nothing_to_confirm")
    return Refused("counted_by_same_person") if tally.counted_by in persons else None


_AT_THE_BALLOT: Mapping[str, Callable[[Tally, frozenset[int]], Refused | None]] = {
    "ballot": _votes,
    "record_counts": _counts,
    "confirm_counts": _confirms,
}
