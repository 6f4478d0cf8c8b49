"""The clock of a step: it stands while the file is away, and the due day moves on by the working days it stood."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.unit.workflows.test_workdays_years import REAL, slow
from workflows import Request, Step
from workflows.clocks import (
    Spell,
    StepClock,
    days_of,
    due_day,
    due_with_opinions,
    result_expected_on,
    soon_until,
    step_clock,
)
from workflows.flows import FlowKey, FlowValues, compose, read
from workflows.workdays import Pause, deadline, used_days

FLOW = read(
    compose(
        FlowKey("BK-TTG", "R2", 3),
        FlowValues(
            deadlines=(
                {"step": "commune.intake", "working_days": 1, "source": "[practice]"},
                {"step": "commune.appraisal", "working_days": 4, "source": "[practice]"},
                {"step": "commune.council", "working_days": 2, "source": "[practice]"},
                {"step": "central.pending", "working_days": 25, "source": "[memory]"},
            )
        ),
    )
)
INTAKE, APPRAISAL, COUNCIL = (FLOW.steps[f"commune.{name}"] for name in ("intake", "appraisal", "council"))
PENDING = FLOW.steps["central.pending"]
DAYS = st.dates(date(2023, 1, 1), date(2026, 6, 1))


def test_a_step_that_opens_first_has_its_days() -> None:
    assert due_day(REAL, APPRAISAL, None, date(2024, 2, 6)) == date(2024, 2, 19)
    assert due_day(REAL, replace(APPRAISAL, working_days=None), None, date(2024, 2, 6)) is None


@given(DAYS, st.integers(1, 20), st.integers(0, 60), st.integers(0, 90))
def test_what_was_left_is_left_when_it_comes_back(opened: date, days: int, kept: int, away: int) -> None:
    step = replace(APPRAISAL, working_days=days)
    due = due_day(REAL, step, None, opened)
    assert due is not None
    left_on, back_on = opened + timedelta(kept), opened + timedelta(kept + away)
    assume(left_on < due)  # in time when it was returned
    again = due_day(REAL, step, Spell(opened, due, left_on, "return"), back_on)
    assert again == slow(opened, days, [Pause(left_on, back_on, "trả hồ sơ")])


@given(DAYS, st.integers(1, 10), st.integers(0, 40), st.integers(0, 90))
def test_who_was_late_stays_as_late_and_no_later(opened: date, days: int, late: int, away: int) -> None:
    step = replace(APPRAISAL, working_days=days)
    due = due_day(REAL, step, None, opened)
    assert due is not None
    left_on, back_on = due + timedelta(late), due + timedelta(late + away)
    again = due_day(REAL, step, Spell(opened, due, left_on, "hold"), back_on)
    assert again is not None
    assert used_days(REAL, again, back_on) == used_days(REAL, due, left_on)


def test_a_hold_over_tet_gives_no_more_than_the_working_days_lost() -> None:
    before = Spell(date(2024, 2, 5), date(2024, 2, 16), date(2024, 2, 7), "hold")
    assert due_day(REAL, APPRAISAL, before, date(2024, 2, 14)) == date(2024, 2, 16)
    assert due_day(REAL, APPRAISAL, before, date(2024, 2, 16)) == date(2024, 2, 20)


@pytest.mark.parametrize("outcome", ["recommend", "recall", None])
def test_only_a_stop_is_gone_on_from(outcome: str | None) -> None:
    before = Spell(date(2024, 3, 4), date(2024, 3, 8), date(2024, 3, 5), outcome)
    assert due_day(REAL, APPRAISAL, before, date(2024, 3, 11)) == date(2024, 3, 15)


def test_at_intake_a_returned_file_comes_in_anew_and_a_held_one_goes_on() -> None:
    before = Spell(date(2024, 3, 4), date(2024, 3, 5), date(2024, 3, 5), "return")
    assert due_day(REAL, INTAKE, before, date(2024, 3, 11)) == date(2024, 3, 12)
    assert due_day(REAL, INTAKE, replace(before, outcome="hold"), date(2024, 3, 11)) == date(2024, 3, 11)


def test_the_clock_tells_first_day_stop_and_day_now() -> None:
    first = Spell(date(2024, 3, 4), date(2024, 3, 8), date(2024, 3, 5), "return")
    assert step_clock(REAL, APPRAISAL, [first]) == StepClock(date(2024, 3, 8), 0, None, left=3)
    back = Spell(date(2024, 3, 12), date(2024, 3, 15), date(2024, 3, 13), "hold")
    assert step_clock(REAL, APPRAISAL, [first, back]) == StepClock(date(2024, 3, 8), 5, None, left=2)
    again = Spell(date(2024, 3, 14), date(2024, 3, 18))
    assert step_clock(REAL, APPRAISAL, [first, back, again]) == StepClock(date(2024, 3, 8), 6, date(2024, 3, 18))


def test_the_clock_begins_anew_where_the_step_did() -> None:
    earlier = Spell(date(2024, 1, 3), date(2024, 1, 9), date(2024, 1, 5), "recommend")
    now = Spell(date(2024, 3, 4), date(2024, 3, 8))
    assert step_clock(REAL, APPRAISAL, [earlier, now]) == StepClock(date(2024, 3, 8), 0, date(2024, 3, 8))
    returned = Spell(date(2024, 3, 4), date(2024, 3, 5), date(2024, 3, 4), "return")
    assert step_clock(REAL, INTAKE, [returned]) is None
    assert step_clock(REAL, INTAKE, []) is None
    assert step_clock(REAL, PENDING, [Spell(date(2024, 3, 4), None)]) is None


def test_a_stop_after_the_due_day_says_how_late() -> None:
    late = Spell(date(2024, 3, 4), date(2024, 3, 8), date(2024, 3, 12), "return")
    found = step_clock(REAL, APPRAISAL, [late])
    assert found is not None
    assert (found.due_on, found.left) == (None, -2)


def test_the_centre_is_expected_and_never_due() -> None:
    assert days_of(PENDING) is None
    assert due_day(REAL, PENDING, None, date(2024, 3, 4)) is None
    expected = result_expected_on(REAL, PENDING, date(2024, 3, 4), None, [], date(2024, 3, 5))
    assert expected == deadline(REAL, date(2024, 3, 4), 25).due_on
    late = date(2024, 9, 4)
    assert result_expected_on(REAL, PENDING, date(2024, 3, 4), None, [], late) == late


def test_a_result_is_expected_after_the_steps_to_come_the_centres_too() -> None:
    opened, due = date(2024, 3, 4), date(2024, 3, 8)
    later = [COUNCIL, PENDING]
    assert result_expected_on(REAL, APPRAISAL, opened, due, later, opened) == slow(due, 2 + 25, [])
    assert result_expected_on(REAL, APPRAISAL, opened, due, later, date(2024, 3, 20)) == slow(date(2024, 3, 20), 27, [])
    step: Step = replace(APPRAISAL, working_days=None)
    assert result_expected_on(REAL, step, opened, None, later, opened) is None


def test_due_soon_is_counted_in_working_days() -> None:
    assert soon_until(REAL, date(2024, 2, 6), 2) == date(2024, 2, 15)
    assert soon_until(REAL, date(2024, 2, 6), 0) == date(2024, 2, 6)


# --- opinions that are out while the step is open --------------------------------------------------------------------

OPENED, DUE = date(2024, 3, 4), date(2024, 3, 14)  # a Monday, and eight working days on


def out(asked: date, due: date, **more: object) -> Request:
    """An opinion that pauses the clock."""
    known: dict[str, object] = {"goes_on": True, "clock": "pauses", "asked_on": asked} | more
    return Request(1, "opinion", "board", 99, due, **known)  # type: ignore[arg-type]


def test_the_days_an_opinion_is_out_do_not_count() -> None:
    """Asked on the second day, answered four working days later."""
    answered = out(date(2024, 3, 5), date(2024, 3, 14), closed_on=date(2024, 3, 11), state="answered")
    assert due_with_opinions(REAL, OPENED, DUE, [answered]) == date(2024, 3, 20)


def test_a_silence_that_lets_the_file_go_on_counts_to_its_last_day() -> None:
    assert due_with_opinions(REAL, OPENED, DUE, [out(date(2024, 3, 5), date(2024, 3, 14))]) == date(2024, 3, 25)


def test_a_silence_that_does_not_lets_no_day_count() -> None:
    assert due_with_opinions(REAL, OPENED, DUE, [out(OPENED, DUE, goes_on=False)]) is None


def test_an_opinion_that_lengthens_gives_its_days_once_and_only_to_the_step_that_asked() -> None:
    longer = out(OPENED, DUE, clock="lengthens", lengthens_by=10)
    due = due_with_opinions(REAL, OPENED, DUE, [longer, longer])
    assert due is not None
    assert used_days(REAL, DUE, due) == 10
    assert due_with_opinions(REAL, OPENED + timedelta(1), DUE, [longer]) == DUE


def test_who_was_late_before_asking_is_late_still() -> None:
    assert due_with_opinions(REAL, DUE + timedelta(1), DUE, [out(DUE + timedelta(1), DUE + timedelta(9))]) == DUE


@given(DAYS, st.integers(1, 20), st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=4))
def test_opinions_move_a_due_day_by_the_days_any_was_out_and_never_back(
    opened: date, days: int, spans: list[tuple[int, int]]
) -> None:
    due = deadline(REAL, opened, days).due_on
    assert due is not None
    asked = [
        out(opened + timedelta(first), opened + timedelta(90), closed_on=opened + timedelta(first + length))
        for first, length in spans
    ]
    moved = due_with_opinions(REAL, opened, due, asked)
    pauses = [Pause(one.asked_on, one.closed_on, "") for one in asked if one.asked_on and one.closed_on != one.asked_on]
    assert moved == slow(opened, days, pauses)
    assert moved is not None
    assert moved >= due
