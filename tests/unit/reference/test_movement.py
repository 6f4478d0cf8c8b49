"""The movement against the plan itself: every text word for word, every paragraph in its place."""

from __future__ import annotations

import re

import pytest

from nominations.reference import Criterion, ReferenceDataError, Statement, load_movement, plan_text
from nominations.reference.movement import PARTS, _setting
from nominations.reference.records import parse
from workflows.criteria import AppliesTo
from workflows.poverty import MovementSettings

MOVEMENT = load_movement()


def flat(text: str) -> str:
    """The text with line breaks and page breaks as single blanks."""
    return " ".join(text.split())


PLAN = flat(plan_text())


def dashes(start: str, end: str) -> list[str]:
    """The dashes of the plan between two headings, each with what a page break put below it."""
    lines = [line.strip() for line in plan_text().splitlines() if line.strip()]
    first = next(number for number, line in enumerate(lines) if line.startswith(start))
    last = next(number for number, line in enumerate(lines) if number > first and line.startswith(end))
    items: list[str] = []
    for line in lines[first + 1 : last]:
        if line.startswith("- "):
            items.append(line.removeprefix("- "))
        elif items:
            items[-1] += f" {line}"
    return items


@pytest.mark.parametrize("statement", MOVEMENT.statements, ids=lambda statement: str(statement.code))
def test_every_statement_is_the_plans_word_for_word(statement: Statement) -> None:
    assert statement.text in PLAN
    assert statement.source == "[plan]"


@pytest.mark.parametrize("criterion", MOVEMENT.criteria, ids=lambda criterion: str(criterion.code))
def test_every_criterion_is_the_plans_word_for_word(criterion: Criterion) -> None:
    assert criterion.text in PLAN
    assert criterion.paragraph == f"III.{criterion.code}"
    assert criterion.code == f"{criterion.group_no}.{criterion.position}"
    assert criterion.citation == f"III.{criterion.code} [plan]"


def test_the_title_is_the_plans() -> None:
    assert MOVEMENT.title in PLAN


def test_seven_groups_hold_thirty_criteria() -> None:
    sizes = {group.group_no: len(group.criteria) for group in MOVEMENT.groups}
    assert sizes == {"1.1": 6, "1.2": 8, "1.3": 5, "1.4": 4, "1.5": 2, "1.6": 2, "1.7": 3}
    assert len(MOVEMENT.criteria) == 30


HEADINGS = ["1.1. ", "1.2. ", "1.3. ", "1.4. ", "1.5. ", "1.6. ", "1.7. ", "2. Hình thức"]


@pytest.mark.parametrize("number", range(7))
def test_a_group_holds_just_the_dashes_under_its_heading(number: int) -> None:
    group = MOVEMENT.groups[number]
    assert f"{group.group_no}. {group.title}" in PLAN
    assert [criterion.text for criterion in group.criteria] == dashes(HEADINGS[number], HEADINGS[number + 1])


@pytest.mark.parametrize(
    ("part", "start", "end"),
    [
        ("purpose", "1. Mục đích", "2. Yêu cầu"),
        ("requirement", "2. Yêu cầu", "II. "),
        ("actor", "1. Nội dung", "2. Giải pháp"),
        ("solution", "2. Giải pháp", "III. "),
        ("award", "2.1. ", "2.2. "),
        ("recipient", "Nơi nhận", "TM. "),
    ],
)
def test_a_part_holds_just_the_dashes_under_its_heading(part: str, start: str, end: str) -> None:
    assert [statement.text for statement in MOVEMENT.part(part)] == dashes(start, end)


def test_parts_are_counted_as_the_plan_counts() -> None:
    counts = {part: len(MOVEMENT.part(part)) for part in PARTS}
    assert [counts[part] for part in ("purpose", "requirement", "actor", "solution")] == [4, 3, 8, 5]
    assert [counts[part] for part in ("award", "stage", "duty", "recipient", "signature")] == [3, 4, 7, 9, 4]
    assert [statement.code for statement in MOVEMENT.part("actor")] == [f"N{n}" for n in range(1, 9)]


def test_numbered_paragraphs_stand_after_their_number() -> None:
    for part in ("stage", "duty"):
        for statement in MOVEMENT.part(part):
            number = statement.paragraph.split(".")[1]
            if not statement.code.endswith("b"):
                assert f"{number}. {statement.text}" in PLAN


def test_codes_are_unique() -> None:
    codes = [statement.code for statement in MOVEMENT.statements]
    assert len(set(codes)) == len(codes)


def test_every_form_of_the_plan_stands_for_forms_of_ours() -> None:
    forms = {statement.text: statement.forms for statement in MOVEMENT.part("award")}
    assert sorted(form for named in forms.values() for form in named) == sorted(
        ["BK-TTG", "BK-TINH", "GK-XA", "GK-HUYEN", "GK-SO", "GK-DN"]
    )
    assert len(forms["Giấy khen."]) == 4


def test_three_criteria_are_computed_and_only_they_are_hard() -> None:
    computed = {criterion.code for criterion in MOVEMENT.criteria if criterion.kind == "quantitative"}
    assert computed == {"1.2.8", "1.3.5", "1.4.4"}
    assert {criterion.code for criterion in MOVEMENT.criteria if criterion.required == "hard"} == computed
    assert {criterion.kind for criterion in MOVEMENT.criteria} == {"quantitative", "qualitative"}
    assert {criterion.required for criterion in MOVEMENT.criteria} == {"hard", "soft"}


def test_who_a_criterion_is_asked_of() -> None:
    applies = {criterion.code: criterion.applies_to for criterion in MOVEMENT.criteria}
    assert applies["1.2.8"] == {"subject_kinds": ["collective"]}
    assert applies["1.3.5"] == {"subject_kinds": ["collective"], "area_class": ["III"]}
    assert applies["1.5.1"] == {"subject_kinds": ["household"], "alternative": "1.5"}
    assert applies["1.5.2"] == {"subject_kinds": ["household"], "alternative": "1.5"}
    assert applies["1.7.3"] == {"subject_kinds": ["collective", "individual"], "credit_institution": [True]}
    levels = [group.level for group in MOVEMENT.groups]
    assert levels == [None, "district", "commune", "hamlet", None, None, None]


def test_the_rules_take_the_criteria_and_the_settings_as_they_are() -> None:
    for criterion in MOVEMENT.criteria:
        assert AppliesTo.from_plain(criterion.applies_to).subject_kinds
    settings = MovementSettings.from_plain(MOVEMENT.setting_values)
    assert settings.plain() == MOVEMENT.setting_values


def test_the_numbers_of_the_settings_are_the_plans() -> None:
    values = MOVEMENT.setting_values
    computed = next(criterion.text for criterion in MOVEMENT.criteria if criterion.code == "1.2.8")
    assert re.findall(r"(\d+)%", computed) == [values["poor_district_drop"], values["other_drop"], values["fall_over"]]
    assert f"trong {values['years_running']} năm liên tục" in computed


def test_settings_are_of_plain_types_and_say_what_they_mean() -> None:
    keys = [setting.key for setting in MOVEMENT.settings]
    assert len(set(keys)) == len(keys)
    for setting in MOVEMENT.settings:
        assert isinstance(setting.value, str | int | bool)
        assert setting.note.vi
        assert setting.note.en


def test_a_setting_without_a_plain_value_is_refused() -> None:
    with pytest.raises(ReferenceDataError, match="value must be a text"):
        _setting(parse("settings.toml", 'key = "rate"\nvalue = 1.5'))
