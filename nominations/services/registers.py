"""The registers of the plan's life: what bodies issued, what was raised by them, spread models, figures beside the law.

Each act leaves one entry in the stream ``movement``. A body's own people write for it; the board writes for any. What
was entered is not deleted: it is withdrawn, answered or decided, each with its reason.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from nominations.clock import Clock
from nominations.models.base import Base
from nominations.models.nominations import File
from nominations.models.registers import (
    FIGURE_KINDS,
    PAPER_KINDS,
    ModelHandover,
    PlanPaper,
    SocialFigure,
    SpreadModel,
)
from nominations.models.units import Unit
from nominations.queries.actors import Viewer
from nominations.queries.plan import Plan, at_the_board, plan
from nominations.queries.registers import writes_for
from nominations.services.action_fields import Field
from nominations.services.errors import Declined, InvalidInput, NotFound
from nominations.services.log import Origin, Receipt, record
from nominations.services.messages import REQUIRED, Message
from nominations.services.payloads import read
from nominations.transactions import transactional

STREAM = "movement"
Raw = Mapping[str, Any]
Row = TypeVar("Row", bound=Base)
FIRST_YEAR = 2000

PAPER: Mapping[str, Field] = {
    "kind": Field("choice", choices=PAPER_KINDS, required=True),
    "number": Field("line", required=True),
    "dated_on": Field("date", required=True),
    "summary": Field("text", required=True),
    "file_sha": Field("sha256"),
    "file_name": Field("line"),
}
MODEL: Mapping[str, Field] = {"title": Field("line", required=True), "text": Field("text", required=True)}
CONSENT: Mapping[str, Field] = {
    "consent_by": Field("line", required=True),
    "consent_on": Field("date", required=True),
    "consent_file": Field("sha256", required=True),
    "consent_name": Field("line"),
}
HANDOVER: Mapping[str, Field] = {"handed_to": Field("line", required=True), "handed_on": Field("date", required=True)}
FIGURE: Mapping[str, Field] = {
    "kind": Field("choice", choices=FIGURE_KINDS, required=True),
    "year": Field("integer", required=True),
    "cluster": Field("line"),
    "houses": Field("integer"),
    "amount_vnd": Field("amount"),
    "note": Field("text", required=True),
    "document": Field("line"),
}


@transactional
def register_paper(session: Session, viewer: Viewer, clock: Clock, origin: Origin, unit_id: int, raw: Raw) -> Receipt:
    """Register a body's launch, plan, guidance or report upward. Raises NotFound, InvalidInput."""
    found = of_a_writer(session, viewer, clock, unit_id)
    said = checked(session, PAPER, raw, clock.today(), past=("dated_on",), files=("file_sha",))
    row = added(session, viewer, clock, PlanPaper(movement_id=found.id, unit_id=unit_id, **said))
    return record(session, clock.now(), STREAM, "register_paper", origin, {"id": row.id, "unit": unit_id} | plain(said))


@transactional
def withdraw_paper(
    session: Session, viewer: Viewer, clock: Clock, origin: Origin, number: int, reasons: str
) -> Receipt:
    """Take a paper out of the register again, with the reason. Raises NotFound, InvalidInput, Declined."""
    row = locked(session, PlanPaper, number)
    of_a_writer(session, viewer, clock, row.unit_id)
    if row.withdrawn_at is not None:
        raise Declined(Message("already_withdrawn"))
    said = read({"reasons": Field("text", required=True)}, {"reasons": reasons})
    row.withdrawn_at, row.withdrawn_for = clock.now(), said["reasons"]
    session.flush()
    return record(session, clock.now(), STREAM, "withdraw_paper", origin, {"id": row.id} | said)


@transactional
def add_model(session: Session, viewer: Viewer, clock: Clock, origin: Origin, unit_id: int, raw: Raw) -> Receipt:
    """Enter a model worth spreading; nobody is told of it before there is consent. Raises NotFound, InvalidInput."""
    found = of_a_writer(session, viewer, clock, unit_id)
    said = checked(session, MODEL, raw, clock.today())
    row = added(session, viewer, clock, SpreadModel(movement_id=found.id, unit_id=unit_id, **said))
    return record(session, clock.now(), STREAM, "add_model", origin, {"id": row.id, "unit": unit_id} | plain(said))


@transactional
def give_consent(session: Session, viewer: Viewer, clock: Clock, origin: Origin, number: int, raw: Raw) -> Receipt:
    """Record who consented to their model being spread, with the paper. Raises NotFound, InvalidInput, Declined."""
    row = locked(session, SpreadModel, number)
    of_a_writer(session, viewer, clock, row.unit_id)
    if row.consent_on is not None and row.withdrawn_on is None:
        raise Declined(Message("consent_there"))
    said = checked(session, CONSENT, raw, clock.today(), past=("consent_on",), files=("consent_file",))
    for name, value in said.items():
        setattr(row, name, value)
    row.withdrawn_on = None
    session.flush()
    return record(session, clock.now(), STREAM, "give_consent", origin, {"id": row.id} | plain(said))


@transactional
def withdraw_consent(session: Session, viewer: Viewer, clock: Clock, origin: Origin, number: int, on: str) -> Receipt:
    """Record that a consent was withdrawn: from then on the model is handed to nobody. Raises as ``give_consent``."""
    row = locked(session, SpreadModel, number)
    of_a_writer(session, viewer, clock, row.unit_id)
    if row.consent_on is None or row.withdrawn_on is not None:
        raise Declined(Message("no_consent"))
    said = checked(session, {"withdrawn_on": Field("date")}, {"withdrawn_on": on}, clock.today(), ("withdrawn_on",))
    row.withdrawn_on = max(said.get("withdrawn_on", clock.today()), row.consent_on)
    session.flush()
    told = {"id": row.id, "withdrawn_on": row.withdrawn_on.isoformat()}
    return record(session, clock.now(), STREAM, "withdraw_consent", origin, told)


@transactional
def hand_over(session: Session, viewer: Viewer, clock: Clock, origin: Origin, number: int, raw: Raw) -> Receipt:
    """Record that a model was handed to the press. For the board, while there is consent.

    Raises NotFound, InvalidInput, Declined without consent.
    """
    row = locked(session, SpreadModel, number)
    if not at_the_board(session, viewer, clock.today()):
        raise NotFound(str(number))
    if row.consent_on is None or row.withdrawn_on is not None:
        raise Declined(Message("no_consent"))
    said = checked(session, HANDOVER, raw, clock.today(), past=("handed_on",))
    if said["handed_on"] < row.consent_on:
        raise InvalidInput({"handed_on": Message("before_consent")})
    session.add(ModelHandover(model_id=row.id, handed_by=viewer.person_id, **said))
    session.flush()
    return record(session, clock.now(), STREAM, "hand_over", origin, {"id": row.id} | plain(said))


@transactional
def add_social_figure(
    session: Session, viewer: Viewer, clock: Clock, origin: Origin, unit_id: int, raw: Raw
) -> Receipt:
    """Enter houses built, the fund's takings or those of the high month. Raises NotFound, InvalidInput."""
    found = of_a_writer(session, viewer, clock, unit_id)
    said = checked(session, FIGURE, raw, clock.today())
    errors: dict[str, Message] = {}
    if not FIRST_YEAR <= said["year"] <= clock.today().year:
        errors["year"] = Message("out_of_range", {"low": FIRST_YEAR, "high": clock.today().year})
    wanted = "houses" if said["kind"] == "houses" else "amount_vnd"
    if wanted not in said:
        errors[wanted] = REQUIRED
    if errors:
        raise InvalidInput(errors)
    row = added(session, viewer, clock, SocialFigure(movement_id=found.id, unit_id=unit_id, **said))
    told = {"id": row.id, "unit": unit_id} | plain(said)
    return record(session, clock.now(), STREAM, "add_social_figure", origin, told)


def of_a_writer(session: Session, viewer: Viewer, clock: Clock, unit_id: int) -> Plan:
    """The plan, for somebody who writes for the unit. Raises NotFound for anybody else."""
    found = plan(session)
    there = session.get(Unit, unit_id) is not None
    if found is None or not there or not writes_for(session, viewer, unit_id, clock.today()):
        raise NotFound(str(unit_id))
    return found


def checked(
    session: Session,
    fields: Mapping[str, Field],
    raw: Raw,
    today: date,
    past: tuple[str, ...] = (),
    files: tuple[str, ...] = (),
) -> dict[str, Any]:
    """What was typed: days of ``past`` have come, ``files`` are in the store. Raises InvalidInput."""
    said = read(fields, raw)
    errors = {name: Message("in_future") for name in past if name in said and said[name] > today}
    known = select(File.sha256)
    for name in files:
        if name in said and session.scalar(known.where(File.sha256 == said[name])) is None:
            errors[name] = Message("unknown_file")
    if errors:
        raise InvalidInput(errors)
    return said


def locked(session: Session, kind: type[Row], number: int) -> Row:
    """The row with others kept out of it. Raises NotFound."""
    row = session.get(kind, number, with_for_update=True)
    if row is None:
        raise NotFound(str(number))
    return row


def added(session: Session, viewer: Viewer, clock: Clock, row: Any) -> Any:  # noqa: ANN401 - a row of a register
    """The row in its register, with who entered it and when."""
    row.added_by, row.added_at = viewer.person_id, clock.now()
    session.add(row)
    session.flush()
    return row


def plain(said: Raw) -> dict[str, Any]:
    """What was said as an entry keeps it: days as text."""
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in said.items()}
