"""The clocks: instants in UTC, days in Vietnam."""

from datetime import UTC, date, datetime, timedelta

import pytest

from nominations.clock import WORKING_ZONE, DemoClock, FixedClock, SystemClock, clock_for


def test_the_day_begins_in_vietnam() -> None:
    assert FixedClock(datetime(2024, 12, 31, 16, 59, tzinfo=UTC)).today() == date(2024, 12, 31)
    assert FixedClock(datetime(2024, 12, 31, 17, 0, tzinfo=UTC)).today() == date(2025, 1, 1)


def test_the_machine_clock_tells_utc() -> None:
    now = SystemClock().now()
    assert now.tzinfo is UTC
    assert abs(datetime.now(UTC) - now) < timedelta(minutes=1)


def test_the_demonstration_clock_keeps_its_day_and_the_real_time_of_day() -> None:
    clock = DemoClock(date(2023, 11, 20))
    assert clock.today() == date(2023, 11, 20)
    shown, real = clock.now().astimezone(WORKING_ZONE), datetime.now(WORKING_ZONE)
    assert (real - shown) % timedelta(days=1) < timedelta(minutes=1)
    assert clock.now().utcoffset() == timedelta(0)


def test_a_fixed_clock_moves_only_when_told() -> None:
    clock = FixedClock(datetime(2024, 3, 4, 9, 0, tzinfo=WORKING_ZONE))
    assert clock.now() == clock.now() == datetime(2024, 3, 4, 2, 0, tzinfo=UTC)
    clock.move(days=1, hours=-2)
    assert clock.now() == datetime(2024, 3, 5, 0, 0, tzinfo=UTC)


def test_an_instant_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="aware"):
        FixedClock(datetime(2024, 3, 4, 9, 0))  # noqa: DTZ001


def test_the_clock_of_the_process_follows_the_setting() -> None:
    assert isinstance(clock_for(None), SystemClock)
    assert clock_for(date(2025, 7, 1)).today() == date(2025, 7, 1)
