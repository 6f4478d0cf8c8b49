"""Award forms, rule sets and money against the tables of the law."""

from __future__ import annotations

import itertools
from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal

import pytest

from nominations.reference import LegalValue, load_award_forms, load_legal_values, load_rule_sets
from workflows import bonus as money

FORMS = ("GK-XA", "GK-HUYEN", "GK-SO", "GK-DN", "BK-TINH", "BK-TTG")


def figure(kind: str, key: str, day: date) -> str | None:
    found = [
        value
        for value in load_legal_values()
        if (value.kind, value.key) == (kind, key)
        and value.valid_from <= day
        and (value.valid_to is None or day <= value.valid_to)
    ]
    assert len(found) <= 1
    return found[0].value if found else None


def test_six_forms_one_of_them_of_the_state() -> None:
    assert tuple(form.code for form in load_award_forms()) == FORMS
    assert [form.code for form in load_award_forms() if form.state_level] == ["BK-TTG"]
    assert [form.family for form in load_award_forms()] == ["giay_khen"] * 4 + ["bang_khen"] * 2


def test_rule_sets_follow_one_another_without_a_gap() -> None:
    first, second, third = load_rule_sets()
    assert (first.code, second.code, third.code) == ("R1", "R2", "R3")
    assert first.valid_to == date(2023, 12, 31)
    assert second.valid_from == date(2024, 1, 1)
    assert second.valid_to == date(2025, 6, 30)
    assert third.valid_from == date(2025, 7, 1)
    assert third.valid_to is None


def test_a_law_is_cited_without_its_number_and_a_decree_with_it() -> None:
    for rule_set in load_rule_sets():
        for basis in rule_set.basis:
            assert (basis.kind == "law") == (basis.number is None or basis.number not in basis.citation)
            if basis.kind == "law":
                assert "/QH" not in basis.citation


@pytest.mark.parametrize(
    ("rule_set", "numbers"),
    [
        ("R1", {"91/2017/NĐ-CP", "08/2017/TT-BNV", "12/2019/TT-BNV"}),
        ("R2", {"06/2022/QH15", "98/2023/NĐ-CP", "01/2024/TT-BNV"}),
        ("R3", {"06/2022/QH15", "152/2025/NĐ-CP", "15/2025/TT-BNV"}),
    ],
)
def test_each_rule_set_has_its_own_laws(rule_set: str, numbers: set[str]) -> None:
    (found,) = [rules for rules in load_rule_sets() if rules.code == rule_set]
    assert {basis.number for basis in found.basis if basis.number} == numbers


R1, R2, R3 = date(2023, 11, 1), date(2024, 11, 1), date(2025, 11, 1)


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("GK-XA", ("0.15", "0.15", "0.3")),
        ("GK-HUYEN", ("0.3", "0.3", None)),
        ("GK-SO", ("0.3", "0.3", "0.3")),
        ("GK-DN", ("0.3", "0.3", "0.3")),
        ("BK-TINH", ("1.0", "1.5", "1.5")),
        ("BK-TTG", ("3.5", "3.5", "3.5")),
    ],
)
def test_coefficients_under_each_rule_set(form: str, expected: tuple[str | None, ...]) -> None:
    assert tuple(figure("bonus_coefficient", form, day) for day in (R1, R2, R3)) == expected


def test_multipliers_and_the_household_left_to_hand_before_2024() -> None:
    kinds = ("individual", "household", "collective")
    assert [figure("bonus_multiplier", kind, R1) for kind in kinds] == ["1", None, "2"]
    assert [figure("bonus_multiplier", kind, R2) for kind in kinds] == ["1", "1.5", "2"]
    assert [figure("bonus_multiplier", kind, R3) for kind in kinds] == ["1", "1.5", "2"]
    household = [value for value in load_legal_values() if value.key == "household"]
    assert [value.source for value in household] == ["[memory]", "[S-60]"]


@pytest.mark.parametrize(
    ("day", "salary"),
    [
        (date(2019, 7, 1), "1490000"),
        (date(2023, 6, 30), "1490000"),
        (date(2023, 7, 1), "1800000"),
        (date(2024, 6, 30), "1800000"),
        (date(2024, 7, 1), "2340000"),
        (date(2026, 1, 1), "2340000"),
    ],
)
def test_base_salary_by_day(day: date, salary: str) -> None:
    assert figure("base_salary", "", day) == salary


def test_the_press_figures_come_out_before_rounding() -> None:
    base = Decimal(figure("base_salary", "", R3) or 0)
    commune = Decimal(figure("bonus_coefficient", "GK-XA", R3) or 0)
    assert base * commune == 702_000
    assert base * commune * Decimal(figure("bonus_multiplier", "household", R3) or 0) == 1_053_000


def test_figures_of_one_key_do_not_overlap() -> None:
    keys: dict[tuple[str, str], list[LegalValue]] = defaultdict(list)
    for value in load_legal_values():
        assert Decimal(value.value) > 0
        keys[value.kind, value.key].append(value)
    for values in keys.values():
        for earlier, later in itertools.pairwise(values):
            assert earlier.valid_to is not None
            assert earlier.valid_to + timedelta(days=1) == later.valid_from


TABLES = money.BonusTables(
    rule_sets=tuple(money.Period(rules.code, rules.valid_from, rules.valid_to) for rules in load_rule_sets()),
    values=tuple(
        money.LegalValue(v.kind, v.key, v.valid_from, v.valid_to, v.value, v.note or "", v.source)
        for v in load_legal_values()
    ),
)


@pytest.mark.parametrize(
    ("form", "kind", "day", "amount"),
    [
        ("GK-XA", "individual", R3, 710_000),
        ("GK-XA", "household", R3, 1_060_000),
        ("BK-TINH", "household", date(2024, 12, 31), 5_270_000),
        ("BK-TINH", "collective", R1, 3_600_000),
        ("BK-TTG", "individual", R1, 6_300_000),
    ],
)
def test_the_tables_feed_the_bonus(form: str, kind: str, day: date, amount: int) -> None:
    found = money.bonus(TABLES, form, kind, day)
    assert isinstance(found, money.Bonus)
    assert found.amount_vnd == amount


@pytest.mark.parametrize(("form", "kind", "day"), [("BK-TINH", "household", R1), ("GK-HUYEN", "individual", R3)])
def test_a_cell_nobody_found_asks_for_a_manual_figure(form: str, kind: str, day: date) -> None:
    assert isinstance(money.bonus(TABLES, form, kind, day), money.Manual)
