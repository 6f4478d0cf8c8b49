"""The computed criteria: the plan's boundaries, a slow obvious reference, and "cannot be computed, because"."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.eligibility import COMMUNE, DISTRICT, HAMLET, Assessment, Result, evaluate, window_end
from workflows.poverty import MovementSettings, UnitFacts, YearFigure, check_figure

SETTINGS = MovementSettings()
POOR, OTHER, AREA_III = UnitFacts(poor_district=True), UnitFacts(poor_district=False), UnitFacts(area_class="III")


def rates(*values: str, first: int = 2021, standard: str | None = None) -> list[YearFigure]:
    return [YearFigure(year, rate=Decimal(value), standard=standard) for year, value in enumerate(values, start=first)]


def sizes(*pairs: tuple[int, int], first: int = 2021) -> list[YearFigure]:
    return [YearFigure(year, poor=poor, near_poor=near) for year, (poor, near) in enumerate(pairs, start=first)]


def result(
    criterion: str, unit: UnitFacts, figures: Sequence[YearFigure], settings: MovementSettings = SETTINGS
) -> str:
    return evaluate(criterion, unit, figures, settings).result.value


def causes(assessment: Assessment) -> list[str]:
    return [cause.code for cause in assessment.causes]


# --- boundaries ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("series", "expected"),
    [
        (("30.00", "24.00", "18.00", "12.00"), "pass"),
        (("30.00", "24.00", "18.01", "12.00"), "fail"),
        (("30.00", "24.01", "18.00", "12.00"), "fail"),
        (("30.00", "23.99", "17.98", "11.97"), "pass"),
        (("30.00", "10.00", "9.00", "1.00"), "fail"),  # far more than 18 in all, but not each year
        (("30.00", "24.00", "25.00", "12.00"), "fail"),
        (("30", "24", "18", "12"), "pass"),
    ],
)
def test_a_poor_district_falls_by_six_points_in_each_of_three_years(series: tuple[str, ...], expected: str) -> None:
    assert result(DISTRICT, POOR, rates(*series)) == expected


@pytest.mark.parametrize(
    ("series", "expected"),
    [(("20.00", "16.00", "12.00", "8.00"), "pass"), (("20.00", "16.00", "12.01", "8.01"), "fail")],
)
def test_another_locality_falls_by_four_points(series: tuple[str, ...], expected: str) -> None:
    unchanged = [YearFigure(figure.year, poor=100, near_poor=100, rate=figure.rate) for figure in rates(*series)]

    assert result(DISTRICT, OTHER, unchanged) == expected


@pytest.mark.parametrize(
    ("last", "expected"),
    [((50, 50), "fail"), ((50, 49), "pass"), ((51, 50), "fail"), ((0, 0), "pass"), ((99, 0), "pass")],
)
@pytest.mark.parametrize(("criterion", "unit"), [(COMMUNE, AREA_III), (HAMLET, UnitFacts())])
def test_exactly_half_is_not_more_than_half(
    criterion: str, unit: UnitFacts, last: tuple[int, int], expected: str
) -> None:
    assert result(criterion, unit, sizes((120, 80), (110, 70), (100, 60), (90, 50), last)) == expected


def test_a_hamlet_with_two_poor_households_that_has_none_left_passes() -> None:
    assert result(HAMLET, UnitFacts(), sizes((2, 0), (0, 0))) == "pass"


def test_the_fall_is_an_alternative_for_other_localities_only() -> None:
    flat = [YearFigure(year, 1000, poor, 0) for year, poor in ((2021, 100), (2022, 90), (2023, 60), (2024, 49))]

    assert result(DISTRICT, OTHER, flat) == "pass"
    assert result(DISTRICT, POOR, flat) == "fail"
    assert result(DISTRICT, POOR, flat, MovementSettings(fifty_for_poor_districts=True)) == "pass"


def test_one_alternative_that_passes_is_enough_whatever_is_missing_for_the_other() -> None:
    assert result(DISTRICT, OTHER, rates("20", "16", "12", "8")) == "pass"
    assert result(DISTRICT, OTHER, sizes((100, 0), (90, 0), (60, 0), (49, 0))) == "pass"


def test_one_alternative_that_fails_leaves_it_open_while_the_other_wants_figures() -> None:
    assessment = evaluate(DISTRICT, OTHER, rates("20", "16", "12", "9"), SETTINGS)

    assert assessment.result is Result.NOT_COMPUTABLE
    assert causes(assessment) == ["missing_households"] * 2


def test_an_alternative_without_object_drops_out() -> None:
    nothing_at_first = [
        YearFigure(figure.year, poor=0, near_poor=0, rate=figure.rate) for figure in rates("20", "16", "12", "9")
    ]

    assert result(DISTRICT, OTHER, nothing_at_first) == "fail"
    assert result(DISTRICT, POOR, rates("20", "14", "8", "2")) == "pass"


@pytest.mark.parametrize("area", [None, "I", "II"])
def test_only_area_three_is_asked_for_a_fall(area: str | None) -> None:
    assessment = evaluate(COMMUNE, UnitFacts(area_class=area), sizes((2, 2), (1, 0)), SETTINGS)

    assert assessment.result is Result.NOT_APPLICABLE
    assert assessment.working[0].text("vi").startswith("Tiêu chí chỉ áp dụng cho xã Khu vực III; đơn vị này: ")


# --- the settings -------------------------------------------------------------------------------------------


def test_four_percent_may_be_read_as_the_whole_of_three_years() -> None:
    slow = [YearFigure(f.year, poor=100, near_poor=0, rate=f.rate) for f in rates("20.00", "19.00", "18.00", "16.00")]

    assert result(DISTRICT, OTHER, slow) == "fail"
    assert result(DISTRICT, OTHER, slow, MovementSettings(four_each_year=False)) == "pass"
    assert result(DISTRICT, POOR, slow, MovementSettings(four_each_year=False)) == "fail"


def test_the_drop_may_be_read_in_proportion() -> None:
    low = rates("10.00", "9.40", "8.83", "8.30")

    assert result(DISTRICT, POOR, low) == "fail"
    assert result(DISTRICT, POOR, low, MovementSettings(in_points=False)) == "pass"


def test_the_rate_may_count_poor_households_alone() -> None:
    near_poor_only = [YearFigure(2021 + n, 100, 40 - 6 * n, 6 * n) for n in range(4)]

    assert result(DISTRICT, POOR, near_poor_only) == "fail"
    assert result(DISTRICT, POOR, near_poor_only, MovementSettings(with_near_poor=False)) == "pass"


def test_the_start_and_the_end_of_the_period_are_settings() -> None:
    falling = sizes((200, 0), (100, 0), (90, 0), (80, 0), (70, 0), (40, 0))

    assert result(HAMLET, UnitFacts(), falling) == "pass"
    assert result(HAMLET, UnitFacts(), falling, MovementSettings(baseline_year=2022)) == "fail"
    assert result(HAMLET, UnitFacts(), falling, MovementSettings(baseline_year=2022, period_end=2026)) == "pass"


def test_the_number_of_years_and_the_thresholds_are_settings() -> None:
    settings = MovementSettings(years_running=1, poor_district_drop=Decimal("0.5"), fall_over=Decimal(10))

    assert result(DISTRICT, POOR, rates("3.00", "2.50"), settings) == "pass"
    assert result(HAMLET, UnitFacts(), sizes((10, 0), (9, 0)), settings) == "fail"
    assert result(HAMLET, UnitFacts(), sizes((11, 0), (9, 0)), settings) == "pass"


def test_settings_go_to_json_and_back() -> None:
    settings = MovementSettings(in_points=False, baseline_year=2022, other_drop=Decimal("3.5"))

    assert MovementSettings.from_plain(settings.plain()) == settings
    assert MovementSettings.from_plain({}) == SETTINGS
    assert settings.plain()["other_drop"] == "3.5"


@pytest.mark.parametrize(
    "wrong",
    [
        {"colour": True},
        {"in_points": 1},
        {"baseline_year": True},
        {"baseline_year": "2021"},
        {"other_drop": 4},
        {"other_drop": "four"},
        {"other_drop": "NaN"},
        {"other_drop": "101"},
        {"other_drop": "1E-99999999"},
        {"years_running": 0},
        {"years_running": 10**9},
    ],
)
def test_a_wrong_setting_is_refused_by_name(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=next(iter(wrong))):
        MovementSettings.from_plain(wrong)


# --- cannot be computed, because ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("criterion", "unit", "figures", "expected"),
    [
        (HAMLET, UnitFacts(), [], ["no_figures"]),
        (HAMLET, UnitFacts(), sizes((0, 0), (0, 0)), ["zero_baseline"]),
        (HAMLET, UnitFacts(), sizes((4, 1)), ["no_later_year"]),
        (HAMLET, UnitFacts(), sizes((4, 1), (1, 0), first=2022), ["missing_year"]),
        (HAMLET, UnitFacts(), rates("20", "5"), ["missing_households", "missing_households"]),
        (HAMLET, UnitFacts(), [YearFigure(2021, poor=4), *sizes((1, 0), first=2022)], ["missing_households"]),
        (DISTRICT, UnitFacts(), rates("30", "24", "18", "12"), ["poor_district_unknown"]),
        (DISTRICT, POOR, rates("30", "24", "18"), ["missing_year"]),
        (DISTRICT, POOR, [*rates("30", "24"), *rates("18", "12", first=2024)], ["missing_year"]),
        (DISTRICT, POOR, [*rates("30", "24", "18"), YearFigure(2024, poor=1, near_poor=1)], ["missing_rate"]),
        (DISTRICT, POOR, [*rates("30", "24", "18"), YearFigure(2024, 0, 0, 0)], ["zero_households"]),
        (DISTRICT, POOR, [*rates("30", "24", "18", "12"), *rates("12", first=2024)], ["year_twice"]),
        (DISTRICT, POOR, [*rates("30", "24", "18"), YearFigure(2024, 10, 8, 3)], ["impossible_figure"]),
        (DISTRICT, POOR, [*rates("30", "24", "18"), YearFigure(2024, 10, -1, 3)], ["impossible_figure"]),
        (DISTRICT, POOR, rates("30", "24", "18", "100.01"), ["impossible_figure"]),
        (DISTRICT, POOR, rates("30", "24", "18", "NaN"), ["impossible_figure"]),
        (DISTRICT, POOR, rates("30", "24", "18", "1E-999999999"), ["impossible_figure"]),
        (DISTRICT, POOR, rates("30", "24", "18", "1E+999999999"), ["impossible_figure"]),
        (HAMLET, UnitFacts(), sizes((10**10, 0), (1, 0)), ["impossible_figure"]),
        (DISTRICT, POOR, rates("30", "24", "18", "-1"), ["impossible_figure"]),
    ],
)
def test_what_cannot_be_computed_says_why(
    criterion: str, unit: UnitFacts, figures: list[YearFigure], expected: list[str]
) -> None:
    assessment = evaluate(criterion, unit, figures, SETTINGS)

    assert assessment.result is Result.NOT_COMPUTABLE
    assert causes(assessment) == expected
    for cause in assessment.causes:
        assert cause.text("vi").startswith("Không tính được vì ")
        assert cause.text("en").startswith("Cannot be computed, because ")


def test_a_rate_of_nothing_cannot_fall_in_proportion() -> None:
    assessment = evaluate(DISTRICT, POOR, rates("1", "0", "0", "0"), MovementSettings(in_points=False))

    assert causes(assessment) == ["zero_rate", "zero_rate"]


def test_a_drop_too_small_settles_it_even_beside_one_that_cannot_be_told() -> None:
    assert result(DISTRICT, POOR, rates("1", "1", "0", "0"), MovementSettings(in_points=False)) == "fail"


def test_a_change_of_standard_is_named_with_its_years() -> None:
    figures = [*rates("30", standard="2016-2020"), *rates("24", "18", "12", first=2022, standard="2022-2025")]

    assessment = evaluate(DISTRICT, POOR, figures, SETTINGS)

    assert assessment.causes[0].text("vi") == (
        "Không tính được vì chuẩn nghèo thay đổi: năm 2021 theo chuẩn 2016-2020, năm 2022 theo chuẩn 2022-2025."
    )
    assert result(DISTRICT, POOR, figures, MovementSettings(across_standards=True)) == "pass"


def test_a_year_surveyed_under_both_standards_serves_the_one_that_reaches_through() -> None:
    figures = [
        *rates("50", standard="2016-2020"),
        *rates("30", "24", "18", "12", standard="2022-2025"),
    ]

    assert result(DISTRICT, POOR, figures) == "pass"
    assert result(DISTRICT, POOR, list(reversed(figures))) == "pass"


def test_a_year_that_does_not_name_its_standard_agrees_with_one_but_not_with_two() -> None:
    unnamed = rates("12", first=2024)
    one = [*rates("30", "24", "18", standard="2022-2025"), *unnamed]
    two = [*rates("30", standard="2016-2020"), *rates("24", "18", first=2022, standard="2022-2025"), *unnamed]

    assert result(DISTRICT, POOR, one) == "pass"
    assert causes(evaluate(DISTRICT, POOR, two, SETTINGS)) == ["standard_changed"]


# --- rates and households -----------------------------------------------------------------------------------


def test_a_rate_that_disagrees_is_refused_with_both_numbers() -> None:
    figure = YearFigure(2022, 9493, 2829, 1298, Decimal("43.48"))

    refusal = check_figure(figure, SETTINGS)

    assert refusal is not None
    assert refusal.text("vi") == (
        "Không tính được vì năm 2022, tỷ lệ được ghi là 43,48 % nhưng tính từ số hộ là ≈ 43,47 %."
    )
    assert causes(evaluate(HAMLET, UnitFacts(), [figure], SETTINGS)) == ["rate_disagrees"]


@pytest.mark.parametrize(
    ("rate", "poor", "agrees"),
    [
        ("43.47", 2829, True),  # 43.4741...
        ("43.5", 2829, True),
        ("43", 2829, True),
        ("43.4", 2829, False),
        ("44", 2829, False),
        ("43.470", 2829, False),
        ("43.474", 2829, True),
    ],
)
def test_a_rate_agrees_to_the_decimals_it_was_printed_with(rate: str, poor: int, agrees: bool) -> None:
    figure = YearFigure(2022, 9493, poor, 1298, Decimal(rate))

    assert (check_figure(figure, SETTINGS) is None) == agrees


@pytest.mark.parametrize("rate", ["12.5", "12.4", "12.50", "12", "13"])
def test_rounding_of_a_half_may_go_either_way(rate: str) -> None:
    eighth = check_figure(YearFigure(2022, 8, 1, 0, Decimal(rate)), SETTINGS)  # 12.5 exactly

    assert (eighth is None) == (rate != "12.4")


def test_a_rate_without_the_total_cannot_disagree() -> None:
    assert check_figure(YearFigure(2021, None, 0, 0, Decimal("20.00")), SETTINGS) is None
    assert check_figure(YearFigure(2021, 100, None, 3, Decimal("20.00")), SETTINGS) is None
    assert (
        check_figure(YearFigure(2021, 100, 20, None, Decimal("20.00")), MovementSettings(with_near_poor=False)) is None
    )


def test_the_recognised_rate_counts_where_both_are_given() -> None:
    exact = [YearFigure(2021 + n, 30000, 9000 - 1800 * n, 1, Decimal(f"{30 - 6 * n}.00")) for n in range(4)]

    assert result(DISTRICT, POOR, exact) == "pass"


# --- the window ---------------------------------------------------------------------------------------------


def test_the_window_ends_at_the_submission() -> None:
    figures = rates("30", "24", "18", "12", "11")

    assert window_end(figures, 2025) == 2025
    assert window_end(figures, 2026) == 2025
    assert window_end(figures, 2028) == 2027
    assert evaluate(DISTRICT, POOR, figures, SETTINGS, ends=2024).result is Result.MET
    assert evaluate(DISTRICT, POOR, figures, SETTINGS, ends=2025).result is Result.NOT_MET
    assert causes(evaluate(DISTRICT, POOR, figures, SETTINGS, ends=2027)) == ["missing_year"]
    assert causes(evaluate(DISTRICT, POOR, figures, SETTINGS, ends=2019)) == ["no_figures"]


def test_years_after_the_window_are_named_and_not_looked_at() -> None:
    figures = [*rates("30", "24", "18", "12"), YearFigure(2025, rate=Decimal(-5)), YearFigure(2026)]

    assessment = evaluate(DISTRICT, POOR, figures, SETTINGS, ends=2024)

    assert assessment.result is Result.MET
    assert assessment.working[0].text("en") == (
        "The figures of 2025, 2026 are left out: they come after the last year considered."
    )


@pytest.mark.parametrize("criterion", ["1.2.7", "1.5.1", "9.9.9", ""])
def test_a_criterion_that_is_not_computed_is_no_case_for_this(criterion: str) -> None:
    with pytest.raises(ValueError, match="computed"):
        evaluate(criterion, POOR, [], SETTINGS)


# --- a slow obvious reference -------------------------------------------------------------------------------

HUNDREDTHS = st.integers(0, 10_000).map(lambda n: Decimal(n) / 100)


@st.composite
def series(draw: st.DrawFn) -> list[YearFigure]:
    years = draw(st.sets(st.integers(2020, 2026), max_size=7))
    steps = draw(st.sampled_from([Decimal("3.99"), Decimal("4.00"), Decimal("5.99"), Decimal("6.00"), Decimal("6.01")]))
    figures = []
    for year in sorted(years):
        households = draw(st.none() | st.integers(0, 60))
        poor = draw(st.none() | st.integers(0, households if households is not None else 30))
        near = draw(st.none() | st.integers(0, (households if households is not None else 30) - (poor or 0)))
        slope = Decimal(40) - steps * (year - 2020)
        rate = draw(st.none() | st.just(slope) | HUNDREDTHS) if households is None else None
        figures.append(YearFigure(year, households, poor, near, rate))
    return figures


def slow_rate(figure: YearFigure, settings: MovementSettings) -> Fraction | None:
    if figure.rate is not None:
        return Fraction(str(figure.rate))
    parts = [figure.poor, figure.near_poor] if settings.with_near_poor else [figure.poor]
    if figure.households in {None, 0} or None in parts:
        return None
    return Fraction(sum(part for part in parts if part is not None) * 100, figure.households)


def slow_yearly(figures: dict[int, YearFigure], end: int, threshold: int, settings: MovementSettings) -> str:
    wanted = [end - 3, end - 2, end - 1, end]
    found = [slow_rate(figures[year], settings) if year in figures else None for year in wanted]
    values = [value for value in found if value is not None]
    if len(values) < 4:
        return "not_computable"
    if not settings.four_each_year and threshold == 4:
        values = [values[0], values[3]]
    met: list[bool | None] = []
    for before, after in pairwise(values):
        if settings.in_points:
            met.append(before - after >= threshold)
        elif before == 0:
            met.append(None)
        else:
            met.append((before - after) / before * 100 >= threshold)
    if False in met:
        return "fail"
    return "not_computable" if None in met else "pass"


def slow_fall(figures: dict[int, YearFigure], end: int) -> str:
    end = min(end, 2025)
    if end <= 2021 or 2021 not in figures or end not in figures:
        return "not_computable"
    numbers = [figures[2021].poor, figures[2021].near_poor, figures[end].poor, figures[end].near_poor]
    known = [number for number in numbers if number is not None]
    if len(known) < 4:
        return "not_computable"
    before, after = known[0] + known[1], known[2] + known[3]
    if before == 0:
        return "no object"
    return "pass" if 2 * (before - after) > before else "fail"


def slow(criterion: str, unit: UnitFacts, figures: list[YearFigure], settings: MovementSettings) -> str:
    if criterion == COMMUNE and unit.area_class != "III":
        return "not_applicable"
    if not figures or (criterion == DISTRICT and unit.poor_district is None):
        return "not_computable"
    by_year = {figure.year: figure for figure in figures}
    end = max(by_year)
    answers = []
    if criterion == DISTRICT:
        answers.append(slow_yearly(by_year, end, 6 if unit.poor_district else 4, settings))
    if criterion != DISTRICT or not unit.poor_district or settings.fifty_for_poor_districts:
        answers.append(slow_fall(by_year, end))
    if "pass" in answers:
        return "pass"
    if "not_computable" in answers or "fail" not in answers:
        return "not_computable"
    return "fail"


UNITS = st.builds(UnitFacts, st.none() | st.booleans(), st.sampled_from([None, "I", "II", "III"]))
READINGS = st.builds(MovementSettings, st.booleans(), st.booleans(), st.booleans(), st.booleans())


@given(st.sampled_from([DISTRICT, COMMUNE, HAMLET]), UNITS, series(), READINGS, st.randoms())
def test_the_result_is_the_reference_s(
    criterion: str, unit: UnitFacts, figures: list[YearFigure], settings: MovementSettings, random: Random
) -> None:
    shuffled = random.sample(figures, len(figures))

    assessment = evaluate(criterion, unit, shuffled, settings)

    assert assessment.result.value == slow(criterion, unit, figures, settings)
    assert (assessment.result is Result.NOT_COMPUTABLE) <= bool(assessment.causes)
    assert assessment.working[-1].code == "conclusion"
    for part in (*assessment.working, *settings.lines()):
        for locale in ("vi", "en"):
            assert "{" not in part.text(locale)
            assert "None" not in part.text(locale)
