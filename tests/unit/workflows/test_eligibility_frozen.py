"""Assessments frozen in a revision, computed again at a later stage, and compared."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal

import pytest

from workflows.assessments import as_json, changes, freeze, recompute, thaw
from workflows.eligibility import COMMUNE, DISTRICT, HAMLET, Assessment, Result, evaluate
from workflows.ledger import canonical_content
from workflows.poverty import MovementSettings, UnitFacts, YearFigure

SETTINGS = MovementSettings()
AREA_III = UnitFacts(area_class="III")
FIGURES = (
    YearFigure(2021, 300, 120, 80, Decimal("66.67"), "2022-2025", "official", "QĐ 1"),
    YearFigure(2025, 300, 60, 39, None, "2022-2025", "preliminary"),
)
PASSED = evaluate(COMMUNE, AREA_III, FIGURES, SETTINGS)


def texts(before: Assessment, after: Assessment, locale: str = "vi") -> list[str]:
    return [part.text(locale) for part in changes(before, after)]


@pytest.mark.parametrize(
    "assessment",
    [
        PASSED,
        evaluate(COMMUNE, UnitFacts(area_class="I"), FIGURES, SETTINGS),
        evaluate(DISTRICT, UnitFacts(poor_district=False), FIGURES, MovementSettings(in_points=False)),
        evaluate(HAMLET, UnitFacts(), [], SETTINGS),
    ],
)
def test_a_frozen_assessment_comes_back_whole(assessment: Assessment) -> None:
    stored = canonical_content(freeze(assessment))

    assert thaw(json.loads(stored)) == assessment
    assert canonical_content(freeze(thaw(json.loads(stored)))) == stored
    assert changes(assessment, thaw(json.loads(stored))) == ()


def test_nothing_changed_is_nothing_to_show() -> None:
    again, changed = recompute(PASSED, AREA_III, FIGURES, SETTINGS)

    assert again == PASSED
    assert changed == ()


def test_an_official_figure_that_turns_the_result_is_named() -> None:
    official = replace(FIGURES[1], near_poor=40, status="official", decision_ref="QĐ 9")

    again, changed = recompute(PASSED, AREA_III, (FIGURES[0], official), SETTINGS)

    assert again.result is Result.NOT_MET
    assert [part.text("vi") for part in changed] == [
        "Kết quả: đạt thành không đạt.",
        "Số liệu năm 2025, số hộ cận nghèo: 39 thành 40.",
        "Số liệu năm 2025, tình trạng: sơ bộ thành chính thức.",
        "Số liệu năm 2025, quyết định công nhận: không có thành QĐ 9.",
    ]


def test_a_figure_added_or_taken_away_is_named() -> None:
    added = YearFigure(2023, rate=Decimal("40.50"))

    more = evaluate(COMMUNE, AREA_III, (*FIGURES, added), SETTINGS)

    assert texts(PASSED, more, "en") == [
        "Figures of 2023, rate: none is now 40.50 %.",
        "Figures of 2023, status: none is now official.",
    ]
    assert texts(more, PASSED, "en")[0] == "Figures of 2023, rate: 40.50 % is now none."


def test_unit_and_settings_that_changed_are_named() -> None:
    settings = MovementSettings(baseline_year=2022, across_standards=True, other_drop=Decimal("3.5"))

    again, changed = recompute(PASSED, UnitFacts(poor_district=True, area_class="II"), FIGURES, settings)

    assert again.result is Result.NOT_APPLICABLE
    assert [part.text("vi") for part in changed] == [
        "Kết quả: đạt thành không áp dụng.",
        "Đơn vị, huyện nghèo: không có thành có.",
        "Đơn vị, khu vực: III thành II.",
        "Cách tính, so sánh giữa hai chuẩn nghèo: không thành có.",
        "Cách tính, năm đầu kỳ: 2021 thành 2022.",
        "Cách tính, mức giảm của địa phương còn lại: 4,00 % thành 3,50 %.",
    ]


def test_the_window_stays_where_it_was_when_later_years_come_out() -> None:
    figures = [YearFigure(2021 + n, rate=Decimal(30 - 6 * n)) for n in range(4)]
    district = UnitFacts(poor_district=True)
    before = evaluate(DISTRICT, district, figures, SETTINGS)

    again, changed = recompute(before, district, [*figures, YearFigure(2025, rate=Decimal(12))], SETTINGS)

    assert again.result is Result.MET
    assert again.ends == before.ends == 2024
    assert changed == ()


def test_another_window_is_named() -> None:
    assert texts(PASSED, evaluate(COMMUNE, AREA_III, FIGURES, SETTINGS, ends=2026)) == [
        "Năm cuối được xét: 2025 thành 2026.",
    ]


def test_the_calculator_s_answer_is_plain_json_with_sentences() -> None:
    answer = json.loads(json.dumps(as_json(PASSED, "en")))

    assert answer["result"] == "pass"
    assert answer["working"][-1] == {
        "code": "conclusion",
        "text": "Conclusion: met.",
        "values": {"result": "pass"},
    }
    assert answer["settings"]["baseline_year"] == 2021
    assert answer["settings"]["fall_over"] == "50"


@pytest.mark.parametrize("broken", [{}, {"result": "maybe"}, {"figures": [{"year": 2021}]}])
def test_what_is_no_assessment_is_refused(broken: dict[str, object]) -> None:
    frozen = freeze(PASSED) | broken if broken else {}
    with pytest.raises((KeyError, ValueError, TypeError)):
        thaw(frozen)
