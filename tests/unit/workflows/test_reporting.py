"""Reports and milestones as rules: last days by both readings, who owes what, how a report stands."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.milestones import current, occurrences, stands
from workflows.reporting import (
    COMMUNES,
    NAMED,
    OTHERS,
    PLACES,
    STATES,
    ReportSettings,
    both_readings,
    last_day,
    month_day,
    owed,
    told,
)

USUAL = ReportSettings()
DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))
MONTH_DAYS = st.dates(date(2001, 1, 1), date(2001, 12, 31)).map(lambda day: f"{day:%m-%d}")
YEARS = st.integers(2001, 2099)


def test_before_the_fifteenth_of_november_has_two_readings() -> None:
    assert both_readings(USUAL, 2024) == (date(2024, 11, 14), date(2024, 11, 15))
    assert last_day(USUAL, 2024) == date(2024, 11, 14)
    assert last_day(ReportSettings(includes_day=True), 2024) == date(2024, 11, 15)


@given(MONTH_DAYS, YEARS, st.booleans())
def test_the_readings_differ_by_a_day_and_the_setting_chooses_one(due: str, year: int, includes: bool) -> None:
    settings = ReportSettings(due=due, includes_day=includes)
    strict, lenient = both_readings(settings, year)
    assert lenient - strict == timedelta(days=1)
    assert last_day(settings, year) == (lenient if includes else strict)
    assert (lenient.month, lenient.day) == month_day(due)


def test_communes_report_in_place_of_districts_from_the_year_the_setting_names() -> None:
    for kind in COMMUNES:
        assert owed(USUAL, kind, 2024) is None
        assert owed(USUAL, kind, 2025) == "required"
        assert owed(ReportSettings(communes_from=2026), kind, 2025) is None
    for kind in (*NAMED, *PLACES):
        assert owed(USUAL, kind, 2023) == "required"


def test_whom_the_fifth_paragraph_alone_names_owes_as_the_setting_says() -> None:
    for kind in OTHERS:
        assert owed(USUAL, kind, 2024) == "optional"
        assert owed(ReportSettings(others="required"), kind, 2024) == "required"
        assert owed(ReportSettings(others="none"), kind, 2024) is None
    for kind in ("province", "board", "district_office"):
        assert owed(USUAL, kind, 2025) is None


@given(st.sampled_from((None, *STATES)), DAYS, DAYS, DAYS, st.integers(0, 60))
def test_a_report_is_late_soon_or_in_and_never_two_of_them(
    state: str | None, sent: date, last: date, today: date, days: int
) -> None:
    found = told(state, sent, last, today, days)
    assert found.late + found.soon + found.reported <= 1
    assert found.reported == (state in {"submitted", "accepted"})
    assert found.late == (not found.reported and today > last)
    assert not found.came_late or (found.reported and sent > last)


def test_a_report_sent_back_after_its_last_day_is_late_again() -> None:
    last = date(2024, 11, 14)
    assert told("returned", last, last, date(2024, 11, 20), 10).late
    assert told("accepted", date(2024, 11, 15), last, date(2024, 12, 1), 10).came_late
    assert told(None, None, last, date(2024, 11, 4), 10).soon
    assert not told(None, None, last, date(2024, 11, 3), 10).soon


@pytest.mark.parametrize(
    "wrong",
    [
        {"due": "15-11"},
        {"due": "02-29"},
        {"due": "11/15"},
        {"due": "1-1"},
        {"others": "maybe"},
        {"first_year": 1999},
        {"communes_from": 3000},
        {"remind_days": -1},
        {"remind_days": 61},
    ],
)
def test_a_setting_that_cannot_be_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r".+"):
        ReportSettings(**wrong)  # type: ignore[arg-type]


def test_settings_come_with_their_sources_and_unknown_ones_are_refused() -> None:
    plain = {"includes_day": {"value": True, "source": "[practice]"}}
    assert ReportSettings.from_plain(plain) == ReportSettings(includes_day=True)
    for wrong in ({"colour": {"value": "red"}}, {"includes_day": {"value": 1}}, {"first_year": {"value": "2023"}}):
        with pytest.raises(ValueError, match="no setting"):
            ReportSettings.from_plain(wrong)


def test_a_milestone_falls_due_on_its_day_or_each_year_from_its_first() -> None:
    begins, ends = date(2021, 1, 1), date(2025, 12, 31)
    (once,) = occurrences(date(2023, 12, 31), None, begins, ends, USUAL)
    assert (once.year, once.last) == (2023, date(2023, 12, 31))
    yearly = occurrences(None, "yearly from 2022", begins, ends, USUAL)
    assert [one.last for one in yearly] == [date(year, 12, 31) for year in (2022, 2023, 2024, 2025)]
    reports = occurrences(None, "yearly before 11-15 from 2023", begins, ends, USUAL)
    assert [one.last for one in reports] == [date(year, 11, 14) for year in (2023, 2024, 2025)]
    assert [one.year for one in occurrences(None, "yearly", begins, ends, USUAL)] == [2021, 2022, 2023, 2024, 2025]
    for rule in ("", "monthly", "yearly from 22", None):
        with pytest.raises(ValueError, match="no rule"):
            occurrences(None, rule, begins, ends, USUAL)


@given(DAYS)
def test_what_people_look_at_is_the_next_or_the_last(today: date) -> None:
    found = occurrences(None, "yearly from 2022", date(2021, 1, 1), date(2025, 12, 31), USUAL)
    shown = current(found, today)
    assert shown is not None
    assert shown.last >= today or shown is found[-1]
    assert all(one.last < today for one in found if one.year < shown.year)
    how = stands(shown, False, today)
    assert (how == "late") == (today > shown.last)
    assert stands(shown, True, today) == "done"
    assert current((), today) is None
