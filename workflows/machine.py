"""Stages become a transition table, and the table becomes a state machine.

The only module that knows the ``transitions`` library. One machine is shared by all files of a workflow version and is
fired over a throwaway plain object, never over a row: a failing guard there returns False silently and an exception in
a callback leaves the new state behind, so the machine has no callbacks and its only conditions are read from ``Facts``.
"""

from __future__ import annotations

from collections.abc import Iterator

from transitions import Machine, MachineError

from workflows.arrows import Transition, states_of, transitions_of
from workflows.flow import DRAFT, Workflow

_MACHINES: dict[str, Machine] = {}


class Facts:
    """The throwaway value a machine is fired over: a state, and the facts its arrows ask for."""

    def __init__(
        self,
        state: str,
        *,
        entry: str = "",
        ballot_stands: bool = False,
        declines: bool = False,
        nested: bool = False,
    ) -> None:
        self.state = state
        self.entry = entry
        self.ballot_stands = ballot_stands  # a closed ballot on this content is there: no second council
        self.declines = declines  # the recorded outcome says no
        self.nested = nested  # more than one return is open: resubmitting pops one level

    def __getattr__(self, name: str) -> bool:
        """Whether the file enters at a stage (``enters_commune``); a flow may have any stages."""
        if name.startswith("enters_"):
            return name == f"enters_{self.entry}"
        raise AttributeError(name)


def machine_of(workflow: Workflow) -> Machine:
    """The one machine of a workflow version, built at first use."""
    built = _MACHINES.get(workflow.sha256)
    if built is None:
        built = _MACHINES[workflow.sha256] = _build(workflow)
    return built


def next_state(workflow: Workflow, action: str, facts: Facts) -> str | None:
    """The state ``action`` leads to from ``facts.state``; None when the machine has no such arrow."""
    event = machine_of(workflow).events.get(action)
    if event is None:
        return None
    try:
        fired = event.trigger(facts)
    except MachineError:
        return None
    return facts.state if fired else None


def _build(workflow: Workflow) -> Machine:
    machine = Machine(model=None, states=list(states_of(workflow)), initial=DRAFT, auto_transitions=False)
    for arrow in _conditional_first(transitions_of(workflow)):
        machine.add_transition(arrow.action, arrow.source, arrow.to, conditions=[arrow.when] if arrow.when else None)
    return machine


def _conditional_first(arrows: tuple[Transition, ...]) -> Iterator[Transition]:
    """The library takes the first arrow whose condition holds, so the unconditional one comes last."""
    yield from (arrow for arrow in arrows if arrow.when)
    yield from (arrow for arrow in arrows if not arrow.when)
