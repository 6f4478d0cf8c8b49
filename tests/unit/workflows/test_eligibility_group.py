"""A whole group of criteria: which apply, which are met, and what is still asked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.criteria import (
    OPEN_STATES,
    Answers,
    AppliesTo,
    Criterion,
    GroupAssessment,
    NomineeFacts,
    State,
    applies,
    evaluate_group,
)
from workflows.poverty import MovementSettings, UnitFacts, YearFigure

SETTINGS = MovementSettings()


def soft(code: str, applies_to: AppliesTo | None = None, kind: str = "qualitative") -> Criterion:
    return Criterion(code, code.rpartition(".")[0], kind, "soft", applies_to or AppliesTo())


def hard(code: str, kind: str = "qualitative") -> Criterion:
    return Criterion(code, code.rpartition(".")[0], kind, "hard")


PROFILE = AppliesTo(alternative="1.5")
PLAN = (
    hard("1.2.1"),
    hard("1.2.8", "quantitative"),
    hard("1.3.1"),
    soft("1.3.2"),
    hard("1.3.5", "quantitative"),
    soft("1.4.4", kind="quantitative"),
    soft("1.5.1", PROFILE),
    soft("1.5.2", PROFILE),
    soft("1.7.1"),
    soft("1.7.3", AppliesTo.from_plain({"subject_kinds": ["collective"], "credit_institution": [True]})),
)
COMMUNE = NomineeFacts("1.3", "collective", UnitFacts(area_class="III"))
WRITTEN = Answers({"1.3.1": "Đã triển khai", "1.3.2": "Nắm chắc từng hộ"})


def sizes(before: int, after: int) -> list[YearFigure]:
    return [YearFigure(2021, poor=before, near_poor=0), YearFigure(2025, poor=after, near_poor=0)]


def group(nominee: NomineeFacts, answers: Answers, figures: list[YearFigure] | None = None) -> GroupAssessment:
    return evaluate_group(PLAN, nominee, answers, figures or [], SETTINGS)


def states(assessment: GroupAssessment) -> dict[str, State]:
    return {part.criterion.code: part.state for part in assessment.lines}


def test_a_commune_of_area_three_with_everything_in_place() -> None:
    assessment = group(COMMUNE, WRITTEN, sizes(200, 99))

    assert states(assessment) == {"1.3.1": State.STATED, "1.3.2": State.STATED, "1.3.5": State.MET}
    assert assessment.is_complete
    assert assessment.lines[2].assessment is not None


def test_exactly_half_stands_against_it_and_no_explanation_helps() -> None:
    answers = Answers(WRITTEN.statements, {"1.3.5": "Suýt đạt"})

    assessment = group(COMMUNE, answers, sizes(200, 100))

    assert assessment.codes(State.NOT_MET) == ("1.3.5",)
    assert not assessment.is_complete


def test_a_commune_outside_the_area_has_no_figures_to_show() -> None:
    assessment = group(NomineeFacts("1.3", "collective"), WRITTEN)

    assert states(assessment)["1.3.5"] is State.NOT_APPLICABLE
    assert assessment.is_complete


def test_a_soft_criterion_not_met_needs_an_explanation() -> None:
    hamlet = NomineeFacts("1.4", "collective")

    assert states(group(hamlet, Answers(), sizes(4, 3))) == {"1.4.4": State.NEEDS_EXPLANATION}
    assert states(group(hamlet, Answers({}, {"1.4.4": " \n"}), sizes(4, 3))) == {"1.4.4": State.NEEDS_EXPLANATION}
    assert states(group(hamlet, Answers({}, {"1.4.4": "Bão lũ"}), sizes(4, 3))) == {"1.4.4": State.EXPLAINED}
    assert states(group(hamlet, Answers(), sizes(4, 1))) == {"1.4.4": State.MET}


def test_qualitative_criteria_need_a_statement() -> None:
    answers = Answers({"1.3.1": "  "}, {"1.3.1": "Không có", "1.3.2": "Đang làm"})

    assessment = group(COMMUNE, answers, sizes(200, 99))

    assert states(assessment)["1.3.1"] is State.NEEDS_STATEMENT
    assert states(assessment)["1.3.2"] is State.EXPLAINED
    assert [part.criterion.code for part in assessment.open_lines] == ["1.3.1"]


def test_a_hard_criterion_that_only_wants_figures_wants_the_figures() -> None:
    answers = Answers(WRITTEN.statements, {"1.3.5": "Chưa có số liệu"})

    assert states(group(COMMUNE, answers))["1.3.5"] is State.NEEDS_FIGURES
    assert states(group(COMMUNE, answers, sizes(4, 1)[1:]))["1.3.5"] is State.NEEDS_FIGURES


def test_a_hard_criterion_beyond_computing_needs_an_explanation() -> None:
    nothing = sizes(0, 0)
    explained = Answers(WRITTEN.statements, {"1.3.5": "Đầu kỳ không có hộ nghèo"})

    assert states(group(COMMUNE, WRITTEN, nothing))["1.3.5"] is State.NEEDS_EXPLANATION
    assert states(group(COMMUNE, explained, nothing))["1.3.5"] is State.EXPLAINED


def test_one_profile_of_a_household_is_enough() -> None:
    household = NomineeFacts("1.5", "household")

    assert states(group(household, Answers({"1.5.2": "Giúp 12 hộ"}))) == {
        "1.5.1": State.ALTERNATIVE,
        "1.5.2": State.STATED,
    }
    assert states(group(household, Answers({"1.5.1": "Thoát nghèo", "1.5.2": "Giúp 12 hộ"}))) == {
        "1.5.1": State.STATED,
        "1.5.2": State.STATED,
    }
    assert group(household, Answers()).codes(State.NEEDS_STATEMENT) == ("1.5.1", "1.5.2")


@pytest.mark.parametrize(
    ("kind", "attributes", "expected"),
    [
        ("collective", {"credit_institution": True}, True),
        ("collective", {"credit_institution": False}, False),
        ("collective", {}, False),
        ("individual", {"credit_institution": True}, False),
    ],
)
def test_only_a_credit_institution_is_asked_about_credit(
    kind: str, attributes: dict[str, str | bool], expected: bool
) -> None:
    assert applies(PLAN[-1], NomineeFacts("1.7", kind, attributes=attributes)) == expected


def test_facts_of_the_unit_are_attributes_too() -> None:
    poor = AppliesTo.from_plain({"poor_district": [True], "area_class": ["II", "III"]})
    criterion = soft("1.2.9", poor)

    assert applies(criterion, NomineeFacts("1.2", "collective", UnitFacts(True, "II")))
    assert not applies(criterion, NomineeFacts("1.2", "collective", UnitFacts(True, None)))
    assert not applies(criterion, NomineeFacts("1.2", "collective", UnitFacts(None, "II")))
    assert not applies(criterion, NomineeFacts("1.3", "collective", UnitFacts(True, "II")))


def test_a_group_without_any_criterion_that_applies_is_not_complete() -> None:
    assert not group(NomineeFacts("1.6", "individual"), Answers()).is_complete
    assert not evaluate_group(PLAN[-1:], NomineeFacts("1.7", "individual"), Answers(), [], SETTINGS).is_complete


@pytest.mark.parametrize(
    "plain", [{"subject_kinds": "collective"}, {"area_class": [3]}, {"area_class": None}, {"alternative": ["1.5"]}]
)
def test_applicability_that_cannot_be_read_is_refused(plain: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"list|label"):
        AppliesTo.from_plain(plain)


def test_applicability_is_read_from_plain_data() -> None:
    read = AppliesTo.from_plain({"subject_kinds": ["household"], "alternative": "1.5", "bank": [True]})

    assert read == AppliesTo(frozenset({"household"}), {"bank": frozenset({True})}, "1.5")
    assert AppliesTo.from_plain({}) == AppliesTo()


TEXTS = st.dictionaries(st.sampled_from([criterion.code for criterion in PLAN]), st.sampled_from(["", " ", "có"]))


@given(
    st.sampled_from(["1.1", "1.2", "1.3", "1.4", "1.5", "1.7"]),
    st.sampled_from(["collective", "individual", "household"]),
    st.builds(UnitFacts, st.none() | st.booleans(), st.sampled_from([None, "I", "III"])),
    st.builds(Answers, TEXTS, TEXTS),
    st.lists(st.integers(0, 9), max_size=5),
)
def test_every_group_is_whole_and_a_complete_one_has_nothing_open(
    group_no: str, kind: str, unit: UnitFacts, answers: Answers, poor: list[int]
) -> None:
    figures = [YearFigure(2021 + n, poor=count, near_poor=0) for n, count in enumerate(poor)]

    assessment = group(NomineeFacts(group_no, kind, unit), answers, figures)

    assert [part.criterion for part in assessment.lines] == [c for c in PLAN if c.group_no == group_no]
    open_now = [part for part in assessment.lines if part.state in OPEN_STATES]
    assert list(assessment.open_lines) == open_now
    if assessment.is_complete:
        assert not open_now
        assert len(assessment.codes(State.NOT_APPLICABLE)) < len(assessment.lines)
    for part in assessment.lines:
        computed = part.criterion.kind == "quantitative" and part.state is not State.NOT_APPLICABLE
        assert part.assessment is not None or not computed
