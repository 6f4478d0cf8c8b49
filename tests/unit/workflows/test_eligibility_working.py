"""The sentences of the working: numbers as each language prints them, and rounding that never lies."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from string import Formatter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.eligibility import DISTRICT, HAMLET, evaluate
from workflows.poverty import MovementSettings, UnitFacts, YearFigure
from workflows.wording import CAUSES, SENTENCES, WORDS
from workflows.working import honest_decimals, line, percent

SETTINGS = MovementSettings()
SERIES = [
    YearFigure(2021, 9000, 3000, 1414, None, "2022-2025", "preliminary"),
    YearFigure(2022, 9493, 2829, 1298, Decimal("43.47"), "2022-2025", "official", "QĐ 12/QĐ-UBND"),
    YearFigure(2023, rate=Decimal("37.47")),
    YearFigure(2024, rate=Decimal("31.468")),
]


def texts(criterion: str, unit: UnitFacts, figures: list[YearFigure], locale: str) -> list[str]:
    return [part.text(locale) for part in evaluate(criterion, unit, figures, SETTINGS).working]


def test_the_working_of_a_poor_district_in_vietnamese() -> None:
    assert texts(DISTRICT, UnitFacts(poor_district=True), SERIES, "vi") == [
        (
            "Huyện nghèo: tỷ lệ nghèo đa chiều phải giảm từ 6,00 điểm phần trăm trở lên trong từng năm, "
            "3 năm liên tục (2022-2024)."
        ),
        "Năm 2021: (3.000 hộ nghèo + 1.414 hộ cận nghèo) : 9.000 hộ ≈ 49,04 % (sơ bộ; chuẩn 2022-2025).",
        "Năm 2022: tỷ lệ nghèo đa chiều 43,47 % (QĐ 12/QĐ-UBND; chính thức; chuẩn 2022-2025).",
        "Năm 2023: tỷ lệ nghèo đa chiều 37,47 % (chính thức).",
        "Năm 2024: tỷ lệ nghèo đa chiều 31,468 % (chính thức).",
        (
            "Từ năm 2021 đến năm 2022: ≈ 49,04 % − 43,47 % ≈ 5,57 điểm phần trăm; mức phải đạt: "
            "từ 6,00 điểm phần trăm trở lên; chưa đạt."
        ),
        (
            "Từ năm 2022 đến năm 2023: 43,47 % − 37,47 % = 6,00 điểm phần trăm; mức phải đạt: "
            "từ 6,00 điểm phần trăm trở lên; đạt."
        ),
        (
            "Từ năm 2023 đến năm 2024: 37,470 % − 31,468 % = 6,002 điểm phần trăm; mức phải đạt: "
            "từ 6,000 điểm phần trăm trở lên; đạt."
        ),
        "Kết luận: không đạt.",
    ]


def test_the_working_of_a_hamlet_in_english() -> None:
    figures = [YearFigure(2021, poor=1200, near_poor=800), YearFigure(2025, poor=600, near_poor=400)]

    assert texts(HAMLET, UnitFacts(), figures, "en") == [
        (
            "The number of poor and near-poor households must fall by more than 50.00 % against the start of the "
            "period (2021)."
        ),
        "2021: 1,200 poor + 800 near-poor = 2,000 households (official).",
        "2025: 600 poor + 400 near-poor = 1,000 households (official).",
        "2021 to 2025: (2,000 − 1,000) / 2,000 = 50.00 %; required: more than 50.00 %; not met.",
        "Conclusion: not met.",
    ]


def test_a_fall_in_proportion_shows_its_division() -> None:
    settings = MovementSettings(in_points=False)
    figures = [YearFigure(2021 + n, rate=rate) for n, rate in enumerate(map(Decimal, ("10", "9.4", "8", "7")))]

    drop = evaluate(DISTRICT, UnitFacts(poor_district=True), figures, settings).working[5]

    assert drop.text("vi") == (
        "Từ năm 2021 đến năm 2022: (10,00 % − 9,40 %) : 10,00 % = 6,00 %; mức phải đạt: từ 6,00 % trở lên; đạt."
    )


def test_a_rise_is_a_negative_fall() -> None:
    figures = [YearFigure(2021, poor=3, near_poor=0), YearFigure(2022, poor=4, near_poor=0)]

    assert "(3 − 4) : 3 ≈ -33,33 %" in texts(HAMLET, UnitFacts(), figures, "vi")[3]


def test_the_settings_are_sentences_too() -> None:
    assert [part.text("vi") for part in SETTINGS.lines()] == [
        "Giảm trên 50 % áp dụng cả cho huyện nghèo: không.",
        "Mức 4 % tính cho từng năm: có.",
        "Mức giảm tính bằng điểm phần trăm: có.",
        "Tỷ lệ gồm cả hộ cận nghèo: có.",
        "So sánh giữa hai chuẩn nghèo: không.",
        "Năm đầu kỳ: 2021.",
        "Năm cuối kỳ: 2025.",
        "Số năm liên tục: 3.",
        "Mức giảm của huyện nghèo: 6,00 điểm phần trăm.",
        "Mức giảm của địa phương còn lại: 4,00 điểm phần trăm.",
        "Mức giảm quy mô: 50,00 %.",
        "Số do người lập nhập được dùng khi có giải trình và giấy tờ: có.",
    ]
    assert MovementSettings(in_points=False).lines()[9].text("en") == "Drop of other localities: 4.00 %."


@pytest.mark.parametrize(
    ("exact", "vi", "en"),
    [
        ("12.5", "12,50 %", "12.50 %"),
        ("12.50", "12,50 %", "12.50 %"),
        ("0", "0,00 %", "0.00 %"),
        ("1/3", "≈ 0,33 %", "≈ 0.33 %"),
        ("0.005", "≈ 0,01 %", "≈ 0.01 %"),
        ("-0.005", "≈ -0,01 %", "≈ -0.01 %"),
        ("-0.001", "≈ 0,00 %", "≈ 0.00 %"),
        ("-1234.5", "-1.234,50 %", "-1,234.50 %"),
    ],
)
def test_percentages_print_with_two_decimals(exact: str, vi: str, en: str) -> None:
    assert (percent(exact, "vi"), percent(exact, "en")) == (vi, en)


@given(st.fractions(-100, 100), st.sampled_from([4, 6, 50]))
def test_a_rounded_figure_stands_where_the_exact_one_does(value: Fraction, threshold: int) -> None:
    decimals = honest_decimals(value, Fraction(threshold))

    printed = Fraction(percent(str(value), "en", decimals).removeprefix("≈ ").removesuffix(" %"))
    assert decimals >= 2
    assert (printed > threshold, printed == threshold) == (value > threshold, value == threshold)
    assert abs(printed - value) * 2 * 10**decimals <= 1


def test_just_under_the_threshold_does_not_print_as_the_threshold() -> None:
    almost = Fraction(6) - Fraction(1, 30_000)

    assert percent(str(almost), "vi", honest_decimals(almost, Fraction(6))) == "≈ 5,99997 %"


def test_figures_that_end_are_shown_whole() -> None:
    assert honest_decimals(Fraction("6.002"), Fraction(6), Fraction("37.47"), Fraction("31.468")) == 3
    assert honest_decimals(Fraction("7.1"), Fraction(6), Fraction("37.47")) == 2
    assert honest_decimals(Fraction("7.10001"), Fraction(6)) == 2


def names(sentence: str) -> set[str | None]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}


@pytest.mark.parametrize("code", [*CAUSES, *SENTENCES])
def test_both_languages_use_the_same_values(code: str) -> None:
    vietnamese, english = {**CAUSES, **SENTENCES}[code]

    assert names(vietnamese) == names(english)
    assert vietnamese
    assert english


def test_every_word_has_two_languages() -> None:
    for words in WORDS.values():
        for vietnamese, english in words.values():
            assert vietnamese
            assert english


def test_lines_keep_fractions_exact_and_can_be_compared() -> None:
    third = line("rate_stated", year=2021, rate=Fraction(1, 3))

    assert third.values == (("rate", "1/3"), ("year", 2021))
    assert third == line("rate_stated", year=2021, rate="1/3")
    assert not third.is_cause
    assert line("no_figures").is_cause
