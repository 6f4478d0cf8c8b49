"""The money beside an award: dated tables, one rounding, and a manual figure where the table is silent."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.bonus import ROUNDING_STEP_VND, Bonus, BonusTables, LegalValue, Manual, Period, bonus

R1, R2, R3 = date(2017, 10, 1), date(2024, 1, 1), date(2025, 7, 1)
RULE_SETS = (
    Period("R1", R1, date(2023, 12, 31)),
    Period("R2", R2, date(2025, 6, 30)),
    Period("R3", R3, None),
)


def value(kind: str, key: str, valid_from: date, valid_to: date | None, figure: str) -> LegalValue:
    note = {"2340000": "Lương cơ sở", "1.5": "NĐ 98/2023/NĐ-CP"}.get(figure, "")
    return LegalValue(kind, key, valid_from, valid_to, figure, note, "S-61")


TABLES = BonusTables(
    RULE_SETS,
    (
        value("base_salary", "", date(2019, 7, 1), date(2023, 6, 30), "1490000"),
        value("base_salary", "", date(2023, 7, 1), date(2024, 6, 30), "1800000"),
        value("base_salary", "", date(2024, 7, 1), None, "2340000"),
        value("bonus_coefficient", "BK-TTG", R1, None, "3.5"),
        value("bonus_coefficient", "BK-TINH", R1, date(2023, 12, 31), "1.0"),
        value("bonus_coefficient", "BK-TINH", R2, None, "1.5"),
        value("bonus_coefficient", "GK-HUYEN", R1, date(2025, 6, 30), "0.3"),
        value("bonus_coefficient", "GK-XA", R1, date(2025, 6, 30), "0.15"),
        value("bonus_coefficient", "GK-XA", R3, None, "0.3"),
        value("bonus_coefficient", "GK-SO", R1, None, "0.3"),
        value("bonus_coefficient", "GK-SO/enterprise", R1, None, "0.25"),
        value("bonus_multiplier", "individual", R1, None, "1"),
        value("bonus_multiplier", "collective", R1, None, "2"),
        value("bonus_multiplier", "household", R2, None, "1.5"),
    ),
)


def amount(form: str, kind: str, decided_on: date) -> int:
    answer = bonus(TABLES, form, kind, decided_on)
    assert isinstance(answer, Bonus)
    return answer.amount_vnd


@pytest.mark.parametrize(
    ("form", "kind", "decided_on", "expected"),
    [
        ("BK-TINH", "household", date(2024, 12, 31), 5_270_000),  # 5,265,000
        ("BK-TINH", "individual", date(2023, 12, 31), 1_800_000),
        ("BK-TINH", "individual", date(2024, 1, 1), 2_700_000),
        ("BK-TINH", "individual", date(2023, 6, 30), 1_490_000),
        ("BK-TINH", "collective", date(2024, 7, 1), 7_020_000),
        ("GK-XA", "individual", date(2025, 6, 30), 360_000),  # 351,000
        ("GK-XA", "individual", date(2025, 7, 1), 710_000),  # 702,000
        ("GK-XA", "household", date(2025, 7, 1), 1_060_000),  # 1,053,000
        ("GK-HUYEN", "collective", date(2022, 5, 1), 900_000),  # 894,000
        ("BK-TTG", "individual", date(2022, 5, 1), 5_220_000),  # 5,215,000
    ],
)
def test_the_printed_examples(form: str, kind: str, decided_on: date, expected: int) -> None:
    assert amount(form, kind, decided_on) == expected


def test_the_answer_carries_its_factors_and_its_basis() -> None:
    answer = bonus(TABLES, "BK-TINH", "household", date(2024, 12, 31))

    assert isinstance(answer, Bonus)
    assert (answer.coefficient, answer.base_salary_vnd, answer.multiplier) == (
        Decimal("1.5"),
        2_340_000,
        Decimal("1.5"),
    )
    assert answer.rule_set == "R2"
    assert answer.basis == "R2; NĐ 98/2023/NĐ-CP [S-61]; Lương cơ sở [S-61]; NĐ 98/2023/NĐ-CP [S-61]"


def test_a_figure_without_a_note_is_named_by_its_key() -> None:
    answer = bonus(TABLES, "BK-TTG", "collective", date(2024, 12, 31))

    assert isinstance(answer, Bonus)
    assert answer.basis == "R2; BK-TTG 3.5 [S-61]; Lương cơ sở [S-61]; collective 2 [S-61]"


def test_an_issuer_with_a_figure_of_its_own_comes_before_the_form() -> None:
    plain = bonus(TABLES, "GK-SO", "individual", date(2024, 8, 1), issuer="department")
    special = bonus(TABLES, "GK-SO", "individual", date(2024, 8, 1), issuer="enterprise")

    assert isinstance(plain, Bonus)
    assert isinstance(special, Bonus)
    assert (plain.amount_vnd, special.amount_vnd) == (710_000, 590_000)


@pytest.mark.parametrize(
    ("form", "kind", "decided_on", "code", "word"),
    [
        ("BK-TINH", "household", date(2023, 12, 31), "no_multiplier", "household"),
        ("GK-HUYEN", "individual", date(2025, 7, 1), "no_coefficient", "GK-HUYEN"),
        ("BK-TINH", "individual", date(2018, 1, 1), "no_base_salary", "01/01/2018"),
        ("BK-TINH", "individual", date(2016, 1, 1), "no_rule_set", "01/01/2016"),
    ],
)
def test_an_empty_cell_asks_for_a_manual_figure(form: str, kind: str, decided_on: date, code: str, word: str) -> None:
    answer = bonus(TABLES, form, kind, decided_on)

    assert isinstance(answer, Manual)
    assert answer.code == code
    assert word in answer.why("en")
    assert "nhập số tiền" in answer.why("vi")


def test_two_rows_for_one_day_are_a_fault_of_the_data() -> None:
    doubled = BonusTables(RULE_SETS, (*TABLES.values, value("bonus_coefficient", "BK-TINH", R2, None, "2")))

    with pytest.raises(ValueError, match="BK-TINH"):
        bonus(doubled, "BK-TINH", "individual", date(2024, 8, 1))


@pytest.mark.parametrize("figure", ["", "một", "NaN", "-1", "Infinity"])
def test_a_figure_that_is_no_number_is_a_fault_of_the_data(figure: str) -> None:
    with pytest.raises(ValueError, match="base_salary"):
        value("base_salary", "", R1, None, figure)


def test_a_value_without_a_source_is_refused() -> None:
    with pytest.raises(ValueError, match="source"):
        LegalValue("base_salary", "", R1, None, "1", "", " ")


def test_a_salary_of_part_of_a_dong_is_a_fault_of_the_data() -> None:
    broken = BonusTables(
        RULE_SETS,
        (
            value("base_salary", "", R1, None, "1490000.5"),
            value("bonus_coefficient", "BK-TINH", R1, None, "1"),
            value("bonus_multiplier", "individual", R1, None, "1"),
        ),
    )
    with pytest.raises(ValueError, match="whole"):
        bonus(broken, "BK-TINH", "individual", date(2020, 1, 1))


@given(
    st.decimals("0.01", "10", places=2),
    st.integers(1, 10_000_000),
    st.sampled_from(["1", "1.5", "2"]),
)
def test_rounding_is_upwards_once_and_by_less_than_a_step(coefficient: Decimal, salary: int, multiplier: str) -> None:
    tables = BonusTables(
        RULE_SETS,
        (
            value("base_salary", "", R1, None, str(salary)),
            value("bonus_coefficient", "BK-TINH", R1, None, str(coefficient)),
            value("bonus_multiplier", "household", R1, None, multiplier),
        ),
    )
    answer = bonus(tables, "BK-TINH", "household", date(2024, 8, 1))

    assert isinstance(answer, Bonus)
    exact = Fraction(coefficient) * salary * Fraction(multiplier)
    assert answer.amount_vnd % ROUNDING_STEP_VND == 0
    assert 0 <= answer.amount_vnd - exact < ROUNDING_STEP_VND
