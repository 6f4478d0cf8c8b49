"""Papers, deadlines and reasons: what is asked for, where, and that the steps fit within the whole."""

from __future__ import annotations

from collections import Counter
from itertools import product

import pytest

from nominations.reference import (
    ReferenceDataError,
    load_copies,
    load_deadlines,
    load_papers,
    load_reasons,
    load_reply_deadlines,
    load_total_deadlines,
    papers_for,
)
from nominations.reference.reasons import KINDS

FORMS = ("GK-XA", "GK-HUYEN", "GK-SO", "GK-DN", "BK-TINH", "BK-TTG")
RULE_SETS = ("R1", "R2", "R3")
GROUPS = {
    "individual": ("1.6", "1.7"),
    "collective": ("1.1", "1.2", "1.3", "1.4", "1.7"),
    "household": ("1.5",),
}
CASES = [
    (form, rule_set, subject, group)
    for form, rule_set, (subject, groups) in product(FORMS, RULE_SETS, GROUPS.items())
    for group in groups
]
STAGES = ("draft", "unit", "commune", "district", "board", "chairman")


def test_names_are_those_of_forms_rule_sets_stages_and_groups() -> None:
    for paper in load_papers():
        assert set(paper.forms) <= set(FORMS)
        assert set(paper.rule_sets) <= set(RULE_SETS)
        assert set(paper.subjects) <= set(GROUPS)
        assert set(paper.groups) <= {group for groups in GROUPS.values() for group in groups}
        assert paper.needed_at in STAGES
        assert paper.only_for in {None, "enterprise"}


@pytest.mark.parametrize("case", CASES, ids=" ".join)
def test_a_kind_of_paper_counts_once_and_every_file_has_its_report(case: tuple[str, str, str, str]) -> None:
    papers = papers_for(*case)
    counts = Counter(paper.kind for paper in papers)
    assert max(counts.values()) == 1
    assert [paper.required for paper in papers if paper.kind == "report"] == [True]


def test_every_form_has_minutes_of_the_council_that_advises_its_head() -> None:
    deciding = {
        "GK-XA": "commune_minutes",
        "GK-HUYEN": "district_minutes",
        "GK-SO": "unit_minutes",
        "GK-DN": "unit_minutes",
        "BK-TINH": "provincial_minutes",
        "BK-TTG": "provincial_minutes",
    }
    for form, kind in deciding.items():
        assert any(paper.kind == kind and paper.required and form in paper.forms for paper in load_papers())


def test_hamlets_and_households_bring_the_minutes_of_their_meeting() -> None:
    for subject, group, required in (
        ("household", "1.5", True),
        ("collective", "1.4", True),
        ("individual", "1.6", False),
    ):
        papers = {paper.kind: paper for paper in papers_for("BK-TINH", "R2", subject, group)}
        assert papers["minutes_hamlet"].required is required


def test_tax_is_asked_of_enterprises_only() -> None:
    papers = [paper for paper in load_papers() if paper.kind.endswith(("tax_confirmation", "safety_confirmation"))]
    assert papers
    assert all(paper.only_for == "enterprise" and paper.groups == ("1.7",) for paper in papers)


def test_sets_of_the_file_are_said_for_every_form_and_rule_set() -> None:
    sets = {
        (form, rule_set): copies.number
        for copies in load_copies()
        for form in copies.forms
        for rule_set in copies.rule_sets
    }
    assert set(sets) == set(product(FORMS, RULE_SETS))
    assert [key for key, number in sets.items() if number != 1] == [("BK-TTG", "R1")]


def days(stage: str, form: str, rule_set: str) -> int:
    return sum(
        deadline.working_days
        for deadline in load_deadlines()
        if deadline.stage == stage and form in deadline.forms and rule_set in deadline.rule_sets
    )


def test_the_steps_of_a_stage_use_its_whole_time_and_no_more() -> None:
    for total in load_total_deadlines():
        for form, rule_set in product(total.forms, total.rule_sets):
            if total.expected_only or (form == "GK-HUYEN" and rule_set == "R3"):
                continue
            assert sum(days(stage, form, rule_set) for stage in total.stages) == total.working_days


def test_a_step_has_one_deadline() -> None:
    keys = Counter(
        (deadline.stage, deadline.step, form, rule_set)
        for deadline in load_deadlines()
        for form, rule_set in product(deadline.forms, deadline.rule_sets)
    )
    assert set(keys.values()) == {1}
    assert all(deadline.working_days > 0 for deadline in load_deadlines())


def test_no_district_step_under_the_third_rule_set() -> None:
    assert not any(deadline.stage == "district" and "R3" in deadline.rule_sets for deadline in load_deadlines())


def test_the_centre_never_makes_the_province_late() -> None:
    central = [total for total in load_total_deadlines() if "central" in total.stages]
    assert central
    assert all(total.expected_only for total in central)
    assert not any(deadline.stage == "central" for deadline in load_deadlines())


def test_replies() -> None:
    replies = {reply.kind: reply.working_days for reply in load_reply_deadlines()}
    assert replies["formal_consultation"] == 10
    assert all(number > 0 for number in replies.values())


@pytest.mark.parametrize("kind", KINDS)
def test_reasons_have_words_in_both_languages_and_single_codes(kind: str) -> None:
    reasons = load_reasons(kind)
    assert len({reason.code for reason in reasons}) == len(reasons) >= 4
    assert len({reason.label.vi for reason in reasons}) == len(reasons)


def test_words_keep_refusals_apart_from_not_awarding() -> None:
    for kind in KINDS:
        for reason in load_reasons(kind):
            assert "từ chối" not in reason.label.vi.lower()
            assert "đối tượng" not in reason.label.vi.lower()


def test_an_unknown_kind_of_reason_is_refused() -> None:
    with pytest.raises(ReferenceDataError, match="nothing"):
        load_reasons("nothing")
