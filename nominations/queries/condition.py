"""What a database says of itself: its version, its clock, the newest instant in its log; for `doctor`."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from nominations.models.audit import AuditEntry


def version(session: Session) -> str:
    """Name and version of the database, such as ``PostgreSQL 18.4``."""
    if session.get_bind().dialect.name == "postgresql":
        return f"PostgreSQL {session.execute(text('SHOW server_version')).scalar_one()}"
    return f"SQLite {session.execute(text('SELECT sqlite_version()')).scalar_one()}"


def database_time(session: Session) -> datetime | None:
    """What the database server's own clock shows, in UTC; None for SQLite, which has none of its own."""
    if session.get_bind().dialect.name != "postgresql":
        return None
    shown: datetime = session.execute(select(func.clock_timestamp())).scalar_one()
    return shown.astimezone(UTC)


def newest_entry(session: Session) -> datetime | None:
    """When the newest entry of the log was written, in UTC; None for an empty log."""
    at = session.scalar(select(func.max(AuditEntry.at)))
    return None if at is None else datetime.fromisoformat(at)
