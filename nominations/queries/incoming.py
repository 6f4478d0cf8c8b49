"""Consultations that came in from ministries, for those of the board and of the Chairman's office, and nobody else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, Select, select
from sqlalchemy.orm import Session, aliased

from nominations.models.incoming import IncomingConsultation
from nominations.models.people import Person
from nominations.models.units import Unit
from nominations.queries.actors import Viewer
from nominations.queries.kept import kept
from nominations.queries.routes import BOARD_CODE

DUTIES = ("appraiser", "secretary", "head", "deputy", "office", "clerk")
RECEIVE, DRAFT, REPLY = ("appraiser", "office", "clerk"), ("appraiser", "office"), ("office", "clerk")
"""Who records a letter that came, who drafts the reply, who records the signed reply with its number."""
MOST = 200


@dataclass(frozen=True, slots=True)
class Incoming:
    """One consultation with what came of it so far."""

    id: int
    code: str
    unit_id: int
    unit_name: str
    ministry: str
    letter_number: str
    letter_on: date
    received_on: date
    due_on: date
    nominee: str
    nominee_unit_name: str | None
    award: str
    question: str
    letter_sha: str | None
    received_by: str
    advice: str | None
    reasons: str | None
    drafted_by: str | None
    drafted_at: datetime | None
    reply_number: str | None
    replied_on: date | None
    reply_sha: str | None
    replied_by: str | None


@kept
def board_of(session: Session, today: date) -> int | None:
    """The unit that holds the award board on a day: the one that answers for the province."""
    return session.scalar(
        select(Unit.id)
        .where(Unit.code == BOARD_CODE, Unit.valid_from <= today, (Unit.valid_to.is_(None)) | (Unit.valid_to >= today))
        .order_by(Unit.id)
        .limit(1)
    )


def may(viewer: Viewer, unit_id: int, duties: tuple[str, ...]) -> bool:
    """Whether somebody holds one of these duties at the board, or at the Chairman's unit above it."""
    return any(post.duty in duties and (post.unit_id == unit_id or post.level == "province") for post in viewer.posts)


def incoming(session: Session, viewer: Viewer, today: date, *, waiting: bool) -> tuple[Incoming, ...]:
    """Those that wait for a reply by the day it is due, or those that are answered, the latest first."""
    board = board_of(session, today)
    if board is None or not may(viewer, board, DUTIES):
        return ()
    table = IncomingConsultation
    state = table.replied_on.is_(None) if waiting else table.replied_on.is_not(None)
    order = table.due_on if waiting else table.replied_on.desc()
    rows = session.execute(_select(viewer).where(state).order_by(order, table.id).limit(MOST))
    return tuple(Incoming(*row) for row in rows)


def one_incoming(session: Session, viewer: Viewer, today: date, code: str) -> Incoming | None:
    """One consultation by its code; None for one that is not there for the viewer."""
    board = board_of(session, today)
    if board is None or not may(viewer, board, DUTIES):
        return None
    row: Row[*tuple[Any, ...]] | None = session.execute(
        _select(viewer).where(IncomingConsultation.code == code)
    ).one_or_none()
    return None if row is None else Incoming(*row)


def _select(viewer: Viewer) -> Select[*tuple[Any, ...]]:
    """Every column, but for nominees that are the viewer's own body: of those nothing is there for them."""
    table, about = IncomingConsultation, aliased(Unit)
    received, drafted, replied = aliased(Person), aliased(Person), aliased(Person)
    own = sorted({post.unit_id for post in viewer.posts})
    return (
        select(
            table.id, table.code, table.unit_id, Unit.name, table.ministry, table.letter_number, table.letter_on,
            table.received_on, table.due_on, table.nominee, about.name, table.award, table.question, table.letter_sha,
            received.full_name, table.advice, table.reasons, drafted.full_name, table.drafted_at, table.reply_number,
            table.replied_on, table.reply_sha, replied.full_name,
        )
        .join(Unit, Unit.id == table.unit_id)
        .join(received, received.id == table.received_by)
        .outerjoin(about, about.id == table.nominee_unit_id)
        .outerjoin(drafted, drafted.id == table.drafted_by)
        .outerjoin(replied, replied.id == table.replied_by)
        .where(table.nominee_unit_id.is_(None) | table.nominee_unit_id.not_in(own))
    )  # fmt: skip
