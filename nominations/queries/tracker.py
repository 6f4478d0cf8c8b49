"""Where a file is on its way: every step it goes through, done, now or next, since when and until when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from nominations.queries.detail_parts import TaskLine
from workflows import DRAFT, ENDS, HELD, RETURNED, Step, Workflow, step_state

Stand = Literal["done", "now", "returned", "held", "stopped", "next"]


@dataclass(frozen=True, slots=True)
class TrackerStep:
    """One step of the way, its times the last ones. ``label``, ``stage_label``, ``plain`` are in ``vi`` and ``en``."""

    code: str
    stage: str
    label: Mapping[str, str]
    stage_label: Mapping[str, str]
    plain: Mapping[str, str]
    unit_name: str
    state: Stand
    since: datetime | None
    due_on: date | None
    closed_at: datetime | None


def tracker(
    workflow: Workflow,
    entry_stage: str,
    path: Mapping[str, int],
    state: str,
    tasks: Sequence[TaskLine],
    units: Mapping[int, str],
) -> tuple[TrackerStep, ...]:
    """The steps from where the file enters to where its form is decided; none for a draft, whose way is not fixed."""
    if state == DRAFT or entry_stage not in workflow.stages:
        return ()
    last = {step_state(task.step): task for task in sorted(tasks, key=lambda task: task.id)}
    ended = state in ENDS or "." not in state
    here = step_state(tasks_last(tasks).step) if ended and tasks else step_state(state)
    steps = tuple(_way(workflow, entry_stage, path))
    passed = [step.state for step in steps].index(here) if here in {step.state for step in steps} else len(steps)
    return tuple(
        _line(workflow, step, path, units, last.get(step.state), _stand(place - passed, state, last.get(step.state)))
        for place, step in enumerate(steps)
        if not (ended and place > passed)
    )


def tasks_last(tasks: Sequence[TaskLine]) -> TaskLine:
    """The step opened last."""
    return max(tasks, key=lambda task: task.id)


def _way(workflow: Workflow, entry_stage: str, path: Mapping[str, int]) -> Iterator[Step]:
    """The steps of the stages this file goes through."""
    name: str | None = entry_stage
    while name is not None and name in workflow.stages:
        stage = workflow.stages[name]
        if name in path:
            yield from stage.steps
        name = stage.next


def _stand(distance: int, state: str, task: TaskLine | None) -> Stand:
    """How a step stands that lies ``distance`` steps after the present one."""
    if distance:
        return "done" if distance < 0 else "next"
    if state.endswith(RETURNED):
        return "returned"
    if state.endswith(HELD):
        return "held"
    if "." in state:
        return "now"
    return "done" if state == "awarded" and task is not None else "stopped"


def _line(
    workflow: Workflow,
    step: Step,
    path: Mapping[str, int],
    units: Mapping[int, str],
    task: TaskLine | None,
    stand: Stand,
) -> TrackerStep:
    stage = workflow.stages[step.stage]
    unit = task.unit_id if task is not None and not task.step.endswith(RETURNED) else path[step.stage]
    known = task if stand != "next" else None
    return TrackerStep(
        code=step.state,
        stage=step.stage,
        label=step.label,
        stage_label=stage.label,
        plain=step.plain,
        unit_name=units.get(unit, ""),
        state=stand,
        since=known.opened_at if known is not None else None,
        due_on=known.due_on if known is not None and stand == "now" else None,
        closed_at=known.closed_at if known is not None else None,
    )
