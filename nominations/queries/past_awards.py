"""Tables of awards given before or elsewhere: who may bring them in, what they say, whom their rows may mean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from nominations.models.nominees import AwardImport, AwardImportLine, Nominee
from nominations.models.people import Person
from nominations.models.units import Unit
from nominations.queries.likenesses import TITLES, bare_name
from nominations.queries.routes import BOARD_CODE
from workflows import Actor

BROUGHT_IN_BY = ("admin", "appraiser")  # the appraiser of the board alone
MOST_CANDIDATES = 10
MOST_IMPORTS = 50


@dataclass(frozen=True, slots=True)
class ImportLine:
    """A table that was sent, with how many of its rows are wrong, wait and are done."""

    ref: str
    name: str
    source: str
    by: str
    created_at: datetime
    lines: int
    faulty: int
    settled: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """A nominee a row may mean, and in what the two agree (None: one of them does not say)."""

    ref: str
    name: str
    birth_year: int | None
    home: str
    same_year: bool | None
    same_unit: bool
    same_identity: bool


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of a table that was sent: what it says, what is wrong with it, what became of it, whom it may mean."""

    id: int
    number: int
    said: Mapping[str, Any]
    faults: Mapping[str, Any]
    settled_as: str | None
    candidates: tuple[Candidate, ...]


def may_bring_in(session: Session, actor: Actor, today: date) -> bool:
    """Whether the actor is an administrator, or an appraiser of the board."""
    if any(post.duty == "admin" for post in actor.posts):
        return True
    units = [post.unit for post in actor.posts if post.duty == "appraiser"]
    there = select(Unit.id).where(
        Unit.id.in_(units), Unit.code == BOARD_CODE, Unit.valid_from <= today,
        or_(Unit.valid_to.is_(None), Unit.valid_to >= today),
    )  # fmt: skip
    return bool(units) and session.scalar(there.limit(1)) is not None


def imports(session: Session) -> tuple[ImportLine, ...]:
    """The tables that were sent, the latest first."""
    line = AwardImportLine
    wrong = func.count().filter(line.settled_as.is_(None), line.faults != {})
    done = func.count(line.settled_as)
    rows = session.execute(
        select(AwardImport.ref, AwardImport.name, AwardImport.source, Person.full_name, AwardImport.created_at,
               func.count(line.id), wrong, done)
        .join(Person, Person.id == AwardImport.created_by)
        .join(line, line.import_id == AwardImport.id)
        .group_by(AwardImport.id, Person.full_name)
        .order_by(AwardImport.id.desc())
        .limit(MOST_IMPORTS)
    )  # fmt: skip
    return tuple(ImportLine(*row) for row in rows)


def rows_of(session: Session, ref: str, after: int = 0, limit: int | None = None) -> tuple[TableRow, ...] | None:
    """The rows of table ``ref`` in its own order, after row number ``after``; None for no such table."""
    table = session.scalar(select(AwardImport.id).where(AwardImport.ref == ref))
    if table is None:
        return None
    found = session.scalars(
        select(AwardImportLine)
        .where(AwardImportLine.import_id == table, AwardImportLine.number > after)
        .order_by(AwardImportLine.number)
        .limit(limit)
    ).all()
    return tuple(
        TableRow(
            row.id, row.number, row.said, row.faults, row.settled_as,
            candidates(session, row.said) if row.settled_as is None and not row.faults else (),
        )
        for row in found
    )  # fmt: skip


def candidates(session: Session, said: Mapping[str, Any]) -> tuple[Candidate, ...]:
    """Nominees of the row's kind that it may mean: of the same name without titles and marks, or the same identity.

    Those that agree in more come first; which it is, if any, is for a person to say.
    """
    bare = bare_name(str(said["name"]))
    same = Nominee.name_folded.in_([title + bare for title in TITLES])
    hashes = [str(one) for one in said.get("identity", ())]
    rows = session.execute(
        select(Nominee.ref, Nominee.name, Nominee.birth_year, Unit.name.label("home"), Nominee.home_unit_id,
               Nominee.identity_hash)
        .join(Unit, Unit.id == Nominee.home_unit_id)
        .where(Nominee.kind == said["kind"], or_(same, Nominee.identity_hash.in_(hashes)))
        .order_by(Nominee.id)
        .limit(MOST_CANDIDATES)
    )  # fmt: skip
    year = said.get("birth_year")
    found = [
        Candidate(
            row.ref, row.name, row.birth_year, row.home,
            None if year is None or row.birth_year is None else row.birth_year == year,
            row.home_unit_id == said["unit_id"], row.identity_hash is not None and row.identity_hash in hashes,
        )
        for row in rows
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda one: (not one.same_identity, one.same_year is not True, not one.same_unit)))
