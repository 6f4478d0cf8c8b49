"""Fresh people who bring any file to its end: however far it went and whatever was done to it, it is never stuck."""

from __future__ import annotations

from typing import Any, NamedTuple

from tests.unit.workflows.rules.crowd import clear
from tests.unit.workflows.rules.simulator import MEMBERS, Simulator
from tests.unit.workflows.rules.world import UNITS, act, person
from workflows import DRAFT, ENDS, HELD, Accepted, Actor, step_state

MOST_STEPS = 40
# By kind of step: what leads on, or says no.
FORWARD = {
    "intake": ("accept", {}),
    "check": ("check", {}),
    "appraisal": ("recommend", {}),
    "council": ("close_ballot", {}),
    "letter_signature": ("not_send_up", {"reason_code": "other"}),
    "award_signature": ("not_award", {"reason_code": "other"}),
    "number": ("number", {}),
    "pending": ("record_central_result", {"outcome": "not_awarded"}),
}


class Next(NamedTuple):
    """The next act towards an end, and the duty it waits for."""

    action: str
    unit: int
    duty: str
    parts: dict[str, Any]


def can_be_withdrawn(simulator: Simulator) -> bool:
    """Whether the head of the unit whose letter is current (a draft's nominator) may withdraw; the file stays."""
    case = simulator.case
    unit = case.proposing_unit if case.letter_unit is None else case.letter_unit
    duty = "nominator" if case.state == DRAFT else "head"
    ends = isinstance(simulator.put(person((unit, duty)), act(case, "withdraw")), Accepted)
    simulator.case = case
    return ends


def awaits_its_number(simulator: Simulator) -> bool:
    """Whether an award is signed, so that nothing but its number is left to do."""
    step = simulator.workflow.step_of(simulator.case.state)
    return step is not None and step.kind == "number" and simulator.workflow.stages[step.stage].deciding


def bring_to_an_end(simulator: Simulator) -> None:
    """Fresh people do what comes next until the file has ended, without withdrawing it."""
    for _ in range(MOST_STEPS):
        if simulator.case.state in ENDS:
            return
        simulator.case = clear(simulator.case)
        coming = _next(simulator)
        if coming.action == "close_ballot":
            _complete_the_vote(simulator)
        _must(simulator, person((coming.unit, coming.duty)), coming.action, **coming.parts)
    raise AssertionError(f"no end after {MOST_STEPS} acts: {simulator.case}")


def _next(simulator: Simulator) -> Next:
    case = simulator.case
    if case.state == DRAFT:
        return Next("submit", case.proposing_unit, "nominator", {})
    if case.returns:
        holder = case.returns[-1].holder
        return Next("resubmit", holder.unit, holder.duty, {})
    step = simulator.workflow.steps[step_state(case.state)]
    if case.state.endswith(HELD):
        return Next("resume", case.path[step.stage], "head", {})
    if case.reconfirm:
        return Next("reconfirm", case.path[case.reconfirm[0]], "head", {})
    action, parts = FORWARD[step.kind]
    assert case.holder is not None
    if step.kind == "council" and step.stage in case.anew:
        action, parts = "send_back", {}
    return Next(action, case.holder.unit, case.holder.duty, dict(parts))


def _complete_the_vote(simulator: Simulator) -> None:
    """Counted by two people where nobody voted here, else by more members who vote."""
    stage = simulator.workflow.stages[simulator.case.state.partition(".")[0]]
    unit, tally = UNITS[stage.name], simulator.case.tally
    assert tally is not None
    if tally.cast == 0 and tally.counted_by is None:
        _must(simulator, person((unit, "clerk")), "record_counts")
    elif tally.counted_by is None:
        for _ in range(MEMBERS - tally.cast):
            _must(simulator, person(seats=((UNITS[stage.council], "member"),)), "ballot")
        return
    if not tally.counts_confirmed:
        _must(simulator, person((unit, "office")), "confirm_counts")


def _must(simulator: Simulator, actor: Actor, action: str, **parts: Any) -> None:
    answer = simulator.put(actor, act(simulator.case, action, **parts))
    assert isinstance(answer, Accepted), (simulator.workflow.key, simulator.case.state, action, answer)
