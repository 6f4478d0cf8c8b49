"""Derives every arrow of a flow from its stages and the table of actions: no transition is written by hand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from workflows.actions import ACTIONS, ActionRule, places_of_step
from workflows.flow import AFTER, DRAFT, HELD, RETURNED, Stage, Step, Workflow

AWARDED = "awarded"
NOT_AWARDED = "not_awarded"


class Transition(NamedTuple):
    """One arrow: from a state by an action to a state, when the named fact holds (empty: always)."""

    action: str
    source: str
    to: str
    when: str = ""


def transitions_of(workflow: Workflow) -> tuple[Transition, ...]:
    """Every arrow of a flow, in a fixed order."""
    return tuple(arrow for rule in ACTIONS.values() for arrow in _arrows(workflow, rule))


def states_of(workflow: Workflow) -> tuple[str, ...]:
    """Every state of a flow: draft, each step with its returned and held forms, and the ends."""
    arrows = transitions_of(workflow)
    return tuple(dict.fromkeys([DRAFT, *(a.source for a in arrows), *(a.to for a in arrows)]))


def _arrows(workflow: Workflow, rule: ActionRule) -> Iterator[Transition]:
    if DRAFT in rule.where:
        yield from _from_draft(workflow, rule)
    if "entry" in rule.where:
        for entry in sorted(set(workflow.entries.values())):
            first = workflow.stages[entry].steps[0].state
            yield Transition(rule.name, first, DRAFT, f"enters_{entry}")
    for stage in workflow.stages.values():
        for step in stage.steps:
            if places_of_step(workflow, step) & rule.where:
                yield from _from_step(workflow, rule, stage, step)
            if "returned" in rule.where and _returnable(step):
                yield from _from_parked(rule, step, RETURNED)
            if "held" in rule.where:
                yield from _from_parked(rule, step, HELD)
    for end in sorted(AFTER & rule.where):
        yield Transition(rule.name, end, _fixed(rule.to, end))


def _from_draft(workflow: Workflow, rule: ActionRule) -> Iterator[Transition]:
    if rule.to == "entry":
        for stage in sorted(set(workflow.entries.values())):
            yield Transition(rule.name, DRAFT, workflow.stages[stage].steps[0].state, f"enters_{stage}")
    else:
        yield Transition(rule.name, DRAFT, _fixed(rule.to, DRAFT))


def _from_parked(rule: ActionRule, step: Step, suffix: str) -> Iterator[Transition]:
    """From a returned or a held file: back to its step, staying, or to an end."""
    parked = step.state + suffix
    if rule.to != "step":
        yield Transition(rule.name, parked, _fixed(rule.to, parked))
        return
    if suffix == RETURNED:
        yield Transition(rule.name, parked, parked, "nested")
    yield Transition(rule.name, parked, step.state)


def _from_step(workflow: Workflow, rule: ActionRule, stage: Stage, step: Step) -> Iterator[Transition]:
    match rule.to:
        case "next":
            yield from _forward(workflow, rule, stage, step)
        case "outcome":
            yield Transition(rule.name, step.state, NOT_AWARDED, "declines")
            yield Transition(rule.name, step.state, _after(workflow, stage, step))
        case "returned":
            yield Transition(rule.name, step.state, step.state + RETURNED)
        case "held":
            yield Transition(rule.name, step.state, step.state + HELD)
        case "back":
            yield Transition(rule.name, step.state, _specialist(stage).state)
        case "council":
            council = (other for other in stage.steps if other.kind == "council")
            yield from (Transition(rule.name, step.state, other.state) for other in council)
        case to:
            yield Transition(rule.name, step.state, _fixed(to, step.state))


def _forward(workflow: Workflow, rule: ActionRule, stage: Stage, step: Step) -> Iterator[Transition]:
    """To the next step; past the council when a closed ballot on this very content still stands."""
    after = _after(workflow, stage, step)
    position = stage.steps.index(step) + 1
    if position < len(stage.steps) and stage.steps[position].kind == "council":
        yield Transition(rule.name, step.state, stage.steps[position + 1].state, "ballot_stands")
    yield Transition(rule.name, step.state, after)


def _after(workflow: Workflow, stage: Stage, step: Step) -> str:
    position = stage.steps.index(step) + 1
    if position < len(stage.steps):
        return stage.steps[position].state
    if stage.next is None:
        return AWARDED
    return workflow.stages[stage.next].steps[0].state


def _specialist(stage: Stage) -> Step:
    """Where a leader sends a draft back to inside a stage: the appraisal, or the check where there is none."""
    return next(step for step in stage.steps if step.kind in {"appraisal", "check"})


def _returnable(step: Step) -> bool:
    return bool(ACTIONS["return"].where & {step.kind})


def _fixed(to: str, here: str) -> str:
    """The target of ``stay`` and ``end:<state>``."""
    return to.removeprefix("end:") if to.startswith("end:") else here
