"""What stands against a nominee: complaints and discipline recorded with their paper, and closed with a reason.

They hold up every file of the nominee (facts 2.8, L5 and L6), so they are the nominee's and lie on a stream of their
own (``nominees``), not in the chain of one file. The payload names people and papers by reference and digest.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from nominations.clock import Clock
from nominations.models.nominations import File
from nominations.models.nominees import MarkRecord, NomineeMark
from nominations.queries.nominees import Known, known, marks, may_read
from nominations.services.effects.ground import fingerprint
from nominations.services.errors import InvalidInput, NotFound
from nominations.services.log import Origin, Receipt, record
from nominations.services.messages import REQUIRED, Message
from nominations.services.payloads import LONG, day, line, words
from nominations.services.replays import Asked, checked_key, earlier_entry, earlier_receipt
from nominations.services.settled import settled
from nominations.transactions import transactional
from workflows import Actor

STREAM = "nominees"
KINDS = ("complaint", "discipline")


@dataclass(frozen=True, slots=True)
class NewMark:
    """A mark as typed: kind, days (``closed_on``: the day discipline is served, where known), paper and words."""

    kind: str | None
    opened_on: str | date | None
    document: str | None
    note: str | None
    closed_on: str | date | None = None
    document_sha: str | None = None
    unit_id: int | None = None  # for whom, where the actor records for several units


@settled
@transactional
def record_mark(session: Session, actor: Actor, clock: Clock, origin: Origin, ref: str, new: NewMark) -> Receipt:
    """Record a complaint or discipline against nominee ``ref``.

    By an appraiser of its home unit or of one that a submitted file of it has reached. Raises NotFound, InvalidInput.
    """
    checked_key(origin.request_key)
    earlier = earlier_entry(session, origin.actor, origin.request_key)
    if earlier is not None:
        return earlier_receipt(session, *earlier, Asked("record_mark", ref, _print(asdict(new))))
    found = _known(session, actor, ref)
    if not found.records:
        raise NotFound(ref)
    mark, unit = _checked(session, new, clock.today()), _unit(found, new.unit_id)
    session.add(mark)
    mark.nominee_id = found.id
    session.flush()
    kept = {"mark_id": mark.id, "unit_id": unit, "recorded_by": actor.person, "recorded_at": clock.now()}
    session.add(MarkRecord(**kept, document_sha=new.document_sha or None))
    session.flush()
    said = {
        "code": ref, "mark": mark.id, "kind": mark.kind, "from": mark.opened_on.isoformat(), "unit": unit,
        "to": mark.closed_on.isoformat() if mark.closed_on else None, "document": mark.document,
        "paper": new.document_sha or None, "note": mark.note, "request": _print(asdict(new)),
    }  # fmt: skip
    return record(session, clock.now(), STREAM, "record_mark", origin, said)


@settled
@transactional
def close_mark(
    session: Session, actor: Actor, clock: Clock, origin: Origin, ref: str, mark_id: int, on: object, reasons: object
) -> Receipt:
    """Close a mark: by who recorded it, or a head of the unit it was recorded for. Raises NotFound, InvalidInput.

    One that no unit recorded (kept from before) is closed by an appraiser or head of any of the nominee's units.
    """
    checked_key(origin.request_key)
    earlier = earlier_entry(session, origin.actor, origin.request_key)
    if earlier is not None:
        return earlier_receipt(session, *earlier, Asked("close_mark", ref, _print([mark_id, on, reasons])))
    found = _known(session, actor, ref)
    mark = _locked(session, found, mark_id)
    kept = session.get(MarkRecord, mark_id)
    if not may_close(actor, found, kept.unit_id if kept else None, kept.recorded_by if kept else None):
        raise NotFound(str(mark_id))
    closed_on, why = _closing(mark, on, reasons, clock.today())
    mark.closed_on = closed_on
    _signed(session, kept, mark_id, found, actor, clock.now(), why)
    session.flush()
    said = {"code": ref, "mark": mark_id, "to": closed_on.isoformat(), "reasons": why}
    said |= {"request": _print([mark_id, on, reasons])}
    return record(session, clock.now(), STREAM, "close_mark", origin, said)


def may_close(actor: Actor, found: Known, unit: int | None, recorder: int | None) -> bool:
    """Whether the actor closes a mark of that unit and recorder."""
    if unit is None:
        return bool(found.records or found.closes)
    return unit in found.closes or (actor.person == recorder and unit in found.records)


def _print(sent: object) -> str:
    """By what a repeated request is known to be the same one."""
    return fingerprint({"sent": repr(sent)})


def _known(session: Session, actor: Actor, ref: str) -> Known:
    found = known(session, actor, ref) if ref.isprintable() else None
    if found is None:
        raise NotFound(ref)
    return found


def _unit(found: Known, asked: int | None) -> int:
    if asked is None:
        return found.records[0]
    if asked not in found.records:
        raise InvalidInput({"unit": Message("unknown_unit")})
    return asked


def _checked(session: Session, new: NewMark, today: date) -> NomineeMark:
    document, note = (line(new.document) if new.document else REQUIRED), (words(new.note, LONG) if new.note else None)
    opened = day(new.opened_on) if new.opened_on else REQUIRED
    closed = day(new.closed_on) if new.closed_on else None
    read = {"document": document, "note": note, "opened_on": opened, "closed_on": closed}
    errors = {field: value for field, value in read.items() if isinstance(value, Message)}
    if new.kind not in KINDS:
        errors["kind"] = Message("not_choice", {"choices": ", ".join(KINDS)}) if new.kind else REQUIRED
    if isinstance(opened, date) and opened > today:
        errors["opened_on"] = Message("in_future")
    if isinstance(opened, date) and isinstance(closed, date) and closed < opened:
        errors["closed_on"] = Message("period_order")
    if new.kind == "complaint" and closed is not None and "closed_on" not in errors:
        errors["closed_on"] = Message("complaint_open")
    if new.document_sha and not _there(session, new.document_sha):
        errors["document_sha"] = Message("unknown_file")
    if errors:
        raise InvalidInput(errors)
    return NomineeMark(kind=new.kind, opened_on=opened, closed_on=closed, document=document, note=note)


def _there(session: Session, sha256: str) -> bool:
    return sha256.isprintable() and session.scalar(select(File.sha256).where(File.sha256 == sha256)) is not None


def _locked(session: Session, found: Known, mark_id: int) -> NomineeMark:
    """The mark, with others kept from closing it meanwhile. Raises NotFound for one this actor does not read."""
    if session.connection().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(hashtext('nominees'))"))
    if not any(mark.id == mark_id and may_read(found, mark) for mark in marks(session, found.id)):
        raise NotFound(str(mark_id))
    return session.get_one(NomineeMark, mark_id, populate_existing=True)


def _closing(mark: NomineeMark, on: object, reasons: object, today: date) -> tuple[date, str]:
    closed_on, why = (day(on) if on else today), (words(reasons, LONG) if reasons else REQUIRED)
    errors = {name: value for name, value in (("closed_on", closed_on), ("reasons", why)) if isinstance(value, Message)}
    if mark.closed_on is not None and mark.closed_on <= today:
        errors["closed_on"] = Message("already_ended")
    elif isinstance(closed_on, date) and closed_on < mark.opened_on:
        errors["closed_on"] = Message("period_order")
    elif isinstance(closed_on, date) and closed_on > today:
        errors["closed_on"] = Message("in_future")
    if errors or isinstance(closed_on, Message) or isinstance(why, Message):
        raise InvalidInput(errors)
    return closed_on, why


def _signed(
    session: Session, kept: MarkRecord | None, mark_id: int, found: Known, actor: Actor, now: datetime, why: str
) -> None:
    """Who closed it and why; one kept from before gets its record now."""
    if kept is None:
        unit = next(iter([*found.records, *sorted(found.closes)]))
        kept = MarkRecord(mark_id=mark_id, unit_id=unit, recorded_by=actor.person, recorded_at=now)
        session.add(kept)
    kept.closed_by, kept.closed_at, kept.closing = actor.person, now, why
