"""The working calendar against the lunar calendar and against the law's number of days."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest

from nominations.reference import holiday_years, load_holidays
from tests.unit.reference.lunar import solar_date

TET = {
    2021: date(2021, 2, 12),
    2022: date(2022, 2, 1),
    2023: date(2023, 1, 22),
    2024: date(2024, 2, 10),
    2025: date(2025, 1, 29),
    2026: date(2026, 2, 17),
    2027: date(2027, 2, 6),
}
KINGS_DAY = {
    2021: date(2021, 4, 21),
    2022: date(2022, 4, 10),
    2023: date(2023, 4, 29),
    2024: date(2024, 4, 18),
    2025: date(2025, 4, 7),
    2026: date(2026, 4, 26),
    2027: date(2027, 4, 16),
}
DAYS = {holiday.on_date: holiday for holiday in load_holidays()}


def working(day: date) -> bool:
    found = DAYS.get(day)
    return found.kind == "swapped_workday" if found else day.weekday() < 5


def named(year: int, name: str) -> list[date]:
    return [day for day, found in DAYS.items() if day.year == year and found.name == name]


def test_the_calendar_covers_2021_to_2027_each_day_once_and_in_order() -> None:
    assert holiday_years() == frozenset(range(2021, 2028))
    days = [holiday.on_date for holiday in load_holidays()]
    assert days == sorted(set(days))


@pytest.mark.parametrize("year", sorted(TET))
def test_lunar_days_agree_with_the_computed_calendar_and_the_known_table(year: int) -> None:
    assert solar_date(year, 1, 1) == TET[year]
    assert solar_date(year, 3, 10) == KINGS_DAY[year]
    assert TET[year] in named(year, "Tết Nguyên đán")
    assert named(year, "Giỗ Tổ Hùng Vương") == [KINGS_DAY[year]]


@pytest.mark.parametrize("year", sorted(TET))
def test_a_year_has_eleven_holidays(year: int) -> None:
    counts = Counter(found.name for day, found in DAYS.items() if day.year == year and found.kind == "holiday")
    assert counts == {
        "Tết Dương lịch": 1,
        "Tết Nguyên đán": 5,
        "Giỗ Tổ Hùng Vương": 1,
        "Ngày Chiến thắng": 1,
        "Ngày Quốc tế lao động": 1,
        "Quốc khánh": 2,
    }
    assert named(year, "Quốc khánh")[0].day in {1, 2}
    assert date(year, 9, 2) in DAYS
    assert DAYS[date(year, 4, 30)].kind == DAYS[date(year, 5, 1)].kind == DAYS[date(year, 1, 1)].kind == "holiday"


@pytest.mark.parametrize("year", sorted(TET))
def test_tet_is_five_days_in_a_row_with_the_first_three_of_the_new_year(year: int) -> None:
    days = named(year, "Tết Nguyên đán")
    assert days == [days[0] + timedelta(days=n) for n in range(5)]
    assert {TET[year] + timedelta(days=n) for n in range(3)} <= set(days)


@pytest.mark.parametrize("year", sorted(TET))
def test_a_weekend_holiday_is_given_back_and_an_exchanged_day_is_worked(year: int) -> None:
    in_year = [found for day, found in DAYS.items() if day.year == year]
    at_weekend = [f for f in in_year if f.kind == "holiday" and f.on_date.weekday() >= 5]
    in_lieu = [f for f in in_year if f.kind == "day_off_in_lieu"]
    swapped = [f for f in in_year if f.kind == "swapped_workday"]
    assert len(in_lieu) == len(at_weekend) + len(swapped)
    assert all(f.on_date.weekday() < 5 for f in in_lieu)
    assert all(f.on_date.weekday() == 5 for f in swapped)


def test_every_exchange_names_its_counterpart() -> None:
    for day, found in DAYS.items():
        if found.kind == "swapped_workday":
            off = next(f for f in DAYS.values() if f.name == f"Nghỉ hoán đổi, làm bù ngày {day:%d/%m/%Y}")
            assert found.name == f"Làm bù cho ngày {off.on_date:%d/%m/%Y}"


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2021, 2, 10), date(2021, 2, 16)),
        (date(2022, 1, 29), date(2022, 2, 6)),
        (date(2023, 1, 20), date(2023, 1, 26)),
        (date(2023, 4, 29), date(2023, 5, 3)),
        (date(2024, 2, 8), date(2024, 2, 14)),
        (date(2024, 4, 27), date(2024, 5, 1)),
        (date(2025, 1, 25), date(2025, 2, 2)),
        (date(2025, 4, 30), date(2025, 5, 4)),
        (date(2026, 1, 1), date(2026, 1, 4)),
        (date(2026, 2, 14), date(2026, 2, 22)),
    ],
)
def test_well_known_breaks_have_just_these_days(first: date, last: date) -> None:
    length = (last - first).days + 1
    assert not any(working(first + timedelta(days=n)) for n in range(length))
    assert working(first - timedelta(days=1))
    assert working(last + timedelta(days=1))


@pytest.mark.parametrize("saturday", [date(2024, 5, 4), date(2025, 4, 26), date(2026, 1, 10)])
def test_saturdays_worked_in_exchange(saturday: date) -> None:
    assert working(saturday)
