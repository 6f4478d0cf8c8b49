"""The plan's own calendar (IV, II.2, V.6): the days a milestone falls on, and how each stands on a day."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from workflows.reporting import ReportSettings, last_day

YEARLY = re.compile(r"yearly(?P<report> before \d\d-\d\d)?(?: from (?P<first>\d{4}))?")
SOON = timedelta(days=60)
How = Literal["done", "late", "next", "coming"]


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One time a milestone falls due: its year and its last day."""

    year: int
    last: date


def occurrences(
    due_on: date | None, due_rule: str | None, starts_on: date, ends_on: date, settings: ReportSettings
) -> tuple[Occurrence, ...]:
    """Every time a milestone falls due within the movement, in order.

    A rule is ``yearly``, at will ``before MM-DD`` (then by the movement's reading of "trước") and ``from YYYY``;
    without a day it is due by the end of the year. ValueError for another rule.
    """
    if due_on is not None:
        return (Occurrence(due_on.year, due_on),)
    found = YEARLY.fullmatch(due_rule or "")
    if found is None:
        raise ValueError(f"no rule of a milestone: {due_rule!r}")
    first = max(starts_on.year, int(found["first"] or starts_on.year))
    years = range(first, ends_on.year + 1)
    return tuple(
        Occurrence(year, last_day(settings, year) if found["report"] else date(year, 12, 31)) for year in years
    )


def stands(one: Occurrence, done: bool, today: date) -> How:
    """How one occurrence stands: done, late, due within the next weeks, or coming."""
    if done:
        return "done"
    if today > one.last:
        return "late"
    return "next" if one.last - today <= SOON or one.last.year == today.year else "coming"


def current(found: Sequence[Occurrence], today: date) -> Occurrence | None:
    """The occurrence people look at on a day: the first that is not past, else the last there was."""
    return next((one for one in found if one.last >= today), found[-1] if found else None)
