"""Delegation: a stand-in may do what the giver may, less what is never delegated, and both answer for it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.unit.workflows.rules.edges import MEMBER, PROVINCE
from tests.unit.workflows.rules.world import TODAY, UNITS, accepted, after, answer, at, case, flow, person, stand_in
from workflows import ACTIONS, Accepted, Act, Actor, Hold, Participation, Tally, Workflow, decide
from workflows.arrows import states_of
from workflows.flow import DRAFT

NEVER = frozenset({"ballot", "send_up", "not_send_up", "award", "not_award", "withdraw"})
DUTIES = ("appraiser", "secretary", "office", "clerk", "head")
DIRECTOR, SPECIALIST = at("board", "head"), at("board", "appraiser")
FAULTS: dict[str, Any] = {"sections": ("report",)}
FLOWS = (PROVINCE, flow("BK-TTG"), flow("GK-XA"), flow("GK-HUYEN"), flow("BK-TINH", "R3", 2))


@pytest.mark.parametrize("workflow", FLOWS, ids=lambda workflow: f"{workflow.form}-{workflow.rule_set}")
def test_every_state_action_and_duty(workflow: Workflow) -> None:
    """Exhaustively: the same answer, arrow and duty as the giver's own, and never more."""
    asked = allowed = 0
    for state in states_of(workflow):
        step = workflow.step_of(state)
        if step is None:
            continue
        file = case(workflow, state)
        for duty in DUTIES:
            giver = at(step.stage, duty)
            receiver = stand_in(giver)
            for action in ACTIONS:
                asked += 1
                act = Act(action, ask=True)
                own, theirs = (decide(workflow, file, actor, act, TODAY) for actor in (giver, receiver))
                where = (state, duty, action)
                if not isinstance(own, Accepted):
                    assert theirs == own, where
                elif action in NEVER:
                    assert not isinstance(theirs, Accepted), where
                    assert theirs.guard == "never_delegated", where
                else:
                    assert isinstance(theirs, Accepted), where
                    assert (theirs.to_state, theirs.duty, theirs.side) == (own.to_state, own.duty, own.side), where
                    _both_take_sides(theirs, own, giver, receiver)
                    allowed += 1
    assert asked > 500
    assert allowed > 20


def _both_take_sides(theirs: Accepted, own: Accepted, giver: Actor, receiver: Actor) -> None:
    sides = {(one.pair, one.side) for one in own.joins}
    for who in (giver, receiver):
        assert {(one.pair, one.side) for one in theirs.joins if one.person == who.person} == sides


def test_a_form_it_was_not_given_for() -> None:
    file = case(PROVINCE, "board.intake")
    assert answer(PROVINCE, file, stand_in(SPECIALIST, "BK-TTG"), "accept") == "delegation_other_form"
    assert answer(PROVINCE, file, stand_in(SPECIALIST, "BK-TTG", "BK-TINH"), "accept") == "yes"


def test_of_two_delegations_the_one_that_covers_counts() -> None:
    second = at("board", "appraiser")
    both = stand_in(second, "BK-TINH", of=stand_in(SPECIALIST, "BK-TTG"))
    done = accepted(PROVINCE, case(PROVINCE, "board.intake"), both, "accept")
    assert done.post is not None
    assert done.post.delegation is not None
    assert done.post.delegation.giver == second


def test_ones_own_post_comes_first() -> None:
    own = at("board", "appraiser")
    done = accepted(PROVINCE, case(PROVINCE, "board.intake"), stand_in(SPECIALIST, of=own), "accept")
    assert done.post == own.posts[0]
    assert {join.person for join in done.joins} == {own.person}


def test_a_deputy_signs_for_the_head_by_their_own_post() -> None:
    deputy = stand_in(DIRECTOR, of=at("board", "deputy"))
    done = accepted(PROVINCE, case(PROVINCE, "board.signature"), deputy, "send_up")
    assert done.post is not None
    assert done.post.duty == "deputy"


def test_a_head_who_delegates_lets_the_others_return_and_hold() -> None:
    receiver = stand_in(DIRECTOR)
    assert answer(PROVINCE, case(PROVINCE, "board.signature"), receiver, "return", **FAULTS) == "yes"
    held = case(PROVINCE, "board.appraisal", hold=Hold(SPECIALIST.person, approved=False))
    assert answer(PROVINCE, held, receiver, "hold") == "yes"


@pytest.mark.parametrize("kind", ["nominee_persons", "conflicted"])
@pytest.mark.parametrize("which", ["giver", "receiver"])
def test_a_conflict_of_either_bars(kind: str, which: str) -> None:
    receiver = stand_in(SPECIALIST)
    barred = SPECIALIST if which == "giver" else receiver
    file = case(PROVINCE, "board.appraisal", **{kind: frozenset({barred.person})})
    guard = {"nominee_persons": "is_nominee", "conflicted": "declared_conflict"}[kind]
    expected = "giver_is_barred" if which == "giver" else guard
    assert answer(PROVINCE, file, receiver, "recommend") == expected


def test_the_givers_own_unit_bars() -> None:
    giver = person((UNITS["board"], "appraiser"), (97, "head"))
    file = case(PROVINCE, "board.appraisal", nominee_unit=97)
    assert answer(PROVINCE, file, stand_in(giver), "recommend") == "giver_is_barred"
    assert answer(PROVINCE, file, stand_in(SPECIALIST), "recommend") == "yes"


@pytest.mark.parametrize("which", ["giver", "receiver"])
def test_the_side_of_either_bars(which: str) -> None:
    receiver = stand_in(SPECIALIST)
    drafter = SPECIALIST if which == "giver" else receiver
    file = case(PROVINCE, "board.appraisal")
    file = replace(file, participations=(Participation(drafter.person, "drafter_appraiser", "drafter"),))
    expected = "giver_is_barred" if which == "giver" else "incompatible_drafter_appraiser"
    assert answer(PROVINCE, file, receiver, "recommend") == expected


def test_what_was_done_for_somebody_binds_them_later() -> None:
    both = at("board", "appraiser", ("chairman", "head"))
    file = after(
        case(PROVINCE, "board.appraisal"),
        accepted(PROVINCE, case(PROVINCE, "board.appraisal"), stand_in(both), "recommend"),
    )
    signing = replace(case(PROVINCE, "chairman.signature"), participations=file.participations)
    assert answer(PROVINCE, signing, both, "award") == "incompatible_preparer_decider"


def test_a_hold_is_not_approved_in_the_place_of_who_proposed_it() -> None:
    both = at("board", "appraiser", ("board", "head"))
    file = case(PROVINCE, "board.appraisal", hold=Hold(both.person, approved=False))
    assert answer(PROVINCE, file, stand_in(both), "hold") == "hold_same_person"
    assert answer(PROVINCE, file, stand_in(DIRECTOR), "hold") == "yes"


def test_a_count_is_not_confirmed_in_the_place_of_who_counted() -> None:
    clerk = at("board", "clerk")
    counted = Tally(9, 9, 0, 0, closed=False, counted_by=clerk.person)
    file = case(PROVINCE, "board.council", tally=counted)
    assert answer(PROVINCE, file, stand_in(clerk), "confirm_counts") == "counted_by_same_person"
    assert answer(PROVINCE, file, stand_in(at("board", "clerk")), "confirm_counts") == "yes"


def test_a_seat_is_never_delegated_and_a_heads_delegation_makes_no_chair() -> None:
    tally = Tally(9, 0, 0, 0, closed=False)
    file = case(PROVINCE, "board.council", tally=tally)
    assert answer(PROVINCE, file, stand_in(MEMBER), "ballot") in {"not_your_unit", "not_your_post"}
    voter = stand_in(at("chairman", "head"), of=MEMBER)
    assert accepted(PROVINCE, file, voter, "ballot").duty == "vote"


def test_the_signer_of_a_paper_signs_by_their_own_post() -> None:
    file = case(PROVINCE, "chairman.signature")
    parts: dict[str, Any] = {"outcome": "award", "signer": stand_in(at("chairman", "head"))}
    assert answer(PROVINCE, file, at("chairman", "office"), "record_signature", **parts) == "signer_may_not_sign"
    parts["signer"] = at("chairman", "head")
    done = accepted(PROVINCE, file, stand_in(at("chairman", "office")), "record_signature", **parts)
    assert {join.person for join in done.joins} == {parts["signer"].person}


def test_a_draft_is_saved_and_sent_for_the_nominator_and_withdrawn_by_them_alone() -> None:
    nominator = person((5, "nominator"))
    receiver = stand_in(nominator)
    file = case(PROVINCE, DRAFT)
    assert answer(PROVINCE, file, receiver, "save", **FAULTS) == "yes"
    done = accepted(PROVINCE, file, receiver, "submit")
    assert {join.person for join in done.joins} == {nominator.person, receiver.person}
    assert answer(PROVINCE, file, receiver, "withdraw") == "never_delegated"
