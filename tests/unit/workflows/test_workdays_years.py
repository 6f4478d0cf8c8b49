"""Deadlines in the years of the movement, by the real calendar, against offices that open or stay shut day by day.

The days on which offices are shut or open against the weekday are typed here by hand; the reference asks nobody else.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from nominations.reference import load_holidays
from workflows.workdays import Calendar, Pause, deadline, remaining, used_days

SHUT = """
2023: 2/1 20/1 23/1 24/1 25/1 26/1 1/5 2/5 3/5 1/9 4/9
2024: 1/1 8/2 9/2 12/2 13/2 14/2 18/4 29/4 30/4 1/5 2/9 3/9
2025: 1/1 27/1 28/1 29/1 30/1 31/1 7/4 30/4 1/5 2/5 1/9 2/9
2026: 1/1 2/1 16/2 17/2 18/2 19/2 20/2 27/4 30/4 1/5 31/8 1/9 2/9
"""
OPEN = "2024: 4/5\n2025: 26/4\n2026: 10/1 22/8"
TET = [
    (date(2023, 1, 20), date(2023, 1, 26)),
    (date(2024, 2, 8), date(2024, 2, 14)),
    (date(2025, 1, 25), date(2025, 2, 2)),
    (date(2026, 2, 14), date(2026, 2, 22)),
]


def typed(text: str) -> set[date]:
    """The days of lines such as ``2024: 4/5``."""
    found = set()
    for line in text.strip().splitlines():
        year, _, days = line.partition(":")
        for day in days.split():
            number, month = day.split("/")
            found.add(date(int(year), int(month), int(number)))
    return found


SHUT_DAYS, OPEN_DAYS = typed(SHUT), typed(OPEN)
REAL = Calendar(
    days_off={day.on_date: day.name for day in load_holidays() if day.kind != "swapped_workday"},
    swapped_workdays={day.on_date: day.name for day in load_holidays() if day.kind == "swapped_workday"},
    years=frozenset(day.on_date.year for day in load_holidays()),
)


def offices_open(day: date) -> bool:
    """Slow and plain: open on Monday to Friday unless shut, and on the few Saturdays typed above."""
    if day in OPEN_DAYS:
        return True
    return day.strftime("%a") not in ("Sat", "Sun") and day not in SHUT_DAYS


def after(day: date) -> Iterator[date]:
    while True:
        day += timedelta(days=1)
        yield day


def stands(day: date, pauses: list[Pause]) -> bool:
    """The day it was stopped on counts, the day it came back on does not."""
    return any(p.stopped_on < day and (p.resumed_on is None or day <= p.resumed_on) for p in pauses)


def slow(start: date, working_days: int, pauses: list[Pause]) -> date:
    """Tick a box for each day the offices are open and the file is in hand, until there are enough."""
    ticked: list[date] = []
    day = start
    for day in after(start):
        if len(ticked) == working_days:
            break
        if offices_open(day) and not stands(day, pauses):
            ticked.append(day)
    return ticked[-1] if ticked else start


AROUND_TET = st.sampled_from(TET).flatmap(lambda tet: st.dates(tet[0] - timedelta(25), tet[1] + timedelta(10)))
AROUND_SWAPS = st.sampled_from(sorted(OPEN_DAYS)).flatmap(lambda d: st.dates(d - timedelta(15), d + timedelta(10)))
STARTS = st.one_of(AROUND_TET, AROUND_SWAPS, st.dates(date(2023, 1, 1), date(2026, 8, 1)))
SPANS = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 20)), max_size=3)


def pauses_of(start: date, spans: list[tuple[int, int]]) -> list[Pause]:
    days = [(start + timedelta(after), length) for after, length in spans]
    return [Pause(day, day + timedelta(length), "trả hồ sơ") for day, length in days]


@given(STARTS, st.integers(1, 45), SPANS)
@example(date(2023, 1, 13), 10, [])
@example(date(2024, 2, 1), 10, [(3, 15)])  # away from before Tết until after it
@example(date(2025, 1, 20), 8, [(1, 20)])
@example(date(2026, 2, 10), 10, [(6, 3)])  # away within Tết: nothing is lost
@example(date(2024, 4, 26), 3, [(1, 9)])  # away over the swapped Saturday
def test_the_deadline_is_the_one_counted_by_hand(start: date, working_days: int, spans: list[tuple[int, int]]) -> None:
    pauses = pauses_of(start, spans)
    answer = deadline(REAL, start, working_days, pauses)
    assert answer.due_on == slow(start, working_days, pauses)
    assert answer.unknown_years == ()
    assert remaining(REAL, start, working_days, answer.due_on, pauses) == 0


@given(STARTS, st.integers(0, 120))
def test_days_counted_are_the_days_the_offices_were_open(start: date, length: int) -> None:
    days = [start + timedelta(n) for n in range(1, length + 1)]
    assert used_days(REAL, start, start + timedelta(length)) == sum(map(offices_open, days))


@pytest.mark.parametrize(
    ("start", "working_days", "due"),
    [
        (date(2023, 1, 19), 1, date(2023, 1, 27)),
        (date(2023, 1, 17), 10, date(2023, 2, 7)),
        (date(2024, 2, 7), 1, date(2024, 2, 15)),
        (date(2024, 2, 5), 25, date(2024, 3, 18)),
        (date(2024, 5, 3), 1, date(2024, 5, 4)),
        (date(2024, 4, 26), 2, date(2024, 5, 3)),
        (date(2025, 1, 24), 1, date(2025, 2, 3)),
        (date(2025, 4, 25), 1, date(2025, 4, 26)),
        (date(2025, 4, 29), 1, date(2025, 5, 5)),
        (date(2026, 2, 13), 1, date(2026, 2, 23)),
        (date(2026, 1, 9), 1, date(2026, 1, 10)),
        (date(2026, 8, 21), 7, date(2026, 9, 3)),
    ],
)
def test_printed_days(start: date, working_days: int, due: date) -> None:
    assert deadline(REAL, start, working_days).due_on == due


@pytest.mark.parametrize(("first", "last"), TET)
def test_a_pause_within_tet_moves_nothing_and_one_around_it_moves_its_working_days(first: date, last: date) -> None:
    start = first - timedelta(10)
    plain = deadline(REAL, start, 12).due_on
    within = deadline(REAL, start, 12, [Pause(first - timedelta(1), last, "tạm dừng")]).due_on
    assert within == plain
    around = Pause(first - timedelta(4), last + timedelta(4), "trả hồ sơ")
    lost = sum(map(offices_open, (around.stopped_on + timedelta(n) for n in range(1, (last - first).days + 9))))
    assert plain is not None
    assert deadline(REAL, start, 12, [around]).due_on == slow(plain, lost, [])
