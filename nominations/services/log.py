"""Appends to the log: the entry of an act, its payload, and the head of its stream, as parts of the act's own writing.

A nomination's head lies on its row, a meeting's on the meeting's; the streams that belong to neither (``people``,
``units``, ``settings``, ``access``) have theirs read from the log itself under a lock.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, desc, select, text
from sqlalchemy.orm import Session

from nominations.models.audit import DEFAULT_ORIGIN, ORIGIN_KEY, AuditEntry
from nominations.models.reference import Setting
from nominations.queries.kept import engine_of
from nominations.services.statements import Part, write
from nominations.transactions import transactional
from workflows.ledger import Act, Head, Sealed, append_bytes, canonical_content, commitment, timestamp

_ORIGINS: WeakKeyDictionary[Engine, str] = WeakKeyDictionary()


@dataclass(frozen=True, slots=True)
class Origin:
    """Who acts and how: for the entry's ``actor``, ``post``, ``auth``, and the request it came with."""

    actor: str
    post: str | None = None
    auth: str | None = None
    request_id: str | None = None
    request_key: str | None = None
    address: str | None = None
    agent: str | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the actor takes away (mã đối chứng nhật ký): the entry's hash, its step in the stream, its time."""

    stream: str
    cseq: int
    hash: str
    at: str

    @property
    def code(self) -> str:
        """The receipt in the form people read out and type: stream, step and the hash's first twelve digits."""
        return f"{self.stream}/{self.cseq}/{self.hash[:12]}"


def log_origin(session: Session) -> str:
    """The origin of this log, fixed at installation, so that entries cannot move between logs."""
    engine = engine_of(session)
    known = _ORIGINS.get(engine)
    if known is None:
        stored = session.scalar(select(Setting.value).where(Setting.key == ORIGIN_KEY))
        if stored is None:
            return DEFAULT_ORIGIN
        known = _ORIGINS[engine] = str(stored)
    return known


def entry_parts(
    head: Head, now: datetime, act: Act, payload: Mapping[str, Any], request_key: str | None
) -> tuple[Sealed, list[Part]]:
    """The sealed entry after ``head`` and the two rows that store it; ``act.body`` is replaced by the commitment."""
    salt = secrets.token_bytes(32)
    content = canonical_content(payload)
    sealed = append_bytes(head, timestamp(now), _with_body(act, commitment(salt, content)))
    entry = {
        "stream": act.chain,
        "cseq": sealed.head.cseq,
        "act": act.act,
        "at": sealed.head.at,
        "actor": act.actor,
        "nomination": act.nomination,
        "hash": sealed.hash,
        "cprev": head.hash,
        "content": sealed.content,
        "request_key": request_key,
    }
    stored = {"stream": act.chain, "cseq": sealed.head.cseq, "payload": content, "salt": salt}
    return sealed, [Part("audit_entries", entry), Part("entry_payloads", stored)]


@transactional
def record(
    session: Session, now: datetime, stream: str, act: str, origin: Origin, payload: Mapping[str, Any]
) -> Receipt:
    """Append an act that belongs to no nomination to its stream; joins the transaction of the service that acts."""
    head = stream_head(session, stream)
    said = Act(
        log=log_origin(session),
        act=act,
        actor=origin.actor,
        post=origin.post,
        auth=origin.auth,
        stream=stream,
        req=origin.request_id,
    )
    sealed, parts = entry_parts(head, now, said, payload, origin.request_key)
    write(session, parts)
    return Receipt(stream, sealed.head.cseq, sealed.hash, sealed.head.at)


def stream_head(session: Session, stream: str) -> Head:
    """Where a stream without a row of its own stands, with everyone else who would append to it kept out."""
    if session.connection().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(hashtext(:stream))"), {"stream": stream})
    row = session.execute(
        select(AuditEntry.cseq, AuditEntry.hash, AuditEntry.at)
        .where(AuditEntry.stream == stream)
        .order_by(desc(AuditEntry.cseq))
        .limit(1)
    ).one_or_none()
    return Head() if row is None else Head(row.cseq, row.hash, row.at)


def _with_body(act: Act, body: str) -> Act:
    return Act(
        log=act.log, act=act.act, actor=act.actor, post=act.post, behalf=act.behalf, auth=act.auth,
        nomination=act.nomination, stream=act.stream, from_state=act.from_state, to_state=act.to_state,
        ver=act.ver, seen=act.seen, wf=act.wf, snap=act.snap, body=body, req=act.req,
    )  # fmt: skip
