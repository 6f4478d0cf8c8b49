"""What was typed against what was recognised: which figure counts, and that nothing differs in silence."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.assessments import freeze, thaw
from workflows.criteria import Answers, AppliesTo, Criterion, NomineeFacts, State, evaluate_group
from workflows.eligibility import Assessment
from workflows.ledger import canonical_content
from workflows.poverty import MovementSettings, UnitFacts, YearFigure
from workflows.recognised import hold

SETTINGS = MovementSettings()
COMMUNE = NomineeFacts("1.3", "collective", UnitFacts(area_class="III"))
RULE = Criterion("1.3.5", "1.3", "quantitative", "hard", AppliesTo())
FIRST = YearFigure(2021, 602, 300, 112, None, "2022-2025", "official", "QĐ 61")
LAST = YearFigure(2024, 620, 141, 65, None, "2022-2025", "official", "QĐ 64")  # exactly 50 %: not met
OVERTYPED = replace(LAST, poor=140)
EXPLAINED = Answers(explanations={"1.3.5": "Rà soát lại theo QĐ 70."}, proves_figures=True)


def judged(
    *typed: YearFigure, answers: Answers | None = None, settings: MovementSettings = SETTINGS
) -> tuple[State, Assessment]:
    """Where the criterion stands for a commune with the two recognised figures."""
    group = evaluate_group([RULE], COMMUNE, answers or Answers(), typed, settings, ends=2024, recognised=(FIRST, LAST))
    assert group.lines[0].assessment is not None
    return group.lines[0].state, group.lines[0].assessment


def words(assessment: Assessment, lang: str = "vi") -> str:
    return "\n".join(line.text(lang) for line in assessment.working)


def test_an_overtyped_figure_is_named_and_the_recognised_one_decides() -> None:
    state, assessment = judged(FIRST, OVERTYPED)
    assert state is State.NOT_MET
    said = words(assessment)
    assert "Năm 2024, số hộ nghèo: 140 do người lập nhập, khác số đã công nhận theo QĐ 64 là 141" in said
    assert "141 hộ nghèo + 65 hộ cận nghèo = 206 hộ (QĐ 64; chính thức; chuẩn 2022-2025)" in said
    english = words(assessment, "en")
    assert "140 entered by the nominator differs from the recognised 141 by QĐ 64" in english


@pytest.mark.parametrize(
    "answers",
    [replace(EXPLAINED, proves_figures=False), Answers(proves_figures=True), Answers({"1.3.5": "x"}, {}, True)],
)
def test_an_explanation_alone_or_a_paper_alone_is_not_enough(answers: Answers) -> None:
    assert judged(FIRST, OVERTYPED, answers=answers)[0] is State.NOT_MET


def test_an_explained_figure_counts_and_cites_no_decision_for_itself() -> None:
    state, assessment = judged(FIRST, OVERTYPED, answers=EXPLAINED)
    assert state is State.MET
    said = words(assessment)
    assert "140 do người lập nhập, khác số đã công nhận theo QĐ 64 là 141; tính theo số người lập nhập" in said
    own = "140 hộ nghèo + 65 hộ cận nghèo = 205 hộ (do người lập nhập, khác số đã công nhận theo QĐ 64"
    assert own in said
    assert "(QĐ 64; chính thức" not in said


def test_the_movement_may_read_it_more_strictly() -> None:
    strict = MovementSettings(own_figure_explained=False)
    assert judged(FIRST, OVERTYPED, answers=EXPLAINED, settings=strict)[0] is State.NOT_MET


def test_a_worse_figure_than_the_recognised_one_is_named_too() -> None:
    state, assessment = judged(FIRST, replace(LAST, poor=142))
    assert state is State.NOT_MET
    assert "142 do người lập nhập" in words(assessment)


def test_a_year_left_out_or_put_under_another_standard_is_no_way_round() -> None:
    earlier = YearFigure(2023, 615, 100, 50, None, "2022-2025", "official", "QĐ 63")
    for typed in ((FIRST,), (FIRST, earlier), (FIRST, replace(OVERTYPED, standard="2026-2030")), ()):
        state, assessment = judged(*typed)
        assert state is State.NOT_MET, typed
        assert "206 hộ" in words(assessment)
    assert "chuẩn nghèo: 2026-2030 do người lập nhập" in words(judged(FIRST, replace(LAST, standard="2026-2030"))[1])
    assert "Năm 2024: hồ sơ không ghi số liệu" in words(judged(FIRST)[1])


def test_a_false_citation_of_the_right_numbers_is_put_right() -> None:
    _state, assessment = judged(FIRST, replace(LAST, decision_ref="QĐ 999"))
    assert "QĐ 999" not in words(assessment)
    assert "QĐ 64" in words(assessment)


def test_a_rate_against_its_households_is_still_refused_with_both_numbers() -> None:
    """Decision 27 holds for what was typed, whatever was recognised."""
    wrong = replace(LAST, rate=Decimal("20.00"))
    state, assessment = judged(FIRST, wrong)
    assert state is State.NEEDS_FIGURES
    assert "20,00 %" in words(assessment)
    assert "33,23 %" in words(assessment)


def test_a_preliminary_figure_recognises_nothing() -> None:
    held = hold([OVERTYPED], [replace(LAST, status="preliminary")], SETTINGS, up_to=2024)
    assert held.figures == (OVERTYPED,)
    assert held.notes == ()


def test_what_differs_is_frozen_with_the_assessment() -> None:
    for answers in (Answers(), EXPLAINED):
        assessment = judged(FIRST, OVERTYPED, answers=answers)[1]
        again = thaw(json.loads(canonical_content(freeze(assessment))))
        assert again == assessment
        assert "140" in words(again)


COUNTS = st.integers(0, 300)


@given(st.lists(st.tuples(COUNTS, COUNTS), min_size=2, max_size=2), st.booleans())
def test_the_result_is_the_recognised_ones_unless_the_entry_is_explained(
    typed: list[tuple[int, int]], explained: bool
) -> None:
    mine = [
        replace(figure, poor=poor, near_poor=near) for figure, (poor, near) in zip((FIRST, LAST), typed, strict=True)
    ]
    _state, assessment = judged(*mine, answers=EXPLAINED if explained else Answers())
    differs = [own != official for own, official in zip(mine, (FIRST, LAST), strict=True)]
    if not explained:
        assert assessment.figures == (FIRST, LAST)
    else:
        assert [(f.poor, f.near_poor) for f in assessment.figures] == typed
        assert [f.status == "own" for f in assessment.figures] == differs
    named = {int(dict(line.values)["year"]) for line in assessment.working if line.code.endswith("_counts")}
    assert named == {own.year for own, other in zip(mine, differs, strict=True) if other}
