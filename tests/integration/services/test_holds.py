"""Holds: proposed by one, approved by another, ended by the head; a proposal stays at the level that made it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from nominations import models
from nominations.services.errors import InvalidInput
from tests.integration.services.plays import Cast, forward
from tests.integration.services.soundness import sound
from tests.world import SHA, World

WHY = {"ground": "complaint", "reasons": "Có đơn đang xác minh."}
STATES = (
    "commune.intake", "commune.appraisal", "commune.council", "commune.signature", "commune.number",
    "district.intake", "board.signature", "chairman.check", "chairman.signature", "chairman.number",
)  # fmt: skip


@pytest.fixture(scope="module")
def submitted(province: World, cast: Cast) -> str:
    """One submitted file for all that is refused."""
    code = province.draft()
    forward(province, cast, code, "commune.intake")
    return code


def holds(world: World, code: str) -> list[models.Hold]:
    """Its holds, the first one first."""
    found = world.session.scalars(
        select(models.Hold)
        .join(models.Nomination, models.Nomination.id == models.Hold.nomination_id)
        .where(models.Nomination.code == code)
        .order_by(models.Hold.id)
        .execution_options(populate_existing=True)
    ).all()
    world.session.rollback()
    return list(found)


def place(state: str) -> str:
    """Whose stage it is."""
    return {"commune": "xa", "district": "huyen", "board": "snv", "chairman": "tinh"}[state.partition(".")[0]]


def test_a_file_is_held_and_goes_on_from_any_open_step(world: World, cast: Cast) -> None:
    code = world.draft()
    for state in STATES:
        forward(world, cast, code, state)
        at, proposer = place(state), "office" if state.startswith("chairman") else "appraiser"
        review = world.clock.today() + timedelta(days=30)
        world.do(f"{proposer}.{at}", code, "propose_hold", **WHY, document_sha=SHA, review_on=review)
        assert world.refused(f"{proposer}.{at}", code, "propose_hold", **WHY) == "hold_already_proposed"
        world.do(f"deputy.{at}", code, "hold")
        assert world.state(code) == f"{state}.held"
        sound(world.session, code)
        assert world.refused(f"head.{at}", code, "hold") == "not_in_this_state"
        world.do(f"head.{at}", code, "resume", reasons="Đã có kết luận.")
        assert world.state(code) == state
        sound(world.session, code)
        held = holds(world, code)[-1]
        assert (held.state, held.ground, held.document_sha, held.review_on) == (state, "complaint", SHA, review)
        assert held.approved_by == world.people[f"deputy.{at}"]
        assert held.closed_by == world.people[f"head.{at}"]
    assert len(holds(world, code)) == len(STATES)


def test_nothing_is_held_without_a_proposal_nor_by_its_proposer(world: World, cast: Cast) -> None:
    code = world.draft()
    forward(world, cast, code, "commune.intake")
    assert world.refused("head.xa", code, "hold") == "hold_not_proposed"
    both = world.staff("both.xa", "21613", ("appraiser", "deputy"))
    world.do(both, code, "propose_hold", **WHY)
    assert world.refused(both, code, "hold") == "hold_same_person"
    world.do("head.xa", code, "hold")
    assert world.refused("appraiser.xa", code, "resume", reasons="Thôi.") == "not_your_post"


def test_a_proposal_that_the_head_declines_is_over_and_may_be_made_anew(world: World, cast: Cast) -> None:
    code = world.draft()
    forward(world, cast, code, "commune.appraisal")
    reasons = {"reasons": "Đơn nặc danh, không có căn cứ."}
    assert world.refused("head.xa", code, "decline_hold", **reasons) == "hold_not_proposed"
    world.do("appraiser.xa", code, "propose_hold", **WHY)
    assert world.refused("appraiser.xa", code, "decline_hold", **reasons) == "not_your_post"
    assert world.refused("clerk.xa", code, "decline_hold", **reasons) == "not_your_post"
    with pytest.raises(InvalidInput) as bare:
        world.attempt("head.xa", code, "decline_hold")
    assert set(bare.value.errors) == {"reasons"}
    world.do("head.xa", code, "decline_hold", **reasons)
    assert world.state(code) == "commune.appraisal"
    (declined,) = holds(world, code)
    assert (declined.approved_by, declined.closed_by) == (None, world.people["head.xa"])
    assert world.refused("head.xa", code, "hold") == "hold_not_proposed"
    sound(world.session, code)
    world.do("appraiser.xa", code, "propose_hold", **WHY)
    world.do("deputy.xa", code, "hold")
    assert world.refused("head.xa", code, "decline_hold", **reasons) == "not_in_this_state"
    sound(world.session, code)


def test_a_proposal_is_not_inherited_by_the_level_above(world: World, cast: Cast) -> None:
    """It is the commune's own affair; where the file goes on all the same, the proposal ends there."""
    code = world.draft()
    forward(world, cast, code, "commune.number")
    world.do("appraiser.xa", code, "propose_hold", **WHY)
    world.number(code, "xa")
    assert world.state(code) == "district.intake"
    assert world.refused("head.huyen", code, "hold") == "hold_not_proposed"
    (only,) = holds(world, code)
    assert (only.approved_by, only.closed_by) == (None, world.people["clerk.xa"])
    sound(world.session, code)


def test_a_proposal_outlasts_the_steps_of_its_own_level_and_a_return(world: World, cast: Cast) -> None:
    code = world.draft()
    forward(world, cast, code, "commune.intake")
    world.do("appraiser.xa", code, "propose_hold", **WHY)
    world.do("appraiser.xa", code, "accept")
    fault = {"code": "other", "note": "Sửa.", "section": "report"}
    world.do("appraiser.xa", code, "return", sections=["report"], faults=[fault])
    world.do("nominator.xa", code, "resubmit")
    world.do("head.xa", code, "hold")
    assert world.state(code) == "commune.appraisal.held"
    sound(world.session, code)


def test_a_held_file_can_still_be_withdrawn(world: World, cast: Cast) -> None:
    code = world.draft()
    forward(world, cast, code, "commune.council")
    world.do("appraiser.xa", code, "propose_hold", **WHY)
    world.do("head.xa", code, "hold")
    world.do("head.xa", code, "withdraw", reasons="Gia đình xin rút.")
    sound(world.session, code)


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"ground": "because"}, "ground"),
        ({"ground": ""}, "ground"),
        ({"reasons": ""}, "reasons"),
        ({"document_sha": "0" * 64}, "document_sha"),
        ({"review_on": "tomorrow"}, "review_on"),
        ({"review_on": "2020-01-01"}, "review_on"),
    ],
)
def test_a_proposal_that_cannot_be(world: World, submitted: str, more: dict[str, str], field: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        world.attempt("appraiser.xa", submitted, "propose_hold", **WHY | more)
    assert set(refused.value.errors) == {field}
