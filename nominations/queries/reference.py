"""The reference lists everybody may read: movements, rounds, award forms, criteria, each with its days and source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from nominations.models.movements import SUBJECT_GROUPS, CriteriaGroup, Criterion, Movement, Round, RoundForm
from nominations.models.nominees import SUBJECT_KINDS
from nominations.models.reference import AwardForm, WorkflowVersion
from nominations.models.units import UNIT_KINDS, UNIT_LEVELS, Unit
from nominations.queries.cases import POSTING
from nominations.queries.criteria_versions import in_force

KNOWN: Mapping[str, tuple[str, ...]] = {
    "subject_kind": SUBJECT_KINDS,
    "subject_group": SUBJECT_GROUPS,
    "unit_kind": UNIT_KINDS,
    "unit_level": UNIT_LEVELS,
}
"""The words a column is held to."""


@dataclass(frozen=True, slots=True)
class MovementLine:
    """A movement with how it reads what its plan leaves open."""

    code: str
    title: str
    title_en: str
    starts_on: date
    ends_on: date
    settings: Mapping[str, Any]
    source: str


@dataclass(frozen=True, slots=True)
class RoundLine:
    """A round with its forms and days."""

    code: str
    title: str
    kind: str
    movement: str
    issuing_unit_id: int
    issuing_unit: str
    opens_on: date
    closes_on: date
    achievement_from: date
    achievement_to: date
    closed_at: datetime | None
    guidance: str | None
    posting_days: int | None  # working days of a public posting before the commune's council, if one is asked for
    posting_places: str | None
    forms: tuple[str, ...]

    def open_on(self, day: date) -> bool:
        """Whether the round takes files on ``day``."""
        return self.closed_at is None and self.opens_on <= day <= self.closes_on


@dataclass(frozen=True, slots=True)
class FlowLine:
    """A published flow of a form: under which rule set, over how many tiers, since when."""

    rule_set: str
    tiers: int
    number: int
    sha256: str
    published_at: datetime


@dataclass(frozen=True, slots=True)
class FormLine:
    """An award form with its flows in force."""

    code: str
    name: str
    name_en: str
    family: str
    issuer_level: str
    source: str
    flows: tuple[FlowLine, ...]


@dataclass(frozen=True, slots=True)
class CriterionLine:
    """A criterion of the plan, in the words of its version."""

    code: str
    group_no: str
    group_title: str
    subject_kinds: tuple[str, ...]
    version: int
    valid_from: date
    text: str
    kind: str
    required: str
    applies_to: Mapping[str, Any]
    evidence: str | None
    source: str


def newest_movement(session: Session) -> int | None:
    """The movement that began last; None before any is loaded."""
    return session.scalar(select(Movement.id).order_by(Movement.starts_on.desc(), Movement.id.desc()).limit(1))


def movements(session: Session) -> tuple[MovementLine, ...]:
    """Every movement, the latest first."""
    found = session.execute(
        select(
            Movement.code,
            Movement.title,
            Movement.title_en,
            Movement.starts_on,
            Movement.ends_on,
            Movement.settings,
            Movement.source,
        ).order_by(Movement.starts_on.desc(), Movement.id)
    )
    return tuple(MovementLine(*row) for row in found)


def rounds(session: Session) -> tuple[RoundLine, ...]:
    """Every round, the latest first."""
    forms: dict[int, list[str]] = {}
    for round_id, form in session.execute(select(RoundForm.round_id, RoundForm.form).order_by(RoundForm.form)):
        forms.setdefault(round_id, []).append(form)
    found = session.execute(
        select(
            Round.id,
            Round.code,
            Round.title,
            Round.kind,
            Movement.code.label("movement"),
            Round.issuing_unit_id,
            Unit.name.label("issuing_unit"),
            Round.opens_on,
            Round.closes_on,
            Round.achievement_from,
            Round.achievement_to,
            Round.closed_at,
            Round.guidance,
            Round.settings,
        )
        .join(Movement, Movement.id == Round.movement_id)
        .join(Unit, Unit.id == Round.issuing_unit_id)
        .order_by(Round.opens_on.desc(), Round.id.desc())
    )
    return tuple(
        RoundLine(
            code=row.code,
            title=row.title,
            kind=row.kind,
            movement=row.movement,
            issuing_unit_id=row.issuing_unit_id,
            issuing_unit=row.issuing_unit,
            opens_on=row.opens_on,
            closes_on=row.closes_on,
            achievement_from=row.achievement_from,
            achievement_to=row.achievement_to,
            closed_at=row.closed_at,
            guidance=row.guidance,
            posting_days=row.settings.get(POSTING, {}).get("days"),
            posting_places=row.settings.get(POSTING, {}).get("places"),
            forms=tuple(forms.get(row.id, ())),
        )
        for row in found
    )


def forms(session: Session) -> tuple[FormLine, ...]:
    """Every award form with the flows that new files go by."""
    flows: dict[str, list[FlowLine]] = {}
    version = WorkflowVersion
    for row in session.execute(
        select(version.form, version.rule_set, version.tiers, version.number, version.sha256, version.published_at)
        .where(version.active)
        .order_by(version.form, version.rule_set, version.tiers.desc())
    ):
        flow = FlowLine(row.rule_set, row.tiers, row.number, row.sha256, row.published_at)
        flows.setdefault(row.form, []).append(flow)
    found = session.execute(
        select(
            AwardForm.code,
            AwardForm.name,
            AwardForm.name_en,
            AwardForm.family,
            AwardForm.issuer_level,
            AwardForm.source,
        ).order_by(AwardForm.code)
    )
    return tuple(FormLine(*row, tuple(flows.get(row.code, ()))) for row in found)


def criteria(session: Session, movement: str, on: date) -> tuple[CriterionLine, ...]:
    """A movement's criteria in force on a day, in the plan's order; none for an unknown movement."""
    movement_id = session.scalar(select(Movement.id).where(Movement.code == movement))
    newest = in_force(movement_id or 0, on)
    groups = session.execute(
        select(CriteriaGroup.group_no, CriteriaGroup.title, CriteriaGroup.subject_kinds).where(
            CriteriaGroup.movement_id == movement_id, CriteriaGroup.version == newest
        )
    ).all()
    titled = {group.group_no: group for group in groups}
    found = session.execute(
        select(
            Criterion.code,
            Criterion.group_no,
            Criterion.version,
            Criterion.valid_from,
            Criterion.text,
            Criterion.kind,
            Criterion.required,
            Criterion.applies_to,
            Criterion.evidence,
            Criterion.source,
        )
        .where(Criterion.movement_id == movement_id, Criterion.version == newest)
        .order_by(Criterion.group_no, Criterion.position, Criterion.code)
    )
    return tuple(
        CriterionLine(
            code=row.code,
            group_no=row.group_no,
            group_title=titled[row.group_no].title,
            subject_kinds=tuple(titled[row.group_no].subject_kinds),
            version=row.version,
            valid_from=row.valid_from,
            text=row.text,
            kind=row.kind,
            required=row.required,
            applies_to=row.applies_to,
            evidence=row.evidence,
            source=row.source,
        )
        for row in found
    )
