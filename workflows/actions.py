"""What can be done to a file: every action, where it belongs, who may, and the duty it gives its author.

The table is ``catalogue/actions.toml``; names are part of the API and never change.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from workflows.catalogue import document
from workflows.flow import AFTER, DRAFT, ENDS, HELD, RETURNED, Stage, Step, Workflow
from workflows.model import Case

# By outcome: a signature recorded from paper stands under the same guards as the act it amounts to.
SIGNS = frozenset({"send_up", "award"})
DECLINES = frozenset({"not_send_up", "not_award"})
FILES = frozenset({"submit", "resubmit"})
# Acts by which a file ends and a linked one under another form takes its place.
MOVES = frozenset({"other_form", "propose_anew"})
# Acts of the deciding head on an award, which may also be recorded from the paper they signed.
HEADS_ACTS = frozenset({"annul", "approve_correction", "reissue"})


@dataclass(frozen=True, slots=True)
class ActionRule:
    """One row of the table of actions."""

    name: str
    where: frozenset[str]
    to: str
    who: tuple[str, ...]
    duty: str
    label: Mapping[str, str]
    delegable: bool = True  # False: whoever holds the post does it in person


ACTIONS: Mapping[str, ActionRule] = {
    name: ActionRule(
        name,
        frozenset(raw["where"]),
        raw["to"],
        tuple(raw["who"]),
        raw["duty"],
        raw["label"],
        raw.get("delegable", True),
    )
    for name, raw in document("actions").items()
}


def places(workflow: Workflow, state: str, entry_stage: str) -> frozenset[str]:
    """The places of ``where`` that ``state`` is: a step kind, voted, draft, returned, held, entry, an award's end.

    The number of a decision is also ``issue``: until it has one the decision can be corrected.
    """
    if state == DRAFT:
        return frozenset({DRAFT})
    if state in AFTER:
        return frozenset({state})
    if state in ENDS:
        return frozenset()
    if state.endswith(RETURNED):
        return frozenset({"returned"})
    if state.endswith(HELD):
        return frozenset({"held"})
    step = workflow.steps[state]
    entered = entry_stage in workflow.stages and entry_stage in workflow.entries.values()
    first = workflow.stages[entry_stage].steps[0] if entered else None
    here = places_of_step(workflow, step)
    return here | {"entry"} if step is first else here


def places_of_step(workflow: Workflow, step: Step) -> frozenset[str]:
    """The places an open step is: its kind, with what else it may be called by."""
    voted = {"voted"} if is_voted(workflow.stages[step.stage], step) else set()
    return frozenset({step.kind} | voted | ({"issue"} if is_issue(workflow, step) else set()))


def is_voted(stage: Stage, step: Step) -> bool:
    """Whether a stage signs what its own council has voted on: the place called ``voted``."""
    signs = step.kind in {"letter_signature", "award_signature"}
    return signs and any(other.kind == "council" for other in stage.steps)


def is_issue(workflow: Workflow, step: Step) -> bool:
    """Whether the number given at ``step`` is that of the decision itself."""
    return step.kind == "number" and workflow.stages[step.stage].deciding


def belongs(workflow: Workflow, case: Case, action: str) -> bool:
    """True when ``action`` has a place in the case's state, whoever asks."""
    rule = ACTIONS.get(action)
    return rule is not None and bool(rule.where & places(workflow, case.state, case.entry_stage))
