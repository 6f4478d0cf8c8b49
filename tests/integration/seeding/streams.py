"""Streams of the log checked as an auditor would: entry by entry, against the head the data names."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from nominations import models
from workflows.chain import ChainReport, Row, verify_chain
from workflows.ledger import Head

LOG = "demo/nhat-ky"


def chain(session: Session, stream: str, head: Head | None = None) -> ChainReport:
    """The report on one stream."""
    rows = session.execute(
        select(models.AuditEntry.cseq, models.AuditEntry.hash, models.AuditEntry.cprev, models.AuditEntry.content)
        .where(models.AuditEntry.stream == stream)
        .order_by(models.AuditEntry.cseq)
    )
    return verify_chain((Row(*row) for row in rows), log=LOG, stream=stream, head=head)


def broken_streams(session: Session, streams: Iterable[str]) -> list[str]:
    """A sentence for every stream that does not hold, or has nothing in it."""
    found = {stream: chain(session, stream) for stream in streams}
    return [
        f"{name}: {report.first_break}" for name, report in found.items() if not report.intact or not report.checked
    ]
