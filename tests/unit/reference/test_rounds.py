"""Rounds and milestones within the movement's years."""

from __future__ import annotations

import itertools
import re
from datetime import date

import pytest

from nominations.reference import (
    ReferenceDataError,
    load_award_forms,
    load_milestones,
    load_movement,
    load_rounds,
    load_units,
    unit_on,
)
from nominations.reference.records import parse
from nominations.reference.rounds import _milestone

ROUNDS = load_rounds()


def test_four_rounds_in_order() -> None:
    assert [(round_.kind, round_.achievement_to.year) for round_ in ROUNDS] == [
        ("annual", 2022),
        ("midterm", 2023),
        ("annual", 2024),
        ("final", 2025),
    ]
    for earlier, later in itertools.pairwise(ROUNDS):
        assert earlier.closes_on < later.opens_on


def test_days_and_forms_fit() -> None:
    movement = load_movement()
    forms = {form.code for form in load_award_forms()}
    for round_ in ROUNDS:
        assert round_.opens_on < round_.closes_on
        assert movement.starts_on <= round_.achievement_from < round_.achievement_to <= movement.ends_on
        assert set(round_.forms) <= forms
        province = unit_on(load_units(), round_.issuing_unit, round_.opens_on)
        assert province is not None
        assert province.kind == "province"


def test_the_prime_ministers_award_belongs_to_reviews_of_three_years_or_more() -> None:
    for round_ in ROUNDS:
        years = round_.achievement_to.year - round_.achievement_from.year + 1
        assert ("BK-TTG" in round_.forms) == (years >= 3) == (round_.kind != "annual")


def test_the_final_round_spans_the_change_of_tiers() -> None:
    assert ROUNDS[-1].opens_on < date(2025, 7, 1) < ROUNDS[-1].closes_on


def test_milestones_have_a_day_or_a_rule_and_a_paragraph() -> None:
    milestones = load_milestones()
    assert len({milestone.code for milestone in milestones}) == len(milestones)
    for milestone in milestones:
        assert re.fullmatch(r"(I|II|III|IV|V)(\.\d+)+", milestone.paragraph)
        if milestone.due_rule:
            assert re.fullmatch(r"yearly( before \d\d-\d\d)?( from \d{4})?", milestone.due_rule)


def test_the_yearly_report_is_due_before_15_november() -> None:
    (report,) = [milestone for milestone in load_milestones() if milestone.code == "annual_report"]
    assert report.due_rule == "yearly before 11-15 from 2023"


def test_reviews_fall_in_the_plans_years() -> None:
    days = {milestone.code: milestone.due_on for milestone in load_milestones()}
    assert days["midterm"] == date(2023, 12, 31)
    assert days["final"] == date(2025, 12, 31)


@pytest.mark.parametrize("due", ["", 'due_on = 2025-12-31\ndue_rule = "yearly"'])
def test_a_milestone_with_no_day_or_two_is_refused(due: str) -> None:
    with pytest.raises(ReferenceDataError, match="either due_on or due_rule"):
        _milestone(parse("rounds.toml", due))
