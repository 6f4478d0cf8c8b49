"""What signed papers were found to be, kept beside the file."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from nominations.models.base import Base


class SignatureCheck(Base):
    """A PDF that carries signatures; ``findings`` are those of ``documents/signed.py``, empty until it was checked."""

    __tablename__ = "signature_checks"
    __table_args__ = ({"sqlite_with_rowid": False},)

    sha256: Mapped[str] = mapped_column(ForeignKey("files.sha256"), primary_key=True)
    found_at: Mapped[datetime]
    checked_at: Mapped[datetime | None]
    findings: Mapped[list[Any] | None]
