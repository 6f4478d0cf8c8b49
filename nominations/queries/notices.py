"""Notices for a viewer: to themselves, or to whoever holds a duty of theirs at its unit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from nominations.models.outbox import Notice
from nominations.models.units import Unit
from nominations.queries.actors import Viewer
from nominations.queries.pages import Page, decode, paged, size


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """A notice: what kind, about which file (or which year's report), at whose desk, when, since when it is read."""

    id: int
    kind: str
    code: str
    unit: str | None
    duty: str | None
    at: datetime
    read_at: datetime | None


def notices(session: Session, viewer: Viewer, cursor: str | None = None, limit: int = 50) -> Page[NoticeLine]:
    """The viewer's notices, the latest first. Raises BadCursor."""
    limit, after = size(limit), decode(cursor, int)
    found = (
        select(Notice.id, Notice.kind, Notice.body, Unit.name, Notice.duty, Notice.created_at, Notice.read_at)
        .outerjoin(Unit, Unit.id == Notice.unit_id)
        .where(addressed(viewer))
        .order_by(Notice.id.desc())
        .limit(limit + 1)
    )
    if after is not None:
        found = found.where(Notice.id < after[0])
    return paged(session.execute(found).all(), limit, _line, lambda row: (row.id,))


def any_unread(session: Session, viewer: Viewer) -> bool:
    """Whether one of them has been read by nobody at the desk."""
    return bool(session.scalar(select(Notice.id).where(addressed(viewer), Notice.read_at.is_(None)).limit(1)))


def addressed(viewer: Viewer) -> ColumnElement[bool]:
    """The condition that a notice is for this viewer: theirs, or of a duty they do today."""
    desks = sorted({(post.unit_id, post.duty) for post in viewer.works})
    return or_(
        Notice.person_id == viewer.person_id,
        *(and_(Notice.unit_id == unit, Notice.duty == duty) for unit, duty in desks),
    )


def _line(row: Any) -> NoticeLine:  # noqa: ANN401 - a row of columns
    return NoticeLine(row.id, row.kind, row.body["code"], row.name, row.duty, row.created_at, row.read_at)
