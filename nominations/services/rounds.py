"""Rounds of awards (đợt xét khen thưởng): opened with their forms and days, closed early, each change in the log."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from nominations.clock import Clock
from nominations.models.base import Base
from nominations.models.movements import Movement, Round, RoundForm
from nominations.models.nominations import Nomination
from nominations.models.reference import AwardForm
from nominations.models.units import Unit
from nominations.names import tidy
from nominations.queries.kept import forget
from nominations.services.errors import InvalidInput, NotFound
from nominations.services.log import Origin, record
from nominations.services.messages import REQUIRED, Message
from nominations.services.payloads import SHORT, words
from nominations.transactions import transactional
from workflows import DRAFT

STREAM = "settings"
KINDS = ("annual", "midterm", "final")


@dataclass(frozen=True, slots=True)
class NewRound:
    """A round to be opened: its issuing unit, the days it takes files, the period achievements count in, its forms."""

    code: str
    title: str
    kind: str
    issuing_unit_id: int
    opens_on: date
    closes_on: date
    achievement_from: date
    achievement_to: date
    forms: tuple[str, ...]
    guidance: str | None = None
    movement: str | None = None  # its code; the only one there is, where it is left out


@dataclass(frozen=True, slots=True)
class RoundChange:
    """What a round should say from now on."""

    closes_on: date
    forms: tuple[str, ...]
    guidance: str | None = None


@transactional
def create_round(session: Session, clock: Clock, origin: Origin, new: NewRound) -> Round:
    """Open a round. Raises InvalidInput with a message for each field that cannot be used."""
    movement_id = _movement(session, new)
    errors = _wrong(session, new)
    if movement_id is None:
        errors["movement"] = Message("not_choice", {"choices": ", ".join(session.scalars(select(Movement.code)))})
    if errors or movement_id is None:
        raise InvalidInput(errors)
    row = Round(
        code=tidy(new.code),
        movement_id=movement_id,
        title=tidy(new.title),
        kind=new.kind,
        issuing_unit_id=new.issuing_unit_id,
        opens_on=new.opens_on,
        closes_on=new.closes_on,
        achievement_from=new.achievement_from,
        achievement_to=new.achievement_to,
        guidance=new.guidance,
        settings={"source": "[practice]"},
    )
    session.add(row)
    session.flush()
    table = Base.metadata.tables[RoundForm.__tablename__]
    session.execute(insert(table), [{"round_id": row.id, "form": form} for form in dict.fromkeys(new.forms)])
    said = {
        "round": row.code,
        "kind": row.kind,
        "opens": row.opens_on.isoformat(),
        "closes": row.closes_on.isoformat(),
        "forms": list(dict.fromkeys(new.forms)),
    }
    record(session, clock.now(), STREAM, "create_round", origin, said)
    forget(session)
    return row


@transactional
def close_round(session: Session, clock: Clock, origin: Origin, code: str) -> int:
    """Close a round before its last day: no draft can be submitted any more; how many drafts that leaves.

    Files already submitted go on. Raises NotFound, InvalidInput where it is closed already.
    """
    row = _round(session, code)
    if row.closed_at is not None:
        raise InvalidInput({"round": Message("already_ended")})
    row.closed_at = clock.now()
    session.flush()
    left = drafts_in(session, code)
    record(session, clock.now(), STREAM, "close_round", origin, {"round": code, "drafts": left})
    forget(session)
    return left


@transactional
def change_round(session: Session, clock: Clock, origin: Origin, code: str, change: RoundChange) -> Round:
    """Change the forms, the last day or the guidance of a round that is not closed. Raises NotFound, InvalidInput.

    A form that files of the round ask for already cannot be taken out.
    """
    row = _round(session, code)
    errors = _wrong_change(session, row, change)
    if errors:
        raise InvalidInput(errors)
    had = tuple(session.scalars(select(RoundForm.form).where(RoundForm.round_id == row.id).order_by(RoundForm.form)))
    before = {"closes": row.closes_on.isoformat(), "forms": list(had), "guidance": row.guidance}
    row.closes_on, row.guidance = change.closes_on, change.guidance
    session.flush()
    table = Base.metadata.tables[RoundForm.__tablename__]
    session.execute(delete(table).where(table.c.round_id == row.id, table.c.form.not_in(change.forms)))
    added = [{"round_id": row.id, "form": form} for form in dict.fromkeys(change.forms) if form not in had]
    if added:
        session.execute(insert(table), added)
    after = {"closes": row.closes_on.isoformat(), "forms": sorted(set(change.forms)), "guidance": row.guidance}
    record(session, clock.now(), STREAM, "change_round", origin, {"round": code, "before": before, "after": after})
    forget(session)
    return row


def drafts_in(session: Session, code: str) -> int:
    """How many files of a round are still drafts. Raises NotFound."""
    row = _round(session, code)
    drafts = select(func.count()).select_from(Nomination).where(Nomination.round_id == row.id)
    return session.scalar(drafts.where(Nomination.state == DRAFT)) or 0


def _round(session: Session, code: str) -> Round:
    row = session.scalar(select(Round).where(Round.code == code))
    if row is None:
        raise NotFound(code)
    return row


def _movement(session: Session, new: NewRound) -> int | None:
    rows = session.execute(select(Movement.id, Movement.code).order_by(Movement.id)).all()
    if new.movement is None:
        return int(rows[0].id) if len(rows) == 1 else None
    return next((int(row.id) for row in rows if row.code == new.movement), None)


def _wrong(session: Session, new: NewRound) -> dict[str, Message]:
    return _wrong_words(session, new) | _wrong_days(session, new) | _wrong_forms(session, new.forms)


def _wrong_forms(session: Session, forms: tuple[str, ...]) -> dict[str, Message]:
    known = tuple(session.scalars(select(AwardForm.code).order_by(AwardForm.code)))
    good = bool(forms) and all(form in known for form in forms)
    return {} if good else {"forms": Message("not_choice", {"choices": ", ".join(known)})}


def _wrong_change(session: Session, row: Round, change: RoundChange) -> dict[str, Message]:
    errors = _wrong_forms(session, change.forms)
    if row.closed_at is not None:
        errors["round"] = Message("already_ended")
    if change.closes_on < row.opens_on:
        errors["closes_on"] = Message("period_order")
    asked = session.scalars(select(Nomination.form).where(Nomination.round_id == row.id).distinct())
    kept = sorted(set(asked) - set(change.forms))
    if kept and not errors:
        errors["forms"] = Message("forms_in_use", {"forms": ", ".join(kept)})
    return errors


def _wrong_words(session: Session, new: NewRound) -> dict[str, Message]:
    errors: dict[str, Message] = {}
    title, code = words(tidy(new.title), SHORT), words(tidy(new.code), SHORT)
    if isinstance(title, Message):
        errors["title"] = title
    if isinstance(code, Message):
        errors["code"] = code
    elif session.scalar(select(Round.id).where(Round.code == code)) is not None:
        errors["code"] = Message("round_taken")
    if new.kind not in KINDS:
        errors["kind"] = Message("not_choice", {"choices": ", ".join(KINDS)}) if new.kind else REQUIRED
    return errors


def _wrong_days(session: Session, new: NewRound) -> dict[str, Message]:
    errors: dict[str, Message] = {}
    if new.closes_on < new.opens_on:
        errors["closes_on"] = Message("period_order")
    if new.achievement_to < new.achievement_from:
        errors["achievement_to"] = Message("period_order")
    unit = session.get(Unit, new.issuing_unit_id)
    if unit is None or not unit.valid_from <= new.opens_on <= (unit.valid_to or date.max):
        errors["issuing_unit"] = Message("unknown_unit")
    return errors
