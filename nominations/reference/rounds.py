"""The movement's rounds of awards, and the milestones of its own calendar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

from nominations.reference.records import Record, read
from nominations.reference.sources import ReferenceDataError


@dataclass(frozen=True, slots=True)
class Round:
    """A round (đợt xét khen thưởng) of the unit with code ``issuing_unit`` on the opening day."""

    code: str
    title: str
    kind: str
    issuing_unit: str
    opens_on: date
    closes_on: date
    achievement_from: date
    achievement_to: date
    forms: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class Milestone:
    """A date of the plan: a fixed day, or a rule (``yearly``, ``yearly before 11-15``)."""

    code: str
    title: str
    due_on: date | None
    due_rule: str | None
    who: str
    paragraph: str
    source: str


@cache
def load_rounds() -> tuple[Round, ...]:
    """The rounds of 2022, 2023 (mid-term), 2024 and 2025 (final)."""
    return tuple(
        Round(
            code=row.text("code"),
            title=row.text("title"),
            kind=row.text("kind"),
            issuing_unit=row.text("issuing_unit"),
            opens_on=row.day("opens_on"),
            closes_on=row.day("closes_on"),
            achievement_from=row.day("achievement_from"),
            achievement_to=row.day("achievement_to"),
            forms=row.texts("forms"),
            source=row.source(),
        )
        for row in read("rounds").children("round")
    )


@cache
def load_milestones() -> tuple[Milestone, ...]:
    """The plan's milestones; each has a day or a rule. Raises ReferenceDataError for one with both or neither."""
    return tuple(_milestone(row) for row in read("rounds").children("milestone"))


def _milestone(row: Record) -> Milestone:
    due_on, due_rule = row.day_or_none("due_on"), row.text_or_none("due_rule")
    if (due_on is None) == (due_rule is None):
        raise ReferenceDataError(f"{row.where}: give either due_on or due_rule")
    return Milestone(
        code=row.text("code"),
        title=row.text("title"),
        due_on=due_on,
        due_rule=due_rule,
        who=row.text("who"),
        paragraph=row.text("paragraph"),
        source=row.source(),
    )
