"""One question put to the rules: a case, an actor and an act, with what follows from them worked out once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from workflows.actions import ACTIONS, HEADS_ACTS, ActionRule, belongs
from workflows.flow import AFTER, Step, Workflow
from workflows.model import Act, Actor, Case, Post
from workflows.permissions import HEADS, holds, permitted


@dataclass(frozen=True, slots=True)
class Question:
    """What every guard is given. ``decider`` is whose duty counts: the signer of a signature made outside."""

    workflow: Workflow
    case: Case
    actor: Actor
    act: Act
    today: date
    rule: ActionRule
    belongs: bool
    step: Step | None
    post: Post | None
    decider: Actor
    decider_post: Post | None
    duty: str
    outcome: str  # the action it amounts to: what a recorded signature said, else the action itself

    @property
    def giver(self) -> Actor | None:
        """Who delegated the post the act is done from; None where it is the actor's own."""
        return self.post.delegation.giver if self.post is not None and self.post.delegation is not None else None

    @property
    def persons(self) -> frozenset[int]:
        """Whose act it is: the actor's, and with a delegation also the giver's."""
        return frozenset({self.actor.person} | ({self.giver.person} if self.giver is not None else set()))

    @property
    def stage(self) -> str:
        """The stage the act belongs to: of an award, the one that decided it; of a draft, where it enters."""
        if self.step is not None:
            return self.step.stage
        return self.workflow.deciding_stage.name if self.case.state in AFTER else self.case.entry_stage

    @property
    def by_recorder(self) -> bool:
        """Whether an act of the deciding head is recorded by somebody else, from the paper the head signed."""
        return self.act.action in HEADS_ACTS and self.post is not None and self.post.duty not in HEADS


def ask(workflow: Workflow, case: Case, actor: Actor, act: Act, today: date) -> Question:
    """Put the question. Raises KeyError for an action that does not exist."""
    rule = ACTIONS[act.action]
    step = workflow.step_of(case.state)
    here = belongs(workflow, case, act.action)
    post = permitted(workflow, case, actor, rule) if here else None
    on_paper = act.action in HEADS_ACTS and post is not None and post.duty not in HEADS
    signed_outside = act.signer is not None and (act.action == "record_signature" or on_paper)
    decider = act.signer if signed_outside and act.signer is not None else actor
    decider_post = _signing_post(workflow, case, decider, step, on_paper=on_paper) if signed_outside else post
    return Question(
        workflow=workflow,
        case=case,
        actor=actor,
        act=act,
        today=today,
        rule=rule,
        belongs=here,
        step=step,
        post=post,
        decider=decider,
        decider_post=decider_post,
        duty="record"
        if on_paper and act.signer is None
        else _duty(workflow, case, _acting(decider, decider_post, case), act, step),
        outcome=act.outcome or act.action if act.action == "record_signature" else act.action,
    )


def _acting(decider: Actor, post: Post | None, case: Case) -> Actor:
    """The decider as the post has them act: under a delegation, with nothing but what was delegated."""
    return decider if post is None or post.delegation is None else decider.standing_in(case.form)


def _signing_post(workflow: Workflow, case: Case, decider: Actor, step: Step | None, *, on_paper: bool) -> Post | None:
    """The post by which somebody signed outside: of an act on an award, one of the deciding heads'."""
    if on_paper:
        return decider.post_at(case.path.get(workflow.deciding_stage.name), HEADS)
    return holds(case, decider, step) if step is not None else None


def _duty(workflow: Workflow, case: Case, decider: Actor, act: Act, step: Step | None) -> str:
    """The duty the act gives its author; the head or deputy who votes is a duty of its own (chair)."""
    duty = ACTIONS[act.action].duty
    if act.action in HEADS_ACTS:  # what the centre decided is only written down here
        return "record" if workflow.decided_by_the_centre else duty
    if step is None:
        return duty
    if act.action == "record_signature":
        return duty if act.signer is None else step.duty
    if duty == "step":
        return step.duty if holds(case, decider, step) is not None else _signing(workflow, step)
    if act.action == "resubmit" and case.returns and case.returns[-1].holder.duty == "nominator":
        return "propose"
    return "chair" if duty == "vote" and _signs_after(workflow, case, decider, step) else duty


def _signing(workflow: Workflow, step: Step) -> str:
    """The duty of the head who steps in at a colleague's step: the head's own, not the colleague's."""
    kinds = {"letter_signature", "award_signature"}
    return next((other.duty for other in workflow.stages[step.stage].steps if other.kind in kinds), step.duty)


def _signs_after(workflow: Workflow, case: Case, actor: Actor, step: Step) -> bool:
    """True when the voter heads a unit that signs after this ballot: at the same stage, or the Chairman's."""
    pair = next((pair for pair in workflow.pairs if pair.name == "ballot_signature"), None)
    scope = pair.key(step.stage) if pair is not None else ""
    stages = [name for name in workflow.stages if pair is not None and pair.key(name) == scope]
    return any(actor.post_at(case.path.get(stage), HEADS) for stage in stages)
