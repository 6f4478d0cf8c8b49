"""Notices set aside: of a desk for everybody at it, once one of them has read."""

from __future__ import annotations

from sqlalchemy import update
from sqlalchemy.orm import Session

from nominations.clock import Clock
from nominations.mail.letters import page_of, told
from nominations.models.outbox import Notice
from nominations.queries.actors import Viewer
from nominations.queries.notices import addressed
from nominations.transactions import transactional


@transactional
def set_aside(session: Session, viewer: Viewer, clock: Clock, last: int) -> None:
    """Mark the viewer's notices up to the number ``last`` as read: what came after the page was shown stays new."""
    mine = update(Notice).where(addressed(viewer), Notice.id <= last, Notice.read_at.is_(None))
    session.execute(mine.values(read_at=clock.now()).execution_options(synchronize_session=False))


def words(kind: str, code: str, lang: str) -> tuple[str, str]:
    """What a notice says, the same as its letter would, and the address it leads to."""
    return told(kind, code, lang), page_of(kind, code)
