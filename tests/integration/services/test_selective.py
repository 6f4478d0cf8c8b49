"""A change after a decision takes only the decisions that were about it: marked, never deleted, done anew alone."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from nominations import models
from nominations.queries.actors import viewer
from nominations.queries.detail import detail
from nominations.queries.since import Since, since_judged
from tests.integration.services.plays import Cast, forward
from tests.integration.services.soundness import sound
from tests.world import World

FAULT = {"code": "other", "note": "Cần sửa.", "section": "nominee"}
RENAMED = {"name": "Hộ ông Đinh Văn Đúng Tên"}


def decided_twice(world: World, cast: Cast) -> str:
    """A file appraised and voted on, waiting for its signature."""
    code = world.draft()
    forward(world, cast, code, "commune.council")
    world.vote(code, "xa", 5)
    world.do("secretary.xa", code, "close_ballot")
    return code


def corrected(world: World, code: str, by: str, section: str, **content: Any) -> None:
    """Returned by ``by``, put right by who filed it, sent in again."""
    world.do(by, code, "return", sections=[section], faults=[FAULT | {"section": section}])
    world.do("nominator.xa", code, "save", content=content)
    world.do("nominator.xa", code, "resubmit")


def approvals(world: World, code: str) -> dict[str, bool]:
    """Of each appraisal and vote of the file, in their order, whether it stands."""
    nomination = select(models.Nomination.id).where(models.Nomination.code == code).scalar_subquery()
    opinions = select(models.Opinion).where(models.Opinion.nomination_id == nomination).order_by(models.Opinion.id)
    votes = select(models.MeetingLine).where(models.MeetingLine.nomination_id == nomination)
    stand = {f"{one.kind} {one.id}": one.voided_by is None for one in world.session.scalars(opinions)}
    stand |= {f"vote {one.id}": one.voided_by is None for one in world.session.scalars(votes)}
    world.session.rollback()
    return stand


def seen_since(world: World, who: str, code: str) -> Since | None:
    """What the file's page tells somebody of what changed since they decided."""
    me = viewer(world.session, world.people[who], world.clock.today())
    assert me is not None
    file = detail(world.session, me, code, world.clock.today())
    assert file is not None
    found = since_judged(world.session, me.person_id, file)
    world.session.rollback()
    return found


def test_a_correction_after_two_approvals_voids_one_and_keeps_one(world: World, cast: Cast) -> None:
    """A name put right: the appraisal was about it, the council's vote was not."""
    code = decided_twice(world, cast)
    assert list(approvals(world, code).values()) == [True, True]
    corrected(world, code, "head.xa", "nominee", nominee=RENAMED)
    assert list(approvals(world, code).values()) == [False, True]
    sound(world.session, code)


def test_only_what_fell_is_done_anew(world: World, cast: Cast) -> None:
    """The head cannot sign over it; appraised anew, the file goes past the council whose vote stands."""
    code = decided_twice(world, cast)
    corrected(world, code, "head.xa", "nominee", nominee=RENAMED)
    assert world.refused("head.xa", code, "send_up") == "appraisal_fell"
    world.do("head.xa", code, "send_back", reasons="Thẩm định lại theo tên đã sửa.")
    world.do("appraiser.xa", code, "recommend", advice="for", reasons="Tên đã đúng.")
    assert world.state(code) == "commune.signature"
    world.do("head.xa", code, "send_up")
    assert list(approvals(world, code).values()) == [False, True, True]
    sound(world.session, code)


def test_a_head_may_still_say_no_over_an_appraisal_that_fell(world: World, cast: Cast) -> None:
    code = decided_twice(world, cast)
    corrected(world, code, "head.xa", "nominee", nominee=RENAMED)
    world.do("head.xa", code, "not_send_up", reason_code="criteria_not_met", reasons="Chưa đạt.")
    assert world.state(code) == "not_awarded"


def test_the_vote_falls_and_the_appraisal_is_kept(world: World, cast: Cast) -> None:
    """The other way round: the proposal is what the council votes on, and no part of the appraisal."""
    code = decided_twice(world, cast)
    corrected(world, code, "head.xa", "proposal", proposal={"achievement": "Thành tích viết lại"})
    assert list(approvals(world, code).values()) == [True, False]
    assert world.refused("head.xa", code, "send_up") == "departure_needs_reason"


def test_a_return_that_changed_nothing_takes_nothing(world: World, cast: Cast) -> None:
    code = decided_twice(world, cast)
    world.do("head.xa", code, "return", sections=["nominee"], faults=[FAULT])
    world.do("nominator.xa", code, "resubmit")
    assert list(approvals(world, code).values()) == [True, True]
    world.do("head.xa", code, "send_up")


def test_whoever_decided_reads_whether_it_stands_and_what_they_had_reviewed(world: World, cast: Cast) -> None:
    code = decided_twice(world, cast)
    assert seen_since(world, "appraiser.xa", code) is None
    corrected(world, code, "head.xa", "nominee", nominee=RENAMED)
    appraiser, member = seen_since(world, "appraiser.xa", code), seen_since(world, "member1.xa", code)
    assert appraiser is not None
    assert member is not None
    assert [(one.kind, one.stands, one.touched) for one in appraiser.given] == [("appraisal", False, ("nominee",))]
    assert [(one.kind, one.stands, one.touched) for one in member.given] == [("ballot", True, ())]
    assert appraiser.before["nominee"] != appraiser.after["nominee"]


def test_after_a_direct_return_the_levels_below_are_marked_and_confirm_again(world: World) -> None:
    """The appraisals of commune and district were about the statements; the level that returned it gave none yet."""
    code = world.draft()
    world.do("nominator.xa", code, "submit")
    world.through_stage(code, "xa")
    world.through_stage(code, "huyen")
    world.do("appraiser.snv", code, "accept", arrival_number="30")
    said = {"mode": "direct", "sections": ["criteria"], "faults": [FAULT | {"section": "criteria"}]}
    world.do("appraiser.snv", code, "return", **said)
    content = world.content("1.5")["criteria"] | {"statements": {"1.5.1": "Viết lại.", "1.5.2": "Viết lại."}}
    world.do("nominator.xa", code, "save", content={"criteria": content})
    world.do("nominator.xa", code, "resubmit")
    opinions = {name: stands for name, stands in approvals(world, code).items() if name.startswith("appraisal")}
    assert list(opinions.values()) == [False, False]
    assert world.refused("appraiser.snv", code, "recommend", advice="for", reasons="Đủ.") == "reconfirmation_missing"
    world.do("head.xa", code, "reconfirm")
    world.do("appraiser.huyen", code, "reconfirm")
    world.do("appraiser.snv", code, "recommend", advice="for", reasons="Đủ.")
    sound(world.session, code)
