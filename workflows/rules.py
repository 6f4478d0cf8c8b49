"""What stands against an action: one named guard each, in the order a reader would ask.

A guard takes the question and answers ``None`` or a ``Refused`` whose name has a sentence in ``sentences.toml``.
Source: the process, section 4; facts 2.3, 2.5 and 2.8. Persons (conflict and separation) are in ``separation.py``.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from workflows.model import Award, Refused, Tally
from workflows.permissions import at_its_unit
from workflows.question import Question

Guard = Callable[[Question], Refused | None]

FORWARD = frozenset({"accept", "check", "recommend", "close_ballot", "send_up", "award", "record_signature"})
SIGNS = frozenset({"send_up", "award", "record_signature"})
DECLINES = frozenset({"not_send_up", "not_award"})
FILES = frozenset({"submit", "resubmit"})


def state(q: Question) -> Refused | None:
    """The action has no place in this state."""
    return None if q.belongs else Refused("not_in_this_state", {"action": q.act.action, "state": q.case.state})


def permission(q: Question) -> Refused | None:
    """Not your unit's file, or not your post today."""
    if q.post is not None:
        return None
    return Refused("not_your_post" if at_its_unit(q.workflow, q.case, q.actor) else "not_your_unit")


def stale(q: Question) -> Refused | None:
    """The page showed an older version."""
    seen = q.act.seen
    if seen is None or seen == q.case.version:
        return None
    return Refused("stale_version", {"seen": str(seen), "now": str(q.case.version)})


def route(q: Question) -> Refused | None:
    """The form cannot go from this proposer for this nominee."""
    if q.act.action in FILES and q.case.entry_stage not in q.workflow.stages:
        return Refused("form_not_for_nominee", {"form": q.case.form})
    return None


def round_is_open(q: Question) -> Refused | None:
    """The round is closed, does not have the form, or is no review of three years (facts 2.3)."""
    if q.act.action != "submit":
        return None
    if not q.case.round_open:
        return Refused("round_closed")
    if not q.case.form_in_round:
        return Refused("form_not_in_round", {"form": q.case.form})
    if q.workflow.review_rounds_only and q.case.round_kind not in {"midterm", "final"}:
        return Refused("round_not_a_review", {"form": q.case.form})
    return None


def complete(q: Question) -> Refused | None:
    """A section is empty or a required paper is missing."""
    if q.act.action in FILES and q.case.empty_sections:
        return Refused("section_empty", {"sections": ", ".join(q.case.empty_sections)})
    if q.act.action in FILES | {"accept", "check"} and q.case.missing_papers:
        return Refused("paper_missing", {"papers": ", ".join(q.case.missing_papers)})
    return None


def criteria(q: Question) -> Refused | None:
    """A required criterion is not met (hard), or is not met and not explained (soft)."""
    if q.act.action not in FILES | {"accept", "check", "award"}:
        return None
    unmet = [c for c in q.case.criteria if not c.met]
    hard = [c.code for c in unmet if c.required == "hard"]
    if hard:
        return Refused("criterion_not_met", {"criteria": ", ".join(hard)})
    bare = [c.code for c in unmet if not c.explained]
    return Refused("criterion_unexplained", {"criteria": ", ".join(bare)}) if bare else None


def duplicate(q: Question) -> Refused | None:
    """The nominee already has a live file for this form in the round."""
    if q.act.action == "submit" and q.case.duplicate_of:
        return Refused("duplicate_in_round", {"code": q.case.duplicate_of})
    return None


def nominee_exists(q: Question) -> Refused | None:
    """The nominee body has ended (facts 2.8, L13)."""
    ended = q.case.nominee_ended_on
    if ended is None or ended >= q.today or q.act.action not in FILES | SIGNS | {"number"}:
        return None
    return Refused("nominee_dissolved", {"ended_on": ended.strftime("%d/%m/%Y")})


def one_award(q: Question) -> Refused | None:
    """One achievement, one award (L1); no two state-level forms within a year (L7)."""
    if q.act.action not in FILES | SIGNS:
        return None
    same = _same_achievement(q)
    if same is not None:
        return Refused("achievement_already_awarded", _award(same))
    recent = _recent_state_award(q)
    return Refused("state_award_within_year", _award(recent)) if recent is not None else None


def nothing_against(q: Question) -> Refused | None:
    """An open complaint holds (L5); discipline must have been served (L6)."""
    if q.act.action not in SIGNS:
        return None
    if q.case.open_complaint:
        return Refused("open_complaint")
    return Refused("discipline_not_served") if q.case.discipline_open else None


def opinions_are_in(q: Question) -> Refused | None:
    """A body that was asked has not answered."""
    if q.act.action in {"recommend", "close_ballot"} and q.case.open_opinions:
        return Refused("opinion_open", {"count": str(q.case.open_opinions)})
    return None


def reconfirmed(q: Question) -> Refused | None:
    """Values a level attested were changed by a return that went past it."""
    if q.act.action in FORWARD and q.case.reconfirm:
        return Refused("reconfirmation_missing", {"stages": ", ".join(q.case.reconfirm)})
    return None


def stage_exists(q: Question) -> Refused | None:
    """The level the file would go on to, or waits at, has ended."""
    step = q.step
    if step is None or q.act.action not in FORWARD | {"number"}:
        return None
    going = {step.stage, q.workflow.stages[step.stage].next}
    gone = sorted(stage for stage in going if stage in q.case.gone)
    return Refused("stage_gone", {"stage": gone[0]}) if gone else None


def ballot_is_whole(q: Question) -> Refused | None:
    """Closing needs the quorum, and counted paper ballots need their second person."""
    if q.act.action != "close_ballot" or q.step is None:
        return None
    tally = q.case.tally or Tally(0, 0, 0, 0, closed=False)
    if tally.counted_by is not None and not tally.counts_confirmed:
        return Refused("counts_unconfirmed")
    quorum = q.workflow.stages[q.step.stage].ballot.quorum(tally.members)
    if tally.members == 0:
        return Refused("council_empty")
    if tally.cast < quorum:
        return Refused("ballots_missing", {"cast": str(tally.cast), "quorum": str(quorum)})
    return None


def ballot_once(q: Question) -> Refused | None:
    """One ballot a member; the recorder of a count does not confirm it."""
    tally = q.case.tally
    if tally is None:
        return None
    if q.act.action == "ballot" and (q.actor.person in tally.voters or tally.counted_by is not None):
        return Refused("already_voted" if q.actor.person in tally.voters else "counted_on_paper")
    if q.act.action == "record_counts" and (tally.cast or tally.counts_confirmed):
        return Refused("ballots_already_cast")
    if q.act.action == "confirm_counts":
        return _confirmable(q, tally)
    return None


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
        return Refused("reason_needed" if passed else "departure_needs_reason")
    return None


def returns_are_whole(q: Question) -> Refused | None:
    """A return names its sections; a second one of the same stage needs the head; a recall comes before any return."""
    if q.act.action == "recall" and q.case.return_counts:
        return Refused("already_examined")
    if q.act.action != "return" or q.step is None:
        return None
    stage = q.step.stage
    approved = stage in q.case.second_return_approved or (q.post is not None and q.post.duty in {"head", "deputy"})
    if q.case.return_counts.get(stage, 0) and not approved:
        return Refused("second_return_needs_head")
    return None if q.act.sections or q.act.ask else Refused("return_names_no_section")


def hold_is_proposed(q: Question) -> Refused | None:
    """A hold is proposed by one person and approved by another."""
    if q.act.action == "propose_hold" and q.case.hold is not None:
        return Refused("hold_already_proposed")
    if q.act.action != "hold":
        return None
    if q.case.hold is None:
        return Refused("hold_not_proposed")
    return Refused("hold_same_person") if q.case.hold.proposed_by == q.actor.person else None


def passes_down(q: Question) -> Refused | None:
    """A file already with the person who drafts it cannot be passed further down."""
    if q.act.action == "pass_down" and q.case.returns and q.case.returns[-1].holder.duty == "nominator":
        return Refused("nobody_below")
    return None


GUARDS: tuple[Guard, ...] = (
    route,
    round_is_open,
    complete,
    criteria,
    duplicate,
    nominee_exists,
    one_award,
    nothing_against,
    opinions_are_in,
    reconfirmed,
    stage_exists,
    ballot_once,
    ballot_is_whole,
    vote_is_heard,
    returns_are_whole,
    hold_is_proposed,
    passes_down,
)


def _passed(q: Question) -> bool:
    """The council's vote on this content, over all members; a file without a ballot has not passed."""
    tally, step = q.case.tally, q.step
    if tally is None or step is None or not tally.closed or not tally.stands:
        return False
    return q.workflow.stages[step.stage].ballot.passed(tally.agree, tally.members)


def _confirmable(q: Question, tally: Tally) -> Refused | None:
    if tally.counted_by is None or tally.counts_confirmed:
        return Refused("nothing_to_confirm")
    return Refused("counted_by_same_person") if tally.counted_by == q.actor.person else None


def _same_achievement(q: Question) -> Award | None:
    wanted = q.case.achievement
    return next((a for a in q.case.past_awards if wanted and a.achievement == wanted), None)


def _recent_state_award(q: Question) -> Award | None:
    if q.case.form != "BK-TTG":
        return None
    since = _year_before(q.today)
    return next((a for a in q.case.past_awards if a.state_level and a.decided_on > since), None)


def _year_before(day: date) -> date:
    """The same day a year earlier; 29 February counts as 28 February."""
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)


def _award(award: Award) -> dict[str, str]:
    return {"form": award.form, "decided_on": award.decided_on.strftime("%d/%m/%Y")}
