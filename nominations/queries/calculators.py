"""The calculators: the very rules files are judged by, asked about figures somebody typed; nothing is kept."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy.orm import Session

from nominations.queries.criteria import settings_of
from nominations.queries.reference import newest_movement
from workflows.eligibility import Assessment, evaluate
from workflows.poverty import MovementSettings, UnitFacts, YearFigure


def eligibility(session: Session, criterion: str, unit: UnitFacts, figures: Iterable[YearFigure]) -> Assessment:
    """One of the plan's quantitative criteria for a unit and its yearly figures, read as the newest movement reads it.

    Raises ValueError for a criterion that is not computed.
    """
    movement = newest_movement(session)
    settings = settings_of(session, movement) if movement is not None else MovementSettings()
    return evaluate(criterion, unit, figures, settings)
