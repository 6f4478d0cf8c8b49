"""A decision put right before and after it is issued: one person proposes, the deciding head signs or declines."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from nominations.names import folded
from nominations.queries.aftermath import (
    ADDRESS,
    AMOUNT,
    BIRTH_YEAR,
    NAME,
    NUMBER,
    Corrections,
    Register,
    corrections,
    number_taken,
    register_line,
)
from nominations.queries.paper_facts import Number
from nominations.services.apply import Change
from nominations.services.effects.aftermath import act_part, bonus_of, signed, waits
from nominations.services.effects.ground import Ground, require_file
from nominations.services.errors import InvalidInput
from nominations.services.messages import Message
from nominations.services.statements import Part

FIELDS: Mapping[str, str] = {
    "right_name": NAME,
    "right_address": ADDRESS,
    "right_birth_year": BIRTH_YEAR,
    "right_number": NUMBER,
    "right_amount": AMOUNT,
}
"""What can be put right, by the field of the form that names the right value."""
FIRST_YEAR = 1900


def propose_correction(g: Ground, change: Change) -> None:
    """What is wrong and what is right, waiting for the deciding head; each value must differ from the one there."""
    require_file(g, "document_sha")
    award, known = register_line(g.session, g.row.id), corrections(g.session, g.row.id)
    if not FIELDS.keys() & g.payload.keys():
        raise InvalidInput({"right_name": Message("correct_something")})
    errors, changes = _changes(g, award, known)
    if errors:
        raise InvalidInput(errors)
    said = {"changes": changes, "proposed_by": g.moment.person_id}
    change.parts.append(act_part(g, change, "correction", said))
    change.payload["changes"] = changes
    waits(g, change, correction_by=g.moment.person_id)
    change.tells.append((g.case.path[g.workflow.deciding_stage.name], "head", "correction_waits"))


def approve_correction(g: Ground, change: Change) -> None:
    """The head signs: register, lists and papers say the right values from now on; the decision as issued is kept."""
    award, known = register_line(g.session, g.row.id), corrections(g.session, g.row.id)
    since = award.decided_on if award is not None else g.row.opens_on
    changes = list(known.waiting)
    numbered = award is not None and not g.workflow.decided_by_the_centre
    values = {"id": known.waiting_id} | signed(g, change, since)
    values |= {} if numbered else {"series": ""}
    change.parts.append(Part("award_acts", values, keys=("id",)))
    change.payload |= {"act": "correction", "changes": changes}
    waits(g, change, correction_by=None, unnumbered=int(numbered))
    right = {field: new for field, _old, new in changes}
    if NAME in right:
        change.nomination |= {"nominee_name": right[NAME], "nominee_folded": folded(right[NAME])}
    if award is not None:
        _put_right(g, change, award, right)


def decline_correction(g: Ground, change: Change) -> None:
    """The head does not agree; the proposal stays among the file's acts as declined."""
    known = corrections(g.session, g.row.id)
    declined = {"id": known.waiting_id, "declined_by": g.moment.person_id}
    change.parts.append(Part("award_acts", declined, keys=("id",)))
    waits(g, change, correction_by=None)


def _changes(g: Ground, award: Register | None, known: Corrections) -> tuple[dict[str, Message], list[list[Any]]]:
    """Each value given with the one it takes the place of, and why those that cannot be are none."""
    old = _old_values(g, award, known)
    errors: dict[str, Message] = {}
    changes: list[list[Any]] = []
    for name, field in FIELDS.items():
        if name not in g.payload:
            continue
        new = g.payload[name]
        wrong = _wrong(g, award, field, old.get(field), new)
        if wrong is not None:
            errors[name] = wrong
        changes.append([field, old.get(field), new])
    return errors, changes


def _old_values(g: Ground, award: Register | None, known: Corrections) -> dict[str, Any]:
    nominee: Mapping[str, Any] = g.row.working.get("nominee", {})
    values = {NAME: g.row.nominee_name, ADDRESS: nominee.get("address"), BIRTH_YEAR: nominee.get("birth_year")}
    if award is not None:
        values |= {NUMBER: award.number, AMOUNT: bonus_of(g, award)}
    right = {field: value for field, value in known.right.items() if field in {ADDRESS, BIRTH_YEAR}}
    return values | right


def _wrong(g: Ground, award: Register | None, field: str, old: Any, new: Any) -> Message | None:  # noqa: ANN401
    """Why a value cannot be put in the place of the one there."""
    if field in {NUMBER, AMOUNT} and award is None:
        return Message("not_issued_yet")
    if new == old:
        return Message("not_a_change")
    if field == NAME and g.row.nominee_unit is not None:
        return Message("unit_keeps_its_name")
    if field == BIRTH_YEAR and not FIRST_YEAR <= new <= g.moment.today.year:
        return Message("birth_year")
    if field == NUMBER and award is not None and _is_taken(g, award, new):
        return Message("number_taken")
    return None


def _is_taken(g: Ground, award: Register, number: str) -> bool:
    """Whether another paper of the body has the number; those of the centre are not ours to compare."""
    if g.workflow.decided_by_the_centre:
        return False
    asked = Number(award.body_unit_id, award.series, award.number_year or award.decided_on.year, number)
    return number_taken(g.session, asked)


def _put_right(g: Ground, change: Change, award: Register, right: Mapping[str, Any]) -> None:
    line: dict[str, Any] = {"id": award.id, "status": "corrected"}
    if AMOUNT in right:
        line["bonus_vnd"] = right[AMOUNT]
    change.parts.append(Part("awards", line, keys=("id",)))
    if NUMBER not in right:
        return
    if _is_taken(g, award, right[NUMBER]):
        raise InvalidInput({"number": Message("number_taken")})
    change.parts.append(Part("decisions", {"id": award.decision_id, "number": right[NUMBER]}, keys=("id",)))
    if award.past_id is not None:
        past = {"id": award.past_id, "decision_number": right[NUMBER]}
        change.parts.append(Part("past_awards", past, keys=("id",)))
