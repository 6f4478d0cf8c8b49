"""Units made by hand: a body that no reference list names, such as an enterprise, with its entry in the log."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from nominations.clock import Clock
from nominations.models.units import UNIT_KINDS, UNIT_LEVELS, Unit
from nominations.names import folded, tidy
from nominations.queries.kept import forget
from nominations.services.errors import InvalidInput
from nominations.services.log import Origin, record
from nominations.services.messages import REQUIRED, Message
from nominations.transactions import transactional


@dataclass(frozen=True, slots=True)
class NewUnit:
    """A body to be made under ``parent_id``; ``valid_to`` is its last day, None while it exists."""

    code: str
    name: str
    kind: str
    level: str
    parent_id: int
    valid_from: date
    valid_to: date | None = None
    bloc: str | None = None
    source: str = "[practice]"


@transactional
def open_unit(session: Session, clock: Clock, origin: Origin, new: NewUnit) -> Unit:
    """Make a unit. Raises InvalidInput with a message for each field that cannot be used."""
    parent = session.get(Unit, new.parent_id)
    errors = _wrong(session, new, parent)
    if errors or parent is None:
        raise InvalidInput(errors)
    name = tidy(new.name)
    unit = Unit(
        code=new.code,
        valid_from=new.valid_from,
        valid_to=new.valid_to,
        name=name,
        name_folded=folded(name),
        kind=new.kind,
        level=new.level,
        parent_id=parent.id,
        path="",
        bloc=new.bloc,
        source=new.source,
    )
    session.add(unit)
    session.flush()
    unit.path = f"{parent.path}{unit.id}/"
    session.flush()
    said = {"unit": unit.id, "code": new.code, "from": new.valid_from.isoformat()}
    record(session, clock.now(), "units", "open_unit", origin, said)
    forget(session)
    return unit


def unit_on(session: Session, code: str, day: date) -> Unit | None:
    """The unit that bears ``code`` on ``day``: codes are used again after a reorganisation."""
    return session.scalar(
        select(Unit).where(
            Unit.code == code, Unit.valid_from <= day, (Unit.valid_to.is_(None)) | (Unit.valid_to >= day)
        )
    )


def _wrong(session: Session, new: NewUnit, parent: Unit | None) -> dict[str, Message]:
    errors: dict[str, Message] = {}
    if not tidy(new.code):
        errors["code"] = REQUIRED
    if not tidy(new.name):
        errors["name"] = REQUIRED
    if new.kind not in UNIT_KINDS:
        errors["kind"] = Message("not_choice", {"choices": ", ".join(UNIT_KINDS)})
    if new.level not in UNIT_LEVELS:
        errors["level"] = Message("not_choice", {"choices": ", ".join(UNIT_LEVELS)})
    if new.valid_to is not None and new.valid_to < new.valid_from:
        errors["valid_to"] = Message("period_order")
    if parent is None or new.valid_from < parent.valid_from or (parent.valid_to or date.max) < new.valid_from:
        errors["parent"] = Message("unknown_unit")
    if unit_on(session, new.code, new.valid_from) is not None:
        errors["code"] = Message("unit_taken")
    return errors
