"""The nomination itself, what it has reached, its immutable revisions, and its files."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from nominations.models.base import (
    NO_HASH,
    Base,
    Id,
    PrimaryId,
    Sha256,
    SortedText,
    filled,
    not_negative,
    one_of,
    where,
)
from nominations.models.movements import SUBJECT_GROUPS
from nominations.models.nominees import SUBJECT_KINDS

END_STATES = ("awarded", "not_awarded", "withdrawn", "replaced", "annulled")
DEAD_STATES = ("withdrawn", "not_awarded", "replaced", "annulled")
"""Ends after which the same nominee may be proposed again in the same round and form."""

SECTIONS = ("nominee", "criteria", "report", "papers", "proposal")

_LIVE = "state NOT IN ('withdrawn', 'not_awarded', 'replaced', 'annulled')"


class Nomination(Base):
    """One nominee, one form, one round (trường hợp đề nghị): the thing that has a state.

    ``state`` alone says where it is; ``stage`` and ``step`` repeat it for lists. ``received_on`` is the day the
    competent level received the complete file, which fixes the rule set. ``letter_unit_id`` is the unit whose
    letter is current. ``working`` is the editable content, ``path`` maps stages to unit ids, ``sections_open``
    are the sections a return reopened, ``reconfirm`` those whose attestation is missing, ``gates`` what the rules
    ask of opinions and posting. ``chain_*`` is the head of its chain in the log (steps, hash, instant as hashed);
    ``snap`` commits to the content with ``snap_salt``.
    ``aftermath`` says what waits after the decision: by whom a correction was proposed, how many acts have no number.
    """

    __tablename__ = "nominations"
    __table_args__ = (
        ForeignKeyConstraint(["id", "revision_id"], ["revisions.nomination_id", "revisions.id"], use_alter=True),
        Index(None, "state", "id"),
        Index(None, "nominee_folded"),
        Index(None, "round_id", "form"),
        Index(None, "proposing_unit_id", "id"),
        Index(None, "updated_at", "id"),
        where("uq_nominations_live", _LIVE, "nominee_id", "round_id", "form", unique=True),
        filled("letter_unit_id"),
        one_of("subject_kind", SUBJECT_KINDS),
        one_of("subject_group", SUBJECT_GROUPS),
        CheckConstraint(
            "state IN ('draft', 'awarded', 'not_awarded', 'withdrawn', 'replaced', 'annulled')"
            " OR (stage IS NOT NULL AND step IS NOT NULL AND state IN (stage || '.' || step,"
            " stage || '.' || step || '.returned', stage || '.' || step || '.held'))",
            name="state_known",
        ),
        CheckConstraint("version > 0", name="version_positive"),
        *not_negative("revision_no", "chain_seq"),
        CheckConstraint("length(chain_head) = 64", name="chain_head_whole"),
        CheckConstraint("(snap IS NULL) = (snap_salt IS NULL)", name="snap_whole"),
    )

    id: Mapped[PrimaryId]
    code: Mapped[str] = mapped_column(unique=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id"))
    form: Mapped[str] = mapped_column(ForeignKey("award_forms.code"))
    nominee_id: Mapped[int] = mapped_column(ForeignKey("nominees.id"), index=True)
    nominee_name: Mapped[str]
    nominee_folded: Mapped[str] = mapped_column(SortedText())
    subject_kind: Mapped[str]
    subject_group: Mapped[str]
    proposing_unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    entry_stage: Mapped[str]
    state: Mapped[str] = mapped_column(default="draft")
    stage: Mapped[str | None]
    step: Mapped[str | None]
    version: Mapped[int] = mapped_column(default=1)
    rule_set: Mapped[str | None] = mapped_column(ForeignKey("rule_sets.code"))
    workflow_id: Mapped[int] = mapped_column(ForeignKey("workflow_versions.id"), index=True)
    received_on: Mapped[date | None]
    letter_unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    created_by: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    revision_id: Mapped[int | None] = mapped_column(Id)
    revision_no: Mapped[int] = mapped_column(default=0)
    working: Mapped[dict[str, Any]] = mapped_column(default=dict)
    path: Mapped[dict[str, Any]] = mapped_column(default=dict)
    sections_open: Mapped[list[Any] | None]
    reconfirm: Mapped[list[Any]] = mapped_column(default=list)
    return_counts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    gates: Mapped[dict[str, Any] | None]
    chain_seq: Mapped[int] = mapped_column(default=0)
    chain_head: Mapped[Sha256] = mapped_column(default=NO_HASH)
    chain_at: Mapped[str] = mapped_column(default="")
    snap_salt: Mapped[bytes | None] = mapped_column(LargeBinary)
    snap: Mapped[str | None] = mapped_column(String(64))
    outcome: Mapped[dict[str, Any] | None]
    aftermath: Mapped[dict[str, Any] | None]


class NominationLink(Base):
    """A file that took the place of one under another form."""

    __tablename__ = "nomination_links"
    __table_args__ = ({"sqlite_with_rowid": False},)

    nomination_id: Mapped[int] = mapped_column(ForeignKey("nominations.id"), primary_key=True, autoincrement=False)
    replaces_id: Mapped[int] = mapped_column(ForeignKey("nominations.id"), unique=True)


class NominationReach(Base):
    """A unit that a nomination has reached: from then on it is in that unit's scope."""

    __tablename__ = "nomination_reach"
    __table_args__ = (Index(None, "unit_id", "nomination_id"), {"sqlite_with_rowid": False})

    nomination_id: Mapped[int] = mapped_column(ForeignKey("nominations.id"), primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), primary_key=True)
    reached_at: Mapped[datetime]


class NominationName(Base):
    """A nominee's folded name from one of its words on, to search by; the database keeps it in step with the name."""

    __tablename__ = "nomination_names"
    __table_args__ = (Index(None, "tail", "nomination_id"), {"sqlite_with_rowid": False})

    nomination_id: Mapped[int] = mapped_column(ForeignKey("nominations.id"), primary_key=True)
    tail: Mapped[str] = mapped_column(SortedText(), primary_key=True)


class Revision(Base):
    """An immutable snapshot of a nomination's content (bản hồ sơ): canonical bytes and a SHA-256 of them.

    ``sections`` holds a SHA-256 for each section and each value of it, by which later stages see what has changed.
    The database refuses to change or delete a revision.
    """

    __tablename__ = "revisions"
    __table_args__ = (
        UniqueConstraint("nomination_id", "number"),
        UniqueConstraint("nomination_id", "id"),
        CheckConstraint("number > 0", name="number_positive"),
        CheckConstraint("length(sha256) = 64", name="sha256_whole"),
    )

    id: Mapped[PrimaryId]
    nomination_id: Mapped[int] = mapped_column(ForeignKey("nominations.id"))
    number: Mapped[int]
    content: Mapped[bytes]
    sha256: Mapped[Sha256]
    sections: Mapped[dict[str, Any]]
    created_by: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    created_at: Mapped[datetime]


class File(Base):
    """A file in the store, known by the SHA-256 of its bytes; ``size`` in bytes. The store has it first."""

    __tablename__ = "files"
    __table_args__ = (*not_negative("size"), CheckConstraint("length(sha256) = 64", name="sha256_whole"))

    sha256: Mapped[Sha256] = mapped_column(primary_key=True)
    size: Mapped[int] = mapped_column(Id)
    media_type: Mapped[str]
    stored_at: Mapped[datetime]


class NominationFile(Base):
    """A file's place in a nomination: which paper (``kind``) of which section; taken out, never deleted."""

    __tablename__ = "nomination_files"
    __table_args__ = (Index(None, "nomination_id"), one_of("section", SECTIONS))

    id: Mapped[PrimaryId]
    nomination_id: Mapped[int] = mapped_column(ForeignKey("nominations.id"))
    sha256: Mapped[str] = mapped_column(ForeignKey("files.sha256"), index=True)
    kind: Mapped[str]
    section: Mapped[str]
    name: Mapped[str]
    added_by: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    added_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]
