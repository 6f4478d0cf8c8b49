"""Lists of nominees that a unit brings in at once, before each of them is a file."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from nominations.models.base import Base, PrimaryId, filled, new_ref, one_of


class DraftList(Base):
    """A list as a nominator brought it in for a unit, round and form: looked through first, drafts made of it later.

    ``origin``: an uploaded table, pasted cells, or files of an earlier round. ``sha256`` is of what its cells say.
    """

    __tablename__ = "draft_lists"
    __table_args__ = (
        Index(None, "unit_id", "id"),
        one_of("origin", ("table", "pasted", "earlier")),
        CheckConstraint("length(sha256) = 64", name="sha256_whole"),
    )

    id: Mapped[PrimaryId]
    ref: Mapped[str] = mapped_column(String(32), unique=True, default=new_ref)
    name: Mapped[str]
    origin: Mapped[str]
    sha256: Mapped[str] = mapped_column(String(64))
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id"), index=True)
    form: Mapped[str] = mapped_column(ForeignKey("award_forms.code"))
    kinds: Mapped[list[Any]]
    created_by: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    created_at: Mapped[datetime]


class DraftListRow(Base):
    """A row of such a list: what it says, what is wrong with it, and the draft that was made of it.

    ``faults`` has a message for each cell. An identity number is kept as keyed hashes and as ciphertext, never plain.
    """

    __tablename__ = "draft_list_rows"
    __table_args__ = (
        UniqueConstraint("list_id", "number"),
        filled("nomination_id"),
        one_of("settled_as", ("made", "skip")),
        CheckConstraint(
            "(COALESCE(settled_as, '') = 'made') = (nomination_id IS NOT NULL)", name="made_has_nomination"
        ),
    )

    id: Mapped[PrimaryId]
    list_id: Mapped[int] = mapped_column(ForeignKey("draft_lists.id"))
    number: Mapped[int]
    said: Mapped[dict[str, Any]]
    faults: Mapped[dict[str, Any]]
    settled_as: Mapped[str | None]
    nomination_id: Mapped[int | None] = mapped_column(ForeignKey("nominations.id"))
