"""Working days: when a deadline falls, which days were skipped and why, and what a stopped clock leaves.

The clock runs on the working days *after* a day on which the complete file is in hand, so day 1 is the first
working day after it came in.  A stop follows the same convention: the day the
file leaves still counts, the day it comes back does not.  Holidays, days off in lieu and swapped working days
are dated data handed in as a `Calendar`; nothing here knows a holiday by itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

MAX_WORKING_DAYS = 3660
"""No procedure is that long; a larger number is a slip of the hand and is refused."""

_ONE_DAY = timedelta(days=1)
_SATURDAY = 5
_WEEKEND = {
    5: {"vi": "Thứ Bảy", "en": "Saturday"},
    6: {"vi": "Chủ nhật", "en": "Sunday"},
}


@dataclass(frozen=True, slots=True)
class Calendar:
    """The days off and the swapped working days, each with its reason, and the years they are published for.

    `days_off` holds holidays and days off in lieu.  Raises ValueError when a day is both off and worked.
    """

    days_off: Mapping[date, str]
    swapped_workdays: Mapping[date, str]
    years: frozenset[int]

    def __post_init__(self) -> None:
        both = self.days_off.keys() & self.swapped_workdays.keys()
        if both:
            raise ValueError(f"{min(both).isoformat()} is both a day off and a swapped working day")

    def is_working_day(self, day: date) -> bool:
        """Whether offices work on `day`."""
        if day in self.swapped_workdays:
            return True
        return day.weekday() < _SATURDAY and day not in self.days_off


@dataclass(frozen=True, slots=True)
class Pause:
    """A stop of the clock: the file left on `stopped_on` and came back on `resumed_on` (None: still away)."""

    stopped_on: date
    resumed_on: date | None
    reason: str

    def __post_init__(self) -> None:
        if self.resumed_on is not None and self.resumed_on < self.stopped_on:
            raise ValueError(f"a pause from {self.stopped_on} cannot end before it, on {self.resumed_on}")

    def covers(self, day: date) -> bool:
        """Whether the clock stands on `day`: after the day it stopped, up to the day it came back."""
        return self.stopped_on < day and (self.resumed_on is None or day <= self.resumed_on)


@dataclass(frozen=True, slots=True)
class NamedDay:
    """A day with the reason it was skipped, worked or paused; an empty reason means the weekend."""

    on: date
    reason: str = ""

    def why(self, locale: str) -> str:
        """The reason in words: data keeps its own language, weekends are named in `locale` (vi or en)."""
        return self.reason or _WEEKEND[self.on.weekday()]["en" if locale == "en" else "vi"]


@dataclass(frozen=True, slots=True)
class Deadline:
    """Where a number of working days ends, and every day on the way that was not an ordinary one.

    `due_on` is None while an open pause keeps the clock from getting there; `counted` says how many days had
    run.  `unknown_years` are years the count touches for which no holidays have been published yet.
    """

    due_on: date | None
    counted: int
    skipped: tuple[NamedDay, ...]
    extra: tuple[NamedDay, ...]
    paused: tuple[NamedDay, ...]
    unknown_years: tuple[int, ...]


def deadline(calendar: Calendar, complete_on: date, working_days: int, pauses: Sequence[Pause] = ()) -> Deadline:
    """The last of `working_days` after the complete file came in on `complete_on`, pauses left out.

    Raises ValueError for a negative or senseless number of days, or when the count runs off the calendar.
    """
    if not 0 <= working_days <= MAX_WORKING_DAYS:
        raise ValueError(f"the number of working days must be between 0 and {MAX_WORKING_DAYS}")
    stopped_for_good = _open_since(pauses)
    skipped: list[NamedDay] = []
    extra: list[NamedDay] = []
    paused: list[NamedDay] = []
    day, counted = complete_on, 0
    while counted < working_days:
        if stopped_for_good is not None and day >= stopped_for_good:
            break
        day = _next(day)
        if not calendar.is_working_day(day):
            skipped.append(NamedDay(day, calendar.days_off.get(day, "")))
        elif pause := _pause_on(day, pauses):
            paused.append(NamedDay(day, pause.reason))
        else:
            counted += 1
            if day in calendar.swapped_workdays:
                extra.append(NamedDay(day, calendar.swapped_workdays[day]))
    unknown = tuple(year for year in range(complete_on.year, day.year + 1) if year not in calendar.years)
    due_on = day if counted == working_days else None
    return Deadline(due_on, counted, tuple(skipped), tuple(extra), tuple(paused), unknown)


def used_days(calendar: Calendar, complete_on: date, through: date, pauses: Sequence[Pause] = ()) -> int:
    """How many working days of the clock have run from `complete_on` to the end of `through`."""
    return sum(
        1
        for day in _days_after(complete_on, through)
        if calendar.is_working_day(day) and _pause_on(day, pauses) is None
    )


def remaining(
    calendar: Calendar, complete_on: date, working_days: int, today: date, pauses: Sequence[Pause] = ()
) -> int:
    """Working days left at the end of `today`; negative when the deadline has passed by that many."""
    return working_days - used_days(calendar, complete_on, today, pauses)


def expected_on(calendar: Calendar, today: date, step_due_on: date | None, later_steps: Sequence[int]) -> date | None:
    """The day a result can be expected: the open step's due date, or today if that has passed, then the rest.

    `later_steps` are the working days of the steps still to come.  None while the clock stands.
    """
    if step_due_on is None:
        return None
    return deadline(calendar, max(today, step_due_on), sum(later_steps)).due_on


def _next(day: date) -> date:
    """The day after, refusing to run off the end of the calendar."""
    if day == date.max:
        raise ValueError("the count runs off the end of the calendar")
    return day + _ONE_DAY


def _days_after(start: date, through: date) -> Iterator[date]:
    """The days after `start` up to and including `through`."""
    return (start + timedelta(days=n) for n in range(1, (through - start).days + 1))


def _pause_on(day: date, pauses: Sequence[Pause]) -> Pause | None:
    """The first pause during which `day` falls."""
    return next((pause for pause in pauses if pause.covers(day)), None)


def _open_since(pauses: Sequence[Pause]) -> date | None:
    """The day since which the clock stands with no end in sight, if it does."""
    return min((pause.stopped_on for pause in pauses if pause.resumed_on is None), default=None)
