"""The Front's supervision of the selection (II.1.4): remarks in its own area, answered before the council votes.

A supervisor remarks on the selection of a unit under them, or on one file of it, never on nominees of their own body.
The unit answers; while a remark stands open its council does not close the ballot it is about.
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy.orm import Session

from nominations.clock import Clock
from nominations.models.registers import SupervisionRemark
from nominations.queries.actors import Viewer
from nominations.queries.supervision import about, answers_for
from nominations.services.action_fields import Field
from nominations.services.errors import Declined, NotFound
from nominations.services.log import Origin, Receipt, record
from nominations.services.messages import Message
from nominations.services.registers import STREAM, Raw, checked, locked
from nominations.transactions import transactional

REMARK: Mapping[str, Field] = {"text": Field("text", required=True)}
ANSWER: Mapping[str, Field] = {"answer": Field("text", required=True)}


@transactional
def remark(
    session: Session,
    viewer: Viewer,
    clock: Clock,
    origin: Origin,
    unit_id: int,
    round_code: str,
    code: str | None,
    raw: Raw,
) -> Receipt:
    """Remark on the selection at a unit in a round, or on one file there.

    Raises NotFound for a unit or file out of the supervisor's area, InvalidInput, Declined for one's own nominee.
    """
    found = about(session, viewer, unit_id, round_code, code)
    if found is None:
        raise NotFound(str(unit_id))
    if found.own_nominee:
        raise Declined(Message("own_nominee"))
    said = checked(session, REMARK, raw, clock.today())
    row = SupervisionRemark(
        unit_id=found.from_unit, about_unit_id=unit_id, round_id=found.round_id, nomination_id=found.nomination_id,
        text=said["text"], made_by=viewer.person_id, made_at=clock.now(),
    )  # fmt: skip
    session.add(row)
    session.flush()
    told = {"id": row.id, "about": unit_id, "round": round_code, "code": code} | said
    return record(session, clock.now(), STREAM, "remark", origin, told)


@transactional
def answer_remark(session: Session, viewer: Viewer, clock: Clock, origin: Origin, number: int, raw: Raw) -> Receipt:
    """Answer a remark, for the unit it is about. Raises NotFound, InvalidInput, Declined for one answered before."""
    row = locked(session, SupervisionRemark, number)
    if not answers_for(viewer, row.about_unit_id):
        raise NotFound(str(number))
    if row.made_by == viewer.person_id:
        raise Declined(Message("own_remark"))
    if row.answer is not None:
        raise Declined(Message("already_answered"))
    said = checked(session, ANSWER, raw, clock.today())
    row.answer, row.answered_by, row.answered_at = said["answer"], viewer.person_id, clock.now()
    session.flush()
    return record(session, clock.now(), STREAM, "answer_remark", origin, {"id": row.id} | said)
