"""The movement's criteria and settings as the rules take them, and how a file stands against them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from nominations.models.movements import Criterion as CriterionRow
from nominations.models.movements import Movement
from nominations.models.units import PovertyFigure
from nominations.queries.case_facts import CaseRow
from nominations.queries.criteria_versions import in_force, judged_on
from nominations.queries.kept import kept
from workflows import Criterion as Standing
from workflows.criteria import (
    OPEN_STATES,
    Answers,
    AppliesTo,
    Criterion,
    GroupAssessment,
    NomineeFacts,
    State,
    evaluate_group,
)
from workflows.eligibility import window_end
from workflows.poverty import MovementSettings, UnitFacts, YearFigure

PROOF = "poverty_decision"  # the kind of paper that recognised figures are proved by


@kept
def criteria_of(session: Session, movement_id: int, on: date) -> tuple[Criterion, ...]:
    """The movement's criteria in force on a day, in the plan's order."""
    rows = session.execute(
        select(
            CriterionRow.code,
            CriterionRow.group_no,
            CriterionRow.kind,
            CriterionRow.required,
            CriterionRow.applies_to,
        )
        .where(CriterionRow.movement_id == movement_id, CriterionRow.version == in_force(movement_id, on))
        .order_by(CriterionRow.position, CriterionRow.code)
    )
    return tuple(Criterion(r.code, r.group_no, r.kind, r.required, AppliesTo.from_plain(r.applies_to)) for r in rows)


@kept
def settings_of(session: Session, movement_id: int) -> MovementSettings:
    """How the movement reads what the plan leaves open."""
    plain = session.scalar(select(Movement.settings).where(Movement.id == movement_id))
    return MovementSettings.from_plain(plain or {})


def assess(session: Session, row: CaseRow, today: date) -> GroupAssessment:
    """Every criterion of the nominee's group against the file's content, as of a submission ``today``.

    The criteria are those in force when the complete file was received, before that those of today.
    """
    content = row.working.get("criteria", {})
    figures = figures_of(content)
    criteria = criteria_of(session, row.movement_id, judged_on(row.received_on, today))
    recognised = _recognised(session, row, criteria)
    nominee = NomineeFacts(
        group_no=row.subject_group,
        subject_kind=row.subject_kind,
        unit=UnitFacts(None if row.poor_district is None else bool(row.poor_district), row.area_class),
        attributes=_attributes(row.working.get("nominee", {})),
    )
    proven = any(paper[0] == PROOF for paper in row.papers or ())
    answers = Answers(content.get("statements", {}), content.get("explanations", {}), proven)
    return evaluate_group(
        criteria,
        nominee,
        answers,
        figures,
        settings_of(session, row.movement_id),
        ends=window_end((*figures, *recognised), today.year),
        recognised=recognised,
    )


def _recognised(session: Session, row: CaseRow, criteria: tuple[Criterion, ...]) -> tuple[YearFigure, ...]:
    """The recognised figures of a nominee that is a unit, where a criterion of its group is computed from them."""
    computed = any(one.kind == "quantitative" and one.group_no == row.subject_group for one in criteria)
    return recognised_of(session, row.nominee_unit) if computed and row.nominee_unit is not None else ()


@kept
def recognised_of(session: Session, unit_id: int) -> tuple[YearFigure, ...]:
    """A unit's official poverty figures of all households, as decisions recognised them, year by year."""
    rows = session.scalars(
        select(PovertyFigure)
        .where(PovertyFigure.unit_id == unit_id, PovertyFigure.series == "all", PovertyFigure.status == "official")
        .order_by(PovertyFigure.year, PovertyFigure.standard)
    )
    return tuple(
        YearFigure(r.year, r.households, r.poor, r.near_poor, r.rate, r.standard, r.status, r.decision_ref)
        for r in rows
    )


def figures_of(content: Mapping[str, Any]) -> tuple[YearFigure, ...]:
    """The yearly poverty figures typed into a file: rates as exact decimals, households as whole numbers."""
    return tuple(
        YearFigure(
            year=int(raw["year"]),
            households=raw.get("households"),
            poor=raw.get("poor"),
            near_poor=raw.get("near_poor"),
            rate=Decimal(raw["rate"]) if raw.get("rate") else None,
            standard=raw.get("standard") or None,
            status=raw.get("status") or "official",
            decision_ref=raw.get("decision_ref") or None,
        )
        for raw in content.get("figures", ())
    )


def standings(assessment: GroupAssessment) -> tuple[Standing, ...]:
    """The applicable criteria as the guards see them: a hard one must be met, a soft one met or explained."""
    return tuple(
        Standing(
            code=part.criterion.code,
            required="hard" if part.state in {State.NOT_MET, State.NEEDS_FIGURES} else "soft",
            met=part.state not in OPEN_STATES,
            explained=False,
        )
        for part in assessment.lines
        if part.state is not State.NOT_APPLICABLE
    )


def _attributes(nominee: Mapping[str, Any]) -> dict[str, str | bool]:
    return {name: value for name, value in nominee.items() if isinstance(value, str | bool)}
