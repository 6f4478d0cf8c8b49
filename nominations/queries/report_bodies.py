"""The body a report of the movement is issued by, as its paper names it."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import ScalarSelect, select
from sqlalchemy.orm import Session, aliased

from nominations.models.people import Post
from nominations.models.units import Unit


class BodyRow(NamedTuple):
    """A body with the one it is under, and what its head and deputy are called."""

    code: str
    name: str
    kind: str
    level: str
    parent_name: str | None
    parent_kind: str | None
    head_title: str | None
    deputy_title: str | None


def body_row(session: Session, unit_id: int) -> BodyRow:
    """The body of that number. Raises LookupError."""
    above = aliased(Unit)
    row = session.execute(
        select(Unit.code, Unit.name, Unit.kind, Unit.level, above.name, above.kind, _title("head"), _title("deputy"))
        .outerjoin(above, above.id == Unit.parent_id)
        .where(Unit.id == unit_id)
    ).one_or_none()
    if row is None:
        raise LookupError(unit_id)
    return BodyRow(*row)


def _title(duty: str) -> ScalarSelect[str]:
    newest = select(Post.title).where(Post.unit_id == Unit.id, Post.duty == duty).order_by(Post.id.desc()).limit(1)
    return newest.correlate(Unit).scalar_subquery()
