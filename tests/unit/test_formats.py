"""Days, hours and money on the pages."""

from datetime import UTC, date, datetime

from nominations.web.formats import date_vi, datetime_vi, money_vi, time_vi

NEW_YEAR = datetime(2024, 12, 31, 17, 5, tzinfo=UTC)


def test_days_are_written_day_first_in_the_working_zone() -> None:
    assert date_vi(date(2024, 3, 4)) == "04/03/2024"
    assert date_vi(NEW_YEAR) == "01/01/2025"


def test_hours_are_those_of_the_working_zone() -> None:
    assert time_vi(NEW_YEAR) == "00:05"
    assert datetime_vi(NEW_YEAR) == "00:05 01/01/2025"


def test_thousands_are_parted_by_dots() -> None:
    assert money_vi(1_490_000) == "1.490.000 đồng"
    assert money_vi(0) == "0 đồng"
