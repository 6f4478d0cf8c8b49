"""One entry of the log with everything that can be checked about it where it lies."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, NamedTuple

from sqlalchemy import Row, and_, func, select
from sqlalchemy.orm import Session, aliased

from nominations.models.audit import AuditEntry, EntryPayload
from nominations.models.council import Meeting
from nominations.models.nominations import Nomination, Revision
from nominations.models.people import Delegation, Person, Post
from nominations.models.reference import WorkflowVersion
from nominations.models.units import Unit
from nominations.queries.actors import Viewer
from nominations.queries.audit import MEETINGS, instant, may_read
from workflows.ledger import GENESIS, MIN_SALT_BYTES, Entry, LedgerError, commitment, parse_entry

Commitment = Literal["kept", "erased", "altered", "none", "secret"]


class FlowName(NamedTuple):
    """A published flow by its row and by what people call it."""

    id: int
    form: str
    rule_set: str
    tiers: int
    number: int


@dataclass(frozen=True, slots=True)
class Checked:
    """An entry as it is stored, and what it says where its bytes can be read at all (``entry``, else ``fault``).

    ``computed`` is the SHA-256 of the stored bytes, ``previous`` the stored hash of the entry before. ``payload`` is
    what ``body`` commits to; ``body`` tells whether it still does, or ``secret`` for a vote in a secret ballot.
    ``revision`` is the sealed revision ``snap`` commits to, None for what was never sealed.
    """

    stream: str
    cseq: int
    last: int
    at: datetime | None
    act: str
    content: bytes
    hash: str
    computed: str
    cprev: str
    previous: str
    entry: Entry | None
    fault: str
    body: Commitment
    payload: bytes
    actor_name: str
    post: str
    behalf_name: str
    flow: FlowName | None
    revision: int | None

    @property
    def hash_holds(self) -> bool:
        """Whether the stored hash is that of the stored bytes."""
        return self.computed == self.hash

    @property
    def link_holds(self) -> bool:
        """Whether the entry names the one before it."""
        return self.cprev == self.previous


def entry(session: Session, viewer: Viewer, stream: str, cseq: int) -> Checked | None:
    """The entry at step ``cseq``; None where there is none for this viewer."""
    if not may_read(session, viewer, stream):
        return None
    row = _row(session, stream, cseq)
    if row is None:
        return None
    said, fault = _parsed(row.content)
    body = _body(row, said, secret=_is_secret(session, stream))
    return Checked(
        stream=stream,
        cseq=row.cseq,
        last=row.last,
        at=instant(row.at),
        act=row.act,
        content=row.content,
        hash=row.hash,
        computed=hashlib.sha256(row.content).hexdigest(),
        cprev=row.cprev,
        previous=row.previous or GENESIS,
        entry=said,
        fault=fault,
        body=body,
        payload=row.payload if body in {"kept", "altered"} else b"",
        actor_name=row.full_name or "",
        post=_post(session, said.post if said is not None else None),
        behalf_name=_name(session, said.behalf if said is not None else None),
        flow=_flow(session, said.wf if said is not None else None),
        revision=_revision(session, stream, said.snap if said is not None else None),
    )


def _row(session: Session, stream: str, cseq: int) -> Row[*tuple[Any, ...]] | None:
    before = aliased(AuditEntry)
    last = select(func.max(before.cseq)).where(before.stream == stream).scalar_subquery()
    previous = select(before.hash).where(before.stream == stream, before.cseq == cseq - 1).scalar_subquery()
    return session.execute(
        select(
            AuditEntry.cseq, AuditEntry.act, AuditEntry.at, AuditEntry.hash, AuditEntry.cprev, AuditEntry.content,
            EntryPayload.payload, EntryPayload.salt, Person.full_name, last.label("last"), previous.label("previous"),
        )
        .outerjoin(EntryPayload, and_(EntryPayload.stream == AuditEntry.stream, EntryPayload.cseq == AuditEntry.cseq))
        .outerjoin(Person, Person.ref == AuditEntry.actor)
        .where(AuditEntry.stream == stream, AuditEntry.cseq == cseq)
    ).one_or_none()  # fmt: skip


def _parsed(content: bytes) -> tuple[Entry | None, str]:
    try:
        return parse_entry(content), ""
    except LedgerError as error:
        return None, str(error)


def _is_secret(session: Session, stream: str) -> bool:
    """Whether the stream is that of a secret ballot: how somebody voted there is nobody's to read."""
    if not stream.startswith(MEETINGS):
        return False
    return bool(session.scalar(select(Meeting.secret).where(Meeting.stream == stream)))


def _body(row: Row[*tuple[Any, ...]], said: Entry | None, *, secret: bool) -> Commitment:
    if secret and row.act in {"ballot", "ballots"}:
        return "secret"
    if row.payload is None:
        return "erased" if said is not None and said.body is not None else "none"
    kept = said is not None and len(row.salt) >= MIN_SALT_BYTES and commitment(row.salt, row.payload) == said.body
    return "kept" if kept else "altered"


def _post(session: Session, ref: str | None) -> str:
    """The post somebody acted from, with its unit; a delegated one with the paper it rests on."""
    if ref is None:
        return ""
    row = session.execute(
        select(Post.title, Unit.name).join(Unit, Unit.id == Post.unit_id).where(Post.ref == ref)
    ).one_or_none()
    return f"{row.title}, {row.name}" if row is not None else _delegated(session, ref)


def _delegated(session: Session, ref: str) -> str:
    row = session.execute(
        select(Delegation.title, Unit.name, Delegation.document)
        .join(Post, Post.id == Delegation.post_id)
        .join(Unit, Unit.id == Post.unit_id)
        .where(Delegation.ref == ref)
    ).one_or_none()
    return f"{row.title}, {row.name} ({row.document})" if row is not None else ""


def _name(session: Session, ref: str | None) -> str:
    return (session.scalar(select(Person.full_name).where(Person.ref == ref)) or "") if ref is not None else ""


def _flow(session: Session, sha256: str | None) -> FlowName | None:
    """The published flow that has this digest."""
    if sha256 is None:
        return None
    version = WorkflowVersion
    row = session.execute(
        select(version.id, version.form, version.rule_set, version.tiers, version.number)
        .where(version.sha256 == sha256)
        .limit(1)
    ).one_or_none()
    return FlowName(*row) if row is not None else None


def _revision(session: Session, stream: str, snap: str | None) -> int | None:
    """The number of the sealed revision that ``snap`` commits to; None where it is of a draft that was not sealed."""
    if snap is None:
        return None
    rows = session.execute(
        select(Revision.number, Revision.content, Nomination.snap_salt)
        .join(Nomination, Nomination.id == Revision.nomination_id)
        .where(Nomination.code == stream, Nomination.snap_salt.is_not(None))
        .order_by(Revision.number)
    )
    return next((row.number for row in rows if commitment(row.snap_salt, row.content) == snap), None)
