"""The one clock: every service is given it, so that the demonstration and the tests can set the day."""

import datetime
from abc import ABC, abstractmethod
from dataclasses import dataclass
from zoneinfo import ZoneInfo

WORKING_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")  # the zone in which days begin, in law and on every page


def working_day(instant: datetime.datetime) -> datetime.date:
    """Return the day an aware instant falls on in Vietnam."""
    return instant.astimezone(WORKING_ZONE).date()


class Clock(ABC):
    """Tells the time; an act asks once, so that everything written by it agrees."""

    @abstractmethod
    def now(self) -> datetime.datetime:
        """Return this instant, aware, in UTC, to the microsecond."""

    def today(self) -> datetime.date:
        """Return the day it is in Vietnam."""
        return working_day(self.now())


class SystemClock(Clock):
    """The machine's clock."""

    def now(self) -> datetime.datetime:
        """Return this instant, aware, in UTC."""
        return datetime.datetime.now(datetime.UTC)


@dataclass(slots=True)
class DemoClock(Clock):
    """The demonstration's clock: the chosen day in Vietnam, at the real time of day.

    At midnight in Vietnam it falls back to the first minute of the same day; the log does not mind, for an
    entry is never dated before the one it follows.
    """

    day: datetime.date

    def now(self) -> datetime.datetime:
        """Return the chosen day at the present time of day, aware, in UTC."""
        real = datetime.datetime.now(WORKING_ZONE)
        return datetime.datetime.combine(self.day, real.timetz()).astimezone(datetime.UTC)


@dataclass(slots=True)
class FixedClock(Clock):
    """A clock that stands still until it is moved: for tests, and for playing history with its own dates."""

    instant: datetime.datetime

    def __post_init__(self) -> None:
        """Refuse an instant without a zone: it would mean another moment on another machine."""
        if self.instant.tzinfo is None:
            raise ValueError("A clock needs an aware instant.")

    def now(self) -> datetime.datetime:
        """Return the instant it was set to, in UTC."""
        return self.instant.astimezone(datetime.UTC)

    def move(self, *, days: float = 0, hours: float = 0, seconds: float = 0) -> None:
        """Move the clock by that much, back with negative numbers."""
        self.instant += datetime.timedelta(days=days, hours=hours, seconds=seconds)


def clock_for(demo_today: datetime.date | None) -> Clock:
    """Choose the clock of this process: the demonstration's if a day was set, else the machine's."""
    return SystemClock() if demo_today is None else DemoClock(demo_today)
