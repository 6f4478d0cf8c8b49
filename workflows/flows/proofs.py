"""Static proofs about a flow, run at load: a flow that fails one is refused with a sentence for each failure.

Every state can be reached and every open one can end; each human action has a role that exists; every step has a
substitute; the incompatible pairs cover every path; names are unique; legal basis and source marks are there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from workflows.actions import ACTIONS
from workflows.arrows import Transition, states_of, transitions_of
from workflows.catalogue import is_mark
from workflows.flow import AFTER, DRAFT, ENDS, Pair, Stage, Step, Workflow
from workflows.permissions import PREDICATES
from workflows.reviewed import section_of
from workflows.sentences import SECTIONS

ROLES = frozenset({"nominator", "appraiser", "secretary", "head", "deputy", "office", "clerk", "asked_body"})
DUTIES = frozenset({"propose", "prepare", "vote", "chair", "sign", "decide", "record", "nominee"})
SIGNATURES = frozenset({"award_signature", "letter_signature"})
CLOCKS = frozenset({"runs", "pauses", "lengthens"})
PARTY = "party"
# A table with one of these says something of the law or of practice: whose word it is stands beside it.
NEED_A_SOURCE = frozenset(
    {"threshold_percent", "working_days", "required", "citation", "holders", "steps", "sides", "entries"}
)
MUST_PART = (
    ("propose", "decide"),
    ("prepare", "decide"),
    ("sign", "decide"),
    ("vote", "decide"),
    ("nominee", "prepare"),
    ("nominee", "vote"),
    ("nominee", "chair"),
    ("nominee", "sign"),
    ("nominee", "decide"),
)
SHOULD_PART = (("propose", "prepare"),)  # refused, or at least warned of where there is a single officer


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
    """A sentence for everything that is wrong, proof by proof."""
    for findings in proofs_of(workflow, raw).values():
        yield from findings or ()


def proofs_of(workflow: Workflow, raw: Mapping[str, Any]) -> dict[str, tuple[str, ...] | None]:
    """What each proof found, by its name: nothing where it holds, None where it rests on a structure that does not.

    Structure is proved before what rests on it.
    """
    found: dict[str, tuple[str, ...] | None] = {}
    for name, proof in _STRUCTURE.items():
        found[name] = tuple(proof(workflow, raw))
    sound = not any(found.values())
    for name, proof in _CONTENT.items():
        found[name] = tuple(proof(workflow, raw))
    for name, proof in _PATHS.items():
        found[name] = tuple(proof(workflow, raw)) if sound else None
    return found


def _names_are_unique(raw: Mapping[str, Any]) -> Iterator[str]:
    """Read as a mapping, the second of one name would silently replace the first."""
    for what, rows, key in (
        ("stages", raw["stages"], "name"),
        ("deadlines for one step", raw["deadlines"], "step"),
        ("incompatible pairs", raw["pairs"], "name"),
    ):
        names = [row[key] for row in rows]
        for name in sorted({name for name in names if names.count(name) > 1}):
            yield f"It has two {what} called {name}."


def _papers_are_asked_once(raw: Mapping[str, Any]) -> Iterator[str]:
    """A kind of paper may be asked of different nominees on different terms, but of one nominee only once."""
    asked = [
        (paper["kind"], subject, group, paper["only_for"])
        for paper in raw["papers"]
        for subject in paper["subjects"]
        for group in paper["groups"]
    ]
    for kind in sorted({row[0] for row in asked if asked.count(row) > 1}):
        yield f"It asks twice for the paper {kind} of one nominee."


def _stages_are_sound(workflow: Workflow) -> Iterator[str]:
    for stage in workflow.stages.values():
        names = [step.name for step in stage.steps]
        if not names:
            yield f"Stage {stage.name} has no step."
        if len(set(names)) != len(names):
            yield f"Stage {stage.name} has two steps of one name."
        if {"returned", "held"} & set(names) or "." in stage.name or stage.name in {DRAFT, *ENDS}:
            yield f"Stage {stage.name} has a name that is kept for states."
        if stage.steps and stage.steps[-1].kind in SIGNATURES:
            yield f"Stage {stage.name} ends with a signature that nothing numbers."
        yield from _council_is_sound(workflow, stage)
    if sum(stage.deciding for stage in workflow.stages.values()) != 1:
        yield "Exactly one stage must decide the form."


def _council_is_sound(workflow: Workflow, stage: Stage) -> Iterator[str]:
    kinds = [step.kind for step in stage.steps]
    if "council" in kinds and stage.council not in workflow.stages:
        yield f"Stage {stage.name} hears a council at {stage.council}, which is not on this route."
    if kinds[-1:] == ["council"]:
        yield f"Stage {stage.name} ends with a council that nobody follows with a signature."
    if {*SIGNATURES, "council"} & set(kinds) and not {"appraisal", "check"} & set(kinds):
        yield f"Stage {stage.name} votes or signs without anybody having checked."


def _routes_are_sound(workflow: Workflow) -> Iterator[str]:
    if not workflow.entries:
        yield "No file can enter it."
    for stage in workflow.stages.values():
        if stage.next is not None and stage.next not in workflow.stages:
            yield f"Stage {stage.name} leads to {stage.next}, which is not a stage."
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
        yield from _step_has_people(workflow, step)
    for stage in workflow.stages.values():
        for role in stage.recorders:
            if role not in ROLES:
                yield f"Stage {stage.name} lets {role} record signatures, a role that does not exist."
    for rule in ACTIONS.values():
        for name in rule.who:
            if name not in PREDICATES:
                yield f"Action {rule.name} may be done by {name}, which is no known role."


def _step_has_people(workflow: Workflow, step: Step) -> Iterator[str]:
    unknown = [role for role in step.holders if role not in ROLES]
    if unknown or not step.holders:
        yield f"Step {step.state} waits for a role that does not exist: {', '.join(unknown) or 'none'}."
    if step.duty not in DUTIES:
        yield f"Step {step.state} gives the duty {step.duty}, which does not exist."
    if not any(sub.stage or sub.duty not in step.holders[:1] for sub in step.substitutes):
        yield f"Step {step.state} has no substitute for when every holder is in conflict."
    for sub in step.substitutes:
        if sub.duty not in ROLES or (sub.stage and sub.stage not in workflow.stages):
            yield f"Step {step.state} has a substitute that does not exist: {sub.duty} {sub.stage}."


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
    """Nothing leaves an end, but that an award may be annulled."""
    for arrow in arrows:
        if arrow.source in ENDS and not (arrow.source in AFTER and arrow.to in AFTER):
            yield f"Action {arrow.action} leaves the end {arrow.source}."


def _pairs_cover(workflow: Workflow) -> Iterator[str]:
    """On every path each two duties that must part are on different sides of a pair that refuses, at every stage."""
    for entry in sorted(set(workflow.entries.values())):
        places = _places(workflow, entry)
        for one, other in MUST_PART + SHOULD_PART:
            pairs = [pair for pair in workflow.pairs if pair.mode == "refuse" or (one, other) in SHOULD_PART]
            met = [(here, there) for here in places[one] for there in places[other]]
            if not all(any(_parts(pair, one, other, *stages) for pair in pairs) for stages in met):
                yield f"On the path from {entry} no incompatible pair keeps {one} and {other} apart."
        if not places["prepare"]:
            yield f"On the path from {entry} nobody prepares the file for its decision."


def _places(workflow: Workflow, entry: str) -> Mapping[str, list[str]]:
    """The stages of the path from ``entry`` where each duty is taken on; the last stage decides, here or far away."""
    path = _path(workflow, entry)
    last = path[-1]
    heard = [stage for stage in path if any(step.kind == "council" for step in stage.steps)]
    votes = [stage.name for stage in heard if stage.council == last.council] or [last.name]
    return {
        "propose": [entry],
        "nominee": [entry],
        "prepare": [stage.name for stage in path if any(step.duty == "prepare" for step in stage.steps)],
        "sign": [stage.name for stage in path if any(step.duty == "sign" for step in stage.steps)],
        "vote": votes,
        "chair": votes,
        "decide": [last.name],
    }


def _parts(pair: Pair, one: str, other: str, here: str, there: str) -> bool:
    """Whether ``pair`` keeps who was ``one`` at ``here`` from being ``other`` at ``there``."""
    sides = pair.side(one), pair.side(other)
    same_group = pair.key(here) == pair.key(there)
    return same_group and None not in sides and sides[0] != sides[1]


def _path(workflow: Workflow, entry: str) -> list[Stage]:
    """The stages a file entering at ``entry`` goes through, in order."""
    path = [workflow.stages[entry]]
    while (above := workflow.stages.get(path[-1].next or "")) is not None and above not in path:
        path.append(above)
    return path


def _sources(raw: object, where: str) -> Iterator[str]:
    """Every table that has a ``source`` has a mark, and the tables that carry legal values have one."""
    if isinstance(raw, Mapping):
        if "source" in raw and not is_mark(raw["source"]):
            yield f"{where} has no source mark."
        if "source" not in raw and NEED_A_SOURCE & set(raw):
            yield f"{where} has a legal value without a source mark."
        for name, value in raw.items():
            yield from _sources(value, f"{where}.{name}")
    elif isinstance(raw, list):
        for number, value in enumerate(raw):
            yield from _sources(value, f"{where}[{number}]")


def _opinions_are_sound(workflow: Workflow, raw: Mapping[str, Any]) -> Iterator[str]:
    """They are asked at stages that are there, about sections that are, and the Party's silence says nothing."""
    for one in workflow.consultations:
        askable = [stage for stage in one.stages if stage in workflow.stages]
        if len(askable) < len(one.stages) or not one.stages:
            yield f"The opinion {one.kind} is asked at a stage that is not on this route."
        if not one.reviews or {section_of(part) for part in one.reviews} - set(SECTIONS):
            yield f"The opinion {one.kind} is about no section of a file."
        if one.working_days < 1 or one.clock not in CLOCKS or (one.clock == "lengthens") != (one.lengthens_by > 0):
            yield f"The opinion {one.kind} has no days, or says nothing of the clock."
        if one.kind == PARTY and one.goes_on:
            yield "The Party's silence would let a file go on."
    yield from _one_set_of_terms(raw)


def _one_set_of_terms(raw: Mapping[str, Any]) -> Iterator[str]:
    """A kind of opinion is asked on the same terms of everybody."""
    terms: dict[str, tuple[Any, ...]] = {}
    for one in raw.get("opinions", ()):
        said = tuple(one[name] for name in ("working_days", "silence", "clock", "lengthens_by", "reviews"))
        if terms.setdefault(one["kind"], said) != said:
            yield f"The opinion {one['kind']} has two sets of terms."


def _names_its_basis(workflow: Workflow) -> Iterator[str]:
    if not workflow.basis:
        yield "It names no legal basis."


Proof = Callable[[Workflow, Mapping[str, Any]], Iterator[str]]
_STRUCTURE: Mapping[str, Proof] = {
    "unique_names": lambda _workflow, raw: _names_are_unique(raw),
    "papers_once": lambda _workflow, raw: _papers_are_asked_once(raw),
    "stages": lambda workflow, _raw: _stages_are_sound(workflow),
    "routes": lambda workflow, _raw: _routes_are_sound(workflow),
    "roles_and_substitutes": lambda workflow, _raw: _roles_exist(workflow),
}
_CONTENT: Mapping[str, Proof] = {
    "sources": lambda _workflow, raw: _sources(raw, "flow"),
    "basis": lambda workflow, _raw: _names_its_basis(workflow),
    "opinions": _opinions_are_sound,
}
_PATHS: Mapping[str, Proof] = {
    "reachable": lambda workflow, _raw: _reachable(workflow),
    "can_end": lambda workflow, _raw: _ends(workflow),
    "separation": lambda workflow, _raw: _pairs_cover(workflow),
}
