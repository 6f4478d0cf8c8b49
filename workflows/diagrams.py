"""Draws a flow as a Mermaid state diagram, from the same arrows the machine is built of."""

from __future__ import annotations

from workflows.arrows import transitions_of
from workflows.flow import DRAFT, ENDS, HELD, RETURNED, Workflow
from workflows.sentences import action_label, state_label


def mermaid(workflow: Workflow, lang: str, *, parked: bool = False) -> str:
    """The flow as Mermaid text; returned and held states are left out unless ``parked``."""
    arrows = [a for a in transitions_of(workflow) if parked or not _parked(a.source, a.to)]
    states = dict.fromkeys([DRAFT, *(a.source for a in arrows), *(a.to for a in arrows)])
    lines = ["stateDiagram-v2", f"  [*] --> {_id(DRAFT)}"]
    lines += [f"  {_id(state)} : {state_label(workflow, state, lang)}" for state in states]
    lines += [f"  {_id(a.source)} --> {_id(a.to)} : {action_label(a.action, lang)}" for a in arrows if a.source != a.to]
    lines += [f"  {_id(end)} --> [*]" for end in sorted(ENDS & set(states))]
    return "\n".join(lines) + "\n"


def _parked(source: str, to: str) -> bool:
    return any(state.endswith((RETURNED, HELD)) for state in (source, to))


def _id(state: str) -> str:
    return state.replace(".", "_")
