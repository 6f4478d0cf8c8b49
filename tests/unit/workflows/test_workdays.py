"""Working days against a reference that walks the calendar one day at a time."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.workdays import (
    MAX_WORKING_DAYS,
    Calendar,
    Pause,
    deadline,
    expected_on,
    remaining,
    used_days,
)

TET_2024 = {date(2024, 2, day): "Tết Nguyên đán" for day in range(8, 15)}
CALENDAR = Calendar(
    days_off={
        **TET_2024,
        date(2024, 4, 18): "Giỗ Tổ Hùng Vương",
        date(2024, 4, 29): "Nghỉ hoán đổi",
        date(2024, 4, 30): "Ngày Giải phóng miền Nam",
        date(2024, 5, 1): "Ngày Quốc tế Lao động",
    },
    swapped_workdays={date(2024, 5, 4): "Làm bù ngày 29/4"},
    years=frozenset({2024}),
)
DAYS = st.dates(date(2023, 12, 1), date(2024, 12, 31))


def is_counted(calendar: Calendar, day: date, pauses: tuple[Pause, ...]) -> bool:
    if day in calendar.swapped_workdays:
        works = True
    elif day in calendar.days_off:
        works = False
    else:
        works = day.isoweekday() <= 5
    stopped = any(p.stopped_on < day and (p.resumed_on is None or day <= p.resumed_on) for p in pauses)
    return works and not stopped


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    off = draw(st.sets(DAYS, max_size=30))
    swapped = draw(st.sets(DAYS, max_size=8)) - off
    return Calendar(dict.fromkeys(off, "nghỉ"), dict.fromkeys(swapped, "làm bù"), frozenset({2023, 2024}))


@st.composite
def closed_pauses(draw: st.DrawFn) -> tuple[Pause, ...]:
    spans = draw(st.lists(st.tuples(DAYS, st.integers(0, 40)), max_size=4))
    return tuple(Pause(start, start + timedelta(days=length), "trả hồ sơ") for start, length in spans)


@given(calendars(), DAYS, st.integers(1, 60), closed_pauses())
def test_the_deadline_is_the_day_the_reference_finds(
    calendar: Calendar, start: date, working_days: int, pauses: tuple[Pause, ...]
) -> None:
    day, counted = start, 0
    while counted < working_days:
        day += timedelta(days=1)
        counted += is_counted(calendar, day, pauses)

    answer = deadline(calendar, start, working_days, pauses)

    assert answer.due_on == day
    assert answer.counted == working_days
    assert used_days(calendar, start, day, pauses) == working_days
    assert remaining(calendar, start, working_days, day, pauses) == 0


@given(calendars(), DAYS, st.integers(1, 60), closed_pauses())
def test_every_day_of_the_span_is_counted_skipped_or_paused_and_only_one_of_them(
    calendar: Calendar, start: date, working_days: int, pauses: tuple[Pause, ...]
) -> None:
    answer = deadline(calendar, start, working_days, pauses)

    assert answer.due_on is not None
    skipped = {day.on for day in answer.skipped}
    paused = {day.on for day in answer.paused}
    extra = {day.on for day in answer.extra}
    span = {start + timedelta(days=n + 1) for n in range((answer.due_on - start).days)}
    assert skipped | paused <= span
    assert not skipped & paused
    assert len(span - skipped - paused) == working_days
    assert extra <= span - skipped - paused
    assert extra == {day for day in span - paused if day in calendar.swapped_workdays}
    assert answer.due_on not in skipped | paused


@given(calendars(), DAYS, st.integers(1, 30), st.integers(-20, 60), closed_pauses())
def test_remaining_counts_both_sides_of_the_deadline(
    calendar: Calendar, start: date, working_days: int, later: int, pauses: tuple[Pause, ...]
) -> None:
    today = start + timedelta(days=later)
    span = [start + timedelta(days=n + 1) for n in range(max(later, 0))]
    used = sum(is_counted(calendar, day, pauses) for day in span)

    assert remaining(calendar, start, working_days, today, pauses) == working_days - used


def test_day_one_is_the_first_working_day_after_the_file_came_in() -> None:
    assert deadline(CALENDAR, date(2024, 3, 1), 1).due_on == date(2024, 3, 4)
    assert deadline(CALENDAR, date(2024, 3, 4), 1).due_on == date(2024, 3, 5)
    assert deadline(CALENDAR, date(2024, 3, 1), 10).due_on == date(2024, 3, 15)


def test_a_file_that_came_in_on_a_day_off_counts_from_the_next_working_day() -> None:
    assert deadline(CALENDAR, date(2024, 2, 10), 1).due_on == date(2024, 2, 15)


def test_skipped_and_swapped_days_say_why_in_both_languages() -> None:
    answer = deadline(CALENDAR, date(2024, 4, 26), 3)

    assert answer.due_on == date(2024, 5, 4)
    assert [(day.on.day, day.why("vi"), day.why("en")) for day in answer.skipped] == [
        (27, "Thứ Bảy", "Saturday"),
        (28, "Chủ nhật", "Sunday"),
        (29, "Nghỉ hoán đổi", "Nghỉ hoán đổi"),
        (30, "Ngày Giải phóng miền Nam", "Ngày Giải phóng miền Nam"),
        (1, "Ngày Quốc tế Lao động", "Ngày Quốc tế Lao động"),
    ]
    assert [(day.on, day.why("vi")) for day in answer.extra] == [(date(2024, 5, 4), "Làm bù ngày 29/4")]


def test_a_holiday_on_a_weekend_is_named_by_the_holiday() -> None:
    answer = deadline(CALENDAR, date(2024, 2, 7), 1)

    assert {day.why("vi") for day in answer.skipped} == {"Tết Nguyên đán"}
    assert date(2024, 2, 10) in {day.on for day in answer.skipped}


def test_the_day_it_stops_counts_and_the_day_it_comes_back_does_not() -> None:
    pause = Pause(date(2024, 3, 5), date(2024, 3, 7), "trả hồ sơ")

    answer = deadline(CALENDAR, date(2024, 3, 1), 3, [pause])

    assert answer.due_on == date(2024, 3, 8)
    assert [day.on.day for day in answer.paused] == [6, 7]
    assert {day.why("vi") for day in answer.paused} == {"trả hồ sơ"}


def test_a_file_sent_back_and_returned_the_same_day_loses_nothing() -> None:
    pause = Pause(date(2024, 3, 5), date(2024, 3, 5), "trả hồ sơ")

    assert deadline(CALENDAR, date(2024, 3, 1), 3, [pause]) == deadline(CALENDAR, date(2024, 3, 1), 3)


def test_a_stopped_clock_has_no_date_but_knows_what_is_left() -> None:
    held = [Pause(date(2024, 3, 6), None, "tạm dừng xét")]

    answer = deadline(CALENDAR, date(2024, 3, 1), 10, held)

    assert answer.due_on is None
    assert answer.counted == 3
    assert remaining(CALENDAR, date(2024, 3, 1), 10, date(2024, 9, 1), held) == 7


def test_an_open_pause_after_the_last_day_changes_nothing() -> None:
    pause = Pause(date(2024, 3, 6), None, "tạm dừng xét")

    assert deadline(CALENDAR, date(2024, 3, 1), 3, [pause]).due_on == date(2024, 3, 6)


def test_an_open_pause_from_before_the_file_came_in_counts_nothing() -> None:
    answer = deadline(CALENDAR, date(2024, 3, 1), 3, [Pause(date(2024, 2, 1), None, "")])

    assert (answer.due_on, answer.counted, answer.skipped) == (None, 0, ())


def test_no_days_at_all_is_due_at_once() -> None:
    answer = deadline(CALENDAR, date(2024, 3, 2), 0)

    assert (answer.due_on, answer.skipped, answer.extra) == (date(2024, 3, 2), (), ())


def test_years_without_a_published_calendar_are_named() -> None:
    assert deadline(CALENDAR, date(2024, 12, 30), 5).unknown_years == (2025,)
    assert deadline(CALENDAR, date(2024, 3, 1), 5).unknown_years == ()


def test_the_expected_date_adds_the_days_of_the_steps_still_to_come() -> None:
    today = date(2024, 3, 4)
    due_on = deadline(CALENDAR, today, 5).due_on
    assert due_on is not None

    assert expected_on(CALENDAR, today, due_on, [10, 5]) == deadline(CALENDAR, due_on, 15).due_on
    assert expected_on(CALENDAR, today, due_on, []) == due_on


def test_an_overdue_step_pushes_the_expected_date_from_today() -> None:
    assert expected_on(CALENDAR, date(2024, 3, 8), date(2024, 3, 1), [1]) == date(2024, 3, 11)
    assert expected_on(CALENDAR, date(2024, 3, 8), None, [1]) is None


@pytest.mark.parametrize("days", [-1, MAX_WORKING_DAYS + 1])
def test_a_senseless_number_of_days_is_refused(days: int) -> None:
    with pytest.raises(ValueError, match="working days"):
        deadline(CALENDAR, date(2024, 3, 1), days)


def test_a_count_past_the_last_day_of_time_is_refused() -> None:
    with pytest.raises(ValueError, match="calendar"):
        deadline(CALENDAR, date(9999, 12, 30), 5)


def test_a_pause_cannot_end_before_it_starts() -> None:
    with pytest.raises(ValueError, match="before"):
        Pause(date(2024, 3, 2), date(2024, 3, 1), "")


def test_a_day_cannot_be_off_and_swapped_in() -> None:
    day = date(2024, 5, 4)
    with pytest.raises(ValueError, match="2024-05-04"):
        Calendar({day: "nghỉ"}, {day: "làm bù"}, frozenset({2024}))
