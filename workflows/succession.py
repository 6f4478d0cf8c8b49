"""Where a file goes when a unit or a whole level of government ends: its new unit, its new step, its stack of returns.

Source: facts 3 (before and after 01/07/2025), decisions 6 and 25. Nothing is guessed: where the list of successions
does not say who takes over, the answer is what an administrator must settle.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from workflows.flow import HELD, RETURNED, Workflow

ALL = "all"
AWARDS = "awards"
"""The function by which files go: emulation and commendation; a succession of everything has it too."""

NUMBER = "number"  # the step at which a signed paper gets its number
_SUFFIXES = (RETURNED, HELD)


class Link(NamedTuple):
    """One line of the list: who takes over a function, and whether all of it; no ``new``: nobody, or not found."""

    new: int | None
    function: str
    whole: bool


class Heir(NamedTuple):
    """The unit that has taken over, or why none can be named: not_listed, no_successor, several, part, circle."""

    unit: int | None
    fault: str = ""


class Landing(NamedTuple):
    """The state a file goes on in, or why it cannot: no_issuer, unsigned."""

    state: str | None
    fault: str = ""


class Level(NamedTuple):
    """One level of a stack of returns: its row, and whose duty at which unit holds it."""

    id: int
    unit: int
    duty: str


def heir(
    links: Mapping[int, Sequence[Link]],
    ended: Collection[int],
    unit: int,
    function: str = AWARDS,
    chosen: Mapping[int, int] | None = None,
) -> Heir:
    """Who has ``function`` of ``unit`` now, through as many successions as there were.

    ``chosen`` is what was settled for the case at hand: the successor of a unit that has several, or none listed.
    """
    passed: set[int] = set()
    while unit in ended:
        if unit in passed:
            return Heir(None, "circle")
        passed.add(unit)
        settled = (chosen or {}).get(unit)
        found = Heir(settled) if settled is not None else _listed(links.get(unit, ()), function)
        if found.unit is None:
            return found
        unit = found.unit
    return Heir(unit)


def _listed(lines: Sequence[Link], function: str) -> Heir:
    """The one successor of a function: by its own line, by one of everything, else where all lines lead to one unit."""
    if not lines:
        return Heir(None, "not_listed")
    own = [line for line in lines if line.function == function] or [line for line in lines if line.function == ALL]
    named = [line for line in own or lines if line.new is not None]
    units = {line.new for line in named}
    if not units:
        return Heir(None, "no_successor")
    if len(units) > 1:
        return Heir(None, "several")
    return Heir(named[0].new) if any(line.whole for line in named) else Heir(None, "part")


def landing(before: Workflow, after: Workflow | None, state: str, entry_stage: str) -> Landing:
    """The state in which a file goes on by the flow ``after``, whose route has fewer levels than ``before``.

    At a level that still exists it stays where it is. What a level that has ended was examining goes to the first step
    of the next one, for the letter of the level below stands; where that level itself had not signed, nobody proposes.
    """
    here = before.step_of(state)
    if here is None:
        return Landing(state)
    if after is None:
        return Landing(None, "no_issuer")
    if here.state in after.steps:
        return Landing(state)
    if here.stage == entry_stage:
        return Landing(None, "unsigned")
    stage = before.stages[here.stage].next
    while stage is not None and stage not in after.stages:
        stage = before.stages[stage].next
    if stage is None:
        return Landing(None, "no_issuer")
    return Landing(after.stages[stage].steps[0].state + _suffix(state))


def enters_again(after: Workflow, entry: str, state: str) -> str:
    """The first step of the level at which a successor files it anew, returned or held as it was."""
    return after.stages[entry].steps[0].state + _suffix(state)


def signed_anew(workflow: Workflow, state: str) -> str:
    """The signature before a number that can no longer be given: its signatory's body has ended; else the state."""
    step = workflow.step_of(state)
    if step is None or step.name != NUMBER:
        return state
    steps = workflow.stages[step.stage].steps
    return steps[steps.index(step) - 1].state + _suffix(state)


def restack(levels: Sequence[Level]) -> tuple[tuple[Level, ...], tuple[int, ...]]:
    """The stack without levels that came to lie with the same duty as the one above them, and the rows these were.

    A district that had passed a return down to its commune has the commune as its successor there: one level is enough,
    and the outer one keeps all that was asked for.
    """
    kept: list[Level] = []
    closed: list[int] = []
    for level in levels:
        if kept and (kept[-1].unit, kept[-1].duty) == (level.unit, level.duty):
            closed.append(level.id)
        else:
            kept.append(level)
    return tuple(kept), tuple(closed)


def _suffix(state: str) -> str:
    return next((suffix for suffix in _SUFFIXES if state.endswith(suffix)), "")
