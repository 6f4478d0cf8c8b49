"""What must be there before a file goes on: a posting, an appraisal that stands, opinions answered (facts 2.6)."""

from __future__ import annotations

from workflows.actions import SIGNS
from workflows.model import Refused, Request
from workflows.question import Question

FORWARD = SIGNS | {"check", "recommend", "close_ballot"}
OF_REQUESTS = frozenset({"reply_opinion", "record_reply", "remind_opinion", "withdraw_request"})
"""The actions about an opinion that was asked; each names it by its number."""
OF_POSTING = frozenset({"begin_posting", "end_posting"})


def appraisal_stands(q: Question) -> Refused | None:
    """What the level's own appraisal was about has changed since: that alone is done anew, a vote that stands stays."""
    if q.step is None or q.outcome not in SIGNS | {"close_ballot"} or q.step.stage not in q.case.anew:
        return None
    return Refused("appraisal_fell")


def opinions_are_asked(q: Question) -> Refused | None:
    """An opinion that this stage must have was not asked, or fell with what it was about."""
    if q.step is None or q.outcome not in FORWARD:
        return None
    stage, case = q.step.stage, q.case
    settled = {one.kind for one in case.requests if one.stage == stage and (one.open or one.settled(q.today))}
    must = [one for one in q.workflow.consultations if one.required and one.kind not in settled]
    missing = [one.kind for one in must if one.asked_of(stage, case.subject, case.group, case.circumstances)]
    return Refused("opinion_not_asked", {"opinions": ", ".join(dict.fromkeys(missing))}) if missing else None


def opinions_are_in(q: Question) -> Refused | None:
    """A body that was asked has not answered, and its silence does not let the file go on."""
    if q.outcome not in FORWARD:
        return None
    awaited = [one for one in q.case.requests if one.holds_up(q.today)]
    return Refused("opinion_open", {"count": str(len(awaited))}) if awaited else None


def request_is_open(q: Question) -> Refused | None:
    """The opinion named is still awaited, and of this body where it is the body that answers."""
    if q.act.action not in OF_REQUESTS:
        return None
    awaited = [one for one in q.case.requests if one.open and _is_theirs(q, one)]
    if not awaited:
        return Refused("no_open_request")
    if q.act.ask or any(one.number == q.act.request for one in awaited):
        return None
    return Refused("request_closed")


def _is_theirs(q: Question, one: Request) -> bool:
    """Whether the request is this person's to answer, or of a stage that is theirs to follow up."""
    if q.act.action == "reply_opinion":
        return q.actor.post_at(one.unit, ("asked_body",)) is not None
    return q.post is not None and q.case.path.get(one.stage) == q.post.unit


def posting_is_over(q: Question) -> Refused | None:
    """Where the round asks for it the list is posted in public before the council has the file."""
    if q.outcome != "recommend" or q.case.posting is None or q.case.posting.ended:
        return None
    return Refused("posting_not_ended" if q.case.posting.begun else "posting_not_begun")


def posting_has_its_order(q: Question) -> Refused | None:
    """A posting begins once, and ends after its last day, with its minutes."""
    if q.act.action not in OF_POSTING:
        return None
    posting = q.case.posting
    if posting is None:
        return Refused("no_posting_asked")
    if q.act.action == "begin_posting":
        return Refused("posting_begun_already") if posting.begun else None
    if not posting.begun or posting.until is None:
        return Refused("posting_not_begun")
    if posting.ended:
        return Refused("posting_ended_already")
    return None if q.today > posting.until else Refused("posting_runs", {"until": f"{posting.until:%d/%m/%Y}"})


GUARDS = (
    posting_has_its_order,
    posting_is_over,
    appraisal_stands,
    opinions_are_asked,
    opinions_are_in,
    request_is_open,
)
