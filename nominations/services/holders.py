"""To whom a step goes: the posts that hold it, or the flow's substitute when all of them are barred or missing."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from nominations.queries.case_facts import CaseRow
from workflows import Actor, Case, Post, Step, Workflow
from workflows.separation import bars


class Address(NamedTuple):
    """A duty at a unit; ``nobody_free`` when not even a substitute could be found."""

    unit_id: int
    duty: str
    substitute: bool = False
    nobody_free: bool = False


def address(row: CaseRow, workflow: Workflow, case: Case, step: Step, today: date) -> Address:
    """Where the open task of ``step`` is put. Silence is never an answer: see ``nobody_free``."""
    unit = case.path[step.stage]
    if _anybody_free(row, workflow, case, step, unit, step.holders, today):
        return Address(unit, step.holders[0])
    for substitute in step.substitutes:
        other = case.path.get(substitute.stage or step.stage)
        if other is not None and _anybody_free(row, workflow, case, step, other, (substitute.duty,), today):
            return Address(other, substitute.duty, substitute=True)
    return Address(unit, step.holders[0], nobody_free=True)


def waits_for(row: CaseRow, unit: int, duty: str) -> Address:
    """Where a returned file waits: for this duty at this unit, whether or not somebody holds it today."""
    held = any(at == unit and has == duty for at, has, _ in row.posts)
    return Address(unit, duty, nobody_free=not held)


def _anybody_free(
    row: CaseRow, workflow: Workflow, case: Case, step: Step, unit: int, duties: tuple[str, ...], today: date
) -> bool:
    people = {person for at, duty, person in row.posts or () if at == unit and duty in duties}
    return any(bars(workflow, case, step, _actor(row, person), today) is None for person in people)


def _actor(row: CaseRow, person: int) -> Actor:
    """The person with the posts that matter here: those on the route and at the nominee's own unit."""
    return Actor(person, "", tuple(Post("", unit, duty) for unit, duty, who in row.posts or () if who == person))
