"""A ministry asks the province about a nominee of its own: received, an opinion drafted, the reply sent.

Such a nominee is no file here; the acts lie on a stream of their own (``consultations``). Who is of the nominee's own
body takes no part.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

import orjson
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from nominations.clock import Clock
from nominations.documents.facts import Body
from nominations.documents.kinds.incoming import Reply, incoming_reply
from nominations.documents.paper import Paper
from nominations.models.audit import EntryPayload
from nominations.models.incoming import IncomingConsultation
from nominations.models.nominations import File
from nominations.models.units import Unit
from nominations.queries.actors import Viewer
from nominations.queries.calendar import calendar
from nominations.queries.incoming import DRAFT, RECEIVE, REPLY, Incoming, board_of, may, one_incoming
from nominations.reference import load_reply_deadlines
from nominations.services.effects.ground import fingerprint
from nominations.services.errors import InvalidInput, NotFound
from nominations.services.log import Origin, Receipt, record
from nominations.services.messages import REQUIRED, Message
from nominations.services.payloads import LONG, day, line, words
from nominations.services.replays import Asked, checked_key, earlier_entry, earlier_receipt
from nominations.services.settled import settled
from nominations.transactions import transactional
from workflows.workdays import deadline

STREAM = "consultations"
ADVICE = ("for", "against", "neutral")
KIND = "formal_consultation"


@dataclass(frozen=True, slots=True)
class NewIncoming:
    """A ministry's letter as typed."""

    ministry: str | None
    letter_number: str | None
    letter_on: str | None
    received_on: str | None
    nominee: str | None
    nominee_unit: str | None  # its code, where it is a body of the register
    award: str | None
    question: str | None
    letter_sha: str | None = None


@dataclass(frozen=True, slots=True)
class Drafted:
    """The province's opinion as typed."""

    advice: str | None
    reasons: str | None


@dataclass(frozen=True, slots=True)
class Sent:
    """The reply as signed and numbered."""

    reply_number: str | None
    replied_on: str | None
    reply_sha: str | None


@settled
@transactional
def receive(session: Session, viewer: Viewer, clock: Clock, origin: Origin, new: NewIncoming) -> tuple[str, Receipt]:
    """Record a letter that came: its code, and the receipt. The reply is due ten working days on [S-46].

    Raises NotFound for who may not, InvalidInput with a message for each field.
    """
    today = clock.today()
    board = board_of(session, today)
    if board is None or not may(viewer, board, RECEIVE):
        raise NotFound(STREAM)
    checked_key(origin.request_key)
    earlier = earlier_entry(session, origin.actor, origin.request_key)
    if earlier is not None:
        said = Asked("receive_consultation", "", fingerprint({"sent": repr(new)}))
        return _code_of(session, *earlier), earlier_receipt(session, *earlier, said)
    values = _checked(session, new, today)
    came: date = values["received_on"]
    _alone(session)
    row = IncomingConsultation(
        code=_next_code(session, today),
        unit_id=board,
        due_on=deadline(calendar(session), came, _days()).due_on or came,
        received_by=viewer.person_id,
        received_at=clock.now(),
        **values,
    )
    session.add(row)
    session.flush()
    said_of = {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}
    payload = {"code": row.code, "input": said_of, "request": fingerprint({"sent": repr(new)})}
    return row.code, record(session, clock.now(), STREAM, "receive_consultation", origin, payload)


@settled
@transactional
def draft(session: Session, viewer: Viewer, clock: Clock, origin: Origin, code: str, said: Drafted) -> Receipt:
    """Draft the province's opinion, or put it right before the reply is sent. Raises NotFound, InvalidInput."""
    earlier = earlier_entry(session, origin.actor, origin.request_key)
    if earlier is not None:
        return earlier_receipt(session, *earlier, Asked("draft_consultation", code, fingerprint({"sent": repr(said)})))
    row = _open(session, viewer, clock.today(), code, DRAFT)
    errors: dict[str, Message] = {}
    reasons = words(said.reasons, LONG) if said.reasons else REQUIRED
    if isinstance(reasons, Message):
        errors["reasons"] = reasons
    if said.advice not in ADVICE:
        errors["advice"] = Message("not_choice", {"choices": ", ".join(ADVICE)}) if said.advice else REQUIRED
    if errors:
        raise InvalidInput(errors)
    row.advice, row.reasons = said.advice, str(reasons)
    row.drafted_by, row.drafted_at = viewer.person_id, clock.now()
    session.flush()
    payload = {"code": code, "input": asdict(said), "request": fingerprint({"sent": repr(said)})}
    return record(session, clock.now(), STREAM, "draft_consultation", origin, payload)


@settled
@transactional
def send(session: Session, viewer: Viewer, clock: Clock, origin: Origin, code: str, sent: Sent) -> Receipt:
    """Record the signed reply with its number and day: the task is over. Raises NotFound, InvalidInput."""
    earlier = earlier_entry(session, origin.actor, origin.request_key)
    if earlier is not None:
        return earlier_receipt(session, *earlier, Asked("send_consultation", code, fingerprint({"sent": repr(sent)})))
    row = _open(session, viewer, clock.today(), code, REPLY)
    if row.advice is None:
        raise InvalidInput({"reply_number": Message("no_draft_yet")})
    number = line(sent.reply_number) if sent.reply_number else REQUIRED
    on = day(sent.replied_on) if sent.replied_on else clock.today()
    errors = {name: said for name, said in (("reply_number", number), ("replied_on", on)) if isinstance(said, Message)}
    if isinstance(on, date) and not row.received_on <= on <= clock.today():
        late = on > clock.today()
        since = {"since": f"{row.received_on:%d/%m/%Y}"}
        errors["replied_on"] = Message("in_future") if late else Message("too_early", since)
    if not sent.reply_sha or not _there(session, sent.reply_sha):
        errors["reply_sha"] = Message("unknown_file") if sent.reply_sha else REQUIRED
    if errors or isinstance(on, Message):
        raise InvalidInput(errors)
    row.reply_number, row.replied_on, row.reply_sha = str(number), on, sent.reply_sha
    row.replied_by, row.replied_at = viewer.person_id, clock.now()
    session.flush()
    payload = {"code": code, "input": asdict(sent), "request": fingerprint({"sent": repr(sent)})}
    return record(session, clock.now(), STREAM, "send_consultation", origin, payload)


def _open(session: Session, viewer: Viewer, today: date, code: str, duties: tuple[str, ...]) -> IncomingConsultation:
    """The consultation, with others kept out meanwhile. Raises NotFound, InvalidInput for one that is over."""
    found = one_incoming(session, viewer, today, code) if code.isprintable() else None
    if found is None or not may(viewer, found.unit_id, duties):
        raise NotFound(code)
    _alone(session)
    row = session.get_one(IncomingConsultation, found.id, populate_existing=True)
    if row.replied_on is not None:
        raise InvalidInput({"reply_number": Message("already_ended"), "advice": Message("already_ended")})
    return row


def _checked(session: Session, new: NewIncoming, today: date) -> dict[str, Any]:
    said: dict[str, Any] = {
        "ministry": line(new.ministry) if new.ministry else REQUIRED,
        "letter_number": line(new.letter_number) if new.letter_number else REQUIRED,
        "letter_on": day(new.letter_on) if new.letter_on else REQUIRED,
        "received_on": day(new.received_on) if new.received_on else today,
        "nominee": line(new.nominee) if new.nominee else REQUIRED,
        "award": line(new.award) if new.award else REQUIRED,
        "question": words(new.question, LONG) if new.question else REQUIRED,
    }
    errors = {name: value for name, value in said.items() if isinstance(value, Message)}
    for name in ("letter_on", "received_on"):
        value = said[name]
        if isinstance(value, date) and value > today:
            errors[name] = Message("in_future")
    wrote, came = said["letter_on"], said["received_on"]
    if isinstance(wrote, date) and isinstance(came, date) and came < wrote and "received_on" not in errors:
        errors["received_on"] = Message("period_order")
    unit = _unit(session, new.nominee_unit, today) if new.nominee_unit else None
    if new.nominee_unit and unit is None:
        errors["nominee_unit"] = Message("unknown_unit")
    if new.letter_sha and not _there(session, new.letter_sha):
        errors["letter_sha"] = Message("unknown_file")
    if errors:
        raise InvalidInput(errors)
    return said | {"nominee_unit_id": unit, "letter_sha": new.letter_sha or None}


def _unit(session: Session, code: str, today: date) -> int | None:
    exists = Unit.valid_from <= today, (Unit.valid_to.is_(None)) | (Unit.valid_to >= today)
    return session.scalar(select(Unit.id).where(Unit.code == code, *exists).limit(1)) if code.isprintable() else None


def _there(session: Session, sha256: str) -> bool:
    return sha256.isprintable() and session.scalar(select(File.sha256).where(File.sha256 == sha256)) is not None


def _days() -> int:
    """The working days a body has for its reply to a formal consultation, as the reference data gives them."""
    return next(one.working_days for one in load_reply_deadlines() if one.kind == KIND)


def _alone(session: Session) -> None:
    if session.connection().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(hashtext('consultations'))"))


def _next_code(session: Session, today: date) -> str:
    """HY-2025-0001 and so on; the stream's lock lets nobody else count meanwhile."""
    prefix = f"HY-{today.year}-"
    of_year = IncomingConsultation.code.startswith(prefix, autoescape=True)
    taken = session.scalar(select(func.count()).select_from(IncomingConsultation).where(of_year)) or 0
    return f"{prefix}{taken + 1:04}"


def _code_of(session: Session, stream: str, cseq: int) -> str:
    """The code that an earlier entry gave its letter."""
    said = session.scalar(select(EntryPayload.payload).where(EntryPayload.stream == stream, EntryPayload.cseq == cseq))
    return str(orjson.loads(said or b"{}").get("code", ""))


def reply_paper(session: Session, found: Incoming, today: date) -> Paper:
    """The reply as it is known now: a draft before it has its number."""
    province = session.execute(
        select(Unit.code, Unit.name, Unit.kind, Unit.level)
        .where(Unit.level == "province", Unit.valid_from <= today, (Unit.valid_to.is_(None)) | (Unit.valid_to >= today))
        .order_by(Unit.id)
        .limit(1)
    ).one()
    body = Body(province.code, province.name, province.kind, province.level, province=province.name)
    return incoming_reply(
        Reply(
            body, found.ministry, found.letter_number, found.letter_on, found.nominee, found.award, found.advice,
            found.reasons, found.reply_number, found.replied_on, today,
        )
    )  # fmt: skip
