"""Keys to the API at the door: whose they are, what they may do, and on which day they were last used.

They are made and put out of use where accounts are kept (``people``); both leave their entries in the log there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from nominations.models.people import ApiToken, Person
from nominations.services.people import issue_token, revoke_token, token_hash
from nominations.transactions import transactional

__all__ = ["Holder", "authenticate", "issue_token", "note_use", "revoke_token"]

LONGEST_TEXT = 200  # characters


@dataclass(frozen=True, slots=True)
class Holder:
    """Whose key it is, what it may do (``read``, ``act``), until when, and when it was used last."""

    token_id: int
    person_id: int
    scopes: Sequence[str]
    expires_at: datetime
    last_used_on: date | None


def authenticate(session: Session, now: datetime, text: str) -> Holder | None:
    """The holder of a key; None for one unknown, expired, put out of use, or of an account switched off."""
    if len(text) > LONGEST_TEXT:
        return None
    row = session.execute(
        select(ApiToken.id, ApiToken.person_id, ApiToken.scopes, ApiToken.expires_at, ApiToken.last_used_on)
        .join(Person, Person.id == ApiToken.person_id)
        .where(
            ApiToken.token_hash == token_hash(text),
            ApiToken.expires_at > now,
            ApiToken.revoked_at.is_(None),
            Person.active,
        )
    ).one_or_none()
    return None if row is None else Holder(row.id, row.person_id, tuple(row.scopes), row.expires_at, row.last_used_on)


@transactional
def note_use(session: Session, token_id: int, today: date) -> None:
    """Remember the day a key was used; once a day, so that reading writes next to nothing."""
    unused = or_(ApiToken.last_used_on.is_(None), ApiToken.last_used_on < today)
    session.execute(update(ApiToken).where(ApiToken.id == token_id, unused).values(last_used_on=today))
