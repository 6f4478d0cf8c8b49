"""Quotas of a round: set and changed by an administrator; what was signed before is counted in from the start."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert, select, text
from sqlalchemy.orm import Session

from nominations.clock import Clock
from nominations.models.base import Base
from nominations.models.decisions import Decision
from nominations.models.movements import QUOTA_KINDS, Quota, QuotaPlace, Round, RoundForm
from nominations.models.nominations import DEAD_STATES, Nomination
from nominations.models.units import Unit
from nominations.services.errors import InvalidInput, NotFound
from nominations.services.log import Origin, record
from nominations.services.messages import Message
from nominations.services.sources import wrong_mark
from nominations.transactions import transactional

STREAM = "settings"
MOST = 100_000  # places
SENT_TO_THE_CENTRE = "chairman"  # the stage whose letter leaves the province


@dataclass(frozen=True, slots=True)
class NewQuota:
    """A quota as asked for; no unit: for the whole round."""

    round_code: str
    form: str
    subject_kind: str
    unit_id: int | None
    most: int | None
    hard: bool
    source: str


@dataclass(frozen=True, slots=True)
class QuotaChange:
    """What may be changed in a quota."""

    most: int | None
    hard: bool
    source: str


@transactional
def add_quota(session: Session, clock: Clock, origin: Origin, new: NewQuota) -> Quota:
    """Set a quota. What has a place already is counted in. Raises NotFound for the round, InvalidInput."""
    _alone(session)
    held = session.scalar(select(Round).where(Round.code == new.round_code))
    if held is None:
        raise NotFound(new.round_code)
    errors = _wrong_scope(session, held, new) | _wrong_values(new.most, new.source)
    if errors:
        raise InvalidInput(errors)
    places = _signed(session, held.id, new)
    if new.hard and len(places) > (new.most or 0):
        raise InvalidInput({"most": Message("quota_below_taken", {"taken": len(places)})})
    row = Quota(
        round_id=held.id, unit_id=new.unit_id, form=new.form, subject_kind=new.subject_kind, most=new.most or 0,
        hard=new.hard, taken=len(places), source=new.source.strip(),
    )  # fmt: skip
    session.add(row)
    session.flush()
    if places:
        rows = [{"quota_id": row.id, "nomination_id": one, "taken_at": clock.now()} for one in places]
        session.execute(insert(Base.metadata.tables[QuotaPlace.__tablename__]), rows)
    record(session, clock.now(), STREAM, "add_quota", origin, {"round": held.code} | _said(row))
    return row


@transactional
def change_quota(session: Session, clock: Clock, origin: Origin, quota_id: int, change: QuotaChange) -> Quota:
    """Change how many places a quota has, or how strict it is; a hard one never below what is taken.

    Raises NotFound, InvalidInput.
    """
    row = session.scalar(select(Quota).where(Quota.id == quota_id).with_for_update())
    if row is None:
        raise NotFound(str(quota_id))
    errors = _wrong_values(change.most, change.source)
    if not errors and change.hard and row.taken > (change.most or 0):
        errors["most"] = Message("quota_below_taken", {"taken": row.taken})
    if errors:
        raise InvalidInput(errors)
    before = _said(row)
    row.most, row.hard, row.source = change.most or 0, change.hard, change.source.strip()
    session.flush()
    record(session, clock.now(), STREAM, "change_quota", origin, {"before": before, "after": _said(row)})
    return row


def _alone(session: Session) -> None:
    """Keep every signature out that would take a place: none is forgotten between counting and setting."""
    if session.connection().dialect.name == "postgresql":
        session.execute(text("LOCK TABLE quotas IN EXCLUSIVE MODE"))


def _wrong_scope(session: Session, held: Round, new: NewQuota) -> dict[str, Message]:
    errors: dict[str, Message] = {}
    forms = tuple(session.scalars(select(RoundForm.form).where(RoundForm.round_id == held.id).order_by(RoundForm.form)))
    if new.form not in forms:
        errors["form"] = Message("not_choice", {"choices": ", ".join(forms)})
    if new.subject_kind not in QUOTA_KINDS:
        errors["subject_kind"] = Message("not_choice", {"choices": ", ".join(QUOTA_KINDS)})
    if new.unit_id is not None and session.get(Unit, new.unit_id) is None:
        errors["unit"] = Message("unknown_unit")
    there = select(Quota.id).where(
        Quota.round_id == held.id,
        Quota.form == new.form,
        Quota.subject_kind == new.subject_kind,
        Quota.unit_id.is_(None) if new.unit_id is None else Quota.unit_id == new.unit_id,
    )
    if not errors and session.scalar(there.limit(1)) is not None:
        errors["form"] = Message("quota_there")
    return errors


def _wrong_values(most: int | None, source: str) -> dict[str, Message]:
    errors: dict[str, Message] = {}
    if most is None or not 0 <= most <= MOST:
        errors["most"] = Message("out_of_range", {"low": 0, "high": MOST})
    mark = wrong_mark(source)
    if mark is not None:
        errors["source"] = mark
    return errors


def _signed(session: Session, round_id: int, new: NewQuota) -> list[int]:
    """The files under the quota whose award, or letter to the centre, is signed and has not come to nothing."""
    central = new.form == "BK-TTG"
    taken = select(Decision.id).where(
        Decision.nomination_id == Nomination.id,
        Decision.kind == ("letter" if central else "award"),
        Decision.voided_by.is_(None),
        *([Decision.stage == SENT_TO_THE_CENTRE] if central else []),
    )
    files = select(Nomination.id, Nomination.proposing_unit_id, Nomination.path).where(
        Nomination.round_id == round_id,
        Nomination.form == new.form,
        Nomination.state.not_in(DEAD_STATES),
        taken.exists(),
        *([Nomination.subject_kind == new.subject_kind] if new.subject_kind != "any" else []),
    )
    rows = session.execute(files.order_by(Nomination.id))
    return [row.id for row in rows if new.unit_id in {None, row.proposing_unit_id, *row.path.values()}]


def _said(row: Quota) -> dict[str, Any]:
    names = ("id", "form", "unit_id", "subject_kind", "most", "hard", "taken", "source")
    return {"quota" if name == "id" else name: getattr(row, name) for name in names}
