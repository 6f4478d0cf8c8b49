"""Quotas, rounds, homes of nominees, tables being sent in and units below: what goes along and what must be decided."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import NamedTuple

from sqlalchemy import func, or_, select, update
from sqlalchemy.orm import Session

from nominations.models.consultations import OpinionRequest
from nominations.models.movements import Quota, Round
from nominations.models.nominations import Nomination
from nominations.models.nominees import AwardImport, AwardImportLine, Nominee
from nominations.models.people import Person, Post
from nominations.models.units import Unit
from nominations.queries.successions import Heirs, unfound
from nominations.services.reorganising.findings import Finding

POVERTY = "poverty"  # the function by which a body is asked about figures


class Going(NamedTuple):
    """A row of a table whose unit is another from now on."""

    kind: str
    id: int
    unit_id: int


def rest(session: Session, heirs: Heirs) -> tuple[list[Finding], list[Going]]:
    """What is to be told, and the rows that go along."""
    findings: list[Finding] = []
    going: list[Going] = []
    found = (_quotas(session, heirs), _rounds(session, heirs), _homes(session, heirs))
    for finding, rows in chain(*found):
        findings.append(finding)
        going += rows
    findings += _opinions(session, heirs)
    return [*findings, *_imports(session, heirs), *_below(session, heirs), *_unfound(session, heirs)], going


def go_along(session: Session, going: list[Going]) -> None:
    """Write it. Homes go unit by unit: there may be thousands of nominees in one."""
    for one in going:
        match one.kind:
            case "nominee":
                moved = update(Nominee).where(Nominee.home_unit_id == one.id).values(home_unit_id=one.unit_id)
            case "quota":
                moved = update(Quota).where(Quota.id == one.id).values(unit_id=one.unit_id)
            case _:
                moved = update(Round).where(Round.id == one.id).values(issuing_unit_id=one.unit_id)
        session.execute(moved.execution_options(synchronize_session=False))


def _quotas(session: Session, heirs: Heirs) -> Iterator[tuple[Finding, list[Going]]]:
    """Of rounds that still take files: along with a unit that goes on whole and alone, else to be set anew."""
    rows = session.execute(
        select(Quota.id, Quota.unit_id, Quota.form, Quota.most, Quota.taken, Round.code)
        .join(Round, Round.id == Quota.round_id)
        .where(Quota.unit_id.in_(heirs.ended), Round.closed_at.is_(None), Round.closes_on >= heirs.day)
        .order_by(Quota.id)
    )
    for row in rows:
        went_to = heirs.of(row.unit_id).unit
        what = f"{row.code} · {row.form} · {row.taken}/{row.most}"
        if went_to is not None and _alone(heirs, went_to):
            finding = Finding("quota", "moves", what, heirs.name(row.unit_id), heirs.name(went_to), "quota_same")
            yield finding, [Going("quota", row.id, went_to)]
        else:
            yield Finding("quota", "stuck", what, heirs.name(row.unit_id), heirs.name(went_to), "quota_decide"), []


def _alone(heirs: Heirs, unit: int) -> bool:
    """Whether a unit was made of one old unit only."""
    return sum(any(line.new == unit for line in lines) for lines in heirs.links.values()) == 1


def _rounds(session: Session, heirs: Heirs) -> Iterator[tuple[Finding, list[Going]]]:
    rows = session.execute(
        select(Round.id, Round.code, Round.issuing_unit_id)
        .where(Round.issuing_unit_id.in_(heirs.ended), Round.closed_at.is_(None), Round.closes_on >= heirs.day)
        .order_by(Round.id)
    )
    for row in rows:
        went_to = heirs.of(row.issuing_unit_id)
        unit = heirs.name(row.issuing_unit_id)
        if went_to.unit is None:
            yield Finding("round", "stuck", row.code, unit, "", went_to.fault), []
        else:
            finding = Finding("round", "moves", row.code, unit, heirs.name(went_to.unit), "succeeded")
            yield finding, [Going("round", row.id, went_to.unit)]


def _homes(session: Session, heirs: Heirs) -> Iterator[tuple[Finding, list[Going]]]:
    """Where nominees belong; of a unit that was split or has no successor they are left until proposed again."""
    rows = session.execute(
        select(Nominee.home_unit_id, func.count())
        .where(Nominee.home_unit_id.in_(heirs.ended))
        .group_by(Nominee.home_unit_id)
        .order_by(Nominee.home_unit_id)
    )
    for unit, count in rows:
        went_to = heirs.of(unit)
        name = heirs.name(unit)
        if went_to.unit is None:
            yield Finding("nominee", "stays", name, name, "", went_to.fault, count), []
        else:
            finding = Finding("nominee", "moves", name, name, heirs.name(went_to.unit), "succeeded", count)
            yield finding, [Going("nominee", unit, went_to.unit)]


def _opinions(session: Session, heirs: Heirs) -> Iterator[Finding]:
    """Questions that wait for a body which has ended; one is put to one body about one revision, so it is put anew."""
    rows = session.execute(
        select(Nomination.code, OpinionRequest.unit_id)
        .join(Nomination, Nomination.id == OpinionRequest.nomination_id)
        .where(OpinionRequest.unit_id.in_(heirs.ended), OpinionRequest.closed_at.is_(None))
        .order_by(OpinionRequest.nomination_id, OpinionRequest.number)
    )
    for code, unit in rows:
        went_to = heirs.of(unit or 0, POVERTY).unit
        yield Finding("opinion", "stuck", code, heirs.name(unit), heirs.name(went_to), "ask_anew")


def _imports(session: Session, heirs: Heirs) -> Iterator[Finding]:
    """Tables of past awards with lines not settled whose sender holds no duty any more."""
    serving = select(Post.person_id).where(
        Post.valid_from <= heirs.day, or_(Post.valid_to.is_(None), Post.valid_to >= heirs.day)
    )
    rows = session.execute(
        select(AwardImport.name, Person.username, func.count())
        .join(AwardImportLine, AwardImportLine.import_id == AwardImport.id)
        .join(Person, Person.id == AwardImport.created_by)
        .where(AwardImportLine.settled_as.is_(None), AwardImport.created_by.not_in(serving))
        .group_by(AwardImport.id, AwardImport.name, Person.username)
        .order_by(AwardImport.id)
    )
    for name, username, count in rows:
        yield Finding("import", "stuck", f"{name} · {username}", "", "", "import_open", count)


def _below(session: Session, heirs: Heirs) -> Iterator[Finding]:
    """Units that go on under one that has ended."""
    rows = session.execute(
        select(Unit.name, Unit.parent_id)
        .where(Unit.parent_id.in_(heirs.ended), or_(Unit.valid_to.is_(None), Unit.valid_to >= heirs.day))
        .order_by(Unit.id)
    )
    for name, above in rows:
        yield Finding("unit", "stuck", name, heirs.name(above), heirs.name(heirs.of(above or 0).unit), "above_ended")


def _unfound(session: Session, heirs: Heirs) -> Iterator[Finding]:
    for line in unfound(session, heirs.day):
        yield Finding(
            "succession", "stuck", f"{line.old_name} ({line.old_code})", line.old_name, "", "successor_unknown"
        )
