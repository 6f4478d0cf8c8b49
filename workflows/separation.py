"""Persons: conflict of interest, and who may not be two things in one file.

Source: the process, section 4; decisions 8 and 9. The pairs are data of the flow; the database holds the same
constraint on the participations written with each act.
"""

from __future__ import annotations

from datetime import date

from workflows.actions import ACTIONS
from workflows.model import Act, Actor, Case, Pair, Participation, Refused, Step, Workflow
from workflows.question import Question

REVIEW = frozenset({"prepare", "vote", "chair", "sign", "decide"})
OWN_COUNCIL_AND_LETTER = frozenset({"vote", "chair", "sign"})


def conflict(q: Question) -> Refused | None:
    """The nominee in person, kin or membership declared, or one's own unit: bars review, never drafting."""
    if q.duty not in REVIEW:
        return None
    person = q.decider.person
    if person in q.case.nominee_persons:
        return Refused("is_nominee")
    if _unit_decides_itself(q):
        return Refused("unit_decides_itself")
    if _at_proposing_stage(q) and q.duty in OWN_COUNCIL_AND_LETTER:
        return None
    if person in q.case.conflicted:
        return Refused("declared_conflict")
    own = q.case.nominee_unit is not None and any(p.unit == q.case.nominee_unit for p in q.decider.posts)
    return Refused("own_unit_nominee") if own and not _at_proposing_stage(q) else None


def separation(q: Question) -> Refused | None:
    """The person already is on the other side of an incompatible pair in this file."""
    for pair in q.workflow.pairs:
        if pair.mode == "refuse" and _other_side(q, pair):
            return Refused(f"incompatible_{pair.name}", _sides(q, pair))
    return None


def bars(workflow: Workflow, case: Case, step: Step, person: Actor, today: date) -> Refused | None:
    """What keeps ``person`` from the main act of ``step``, whatever state the file is in now; None: free to take it."""
    rule = next(rule for rule in ACTIONS.values() if step.kind in rule.where and "holder" in rule.who)
    act = Act(rule.name, ask=True)
    q = Question(workflow, case, person, act, today, rule, True, step, None, person, None, step.duty, rule.name)
    return conflict(q) or separation(q)


def warnings(q: Question) -> tuple[Refused, ...]:
    """Pairs that only warn: in GK-XA a commune may have a single officer."""
    return tuple(
        Refused(f"incompatible_{pair.name}", _sides(q, pair))
        for pair in q.workflow.pairs
        if pair.mode == "warn" and _warned(q, pair)
    )


def signer(q: Question) -> Refused | None:
    """A signature made outside must be of somebody who may sign this step."""
    if q.act.action != "record_signature" or q.act.ask:
        return None
    if q.act.signer is None or q.decider_post is None:
        return Refused("signer_may_not_sign")
    return None


def joins(q: Question) -> tuple[Participation, ...]:
    """What the act adds to the file's participations; what stands already is not repeated."""
    stage = q.step.stage if q.step is not None else q.case.entry_stage
    known = set(q.case.participations)
    added = [
        Participation(q.decider.person, _key(pair, stage, side), side)
        for pair in q.workflow.pairs
        if (side := pair.side(q.duty)) is not None
    ]
    if q.act.action in {"submit", "resubmit"}:
        added += [Participation(person, "nominee_review", "nominee") for person in sorted(q.case.nominee_persons)]
    return tuple(join for join in added if join not in known)


def home(q: Question) -> tuple[str, str]:
    """The pair and side an act's row refers to: ballots to their own pair, the rest to preparer and decider."""
    name = "ballot_signature" if q.duty in {"vote", "chair"} else "preparer_decider"
    stage = q.step.stage if q.step is not None else q.case.entry_stage
    pair = next(pair for pair in q.workflow.pairs if pair.name == name)
    side = pair.side(q.duty)
    return (pair.key(stage), side) if side is not None else ("", "")


def _other_side(q: Question, pair: Pair) -> bool:
    side = pair.side(q.duty)
    stage = q.step.stage if q.step is not None else q.case.entry_stage
    key = pair.key(stage)
    return side is not None and any(
        p.person == q.decider.person and p.pair == key and p.side != side for p in q.case.participations
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


def _at_proposing_stage(q: Question) -> bool:
    step = q.step
    return (
        step is not None and step.stage == q.case.entry_stage and q.case.path.get(step.stage) == q.case.proposing_unit
    )


def _unit_decides_itself(q: Question) -> bool:
    step = q.step
    return q.duty == "decide" and step is not None and q.case.path.get(step.stage) == q.case.nominee_unit
