"""Who may: the alternatives of the table of actions, each a predicate that answers with the post it rests on.

A predicate never looks at conflicts or papers; those are the guards of ``rules.py``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from workflows.actions import ActionRule, is_issue
from workflows.flow import AFTER, DRAFT, Stage, Step, Workflow
from workflows.model import Actor, Case, Post

HEADS = ("head", "deputy")
ASKERS = ("appraiser", "office", "secretary", "clerk")


class Standing(NamedTuple):
    """What a predicate looks at."""

    workflow: Workflow
    case: Case
    actor: Actor
    step: Step | None

    @property
    def unit(self) -> int | None:
        """The unit whose step is open; None for a draft or an end."""
        return self.case.path.get(self.step.stage) if self.step is not None else None


Predicate = Callable[[Standing], Post | None]


def permitted(workflow: Workflow, case: Case, actor: Actor, rule: ActionRule) -> Post | None:
    """The post that lets ``actor`` do ``rule``: one of their own, else one delegated to them that covers it."""
    own = _first(workflow, case, actor, rule)
    if own is not None or not rule.delegable:
        return own
    return _first(workflow, case, actor.standing_in(case.form), rule)


def beyond(workflow: Workflow, case: Case, actor: Actor, rule: ActionRule) -> Post | None:
    """A post delegated to ``actor`` that holds here and yet does not cover this: another form, or never delegated."""
    return _first(workflow, case, actor.standing_in(), rule)


def _first(workflow: Workflow, case: Case, actor: Actor, rule: ActionRule) -> Post | None:
    """The post by the first alternative that holds; None when none does."""
    asked = Standing(workflow, case, actor, workflow.step_of(case.state))
    for name in rule.who:
        post = PREDICATES[name](asked)
        if post is not None:
            return post
    return None


def at_its_unit(workflow: Workflow, case: Case, actor: Actor) -> bool:
    """True when the actor has any post, own or delegated, or a seat at a unit this file now waits for."""
    step = workflow.step_of(case.state)
    units = {case.proposing_unit, case.letter_unit}
    if step is not None:
        units |= {case.path.get(step.stage), case.path.get(workflow.stages[step.stage].council)}
    if case.state in AFTER:
        units.add(case.path.get(workflow.deciding_stage.name))
    if case.holder is not None:
        units.add(case.holder.unit)
    units.discard(None)
    held = (*actor.posts, *actor.delegated)
    return any(post.unit in units for post in held) or any(seat.unit in units for seat in actor.seats)


def holds(case: Case, actor: Actor, step: Step) -> Post | None:
    """The post that holds the open task: one of the step's holders at its unit, or the substitute it went to."""
    holder = case.holder
    if holder is None:
        return None
    return actor.post_at(holder.unit, (holder.duty,) if holder.substitute else step.holders)


def specialists(workflow: Workflow, stage: str) -> tuple[str, ...]:
    """The duties of who appraises or checks at a stage; of an appraiser where the flow has no such stage."""
    steps = workflow.stages[stage].steps if stage in workflow.stages else ()
    return next((step.holders for step in steps if step.kind in {"appraisal", "check"}), ("appraiser",))


def _proposer(asked: Standing) -> Post | None:
    return asked.actor.post_at(asked.case.proposing_unit, ("nominator",))


def _drafter(asked: Standing) -> Post | None:
    """Who edits: the nominator of a draft; once returned, whoever holds the return and nobody else (decision 2)."""
    return _proposer(asked) if asked.case.state == DRAFT else _return_holder(asked)


def _holder(asked: Standing) -> Post | None:
    return holds(asked.case, asked.actor, asked.step) if asked.step is not None else None


def _return_holder(asked: Standing) -> Post | None:
    if not asked.case.returns:
        return None
    holder = asked.case.returns[-1].holder
    return asked.actor.post_at(holder.unit, (holder.duty,))


def _member(asked: Standing) -> Post | None:
    if asked.step is None:
        return None
    unit = asked.case.path.get(asked.workflow.stages[asked.step.stage].council)
    for seat in asked.actor.seats:
        if seat.unit == unit and seat.votes:
            return Post(seat.ref, seat.unit, "member")
    return None


def _convener(asked: Standing) -> Post | None:
    """Who keeps the minutes of the council that voted at this stage; nobody where the stage has none of its own."""
    steps = asked.workflow.stages[asked.step.stage].steps if asked.step is not None else ()
    council = next((step for step in steps if step.kind == "council"), None)
    return asked.actor.post_at(asked.unit, council.holders) if council is not None else None


def _head(asked: Standing) -> Post | None:
    return asked.actor.post_at(asked.unit, HEADS)


def _appraiser(asked: Standing) -> Post | None:
    return asked.actor.post_at(asked.unit, ("appraiser", "office"))


def _recorder(asked: Standing) -> Post | None:
    if asked.step is None:
        return None
    return asked.actor.post_at(asked.unit, asked.workflow.stages[asked.step.stage].recorders)


def _attester(asked: Standing) -> Post | None:
    for stage in asked.case.reconfirm:
        post = asked.actor.post_at(asked.case.path.get(stage), (*HEADS, *specialists(asked.workflow, stage)))
        if post is not None:
            return post
    return None


def _letter_head(asked: Standing) -> Post | None:
    if asked.case.state == DRAFT:
        return _proposer(asked)
    letter_unit = asked.case.letter_unit if asked.case.letter_unit is not None else asked.case.proposing_unit
    return asked.actor.post_at(letter_unit, HEADS)


def _asked_body(asked: Standing) -> Post | None:
    """Who answers for a body that was asked."""
    posts = (asked.actor.post_at(one.unit, ("asked_body",)) for one in asked.case.requests if one.unit is not None)
    return next((post for post in posts if post is not None), None)


def _asker(asked: Standing) -> Post | None:
    """Who follows up what their level has asked, wherever the file has gone since."""
    stages = [one.stage for one in asked.case.requests if one.open]
    if asked.step is not None:
        stages.append(asked.step.stage)
    posts = (asked.actor.post_at(asked.case.path.get(stage), ASKERS) for stage in stages)
    return next((post for post in posts if post is not None), None)


def _issuing(asked: Standing) -> Stage | None:
    """The stage that decided, once its decision is signed."""
    signed = asked.case.state in AFTER or (asked.step is not None and is_issue(asked.workflow, asked.step))
    return asked.workflow.deciding_stage if signed else None


def _at_issuer(asked: Standing, duties: tuple[str, ...]) -> Post | None:
    stage = _issuing(asked)
    return asked.actor.post_at(asked.case.path.get(stage.name), duties) if stage is not None else None


def _issuer(asked: Standing) -> Post | None:
    return _at_issuer(asked, HEADS)


def _issuer_recorder(asked: Standing) -> Post | None:
    stage = _issuing(asked)
    return _at_issuer(asked, stage.recorders) if stage is not None else None


def _issuer_staff(asked: Standing) -> Post | None:
    """Who may notice that a decision is wrong: whoever prepares, keeps or numbers it at the deciding unit."""
    return _at_issuer(asked, ("appraiser", "office", "secretary", "clerk"))


def _sender(asked: Standing) -> Post | None:
    """Who sent the centre the file it decided: the Chairman, or whoever may record what the Chairman signed."""
    stage = _issuing(asked) if asked.workflow.decided_by_the_centre else None
    below = [one for one in asked.workflow.stages.values() if stage is not None and one.next == stage.name]
    duties = tuple(dict.fromkeys([*HEADS, *(duty for one in below for duty in one.recorders)]))
    return next((post for one in below if (post := asked.actor.post_at(asked.case.path.get(one.name), duties))), None)


PREDICATES: Mapping[str, Predicate] = {
    "proposer": _proposer,
    "drafter": _drafter,
    "holder": _holder,
    "return_holder": _return_holder,
    "member": _member,
    "convener": _convener,
    "head": _head,
    "appraiser": _appraiser,
    "recorder": _recorder,
    "attester": _attester,
    "letter_head": _letter_head,
    "asked_body": _asked_body,
    "asker": _asker,
    "issuer": _issuer,
    "issuer_recorder": _issuer_recorder,
    "issuer_staff": _issuer_staff,
    "sender": _sender,
}
