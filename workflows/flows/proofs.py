"""Static proofs about a flow, run at load: a flow that fails one is refused with a sentence for each failure.

Every state can be reached and every open one can end; each human action has a role that exists; every step has a
substitute; the incompatible pairs cover every path; names are unique; legal basis and source marks are there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from workflows.actions import ACTIONS
from workflows.arrows import Transition, states_of, transitions_of
from workflows.catalogue import is_mark
from workflows.model import DRAFT, ENDS, Stage, Workflow
from workflows.permissions import PREDICATES

ROLES = frozenset({"nominator", "appraiser", "secretary", "head", "deputy", "office", "clerk", "asked_body"})
DUTIES = frozenset({"propose", "prepare", "vote", "chair", "sign", "decide", "record", "nominee"})
MUST_PART = (
    ("propose", "decide"),
    ("prepare", "decide"),
    ("sign", "decide"),
    ("nominee", "decide"),
    ("vote", "decide"),
)


class BrokenFlowError(ValueError):
    """A flow that may not be used; ``findings`` has a sentence for each proof that failed."""

    def __init__(self, key: str, findings: tuple[str, ...]) -> None:
        super().__init__(f"flow {key}: " + " ".join(findings))
        self.findings = findings


def prove(workflow: Workflow, raw: Mapping[str, Any]) -> None:
    """Raise BrokenFlowError unless every proof holds. ``raw`` is the document, for its source marks."""
    findings = tuple(findings_of(workflow, raw))
    if findings:
        raise BrokenFlowError(workflow.key, findings)


def findings_of(workflow: Workflow, raw: Mapping[str, Any]) -> Iterator[str]:
    """A sentence for everything that is wrong; structure is proved before what rests on it."""
    structural = [*_stages_are_sound(workflow), *_routes_are_sound(workflow), *_roles_exist(workflow)]
    yield from structural
    yield from _sources(raw, "flow")
    if not workflow.basis:
        yield "It names no legal basis."
    if not structural:
        yield from _reachable(workflow)
        yield from _ends(workflow)
        yield from _pairs_cover(workflow)


def _stages_are_sound(workflow: Workflow) -> Iterator[str]:
    for stage in workflow.stages.values():
        names = [step.name for step in stage.steps]
        if not names:
            yield f"Stage {stage.name} has no step."
        if len(set(names)) != len(names):
            yield f"Stage {stage.name} has two steps of one name."
        if stage.steps and stage.steps[-1].kind in {"award_signature", "letter_signature"}:
            yield f"Stage {stage.name} ends with a signature that nothing numbers."
        yield from _council_is_sound(workflow, stage)
    if sum(stage.deciding for stage in workflow.stages.values()) != 1:
        yield "Exactly one stage must decide the form."


def _council_is_sound(workflow: Workflow, stage: Stage) -> Iterator[str]:
    kinds = [step.kind for step in stage.steps]
    if "council" in kinds and stage.council not in workflow.stages:
        yield f"Stage {stage.name} hears a council at {stage.council}, which is not on this route."
    signs = {"award_signature", "letter_signature"} & set(kinds)
    if signs and not {"appraisal", "check"} & set(kinds):
        yield f"Stage {stage.name} signs without anybody having checked."


def _routes_are_sound(workflow: Workflow) -> Iterator[str]:
    if not workflow.entries:
        yield "No file can enter it."
    for kind, entry in workflow.entries.items():
        if entry not in workflow.stages:
            yield f"Files of {kind} enter at {entry}, which is not a stage."
            continue
        if not _path(workflow, entry)[-1].deciding:
            yield f"The route from {entry} does not reach the stage that decides."
    if workflow.competent_stage not in workflow.stages:
        yield f"The competent stage {workflow.competent_stage} is not on the route."


def _roles_exist(workflow: Workflow) -> Iterator[str]:
    for step in workflow.steps.values():
        unknown = [role for role in step.holders if role not in ROLES]
        if unknown or not step.holders:
            yield f"Step {step.state} waits for a role that does not exist: {', '.join(unknown) or 'none'}."
        if step.duty not in DUTIES:
            yield f"Step {step.state} gives the duty {step.duty}, which does not exist."
        others = [s for s in step.substitutes if s.stage or s.duty != step.holders[0]]
        if not others:
            yield f"Step {step.state} has no substitute for when every holder is in conflict."
        for sub in step.substitutes:
            if sub.duty not in ROLES or (sub.stage and sub.stage not in workflow.stages):
                yield f"Step {step.state} has a substitute that does not exist: {sub.duty} {sub.stage}."
    for rule in ACTIONS.values():
        for name in rule.who:
            if name not in PREDICATES:
                yield f"Action {rule.name} may be done by {name}, which is no known role."


def _reachable(workflow: Workflow) -> Iterator[str]:
    arrows = transitions_of(workflow)
    seen, queue = {DRAFT}, [DRAFT]
    while queue:
        here = queue.pop()
        for to in {arrow.to for arrow in arrows if arrow.source == here} - seen:
            seen.add(to)
            queue.append(to)
    for state in [*states_of(workflow), *(step.state for step in workflow.steps.values())]:
        if state not in seen:
            yield f"State {state} cannot be reached."


def _ends(workflow: Workflow) -> Iterator[str]:
    """Every state that is no end leads to an end, and to more than withdrawal."""
    arrows = [arrow for arrow in transitions_of(workflow) if arrow.action != "withdraw"]
    ending = set(ENDS)
    while grown := {a.source for a in arrows if a.to in ending} - ending:
        ending |= grown
    for state in states_of(workflow):
        if state not in ending:
            yield f"State {state} cannot end."
    yield from _ends_stay(arrows)


def _ends_stay(arrows: list[Transition]) -> Iterator[str]:
    for arrow in arrows:
        if arrow.source in ENDS:
            yield f"Action {arrow.action} leaves the end {arrow.source}."


def _pairs_cover(workflow: Workflow) -> Iterator[str]:
    """On every path each pair of duties that must part is on different sides of a pair that refuses."""
    names = [pair.name for pair in workflow.pairs]
    if len(set(names)) != len(names):
        yield "Two incompatible pairs have one name."
    for one, other in MUST_PART:
        if not any(_parts(workflow, name, one, other) for name in names):
            yield f"No incompatible pair keeps {one} and {other} apart."
    for entry in sorted(set(workflow.entries.values())):
        duties = {step.duty for stage in _path(workflow, entry) for step in stage.steps}
        if "prepare" not in duties:
            yield f"On the path from {entry} nobody prepares the file for its decision."


def _parts(workflow: Workflow, name: str, one: str, other: str) -> bool:
    pair = next(pair for pair in workflow.pairs if pair.name == name)
    sides = pair.side(one), pair.side(other)
    return pair.mode == "refuse" and None not in sides and sides[0] != sides[1]


def _path(workflow: Workflow, entry: str) -> list[Stage]:
    """The stages a file entering at ``entry`` goes through, in order."""
    path = [workflow.stages[entry]]
    while path[-1].next is not None and workflow.stages[path[-1].next] not in path:
        path.append(workflow.stages[path[-1].next])
    return path


def _sources(raw: object, where: str) -> Iterator[str]:
    """Every table that has a ``source`` has a mark, and the tables that carry legal values have one."""
    if isinstance(raw, Mapping):
        if "source" in raw and not is_mark(raw["source"]):
            yield f"{where} has no source mark."
        if "source" not in raw and {"threshold_percent", "working_days", "required", "citation"} & set(raw):
            yield f"{where} has a legal value without a source mark."
        for name, value in raw.items():
            yield from _sources(value, f"{where}.{name}")
    elif isinstance(raw, list):
        for number, value in enumerate(raw):
            yield from _sources(value, f"{where}[{number}]")
