"""Reports on the movement: who owes one, by which last day, how one stands (the plan's II.2, IV.3, IV.4, V.5, V.6).

"Trước ngày 15 tháng 11" leaves open whether the 15th itself is in time; the movement's setting says which reading
counts, and both readings can be told apart by anybody who is shown the last day.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, timedelta
from typing import Any, Literal

KINDS = ("yearly", "midterm", "final")
STATES = ("draft", "submitted", "returned", "accepted")
Owed = Literal["required", "optional"]
Standing = Literal["accepted", "submitted", "returned", "draft", "none"]

NAMED = frozenset({"department", "office", "mass_organisation"})
"""V.6: "các Sở, ban, ngành, hội, đoàn thể tỉnh"."""
PLACES = frozenset({"city", "town", "district"})
"""V.6: "UBND huyện, thị xã, thành phố"."""
COMMUNES = frozenset({"ward", "township", "commune"})
OTHERS = frozenset({"enterprise", "cooperative", "central_agency", "party"})
"""V.5 alone: "các doanh nghiệp và cơ quan, đơn vị trên địa bàn tỉnh"."""
READINGS = ("required", "optional", "none")
EARLIEST, LATEST = 2000, 2100


@dataclass(frozen=True, slots=True)
class ReportSettings:
    """How the movement reads what its plan leaves open about reports.

    ``due`` is the plan's day as MM-DD; ``includes_day`` the reading by which that day itself is in time;
    ``first_year`` the first year a yearly report is owed for; ``communes_from`` the year from which communes and wards
    report in place of the districts that are gone; ``others`` whether those V.5 names and V.6 does not owe one.
    """

    due: str = "11-15"
    includes_day: bool = False
    first_year: int = 2023
    communes_from: int = 2025
    others: str = "optional"
    remind_days: int = 10

    def __post_init__(self) -> None:
        month_day(self.due)
        if self.others not in READINGS:
            raise ValueError(f"others is one of {', '.join(READINGS)}")
        if not all(EARLIEST <= year <= LATEST for year in (self.first_year, self.communes_from)):
            raise ValueError(f"a year of the movement is between {EARLIEST} and {LATEST}")
        if not 0 <= self.remind_days <= 60:
            raise ValueError("remind_days is between 0 and 60")

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> ReportSettings:
        """The settings from ``{key: {"value": ...}}``; what is left out is as usual. ValueError for a wrong one."""
        usual = {one.name: one.default for one in fields(cls)}
        values = {key: said["value"] for key, said in plain.items()}
        wrong = [key for key, value in values.items() if key not in usual or type(value) is not type(usual[key])]
        if wrong:
            raise ValueError(f"the movement's reports have no setting {', '.join(sorted(wrong))} of that kind")
        return cls(**values)


def month_day(said: str) -> tuple[int, int]:
    """The month and day of ``MM-DD``. ValueError for what is no day of every year."""
    month, _, day = said.partition("-")
    if len(month) != 2 or len(day) != 2 or not (month + day).isascii() or not (month + day).isdigit():
        raise ValueError(f"{said!r} is not MM-DD")
    date(2001, int(month), int(day))  # a year without 29 February
    return int(month), int(day)


def last_day(settings: ReportSettings, year: int) -> date:
    """The last day on which a year's report is in time: the day before the plan's, or that day itself."""
    due = date(year, *month_day(settings.due))
    return due if settings.includes_day else due - timedelta(days=1)


def both_readings(settings: ReportSettings, year: int) -> tuple[date, date]:
    """The last day by the strict reading of "trước", and by the lenient one."""
    due = date(year, *month_day(settings.due))
    return due - timedelta(days=1), due


def owed(settings: ReportSettings, kind: str, year: int) -> Owed | None:
    """Whether a body of this kind, which exists on the last day, owes a report for the year; None: it does not report.

    Districts owe theirs while they exist; communes from the year on that the setting names.
    """
    if kind in NAMED or kind in PLACES:
        return "required"
    if kind in COMMUNES:
        return "required" if year >= settings.communes_from else None
    if kind in OTHERS and settings.others != "none":
        return "required" if settings.others == "required" else "optional"
    return None


@dataclass(frozen=True, slots=True)
class Told:
    """How a body stands with a report: what there is of it, whether it is late now, whether it came late."""

    standing: Standing
    late: bool
    came_late: bool
    soon: bool

    @property
    def reported(self) -> bool:
        """Whether the report has come in and was not sent back."""
        return self.standing in {"submitted", "accepted"}


def told(state: str | None, submitted_on: date | None, last: date, today: date, remind_days: int) -> Told:
    """How a report in ``state`` (None: not begun), last submitted on that day, stands on ``today``."""
    standing: Standing = state if state in STATES else "none"  # type: ignore[assignment]
    came = standing in {"submitted", "accepted"}
    return Told(
        standing=standing,
        late=not came and today > last,
        came_late=came and submitted_on is not None and submitted_on > last,
        soon=not came and today <= last <= today + timedelta(days=remind_days),
    )


SECTIONS = ("organising", "results", "models", "difficulties", "proposals", "ahead")
"""What a report says in words: organisation, results, models, difficulties, proposals, what comes next."""
NEEDED = ("organising", "results")
FIGURES = ("raised_vnd", "households_helped", "houses_built", "models_spread")
"""What only the body itself can count: money raised (VND), households helped, houses built, models spread."""
