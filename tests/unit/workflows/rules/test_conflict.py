"""Conflict of interest: every act of review is barred to whoever is in conflict, and drafting never is."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.unit.workflows.rules.edges import PM, PROVINCE, Deed
from tests.unit.workflows.rules.world import (
    PROPOSER,
    TODAY,
    UNITS,
    accepted,
    answer,
    at,
    case,
    flow,
    nominator,
    person,
    seated,
)
from workflows import Actor, Hold, Participation, Refused, Tally, Workflow, open_actions, sentence
from workflows.separation import bars

COMMUNE, BOARD, CHAIRMAN = UNITS["commune"], UNITS["board"], UNITS["chairman"]
OPEN = {"tally": Tally(9, 0, 0, 0, closed=False)}
COUNTED = {"tally": Tally(9, 6, 0, 0, closed=False, counted_by=1)}
WHOLE = {"tally": Tally(9, 6, 0, 0, closed=False)}
SECTION = {"sections": ("report",)}
GK = flow("GK-XA")


def deed(state: str, action: str, actor: Actor, parts: Any = None, flow: Workflow = PROVINCE) -> Deed:
    return Deed(state, action, actor, parts or {}, flow)


# Every act of reviewing a file, above the stage that proposes it, with the facts it needs.
REVIEWS: list[tuple[Deed, dict[str, Any]]] = [
    (deed("board.intake", "accept", at("board", "appraiser")), {}),
    (deed("board.intake", "return", at("board", "appraiser"), SECTION), {}),
    (deed("board.appraisal", "recommend", at("board", "appraiser")), {}),
    (deed("board.appraisal", "return", at("board", "head"), SECTION), {}),
    (deed("board.appraisal", "approve_return", at("board", "head")), {"return_counts": {"board": 1}}),
    (deed("board.appraisal", "propose_hold", at("board", "appraiser")), {}),
    (deed("board.appraisal", "hold", at("board", "head")), {"hold": Hold(1, approved=False)}),
    (deed("board.appraisal.held", "resume", at("board", "head")), {"hold": Hold(1, approved=True)}),
    (deed("board.council", "ballot", seated("chairman")), OPEN),
    (deed("board.council", "ballot", person((BOARD, "head"), seats=((CHAIRMAN, "vice_chair"),))), OPEN),
    (deed("board.council", "record_counts", at("board", "secretary")), OPEN),
    (deed("board.council", "confirm_counts", at("board", "clerk")), COUNTED),
    (deed("board.council", "close_ballot", at("board", "secretary")), WHOLE),
    (deed("board.council", "send_back", at("board", "secretary")), {}),
    (deed("board.signature", "send_up", at("board", "head")), {}),
    (deed("board.signature", "not_send_up", at("board", "head"), {"reason_code": "r"}), {}),
    (deed("chairman.check", "check", at("chairman", "office")), {}),
    (deed("chairman.signature", "award", at("chairman", "head")), {}),
    (deed("chairman.signature", "not_award", at("chairman", "deputy"), {"reason_code": "r"}), {}),
    (
        deed(
            "chairman.signature", "record_signature", at("chairman", "office"),
            {"outcome": "award", "signer": at("chairman", "head")},
        ),
        {},
    ),
    (deed("central.pending", "record_central_result", at("central", "clerk"), {"outcome": "awarded"}, PM), {}),
]  # fmt: skip


def barred(act: Deed, facts: dict[str, Any], **against: Any) -> str:
    refusal = act.put(facts | against, {})
    if refusal is None:
        return "yes"
    assert sentence(act.flow, refusal, "vi")
    return refusal.guard


@pytest.mark.parametrize(("act", "facts"), REVIEWS, ids=lambda value: getattr(value, "action", ""))
class TestConflictBarsEveryActOfReview:
    """Process 4: the nominee, declared kin or interest, one's own unit."""

    def test_nobody_else(self, act: Deed, facts: dict[str, Any]) -> None:
        assert barred(act, facts) == "yes"
        others: dict[str, Any] = {
            "nominee_persons": frozenset({1}),
            "conflicted": frozenset({2}),
            "nominee_unit": 98,
        }
        assert barred(act, facts, **others) == "yes"

    def test_the_nominee(self, act: Deed, facts: dict[str, Any]) -> None:
        assert barred(act, facts, nominee_persons=frozenset({act.actor.person})) == "is_nominee"

    def test_declared(self, act: Deed, facts: dict[str, Any]) -> None:
        assert barred(act, facts, conflicted=frozenset({act.actor.person})) == "declared_conflict"

    def test_own_unit(self, act: Deed, facts: dict[str, Any]) -> None:
        moonlighting = replace(act, actor=_with_post(act.actor, 97))
        records = act.action in {"record_signature", "record_central_result"}  # a clerk's record is no review
        assert barred(moonlighting, facts, nominee_unit=97) == ("yes" if records else "own_unit_nominee")


def _with_post(actor: Actor, unit: int) -> Actor:
    return replace(actor, posts=(*actor.posts, *person((unit, "supervisor")).posts))


def test_the_signer_of_a_paper_is_judged_like_one_who_signs_here() -> None:
    chair = at("chairman", "head")
    record = deed(
        "chairman.signature", "record_signature", at("chairman", "office"), {"outcome": "award", "signer": chair}
    )
    assert barred(record, {}, nominee_persons=frozenset({chair.person})) == "is_nominee"
    assert barred(record, {}, conflicted=frozenset({chair.person})) == "declared_conflict"
    drafted = (Participation(chair.person, "preparer_decider", "prepares"),)
    assert barred(record, {}, participations=drafted) == "incompatible_preparer_decider"


def test_nobody_acts_under_another_name() -> None:
    """A signer named in any other act is not looked at: guards judge, and the file records, who acts."""
    director, other = at("board", "head"), at("board", "deputy")
    file = case(PROVINCE, "board.signature", conflicted=frozenset({director.person}))
    assert answer(PROVINCE, file, director, "send_up", signer=other) == "declared_conflict"
    free = accepted(PROVINCE, replace(file, conflicted=frozenset()), director, "send_up", signer=other)
    assert {join.person for join in free.joins} == {director.person}


def test_drafting_is_never_barred() -> None:
    """The nominee, kin and members of the nominated unit may draft, submit and recall."""
    for actor in (nominator(), person((PROPOSER, "nominator"), (97, "head"))):
        facts: dict[str, Any] = {
            "nominee_persons": frozenset({actor.person}),
            "conflicted": frozenset({actor.person}),
            "nominee_unit": 97,
        }
        assert answer(PROVINCE, case(PROVINCE, "draft", **facts), actor, "save") == "yes"
        assert answer(PROVINCE, case(PROVINCE, "draft", **facts), actor, "submit") == "yes"
        assert answer(PROVINCE, case(PROVINCE, "commune.intake", **facts), actor, "recall") == "yes"


class TestTheProposingUnit:
    """Decision 9: own unit binds above the proposing stage only; its own council and letter are free of conflict."""

    own: dict[str, Any] = {  # noqa: RUF012 - read only
        "entry_stage": "unit",
        "proposing_unit": UNITS["unit"],
        "nominee_unit": UNITS["unit"],
    }

    def test_its_people_check_vote_close_and_sign_for_their_unit(self) -> None:
        for state, action, actor, facts in (
            ("unit.check", "check", at("unit", "appraiser"), {}),
            ("unit.council", "ballot", person((UNITS["unit"], "clerk"), seats=((UNITS["unit"], "member"),)), OPEN),
            ("unit.council", "close_ballot", at("unit", "secretary"), WHOLE),
            ("unit.signature", "send_up", at("unit", "head"), {}),
        ):
            assert answer(PROVINCE, case(PROVINCE, state, **(self.own | facts)), actor, action) == "yes"

    def test_declared_kin_vote_close_and_sign_there_but_do_not_check(self) -> None:
        for state, action, actor, facts, expected in (
            ("unit.check", "check", at("unit", "appraiser"), {}, "declared_conflict"),
            ("unit.council", "ballot", seated("unit"), OPEN, "yes"),
            ("unit.council", "close_ballot", at("unit", "secretary"), WHOLE, "yes"),
            ("unit.signature", "send_up", at("unit", "head"), {}, "yes"),
        ):
            file = case(PROVINCE, state, **(self.own | facts | {"conflicted": frozenset({actor.person})}))
            assert answer(PROVINCE, file, actor, action) == expected

    def test_the_nominee_in_person_does_not(self) -> None:
        for state, action, actor, facts in (
            ("unit.council", "ballot", seated("unit"), OPEN),
            ("unit.signature", "send_up", at("unit", "head"), {}),
        ):
            file = case(PROVINCE, state, **(self.own | facts | {"nominee_persons": frozenset({actor.person})}))
            assert answer(PROVINCE, file, actor, action) == "is_nominee"

    def test_where_it_decides_itself_its_council_is_no_longer_only_its_own(self) -> None:
        """A commune that decides GK-XA proposes to nobody: kin do not vote there."""
        voter = seated("commune")
        own = {"proposing_unit": COMMUNE, "conflicted": frozenset({voter.person})}
        assert answer(GK, case(GK, "commune.council", **(own | OPEN)), voter, "ballot") == "declared_conflict"
        assert answer(PM, case(PM, "commune.council", **(own | OPEN)), voter, "ballot") == "yes"

    def test_the_same_unit_higher_up_is_bound(self) -> None:
        """The department that holds the board is nominated: free below, bound as the board."""
        facts = self.own | {"path": {"unit": BOARD, "board": BOARD, "chairman": CHAIRMAN}, "nominee_unit": BOARD}
        facts |= {"proposing_unit": BOARD}
        director = at("board", "head")
        below = case(PROVINCE, "unit.signature", **(facts | {"holder": case(PROVINCE, "board.signature").holder}))
        assert answer(PROVINCE, below, director, "send_up") == "yes"
        assert answer(PROVINCE, case(PROVINCE, "board.signature", **facts), director, "send_up") == "own_unit_nominee"
        assert any(sub.stage == "chairman" for sub in PROVINCE.steps["board.signature"].substitutes)

    def test_a_unit_never_decides_an_award_to_itself(self) -> None:
        so = flow("GK-SO")
        head = at("unit", "head")
        assert answer(so, case(so, "unit.signature", **self.own), head, "award") == "unit_decides_itself"
        nominated_below = self.own | {"nominee_unit": 11}
        assert answer(so, case(so, "unit.signature", **nominated_below), head, "award") == "yes"


def test_the_panel_knows_that_the_recorder_is_the_nominee() -> None:
    office = at("chairman", "office")
    file = case(PROVINCE, "chairman.signature", nominee_persons=frozenset({office.person}))
    panel = {line.action: line for line in open_actions(PROVINCE, file, office, TODAY)}
    assert panel["record_signature"].refusal == Refused("is_nominee")


def test_whether_a_person_is_free_for_a_step_still_to_come() -> None:
    file = case(PROVINCE, "board.number")
    step = PROVINCE.steps["chairman.check"]
    office = at("chairman", "office")
    assert bars(PROVINCE, file, step, office, TODAY) is None
    kin = replace(file, conflicted=frozenset({office.person}))
    assert bars(PROVINCE, kin, step, office, TODAY) == Refused("declared_conflict")
    decided = replace(file, participations=(Participation(office.person, "preparer_decider", "decides"),))
    found = bars(PROVINCE, decided, step, office, TODAY)
    assert found is not None
    assert found.guard == "incompatible_preparer_decider"
