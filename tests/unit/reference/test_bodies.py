"""Provincial bodies, district offices and councils."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from nominations.reference import load_councils, load_units, plan_text, unit_on

UNITS = load_units()
NAMED_BY_THE_PLAN = [
    "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh",
    "Sở Nội vụ",
    "Ban Thi đua - Khen thưởng",
    "Sở Lao động - Thương binh và Xã hội",
    "Sở Thông tin và Truyền thông",
    "Ban Tuyên giáo Tỉnh ủy",
    "Báo Bình Định",
    "Đài Phát thanh và Truyền hình tỉnh",
]
DAYS = [date(2021, 1, 1), date(2024, 12, 31), date(2025, 3, 1), date(2025, 6, 30), date(2025, 7, 1), date(2026, 1, 1)]


@pytest.mark.parametrize("name", NAMED_BY_THE_PLAN)
def test_a_body_the_plan_names_bears_its_mark_and_its_words(name: str) -> None:
    unit = next(unit for unit in UNITS if unit.name == name)
    assert "[plan]" in unit.source
    assert name in " ".join(plan_text().split())


@pytest.mark.parametrize("day", DAYS)
def test_one_province_one_board_one_office_and_one_holder_of_the_poverty_function_at_any_time(day: date) -> None:
    alive = [unit for unit in UNITS if unit.exists_on(day)]
    assert [sum(unit.kind == kind for unit in alive) for kind in ("province", "board", "office")] == [1, 1, 1]
    assert sum(unit.poverty_function and unit.kind == "department" for unit in alive) == 1


def test_the_award_board_belongs_to_the_department_of_home_affairs() -> None:
    for day in DAYS:
        board = unit_on(UNITS, "BTDKT", day)
        home_affairs = unit_on(UNITS, "SNV", day)
        assert board is not None
        assert home_affairs is not None
        assert board.parent == home_affairs.key


def test_the_labour_department_ended_early_in_2025_and_its_poverty_work_went_on() -> None:
    labour = next(unit for unit in UNITS if unit.code == "SLDTBXH")
    assert labour.poverty_function
    assert labour.valid_to is not None
    assert date(2025, 1, 1) <= labour.valid_to <= date(2025, 4, 1)
    heir = unit_on(UNITS, "SNNMT", labour.valid_to + timedelta(days=1))
    assert heir is not None
    assert heir.poverty_function


@pytest.mark.parametrize("day", [date(2023, 1, 1), date(2025, 6, 30)])
def test_every_district_has_an_office_for_awards_and_one_for_poverty(day: date) -> None:
    offices = [unit for unit in UNITS if unit.kind == "district_office" and unit.exists_on(day)]
    assert len(offices) == 22
    assert sum(unit.poverty_function for unit in offices) == 11
    assert "Phòng Nội vụ huyện An Lão" in {unit.name for unit in offices}


def test_no_district_office_outlives_the_districts() -> None:
    assert not any(unit.kind == "district_office" and unit.exists_on(date(2025, 7, 1)) for unit in UNITS)


def test_the_council_is_not_a_unit_and_sits_at_the_province_of_its_day() -> None:
    assert not any("Hội đồng" in unit.name for unit in UNITS)
    keys = {unit.key for unit in UNITS}
    before, after = load_councils()
    assert {before.unit, after.unit} <= keys
    assert before.valid_to == date(2025, 6, 30)
    assert after.valid_from == date(2025, 7, 1)


def test_an_order_within_each_day_is_strict() -> None:
    for day in DAYS:
        orders = [unit.protocol_order for unit in UNITS if unit.exists_on(day)]
        assert len(set(orders)) == len(orders)
