"""The two questions everyone asks the rules: may this be done, and what is open.

``decide`` answers one act with ``Accepted`` or ``Refused``; ``open_actions`` answers them all, for the page, the
API and any preview, from the same guards. Nothing changes here.
"""

from __future__ import annotations

from datetime import date

from workflows import quota, rules, separation
from workflows.actions import ACTIONS, DECLINES, belongs
from workflows.flow import Workflow
from workflows.machine import Facts, next_state
from workflows.model import Accepted, Act, Actor, Case, Decision, OpenAction
from workflows.question import Question, ask

GUARDS = (
    rules.permission,
    rules.stale,
    separation.signer,
    separation.conflict,
    separation.separation,
    separation.giver_is_free,
    separation.nominees,
    *rules.GUARDS,
)


def decide(workflow: Workflow, case: Case, actor: Actor, act: Act, today: date) -> Decision:
    """Whether ``actor`` may do ``act`` to ``case`` on ``today``, and where it leads.

    Raises KeyError for an action the table does not have, LookupError where table and machine disagree.
    """
    if act.action in ACTIONS and not belongs(workflow, case, act.action):
        return rules.out_of_place(case, act)
    question = ask(workflow, case, actor, act, today)
    for guard in GUARDS:
        refusal = guard(question)
        if refusal is not None:
            return refusal
    to_state = next_state(workflow, act.action, _facts(question))
    if to_state is None:
        raise LookupError(f"{workflow.key}: no arrow for {act.action} from {case.state}")
    return _accepted(question, to_state)


def open_actions(workflow: Workflow, case: Case, actor: Actor, today: date) -> tuple[OpenAction, ...]:
    """Every action of the table with its answer for this actor; those of the present state first."""
    lines = [_line(workflow, case, actor, name, today) for name in ACTIONS]
    return tuple(sorted(lines, key=lambda line: not line.here))


def _line(workflow: Workflow, case: Case, actor: Actor, name: str, today: date) -> OpenAction:
    decision = decide(workflow, case, actor, Act(name, ask=True), today)
    if isinstance(decision, Accepted):
        return OpenAction(name, allowed=True, refusal=None, here=True, warnings=decision.warnings)
    return OpenAction(name, allowed=False, refusal=decision, here=decision.guard != "not_in_this_state")


def _facts(question: Question) -> Facts:
    case = question.case
    tally = case.tally
    return Facts(
        case.state,
        entry=case.entry_stage,
        ballot_stands=tally is not None and tally.closed and tally.stands,
        declines=question.act.outcome in DECLINES | {"not_awarded"},
        nested=len(case.returns) > 1,
    )


def _accepted(question: Question, to_state: str) -> Accepted:
    workflow, case, act = question.workflow, question.case, question.act
    pair, side = separation.home(question)
    moved = to_state != case.state
    return Accepted(
        action=act.action,
        from_state=case.state,
        to_state=to_state,
        post=question.post,
        duty=question.duty,
        pair=pair,
        side=side,
        joins=separation.joins(question),
        next_step=workflow.steps.get(to_state) if moved else None,
        reviews=question.step.reviews if question.step is not None else (),
        warnings=(*separation.warnings(question), *quota.warnings(question)),
    )
