"""Signed papers are checked in the background: what is found is kept beside the file."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from sqlalchemy import update
from sqlalchemy.orm import Session

from nominations.documents.signed import Roots, findings, roots_of
from nominations.models.signatures import SignatureCheck
from nominations.services.outbox import settle, still_open
from nominations.storage import Storage
from nominations.transactions import transactional


def trusted_roots(path: str) -> Roots:
    """The issuers this installation trusts, from the PEM file the setting names; none where it names none."""
    return roots_of(Path(path).read_bytes()) if path else ()


@transactional
def check_signatures(
    session: Session, storage: Storage, now: datetime, message_id: int, sha256: str, roots: Roots
) -> int:
    """Check the paper's signatures, keep what was found and settle the message; how many there are."""
    if not still_open(session, message_id):
        return 0
    with storage.open(sha256) as stored:
        found = findings(stored.read(), roots)
    kept = [
        asdict(one) | {"signed_at": one.signed_at.isoformat() if one.signed_at is not None else None} for one in found
    ]
    values = {"checked_at": now, "findings": kept}
    session.execute(update(SignatureCheck).where(SignatureCheck.sha256 == sha256).values(values))
    settle(session, now, message_id)
    return len(found)
