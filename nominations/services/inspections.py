"""Inspections of the plan: the council's (II.2.5) by the board, and those with the poverty programme (V.2) by its body.

Planned with a paper, held with a conclusion and findings, each finding answered by the body that was inspected.
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from nominations.clock import Clock
from nominations.models.registers import INSPECTION_KINDS, Inspection, InspectionFinding
from nominations.models.units import Unit
from nominations.queries.actors import Viewer
from nominations.queries.plan import plan
from nominations.queries.registers import leads, works_at
from nominations.services.action_fields import Field
from nominations.services.errors import Declined, InvalidInput, NotFound
from nominations.services.log import Origin, Receipt, record
from nominations.services.messages import Message
from nominations.services.registers import STREAM, Raw, added, checked, locked, plain
from nominations.transactions import transactional

PLANNED: Mapping[str, Field] = {
    "document": Field("line", required=True),
    "planned_from": Field("date", required=True),
    "planned_to": Field("date", required=True),
}
HELD: Mapping[str, Field] = {
    "held_on": Field("date", required=True),
    "conclusion": Field("text", required=True),
    "file_sha": Field("sha256"),
    "file_name": Field("line"),
}
FINDING: Mapping[str, Field] = {"text": Field("text", required=True), "answer_by": Field("date", required=True)}
ANSWER: Mapping[str, Field] = {"answer": Field("text", required=True)}


@transactional
def plan_inspection(
    session: Session, viewer: Viewer, clock: Clock, origin: Origin, kind: str, unit_id: int, raw: Raw
) -> Receipt:
    """Plan an inspection of a unit, in the name of the body that leads this kind. Raises NotFound, InvalidInput."""
    found = plan(session)
    if kind not in INSPECTION_KINDS:
        raise InvalidInput({"kind": Message("not_choice", {"choices": ", ".join(INSPECTION_KINDS)})})
    lead = leads(session, viewer, kind, clock.today())
    if found is None or lead is None:
        raise NotFound(kind)
    said = checked(session, PLANNED, raw, clock.today())
    errors: dict[str, Message] = {}
    if session.get(Unit, unit_id) is None:
        errors["unit"] = Message("unknown_unit")
    elif unit_id == lead:
        errors["unit"] = Message("inspects_itself")
    if said["planned_to"] < said["planned_from"]:
        errors["planned_to"] = Message("period_order")
    if errors:
        raise InvalidInput(errors)
    row = added(
        session,
        viewer,
        clock,
        Inspection(
            movement_id=found.id, kind=kind, year=said["planned_from"].year, lead_unit_id=lead, unit_id=unit_id, **said
        ),
    )
    told = {"id": row.id, "kind": kind, "unit": unit_id, "lead": lead} | plain(said)
    return record(session, clock.now(), STREAM, "plan_inspection", origin, told)


@transactional
def conclude_inspection(
    session: Session, viewer: Viewer, clock: Clock, origin: Origin, number: int, raw: Raw
) -> Receipt:
    """Record that an inspection was held, and its conclusion. Raises NotFound, InvalidInput, Declined."""
    row = _led(session, viewer, clock, number)
    if row.held_on is not None:
        raise Declined(Message("already_concluded"))
    said = checked(session, HELD, raw, clock.today(), past=("held_on",), files=("file_sha",))
    for name, value in said.items():
        setattr(row, name, value)
    session.flush()
    return record(session, clock.now(), STREAM, "conclude_inspection", origin, {"id": row.id} | plain(said))


@transactional
def add_finding(session: Session, viewer: Viewer, clock: Clock, origin: Origin, number: int, raw: Raw) -> Receipt:
    """Record a finding and by when it is answered. Raises NotFound, InvalidInput, Declined before it was held."""
    row = _led(session, viewer, clock, number)
    if row.held_on is None:
        raise Declined(Message("not_held_yet"))
    said = checked(session, FINDING, raw, clock.today())
    if said["answer_by"] < row.held_on:
        raise InvalidInput({"answer_by": Message("period_order")})
    finding = InspectionFinding(inspection_id=row.id, **said)
    session.add(finding)
    session.flush()
    told = {"id": row.id, "finding": finding.id} | plain(said)
    return record(session, clock.now(), STREAM, "add_inspection_finding", origin, told)


@transactional
def answer_finding(session: Session, viewer: Viewer, clock: Clock, origin: Origin, number: int, raw: Raw) -> Receipt:
    """Answer a finding, for the body that was inspected. Raises NotFound, InvalidInput, Declined."""
    finding = locked(session, InspectionFinding, number)
    unit = session.scalars(select(Inspection.unit_id).where(Inspection.id == finding.inspection_id)).one()
    if not works_at(viewer, unit):
        raise NotFound(str(number))
    if finding.answer is not None:
        raise Declined(Message("already_answered"))
    said = checked(session, ANSWER, raw, clock.today())
    finding.answer, finding.answered_by, finding.answered_at = said["answer"], viewer.person_id, clock.now()
    session.flush()
    told = {"id": finding.inspection_id, "finding": finding.id} | said
    return record(session, clock.now(), STREAM, "answer_inspection_finding", origin, told)


def _led(session: Session, viewer: Viewer, clock: Clock, number: int) -> Inspection:
    row = locked(session, Inspection, number)
    if leads(session, viewer, row.kind, clock.today()) != row.lead_unit_id:
        raise NotFound(str(number))
    return row
