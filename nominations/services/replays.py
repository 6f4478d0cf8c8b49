"""The same request twice acts once: what a request's key was used for, and the answer it was given then.

A key belongs to the person who sent it, across all files and meetings; the log keeps it with the entry it made.
"""

from __future__ import annotations

import json
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from nominations.models.audit import AuditEntry, EntryPayload
from nominations.services.errors import InvalidInput
from nominations.services.log import Receipt
from nominations.services.messages import Message

MOST = 200  # characters of a key


class Asked(NamedTuple):
    """What a request asked for: the action, the file, and the fingerprint of what was sent with it."""

    action: str
    code: str
    fingerprint: str


def checked_key(key: str | None) -> None:
    """Raise InvalidInput for a request key that no database could keep."""
    if key is not None and not (0 < len(key) <= MOST and key.isascii() and key.isprintable()):
        raise reused("key_form")


def earlier_entry(session: Session, actor: str, key: str | None) -> tuple[str, int] | None:
    """Stream and step of the entry that ``actor`` used ``key`` for."""
    if key is None:
        return None
    row = session.execute(
        select(AuditEntry.stream, AuditEntry.cseq).where(AuditEntry.actor == actor, AuditEntry.request_key == key)
    ).one_or_none()
    return None if row is None else (row.stream, row.cseq)


def earlier_receipt(session: Session, stream: str, cseq: int, asked: Asked) -> Receipt:
    """The receipt of the entry a key was used for. Raises InvalidInput where it was used for anything else."""
    entry = session.execute(
        select(AuditEntry.hash, AuditEntry.at, AuditEntry.act, AuditEntry.nomination, EntryPayload.payload)
        .outerjoin(EntryPayload, (EntryPayload.stream == AuditEntry.stream) & (EntryPayload.cseq == AuditEntry.cseq))
        .where(AuditEntry.stream == stream, AuditEntry.cseq == cseq)
    ).one()
    said = json.loads(entry.payload) if entry.payload is not None else {}
    done = Asked(entry.act, entry.nomination or said.get("code", ""), said.get("request", ""))
    if done != asked:
        raise reused()
    return Receipt(stream, cseq, entry.hash, entry.at)


def reused(message: str = "key_reused") -> InvalidInput:
    """The complaint about a request key."""
    return InvalidInput({"Idempotency-Key": Message(message)})
