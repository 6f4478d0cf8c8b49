"""Who may say which accounts are a nominee's: whoever drafts, and the specialist who takes the file in or checks it.

The link is the ground of conflicts (the process, section 4), so it is asked apart from the table of actions: it moves
no file, and what stands against it is who asks and what the file shows, never what the file still lacks.
"""

from __future__ import annotations

from datetime import date

from workflows import rules, separation
from workflows.decisions import decide
from workflows.flow import DRAFT, RETURNED, Workflow
from workflows.model import Accepted, Act, Actor, Case, Decision, Participation, Refused
from workflows.question import ask

NAME, STRIKE = "name_person", "strike_person"
ROLES = {
    "individual": ("self",),
    "household": ("self", "member"),
    "collective": ("member", "representative"),
}
"""What an account's holder may be to each kind of nominee; ``self`` is the individual or who heads the household."""

_TAKES_IN = {"intake": "accept", "check": "check"}


def may_name(workflow: Workflow, case: Case, actor: Actor, act: Act, today: date) -> Decision:
    """Whether ``actor`` may name or strike accounts of the nominee now; the state stays as it is."""
    if case.state == DRAFT or case.state.endswith(RETURNED):
        answer = decide(workflow, case, actor, Act("save", seen=act.seen, ask=act.ask), today)
        return answer if isinstance(answer, Refused) else _accepted(case, answer, act.action)
    step = workflow.steps.get(case.state)
    verb = _TAKES_IN.get(step.kind) if step is not None else None
    if step is None or verb is None:
        return rules.out_of_place(case, Act("save", ask=True))
    question = ask(workflow, case, actor, Act(verb, seen=act.seen, ask=act.ask), today)
    for guard in (rules.permission, rules.stale, separation.conflict):
        refusal = guard(question)
        if refusal is not None:
            return refusal
    return Accepted(act.action, case.state, case.state, question.post, "record", "", "", (), None, ())


def named(case: Case, accepted: Accepted, person: int, role: str) -> Decision:
    """The act with the side it puts the nominee on; refused for somebody who has reviewed this very file already."""
    if role != "self":
        return accepted
    sides = {p.side for p in case.participations if p.pair == "nominee_review" and p.person == person}
    if sides - {"nominee"}:
        return Refused("nominee_has_reviewed")
    if case.state == DRAFT or sides:
        return accepted  # a draft's nominees join when it is submitted
    join = Participation(person, "nominee_review", "nominee")
    return _accepted(case, accepted, accepted.action, (join,))


def _accepted(case: Case, answer: Accepted, action: str, joins: tuple[Participation, ...] = ()) -> Accepted:
    return Accepted(action, case.state, case.state, answer.post, "record", "", "", joins, None, ())
