"""Whom awards are proposed for: nominees, the persons behind them, conflicts, past awards and marks."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from nominations.models.base import Base, PrimaryId, SortedText, filled, in_order, marked, new_ref, one_of

SUBJECT_KINDS = ("individual", "collective", "household")


class Nominee(Base):
    """An individual, a collective or a household, kept from round to round.

    ``unit_id`` is set where the nominee is that unit itself; ``home_unit_id`` is the commune or body it belongs
    to. An identity number is kept as ciphertext and as a keyed hash to find it by, never plain.
    """

    __tablename__ = "nominees"
    __table_args__ = (
        Index(None, "name_folded"),
        filled("identity_hash"),
        filled("unit_id"),
        one_of("kind", SUBJECT_KINDS),
        CheckConstraint("birth_year BETWEEN 1850 AND 2100", name="birth_year_likely"),
        CheckConstraint("kind = 'collective' OR unit_id IS NULL", name="unit_is_collective"),
        CheckConstraint("(identity_cipher IS NULL) = (identity_hash IS NULL)", name="identity_whole"),
    )

    id: Mapped[PrimaryId]
    ref: Mapped[str] = mapped_column(String(32), unique=True, default=new_ref)
    kind: Mapped[str]
    name: Mapped[str]
    name_folded: Mapped[str] = mapped_column(SortedText())
    birth_year: Mapped[int | None]
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    home_unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)
    address: Mapped[str | None]
    identity_cipher: Mapped[bytes | None]
    identity_hash: Mapped[str | None] = mapped_column(String(64))
    created_at: Mapped[datetime]


class NomineePerson(Base):
    """An account holder who is the nominee (``self``), belongs to it or represents it: ground of conflicts."""

    __tablename__ = "nominee_persons"
    __table_args__ = (one_of("role", ("self", "member", "representative")),)

    nominee_id: Mapped[int] = mapped_column(ForeignKey("nominees.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True, index=True)
    role: Mapped[str]


class ConflictDeclaration(Base):
    """A person's own word that they are kin to a nominee or have an interest in it."""

    __tablename__ = "conflict_declarations"
    __table_args__ = (
        UniqueConstraint("person_id", "nominee_id"),
        one_of("kind", ("kin", "interest", "other")),
    )

    id: Mapped[PrimaryId]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    nominee_id: Mapped[int] = mapped_column(ForeignKey("nominees.id"), index=True)
    kind: Mapped[str]
    note: Mapped[str | None]
    declared_at: Mapped[datetime]


class PastAward(Base):
    """An award a nominee already has, ours or imported, also of another movement (so ``form`` is free).

    ``level_state`` marks a state-level form, of which a year admits one (facts 2.8, L7).
    """

    __tablename__ = "past_awards"
    __table_args__ = (
        UniqueConstraint("nominee_id", "form", "decided_on", "decision_number"),
        in_order("achievement_from", "achievement_to"),
        in_order("decided_on", "annulled_on"),
        marked(),
    )

    id: Mapped[PrimaryId]
    nominee_id: Mapped[int] = mapped_column(ForeignKey("nominees.id"))
    form: Mapped[str]
    level_state: Mapped[bool] = mapped_column(default=False)
    decided_on: Mapped[date]
    decision_number: Mapped[str | None]
    achievement: Mapped[str]
    achievement_from: Mapped[date | None]
    achievement_to: Mapped[date | None]
    annulled_on: Mapped[date | None]
    source: Mapped[str]


class NomineeMark(Base):
    """A complaint (facts 2.8, L5) or discipline (L6) that stands against a nominee until it is closed."""

    __tablename__ = "nominee_marks"
    __table_args__ = (one_of("kind", ("complaint", "discipline")), in_order("opened_on", "closed_on"))

    id: Mapped[PrimaryId]
    nominee_id: Mapped[int] = mapped_column(ForeignKey("nominees.id"), index=True)
    kind: Mapped[str]
    opened_on: Mapped[date]
    closed_on: Mapped[date | None]
    document: Mapped[str | None]
    note: Mapped[str | None]


class MarkRecord(Base):
    """Who recorded a mark, for which unit and on which paper; and who closed it and why."""

    __tablename__ = "mark_records"
    __table_args__ = (
        filled("document_sha"),
        filled("closed_by"),
        CheckConstraint(
            "(closed_by IS NULL) = (closed_at IS NULL) AND (closed_by IS NULL) = (closing IS NULL)",
            name="closing_whole",
        ),
    )

    mark_id: Mapped[int] = mapped_column(ForeignKey("nominee_marks.id"), primary_key=True, autoincrement=False)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)
    recorded_by: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    recorded_at: Mapped[datetime]
    document_sha: Mapped[str | None] = mapped_column(ForeignKey("files.sha256"))
    closed_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    closed_at: Mapped[datetime | None]
    closing: Mapped[str | None]


class AwardImport(Base):
    """A table of awards given before, or elsewhere, as somebody sent it: looked through first, settled line by line."""

    __tablename__ = "award_imports"
    __table_args__ = (marked(),)

    id: Mapped[PrimaryId]
    ref: Mapped[str] = mapped_column(String(32), unique=True, default=new_ref)
    name: Mapped[str]
    source: Mapped[str]
    sha256: Mapped[str] = mapped_column(String(64))
    created_by: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    created_at: Mapped[datetime]


class AwardImportLine(Base):
    """A row of such a table: what it says, what is wrong with it, and what became of it.

    ``faults`` has a message for each field; ``settled_as``: to a known nominee, a new one or nowhere.
    An identity number is kept as a keyed hash only.
    """

    __tablename__ = "award_import_lines"
    __table_args__ = (
        UniqueConstraint("import_id", "number"),
        filled("nominee_id"),
        filled("award_id"),
        one_of("settled_as", ("known", "new", "skip")),
        CheckConstraint("award_id IS NULL OR nominee_id IS NOT NULL", name="award_has_nominee"),
    )

    id: Mapped[PrimaryId]
    import_id: Mapped[int] = mapped_column(ForeignKey("award_imports.id"))
    number: Mapped[int]
    said: Mapped[dict[str, Any]]
    faults: Mapped[dict[str, Any]]
    settled_as: Mapped[str | None]
    nominee_id: Mapped[int | None] = mapped_column(ForeignKey("nominees.id"))
    award_id: Mapped[int | None] = mapped_column(ForeignKey("past_awards.id"))
