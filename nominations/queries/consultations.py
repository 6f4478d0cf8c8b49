"""Whose opinion a file asks for: what its nominee is, the bodies there are that day, and who is proposed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from nominations.models.units import Unit
from nominations.queries.case_facts import CaseRow
from nominations.queries.kept import kept
from workflows import Case, Workflow
from workflows.flow import Consultation

LEADERS = ("head", "deputy")
OUTSIDE = frozenset({"ministry"})  # bodies that are no unit of the province: their name is typed
POVERTY = "poverty_function"


@dataclass(frozen=True, slots=True)
class Body:
    """A body of the province that can be asked."""

    id: int
    code: str
    name: str
    kind: str
    parent_id: int | None
    poverty_function: bool
    ministry_line: bool


@dataclass(frozen=True, slots=True)
class Proposal:
    """A kind of opinion for the step a file is at: whether it must be asked, of whom, on which terms."""

    terms: Consultation
    bodies: tuple[Body, ...]
    outside: bool  # a body outside the province answers on paper
    asked: bool  # it was asked already, and is out or answered


@kept
def bodies_on(session: Session, today: date) -> tuple[Body, ...]:
    """The bodies there are on a day, in protocol order; places are not among them."""
    rows = session.execute(
        select(Unit.id, Unit.code, Unit.name, Unit.kind, Unit.parent_id, Unit.poverty_function, Unit.ministry_line)
        .where(
            Unit.level == "unit",
            Unit.kind.not_in(("enterprise", "cooperative")),
            Unit.valid_from <= today,
            or_(Unit.valid_to.is_(None), Unit.valid_to >= today),
        )
        .order_by(Unit.protocol_order, Unit.id)
    )
    return tuple(Body(*row) for row in rows)


def circumstances(session: Session, row: CaseRow, today: date) -> frozenset[str]:
    """What the nominee is, in the words of the flow's opinions: by its unit, its own posts, and what the file says."""
    found: set[str] = set()
    if row.working.get("nominee", {}).get("body_kind") == "enterprise":
        found.add("enterprise")
    known = {body.id: body for body in bodies_on(session, today)}
    selves = {person for person, role in row.persons if role == "self"}
    led = [(known[unit], duty) for unit, duty, person in row.posts if person in selves and unit in known]
    of_unit = known.get(row.nominee_unit or 0)
    lines = [body for body, duty in led if duty == "head"] + ([of_unit] if of_unit is not None else [])
    if any(body.ministry_line for body in lines):
        found.add("ministry_line")
    if any(duty in LEADERS and body.kind != "district_office" for body, duty in led):
        found.add("provincial_leader")
    return frozenset(found)


def proposals(session: Session, workflow: Workflow, case: Case, today: date) -> tuple[Proposal, ...]:
    """The opinions that the step the file is at must have or may ask for, those that must be first; a kind once."""
    step = workflow.step_of(case.state)
    if step is None:
        return ()
    at = [
        one for one in workflow.consultations if one.asked_of(step.stage, case.subject, case.group, case.circumstances)
    ]
    first: dict[str, Consultation] = {}
    for one in sorted(at, key=lambda one: not one.required):
        first.setdefault(one.kind, one)
    return tuple(_proposal(session, case, step.stage, one, today) for one in first.values())


def _proposal(session: Session, case: Case, stage: str, terms: Consultation, today: date) -> Proposal:
    known = bodies_on(session, today)
    bodies = [body for named in terms.bodies for body in known if _is(body, named, case, stage)]
    asked = [one for one in case.requests if one.stage == stage and one.kind == terms.kind]
    return Proposal(
        terms,
        tuple(body for body in dict.fromkeys(bodies) if body.id != case.path.get(stage)),
        bool(OUTSIDE & set(terms.bodies)),
        any(one.open or one.settled(today) for one in asked),
    )


def _is(body: Body, named: str, case: Case, stage: str) -> bool:
    """Whether a body is the one a flow names: by its code, or as who holds the poverty function of the level."""
    if named != POVERTY:
        return body.code == named
    above = case.path.get("district") if stage == "district" else case.path.get("chairman")
    return body.poverty_function and body.parent_id == above
