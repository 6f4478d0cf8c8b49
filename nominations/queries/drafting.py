"""A file as its author works on it: where it belongs, who touched it last, why it came back, what is attached."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from nominations.models.audit import AuditEntry
from nominations.models.movements import Round
from nominations.models.nominations import File, Nomination, NominationFile
from nominations.models.people import Person
from nominations.models.reference import AwardForm
from nominations.models.units import Unit
from nominations.models.work import Return
from nominations.queries.sql import document, rows

FILED = ("submit", "resubmit")

_ROUND = """SELECT r.id, f.form, (SELECT g.subject_kinds FROM criteria_groups g
        WHERE g.movement_id = r.movement_id AND g.group_no = :group ORDER BY g.version DESC LIMIT 1)
    FROM rounds r LEFT JOIN round_forms f ON f.round_id = r.id AND f.form = :form WHERE r.code = :round"""


def round_for(session: Session, code: str, form: str, group: str) -> tuple[int, str | None, list[str]] | None:
    """The round of that code: its id, the form where it takes it, the kinds of nominee the group is for; or None."""
    for round_id, taken, kinds in rows(session, _ROUND, {"round": code, "form": form, "group": group}):
        return round_id, taken, document(kinds) or []
    return None


@dataclass(frozen=True, slots=True)
class Head:
    """What stands over every page of a draft; ``updated_by`` is who did the last act on it."""

    form_vi: str
    form_en: str
    round_title: str
    closes_on: date
    unit_name: str
    updated_at: datetime
    updated_by: str | None


@dataclass(frozen=True, slots=True)
class ReturnLine:
    """Why a file came back: who returned it, which sections reopen, and each fault (code, note, section)."""

    unit_name: str
    mode: str
    sections: tuple[str, ...]
    faults: tuple[dict[str, str], ...]
    opened_at: datetime


@dataclass(frozen=True, slots=True)
class PaperLine:
    """A paper of the file; ``size`` in bytes."""

    kind: str
    name: str
    sha256: str
    size: int
    added_at: datetime
    added_by: str


@dataclass(frozen=True, slots=True)
class Filed:
    """The receipt of the last time a file was sent in."""

    act: str
    cseq: int
    hash: str
    at: str
    by: str | None


def head(session: Session, nomination_id: int) -> Head:
    """The head of a file that is known to be there."""
    row = session.execute(
        select(
            AwardForm.name,
            AwardForm.name_en,
            Round.title,
            Round.closes_on,
            Unit.name.label("unit_name"),
            Nomination.updated_at,
            Person.full_name,
        )
        .select_from(Nomination)
        .join(AwardForm, AwardForm.code == Nomination.form)
        .join(Round, Round.id == Nomination.round_id)
        .join(Unit, Unit.id == Nomination.proposing_unit_id)
        .outerjoin(AuditEntry, (AuditEntry.stream == Nomination.code) & (AuditEntry.cseq == Nomination.chain_seq))
        .outerjoin(Person, Person.ref == AuditEntry.actor)
        .where(Nomination.id == nomination_id)
    ).one()
    return Head(*row)


def open_returns(session: Session, nomination_id: int) -> tuple[ReturnLine, ...]:
    """The open returns of a file, the innermost first."""
    rows = session.execute(
        select(Unit.name, Return.mode, Return.sections, Return.faults, Return.opened_at)
        .join(Unit, Unit.id == Return.by_unit_id)
        .where(Return.nomination_id == nomination_id, Return.closed_at.is_(None))
        .order_by(Return.depth.desc())
    )
    return tuple(ReturnLine(name, mode, tuple(where), tuple(faults), at) for name, mode, where, faults, at in rows)


def papers(session: Session, nomination_id: int) -> tuple[PaperLine, ...]:
    """What is attached now, in the order it came."""
    rows = session.execute(
        select(
            NominationFile.kind,
            NominationFile.name,
            NominationFile.sha256,
            File.size,
            NominationFile.added_at,
            Person.full_name,
        )
        .join(File, File.sha256 == NominationFile.sha256)
        .join(Person, Person.id == NominationFile.added_by)
        .where(NominationFile.nomination_id == nomination_id, NominationFile.removed_at.is_(None))
        .order_by(NominationFile.id)
    )
    return tuple(PaperLine(*row) for row in rows)


def last_filed(session: Session, code: str) -> Filed | None:
    """The receipt of the file's last submission; None for one never sent in."""
    row = session.execute(
        select(AuditEntry.act, AuditEntry.cseq, AuditEntry.hash, AuditEntry.at, Person.full_name)
        .outerjoin(Person, Person.ref == AuditEntry.actor)
        .where(AuditEntry.stream == code, AuditEntry.act.in_(FILED))
        .order_by(AuditEntry.cseq.desc())
        .limit(1)
    ).one_or_none()
    return None if row is None else Filed(*row)
