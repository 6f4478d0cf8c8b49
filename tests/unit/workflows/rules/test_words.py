"""What a reader sees of a refusal or a state, and the edges of who may: nothing to look at is nobody."""

from __future__ import annotations

import json

import pytest

from tests.unit.workflows.rules.edges import PM, PROVINCE
from tests.unit.workflows.rules.world import TODAY, UNITS, at, case, nominator, person
from workflows import (
    Accepted,
    Act,
    Holder,
    OpenReturn,
    Refused,
    Workflow,
    action_label,
    decide,
    decisions,
    sentence,
    state_label,
)
from workflows.flows import FlowKey, compose, read
from workflows.flows.compose import canonical
from workflows.permissions import PREDICATES, Standing
from workflows.sentences import section_label


def with_a_paper() -> Workflow:
    raw = json.loads(compose(FlowKey("BK-TINH", "R2", 3)))
    label = {"vi": "Báo cáo thành tích", "en": "Achievement report"}
    raw["papers"].append(
        {
            "kind": "achievement_report", "label": label, "subjects": ["household"], "groups": ["1.5"],
            "required": True, "needed_at": "draft", "only_for": "", "source": "[S-34]",
        }
    )  # fmt: skip
    return read(canonical(raw))


class TestSentences:
    """Codes become the names a reader knows."""

    def test_stages_also_of_another_route(self) -> None:
        refused = Refused("reconfirmation_missing", {"stages": "commune, district"})
        assert "Commune People's Committee, District People's Committee" in sentence(PROVINCE, refused, "en")
        gone = Refused("stage_gone", {"stage": "central"})
        assert "“Trung ương”" in sentence(PROVINCE, gone, "vi")

    def test_papers_by_their_name_and_unknown_ones_as_they_are(self) -> None:
        refused = Refused("paper_missing", {"papers": "achievement_report, old_form"})
        assert "Báo cáo thành tích, old_form" in sentence(with_a_paper(), refused, "vi")

    def test_forms_by_their_name_and_imported_ones_as_they_are(self) -> None:
        for form, name in (
            ("BK-TINH", "Certificate of Merit of the provincial Chairman"),
            ("GK-XA", "Commendation Certificate of the commune Chairman"),
            ("HCLĐ hạng Ba", "HCLĐ hạng Ba"),
        ):
            refused = Refused("achievement_already_awarded", {"form": form, "decided_on": "05/03/2023"})
            assert f"({name}, 05/03/2023)" in sentence(PROVINCE, refused, "en")

    def test_sections_and_actions(self) -> None:
        assert "Giấy tờ kèm theo" in sentence(PROVINCE, Refused("section_closed", {"sections": "papers"}), "vi")
        assert section_label("report", "en") == "Achievement report"
        refused = Refused("not_in_this_state", {"action": "award", "state": "board.council.held"})
        words = sentence(PROVINCE, refused, "vi")
        assert "“Ký quyết định khen thưởng”" in words
        assert "(tạm dừng xét)”" in words
        assert action_label("not_award", "vi") == "Không khen thưởng"

    def test_states(self) -> None:
        assert state_label(PROVINCE, "commune.appraisal.returned", "en") == (
            "Appraisal – Commune People's Committee (returned)"
        )
        assert state_label(PROVINCE, "awarded", "vi") == "Đã khen thưởng"
        assert state_label(PROVINCE, "moon.intake", "vi") == "moon.intake"
        assert PM.stage_of("draft") is None
        assert PM.step_of("awarded") is None


@pytest.mark.parametrize("name", PREDICATES)
def test_a_predicate_with_nothing_to_look_at_names_nobody(name: str) -> None:
    """A draft has no step, no holder, no council, no letter; only its nominator may do anything."""
    draft = case(PROVINCE, "draft", holder=None)
    head = person(*((unit, "head") for unit in UNITS.values()), seats=((UNITS["chairman"], "member"),))
    assert PREDICATES[name](Standing(PROVINCE, draft, head, None)) is None
    drafts = PREDICATES[name](Standing(PROVINCE, draft, nominator(), None)) is not None
    assert drafts == (name in {"proposer", "drafter", "letter_head"})


def test_a_file_without_a_holder_or_a_return_is_nobodys() -> None:
    file = case(PROVINCE, "board.appraisal", holder=None)
    standing = Standing(PROVINCE, file, at("board", "appraiser"), PROVINCE.steps["board.appraisal"])
    assert PREDICATES["holder"](standing) is None
    assert PREDICATES["return_holder"](standing) is None
    assert standing.unit == UNITS["board"]


def test_a_substitute_takes_the_holders_place_and_nobody_elses() -> None:
    office = Holder(UNITS["chairman"], "office", substitute=True)
    file = case(PROVINCE, "board.appraisal", holder=office)
    step = PROVINCE.steps["board.appraisal"]
    for actor, may in (
        (at("chairman", "office"), True),
        (at("board", "appraiser"), False),
        (at("board", "head"), False),
    ):
        found = PREDICATES["holder"](Standing(PROVINCE, file, actor, step))
        assert (found is not None) == may


def test_the_first_post_counts_in_the_order_of_duties() -> None:
    both = at("board", "deputy", ("board", "head"))
    file = case(PROVINCE, "board.signature")
    found = PREDICATES["holder"](Standing(PROVINCE, file, both, PROVINCE.steps["board.signature"]))
    assert found is not None
    assert found.duty == "head"


def test_the_letter_of_a_file_with_none_is_its_proposers() -> None:
    file = case(PROVINCE, "commune.intake", letter_unit=None)
    head = person((file.proposing_unit, "head"))
    assert PREDICATES["letter_head"](Standing(PROVINCE, file, head, None)) is not None


def test_a_table_and_a_machine_that_disagree_are_a_bug(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decisions, "next_state", lambda *_: None)
    with pytest.raises(LookupError, match=r"BK-TINH R2 3: no arrow for submit from draft"):
        decide(PROVINCE, case(PROVINCE, "draft"), nominator(), Act("submit", seen=7), TODAY)


def test_nothing_is_done_to_a_file_whose_version_is_not_named() -> None:
    """Only a question may leave it out: what is open is asked of the file as it is."""
    with pytest.raises(ValueError, match="withdraw: the act names no version"):
        Act("withdraw")
    file = case(PROVINCE, "board.appraisal")
    asked = decide(PROVINCE, file, at("board", "appraiser"), Act("recommend", ask=True), TODAY)
    assert isinstance(asked, Accepted)


def test_a_nested_return_has_the_innermost_holder() -> None:
    low, high = Holder(5, "nominator"), Holder(UNITS["district"], "appraiser")
    stack = tuple(OpenReturn("board.appraisal", holder, "chain", ("report",)) for holder in (high, low))
    file = case(PROVINCE, "board.appraisal.returned", returns=stack)
    step = PROVINCE.steps["board.appraisal"]
    assert PREDICATES["return_holder"](Standing(PROVINCE, file, nominator(), step)) is not None
    assert PREDICATES["return_holder"](Standing(PROVINCE, file, at("district", "appraiser"), step)) is None
