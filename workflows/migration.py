"""What would break if a running file went over to another version of its flow: nothing is moved that would.

Source: the process, section 2 (every nomination is pinned to a version; moving is a dry run, then an audited act).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from workflows.flow import DRAFT, Paper, Workflow


class Taken(NamedTuple):
    """A duty somebody has taken in a file at a stage: propose, prepare, vote, sign, decide, nominee."""

    person: int
    duty: str
    stage: str


@dataclass(frozen=True, slots=True)
class Running:
    """The few facts of a running file: where it is, for whom, what papers it has, who has done what in it."""

    state: str
    subject_kind: str
    subject_group: str
    body_kind: str
    papers: frozenset[str]
    taken: tuple[Taken, ...]


class Break(NamedTuple):
    """One thing that would not hold any more: ``kind`` is step_gone, paper_missing or pair_violated."""

    kind: str
    what: str


def breaks(before: Workflow, after: Workflow, file: Running) -> tuple[Break, ...]:
    """Everything that stands against moving the file; nothing: it goes on in the new version as it stands."""
    return (*_step(before, after, file), *_papers(before, after, file), *_pairs(before, after, file))


def _step(before: Workflow, after: Workflow, file: Running) -> Iterable[Break]:
    here = before.step_of(file.state)
    if here is not None and here.state not in after.steps:
        yield Break("step_gone", here.state)


def _papers(before: Workflow, after: Workflow, file: Running) -> Iterable[Break]:
    """Papers the new version wanted before the place the file has reached, and the old one did not."""
    if file.state == DRAFT:
        return
    known = {paper.kind for paper in before.papers if _due(before, paper, file)}
    for paper in after.papers:
        if _due(after, paper, file) and paper.kind not in known | file.papers:
            yield Break("paper_missing", paper.kind)


def _due(workflow: Workflow, paper: Paper, file: Running) -> bool:
    """Whether the file should have had this paper by now."""
    if not paper.required or not paper.asked_of(file.subject_kind, file.subject_group, file.body_kind):
        return False
    if paper.needed_at == DRAFT:
        return True
    order, here = list(workflow.stages), file.state.partition(".")[0]
    return here in order and paper.needed_at in order and order.index(paper.needed_at) < order.index(here)


def _pairs(before: Workflow, after: Workflow, file: Running) -> Iterable[Break]:
    for pair in sorted(_violated(after, file) - _violated(before, file)):
        yield Break("pair_violated", pair)


def _violated(workflow: Workflow, file: Running) -> set[str]:
    """The pairs of which somebody has been on two sides."""
    found: set[str] = set()
    for pair in workflow.pairs:
        sides: defaultdict[tuple[int, str], set[str]] = defaultdict(set)
        for taken in file.taken:
            side = pair.side(taken.duty)
            if side is not None and pair.mode == "refuse":
                sides[taken.person, pair.key(taken.stage)].add(side)
        if any(len(both) > 1 for both in sides.values()):
            found.add(pair.name)
    return found
