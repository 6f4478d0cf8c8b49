"""The calculators: the very rules files are judged by, asked about figures somebody typed; nothing is kept."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from nominations.models.nominees import SUBJECT_KINDS
from nominations.models.reference import LegalValue, RuleSet
from nominations.queries.calendar import calendar
from nominations.queries.criteria import settings_of
from nominations.queries.filing import form_names
from nominations.queries.kept import kept
from nominations.queries.reference import newest_movement
from workflows import bonus as money
from workflows.eligibility import Assessment, evaluate
from workflows.poverty import MovementSettings, UnitFacts, YearFigure
from workflows.workdays import MAX_WORKING_DAYS, Deadline, deadline

KINDS = SUBJECT_KINDS
MOST_DAYS = MAX_WORKING_DAYS


def eligibility(session: Session, criterion: str, unit: UnitFacts, figures: Iterable[YearFigure]) -> Assessment:
    """One of the plan's quantitative criteria for a unit and its yearly figures, read as the newest movement reads it.

    Raises ValueError for a criterion that is not computed.
    """
    movement = newest_movement(session)
    settings = settings_of(session, movement) if movement is not None else MovementSettings()
    return evaluate(criterion, unit, figures, settings)


def bonus(session: Session, form: str, kind: str, decided_on: date) -> money.Bonus | money.Manual:
    """The bonus by the dated tables as administrators keep them, or which figure they do not have."""
    return money.bonus(bonus_tables(session), form, kind, decided_on)


def every_bonus(session: Session) -> tuple[money.BonusPeriod, ...]:
    """Every cell of the tables: period by period, form by form, for each kind of nominee."""
    return money.every_bonus(bonus_tables(session), known_forms(session), KINDS)


def due(session: Session, complete_on: date, working_days: int) -> Deadline:
    """When so many working days end after a complete file came in, by the calendar steps are counted by.

    Raises ValueError for more than ``MOST_DAYS``.
    """
    return deadline(calendar(session), complete_on, working_days)


def known_forms(session: Session) -> tuple[str, ...]:
    """The codes of the award forms."""
    return tuple(form.code for form in form_names(session))


@kept
def bonus_tables(session: Session) -> money.BonusTables:
    """Rule sets and figures, dated by the day of the decision."""
    rule_sets = session.execute(select(RuleSet.code, RuleSet.valid_from, RuleSet.valid_to).order_by(RuleSet.code))
    value = LegalValue
    values = session.execute(
        select(value.kind, value.key, value.valid_from, value.valid_to, value.value, value.note, value.source)
    )
    return money.BonusTables(
        rule_sets=tuple(money.Period(*row) for row in rule_sets),
        values=tuple(
            money.LegalValue(
                kind=row.kind,
                key=row.key,
                valid_from=row.valid_from,
                valid_to=row.valid_to,
                value=row.value,
                note=row.note or "",
                source=row.source.strip("[]"),  # the rules put the marks' brackets around it again
            )
            for row in values
        ),
    )
