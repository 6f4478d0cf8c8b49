"""Persons: conflict of interest, and who may not be two things in one file.

Source: the process, section 4; decisions 8 and 9. The pairs are data of the flow; the database holds the same
constraint on the participations written with each act.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from workflows.actions import ACTIONS
from workflows.flow import Pair, Step, Workflow
from workflows.model import Act, Actor, Case, Participation, Refused
from workflows.permissions import beyond
from workflows.question import Question

REVIEW = frozenset({"prepare", "vote", "chair", "sign", "decide"})
# Acts that give no side of a pair and yet steer the review: whoever is in conflict keeps out of them too.
STEERS = frozenset({
    "approve_return", "propose_hold", "hold", "decline_hold", "resume", "record_counts", "confirm_counts",
    "reply_opinion", "record_reply", "remind_opinion", "withdraw_request",
    "propose_annulment", "propose_correction", "decline_correction",
})  # fmt: skip
# Records of what others decided, and a level's word for its figures: one's own unit does not bar them, being the
# nominee or declared kin does.
RECORDS = frozenset({
    "record_signature", "record_central_result", "reconfirm", "record_central_annulment", "number_act",
})  # fmt: skip


def conflict(q: Question) -> Refused | None:
    """The nominee in person, kin or membership declared, or one's own unit: bars review, never drafting."""
    if q.duty in REVIEW or q.act.action in STEERS:
        refusal = _personal(q, q.decider) or _of_unit(q)
        if refusal is not None:
            return refusal
    return _personal(q, q.actor) if _records(q) else None


def separation(q: Question) -> Refused | None:
    """The person already is on the other side of an incompatible pair in this file."""
    if q.act.action == "reconfirm" and _drafted(q):
        return Refused("incompatible_drafter_appraiser", {"pair": "drafter_appraiser", "duty": q.duty})
    for pair in q.workflow.pairs:
        if pair.mode == "refuse" and _other_side(q, pair):
            return Refused(f"incompatible_{pair.name}", _sides(q, pair))
    return None


def beyond_delegation(q: Question) -> Refused | None:
    """What was delegated does not reach this: a letter, a decision or a withdrawal, or a form it was not given for."""
    if beyond(q.workflow, q.case, q.actor, q.rule) is None:
        return None
    if not q.rule.delegable:
        return Refused("never_delegated", {"action": q.act.action})
    return Refused("delegation_other_form", {"form": q.case.form})


def giver_is_free(q: Question) -> Refused | None:
    """Who delegated the post is barred from this file by conflict or side: then nobody does it in their place."""
    if q.giver is None:
        return None
    theirs = replace(q, actor=q.giver, decider=q.giver if q.decider is q.actor else q.decider)
    return Refused("giver_is_barred") if conflict(theirs) or separation(theirs) else None


def nominees(q: Question) -> Refused | None:
    """A nominee named by what is filed has taken part in the review of this very file."""
    if q.act.action not in {"submit", "resubmit"}:
        return None
    reviewers = {p.person for p in q.case.participations if p.pair == "nominee_review" and p.side != "nominee"}
    return Refused("nominee_has_reviewed") if reviewers & q.case.nominee_persons else None


def bars(workflow: Workflow, case: Case, step: Step, person: Actor, today: date) -> Refused | None:
    """What keeps ``person`` from the main act of ``step``, whatever state the file is in now; None: free to take it."""
    rule = next(rule for rule in ACTIONS.values() if step.kind in rule.where and "holder" in rule.who)
    act = Act(rule.name, ask=True)
    q = Question(workflow, case, person, act, today, rule, True, step, None, person, None, step.duty, rule.name)
    return conflict(q) or separation(q)


def passed_over(q: Question) -> Refused | None:
    """Why the open step went to a substitute, said to those who hold its duty or do it for who is barred."""
    holder, step = q.case.holder, q.step
    if holder is None or step is None or not holder.substitute or "holder" not in q.rule.who:
        return None
    unit = q.case.path.get(step.stage)
    if q.actor.post_at(unit, step.holders) is not None:
        return bars(q.workflow, q.case, step, q.actor, q.today)
    post = q.actor.standing_in(q.case.form).post_at(unit, step.holders)
    if post is None or post.delegation is None:
        return None
    barred = bars(q.workflow, q.case, step, post.delegation.giver, q.today)
    return Refused("giver_is_barred") if barred is not None else None


def warnings(q: Question) -> tuple[Refused, ...]:
    """Pairs that only warn: in GK-XA a commune may have a single officer."""
    return tuple(
        Refused(f"warned_{pair.name}", _sides(q, pair))
        for pair in q.workflow.pairs
        if pair.mode == "warn" and _warned(q, pair)
    )


def signer(q: Question) -> Refused | None:
    """A signature made outside must be of somebody who may sign this step."""
    if (q.act.action != "record_signature" and not q.by_recorder) or q.act.ask:
        return None
    if q.act.signer is None or q.decider_post is None:
        return Refused("signer_may_not_sign")
    return None


def joins(q: Question) -> tuple[Participation, ...]:
    """What the act adds to the file's participations, for both where it was delegated; nothing that stands already."""
    known = set(q.case.participations)
    persons = sorted(q.persons) if q.decider is q.actor else [q.decider.person]
    added = [
        Participation(person, _key(pair, q.stage, side), side)
        for pair in q.workflow.pairs
        if (side := pair.side(q.duty)) is not None
        for person in persons
    ]
    if q.act.action in {"submit", "resubmit"}:
        added += [Participation(person, "nominee_review", "nominee") for person in sorted(q.case.nominee_persons)]
    return tuple(join for join in added if join not in known)


def carried(workflow: Workflow, stage: str, before: tuple[Participation, ...]) -> tuple[Participation, ...]:
    """The sides of a file's drafters and nominees, in a linked file that begins at ``stage`` of another flow."""
    drafters = sorted({join.person for join in before if join.side == "drafts"})
    nominees = sorted({join.person for join in before if join.side == "nominee"})
    drafts = [
        Participation(person, _key(pair, stage, side), side)
        for person in drafters
        for pair in workflow.pairs
        if (side := pair.side("propose")) is not None
    ]
    return (*drafts, *(Participation(person, "nominee_review", "nominee") for person in nominees))


def home(q: Question) -> tuple[str, str]:
    """The pair and side an act's row refers to: ballots to their own pair, the rest to preparer and decider."""
    name = "ballot_signature" if q.duty in {"vote", "chair"} else "preparer_decider"
    pair = next(pair for pair in q.workflow.pairs if pair.name == name)
    side = pair.side(q.duty)
    return (pair.key(q.stage), side) if side is not None else ("", "")


def _records(q: Question) -> bool:
    """Whether the act writes down what others decided, or stands by figures once more."""
    sent_back = q.act.action == "return" and q.step is not None and q.step.kind == "pending"
    return q.act.action in RECORDS or q.by_recorder or sent_back


def _other_side(q: Question, pair: Pair) -> bool:
    side = pair.side(q.duty)
    key = pair.key(q.stage)
    return side is not None and any(
        p.person == q.decider.person and p.pair == key and p.side != side for p in q.case.participations
    )


def _drafted(q: Question) -> bool:
    """Whether the person drafted the file: nobody attests to what they wrote themself, a single officer excepted."""
    pair = next((pair for pair in q.workflow.pairs if pair.name == "drafter_appraiser" and pair.mode == "refuse"), None)
    return pair is not None and any(
        p.person == q.decider.person and p.pair == pair.name and pair.side("propose") == p.side
        for p in q.case.participations
    )


def _warned(q: Question, pair: Pair) -> bool:
    side = pair.side(q.duty)
    return side is not None and any(
        p.person == q.decider.person and p.pair.startswith(f"{pair.name}=") and p.side != side
        for p in q.case.participations
    )


def _key(pair: Pair, stage: str, side: str) -> str:
    """The participation group; a pair that only warns has one for each side, so that both may stand."""
    return pair.key(stage) if pair.mode == "refuse" else f"{pair.name}={side}"


def _sides(q: Question, pair: Pair) -> dict[str, str]:
    return {"pair": pair.name, "duty": q.duty}


def _personal(q: Question, actor: Actor) -> Refused | None:
    """What ``actor`` is to the nominee. The proposing unit's own council and letter are free of kin and members."""
    if actor.person in q.case.nominee_persons:
        return Refused("is_nominee")
    return Refused("declared_conflict") if actor.person in q.case.conflicted and not _own_council_or_letter(q) else None


def _of_unit(q: Question) -> Refused | None:
    """What the decider's unit is to the nominee: binds above the proposing stage, and always where it would decide."""
    if q.case.nominee_unit is None:
        return None
    here = q.case.path.get(q.step.stage) if q.step is not None else None
    if here == q.case.nominee_unit and q.outcome in {"award", "not_award"}:
        return Refused("unit_decides_itself")
    own = any(post.unit == q.case.nominee_unit for post in q.decider.posts)
    return Refused("own_unit_nominee") if own and not _at_proposing_stage(q) else None


def _at_proposing_stage(q: Question) -> bool:
    step = q.step
    return (
        step is not None and step.stage == q.case.entry_stage and q.case.path.get(step.stage) == q.case.proposing_unit
    )


def _own_council_or_letter(q: Question) -> bool:
    """At the council or the letter of the unit that proposes; a stage that decides the form proposes to nobody."""
    step = q.step
    if step is None or q.workflow.stages[step.stage].deciding:
        return False
    return step.kind in {"council", "letter_signature"} and _at_proposing_stage(q)
