"""Councils: a vote outlasts holds and returns while what was voted on stays the same, and falls when it changes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from nominations import models
from nominations.services.errors import InvalidInput
from nominations.transactions import write_transaction
from tests.integration.services.plays import Cast, forward
from tests.integration.services.soundness import sound
from tests.world import FROM, REASON, SHA, World

FAULT = {"code": "other", "note": "Cần sửa.", "section": "report"}
COUNTS = {"issued": 5, "returned": 5, "valid": 4, "agree": 3, "disagree": 1, "abstain": 1, "minutes_sha": SHA}


@pytest.fixture(scope="module")
def counted(province: World, cast: Cast) -> str:
    """One file before its council, for all the counts that are refused."""
    return before_the_council(province, cast)


def before_the_council(world: World, cast: Cast, form: str = "BK-TINH") -> str:
    """A file whose council at the commune may vote."""
    code = world.draft(form=form)
    forward(world, cast, code, "commune.council")
    return code


def lines(world: World, code: str) -> list[models.MeetingLine]:
    """Its lines in meetings, the first one first."""
    found = world.session.scalars(
        select(models.MeetingLine)
        .join(models.Nomination, models.Nomination.id == models.MeetingLine.nomination_id)
        .where(models.Nomination.code == code)
        .order_by(models.MeetingLine.id)
        .execution_options(populate_existing=True)
    ).all()
    world.session.rollback()
    return list(found)


def returned_and_back(world: World, code: str, by: str, sections: list[str], **content: Any) -> None:
    """Returned to the nominator, something saved there, and sent in again."""
    world.do(by, code, "return", sections=sections, faults=[FAULT | {"section": sections[0]}])
    if content:
        world.do("nominator.xa", code, "save", content=content)
    world.do("nominator.xa", code, "resubmit")
    sound(world.session, code)


def test_ballots_outlast_a_hold(world: World, cast: Cast) -> None:
    code = before_the_council(world, cast)
    world.vote(code, "xa", 2)
    world.do("appraiser.xa", code, "propose_hold", ground="complaint", reasons="Có đơn.", document_sha=SHA)
    world.do("head.xa", code, "hold")
    world.do("head.xa", code, "resume", reasons="Đơn không có cơ sở.")
    assert world.refused("member1.xa", code, "ballot", choice="agree") == "already_voted"
    for number in (3, 4):
        world.do(f"member{number}.xa", code, "ballot", choice="agree")
    world.do("secretary.xa", code, "close_ballot")
    assert [(line.members, line.agree, line.passed) for line in lines(world, code)] == [(5, 4, True)]
    sound(world.session, code)


def test_ballots_stand_when_a_return_changed_nothing_they_were_about(world: World, cast: Cast) -> None:
    code = before_the_council(world, cast)
    world.vote(code, "xa", 4)
    returned_and_back(world, code, "secretary.xa", ["nominee"], nominee={"name": "Hộ ông Đinh Văn Sửa"})
    assert world.refused("member1.xa", code, "ballot", choice="agree") == "already_voted"
    world.do("secretary.xa", code, "send_back", reasons="Thẩm định lại theo tên đã sửa.")
    world.do("appraiser.xa", code, "recommend", advice="for", reasons="Tên đã đúng.")
    world.do("secretary.xa", code, "close_ballot")
    assert len(lines(world, code)) == 1


def test_the_council_votes_anew_on_what_has_changed_before_it_closed(world: World, cast: Cast) -> None:
    code = before_the_council(world, cast)
    world.vote(code, "xa", 3)
    returned_and_back(world, code, "secretary.xa", ["report"], report={"achievements": "Giúp chín hộ."})
    first, second = lines(world, code)
    assert (first.voided_by, second.voided_by) == (second.revision_id, None)
    world.vote(code, "xa", 4, 1)
    assert world.refused("secretary.xa", code, "close_ballot") == "appraisal_fell"
    world.do("secretary.xa", code, "send_back", reasons="Thẩm định lại phần đã sửa.")
    world.do("appraiser.xa", code, "recommend", advice="for", reasons="Vẫn đủ.")
    world.do("secretary.xa", code, "close_ballot")
    sound(world.session, code)
    assert [line.agree for line in lines(world, code)] == [None, 4]


def test_a_closed_vote_falls_with_what_it_was_about(world: World, cast: Cast) -> None:
    """The head needs a reason now, or sends it back for another vote."""
    code = before_the_council(world, cast)
    world.vote(code, "xa", 5)
    world.do("secretary.xa", code, "close_ballot")
    returned_and_back(world, code, "head.xa", ["papers"])
    assert lines(world, code)[0].voided_by is None
    returned_and_back(world, code, "head.xa", ["report"], report={"achievements": "Giúp mười hộ."})
    assert lines(world, code)[0].voided_by is not None
    assert world.refused("head.xa", code, "send_up") == "appraisal_fell"
    world.do("head.xa", code, "send_back", reasons="Thẩm định và biểu quyết lại.")
    world.do("appraiser.xa", code, "recommend", advice="for", reasons="Vẫn đủ.")
    assert world.state(code) == "commune.council"
    world.vote(code, "xa", 5)
    world.do("secretary.xa", code, "close_ballot")
    world.do("head.xa", code, "send_up")
    sound(world.session, code)


def test_a_vote_that_stands_is_not_held_again(world: World, cast: Cast) -> None:
    """Sent back inside with nothing changed: the specialist's new opinion goes straight to signature."""
    code = before_the_council(world, cast)
    world.vote(code, "xa", 5)
    world.do("secretary.xa", code, "close_ballot")
    world.do("head.xa", code, "send_back", reasons="Viết lại ý kiến.")
    world.do("appraiser.xa", code, "recommend", advice="for", reasons="Đã viết lại.")
    assert world.state(code) == "commune.signature"
    sound(world.session, code)


def test_ballots_outlast_a_draft_sent_back_by_the_secretary(world: World, cast: Cast) -> None:
    code = before_the_council(world, cast)
    world.vote(code, "xa", 2)
    world.do("secretary.xa", code, "send_back", reasons="Ý kiến chưa rõ.")
    assert world.refused("member3.xa", code, "ballot", choice="agree") == "not_in_this_state"
    world.do("appraiser.xa", code, "recommend", advice="for", reasons="Rõ hơn.")
    for number in (3, 4, 5):
        world.do(f"member{number}.xa", code, "ballot", choice="disagree")
    world.do("secretary.xa", code, "close_ballot")
    assert [(line.agree, line.disagree, line.passed) for line in lines(world, code)] == [(2, 3, False)]


def test_opinions_fall_with_what_they_were_about(world: World, cast: Cast) -> None:
    """Of the level that returned the file; the levels below send it in again, which says the same anew."""
    code = before_the_council(world, cast)
    returned_and_back(world, code, "secretary.xa", ["proposal"], proposal={"achievement": "Thành tích viết lại"})
    assert voided(world, code) == [False]
    world.do("head.xa", code, "approve_return", reasons="Lần nữa.")
    returned_and_back(world, code, "secretary.xa", ["criteria"], criteria=world.content("1.5")["criteria"] | CHANGED)
    assert voided(world, code) == [True]


CHANGED = {"statements": {"1.5.1": "Viết lại.", "1.5.2": "Viết lại."}}


def voided(world: World, code: str) -> list[bool]:
    """Of each opinion, whether it no longer stands."""
    found = world.session.scalars(
        select(models.Opinion.voided_by)
        .join(models.Nomination, models.Nomination.id == models.Opinion.nomination_id)
        .where(models.Nomination.code == code)
        .order_by(models.Opinion.id)
    ).all()
    world.session.rollback()
    return [each is not None for each in found]


def test_paper_ballots_are_counted_by_two_persons(world: World, cast: Cast) -> None:
    code = before_the_council(world, cast)
    world.do("secretary.xa", code, "record_counts", **COUNTS | {"agree": 2, "disagree": 2})
    world.do("secretary.xa", code, "record_counts", **COUNTS)  # a slip of the pen, put right
    assert world.refused("member1.xa", code, "ballot", choice="agree") == "counted_on_paper"
    assert world.refused("secretary.xa", code, "close_ballot") == "counts_unconfirmed"
    assert world.refused("secretary.xa", code, "confirm_counts") == "counted_by_same_person"
    world.do("member2.xa", code, "confirm_counts")
    assert world.refused("clerk.xa", code, "confirm_counts") == "nothing_to_confirm"
    assert world.refused("secretary.xa", code, "record_counts", **COUNTS) == "ballots_already_cast"
    world.do("secretary.xa", code, "close_ballot", held_on=world.clock.today())
    assert [(line.members, line.agree, line.disagree, line.abstain) for line in lines(world, code)] == [(5, 3, 1, 1)]
    counts = world.session.scalars(select(models.BallotCount).where(models.BallotCount.confirmed_by.is_not(None))).all()
    world.session.rollback()
    assert counts[-1].confirmed_by == world.people["member2.xa"]
    sound(world.session, code)


@pytest.mark.parametrize(
    ("counts", "field"),
    [
        ({"issued": 6, "returned": 6, "valid": 6}, "issued"),
        ({"returned": 3, "valid": 4}, "valid"),
        ({"valid": 3}, "valid"),
        ({"agree": 4, "abstain": 1}, "valid"),
        ({"issued": 4, "returned": 4, "agree": 3, "disagree": 1, "abstain": 1}, "valid"),
        ({"issued": 3, "returned": 2, "valid": 2, "agree": 1, "disagree": 1, "abstain": 3}, "valid"),
        ({"agree": "-1"}, "agree"),
        ({"agree": 1.5}, "agree"),
        ({"agree": True}, "agree"),
        ({"minutes_sha": "0" * 64}, "minutes_sha"),
        ({"minutes_sha": None}, "minutes_sha"),
    ],
)
def test_counts_that_cannot_be(world: World, counted: str, counts: dict[str, Any], field: str) -> None:
    sent: dict[str, Any] = COUNTS | counts
    with pytest.raises(InvalidInput) as refused:
        world.attempt("secretary.xa", counted, "record_counts", **sent)
    assert set(refused.value.errors) == {field}


def test_after_a_ballot_here_no_count_on_paper(world: World, cast: Cast) -> None:
    code = before_the_council(world, cast)
    world.do("member1.xa", code, "ballot", choice="abstain", note="Không nắm rõ.")
    assert world.refused("secretary.xa", code, "record_counts", **COUNTS) == "ballots_already_cast"


def test_a_vote_cast_by_a_member_who_has_left_still_counts(world: World, cast: Cast) -> None:
    """Members are those of today and those who have voted: nobody's vote is more than all members."""
    code = before_the_council(world, cast)
    world.vote(code, "xa", 5)
    yesterday = world.clock.today() - timedelta(days=1)
    with write_transaction(world.session):
        _seats(world, "member4.xa", valid_to=yesterday)
        _seats(world, "member5.xa", valid_to=yesterday)
    try:
        world.do("secretary.xa", code, "close_ballot")
    finally:
        with write_transaction(world.session):
            _seats(world, "member4.xa", valid_to=None)
            _seats(world, "member5.xa", valid_to=None)
    assert [(line.members, line.agree) for line in lines(world, code)] == [(5, 5)]


def _seats(world: World, username: str, **values: Any) -> None:
    world.session.execute(
        update(models.CouncilSeat).where(models.CouncilSeat.person_id == world.people[username]).values(values)
    )


def test_who_no_longer_sits_casts_no_ballot(world: World, cast: Cast) -> None:
    code = before_the_council(world, cast)
    with write_transaction(world.session):
        _seats(world, "member1.xa", valid_to=world.clock.today() - timedelta(days=1))
        _seats(world, "member2.xa", valid_from=world.clock.today() + timedelta(days=1))
        _seats(world, "member3.xa", role="secretary")
    try:
        for number in (1, 2):
            with pytest.raises(LookupError):
                world.attempt(f"member{number}.xa", code, "ballot", choice="agree")
        assert world.refused("member3.xa", code, "ballot", choice="agree") == "not_your_post"
    finally:
        with write_transaction(world.session):
            _seats(world, "member1.xa", valid_to=None)
            _seats(world, "member2.xa", valid_from=FROM)
            _seats(world, "member3.xa", role="member")


def test_a_meeting_is_not_held_tomorrow(world: World, cast: Cast) -> None:
    code = before_the_council(world, cast)
    world.vote(code, "xa", 5)
    tomorrow = world.clock.today() + timedelta(days=1)
    with pytest.raises(InvalidInput) as refused:
        world.attempt("secretary.xa", code, "close_ballot", held_on=tomorrow)
    assert refused.value.errors["held_on"].key == "in_future"


def test_a_departure_from_the_vote_has_its_code_and_its_words(world: World, cast: Cast) -> None:
    """In both directions, and by the head's own hand or as recorded from paper."""
    code = before_the_council(world, cast)
    world.vote(code, "xa", 2, 3)
    world.do("secretary.xa", code, "close_ballot")
    assert world.refused("head.xa", code, "send_up", reasons="Chỉ có lời.") == "departure_needs_reason"
    with pytest.raises(InvalidInput) as refused:
        world.attempt("head.xa", code, "send_up", reason_code="new_facts")
    assert set(refused.value.errors) == {"reasons"}
    paper: dict[str, Any] = {
        "outcome": "not_send_up",
        "signer": "head.xa",
        "signed_on": world.clock.today(),
        "signed_file": SHA,
    }
    with pytest.raises(InvalidInput) as refused:
        world.attempt("clerk.xa", code, "record_signature", reason_code="vote_below", **paper)
    assert set(refused.value.errors) == {"reasons"}
    world.do("head.xa", code, "send_up", **REASON)
    decision = world.session.scalars(select(models.Decision).order_by(models.Decision.id.desc())).first()
    assert decision is not None
    assert decision.departs_from_vote
    assert (decision.reason_code, decision.reasons) == (REASON["reason_code"], REASON["reasons"])


def test_against_a_vote_that_passed_the_head_departs_as_well(world: World, cast: Cast) -> None:
    code = before_the_council(world, cast)
    world.vote(code, "xa", 5)
    world.do("secretary.xa", code, "close_ballot")
    world.do("head.xa", code, "not_send_up", reason_code="violation", reasons="Có kết luận thanh tra.")
    decision = world.session.scalars(select(models.Decision).order_by(models.Decision.id.desc())).first()
    assert decision is not None
    assert (decision.kind, decision.departs_from_vote, decision.signs_as) == ("not_sent_up", True, "head")
    assert world.state(code) == "not_awarded"
    sound(world.session, code)


def test_a_council_set_up_late_is_reached_by_sending_the_draft_back(world: World, cast: Cast) -> None:
    """Without a council nothing can be voted or closed; once there is one, the secretary sends back and on again."""
    with write_transaction(world.session):
        council = models.Council.unit_id == world.units["21610"]
        world.session.execute(update(models.Council).where(council).values(valid_to=FROM))
    code = world.draft(by="nominator.xa2")
    forward(world, cast, code, "commune.council")
    assert world.refused("secretary.xa2", code, "close_ballot") == "council_empty"
    with write_transaction(world.session):
        world.session.execute(update(models.Council).where(council).values(valid_to=None))
    world.do("secretary.xa2", code, "send_back", reasons="Hội đồng mới được kiện toàn.")
    world.do("appraiser.xa2", code, "recommend", advice="for", reasons="Đủ.")
    world.vote(code, "xa2", 5)
    world.do("secretary.xa2", code, "close_ballot")
    assert world.state(code) == "commune.signature"


def test_two_barred_members_of_five_do_not_hold_a_vote_up(world: World, cast: Cast) -> None:
    """Two thirds of the three who may vote are two; the threshold stays more than half of all five."""
    code = before_the_council(world, cast, "GK-XA")  # which the commune decides: kin are barred in its own council
    nominee = select(models.Nomination.nominee_id).where(models.Nomination.code == code).scalar_subquery()
    with write_transaction(world.session):
        for name in ("member4.xa", "member5.xa"):
            world.session.add(
                models.ConflictDeclaration(
                    person_id=world.people[name], nominee_id=world.session.scalar(select(nominee)), kind="kin",
                    declared_at=world.clock.now(),
                )
            )  # fmt: skip
    world.vote(code, "xa", 1)
    assert world.refused("member5.xa", code, "ballot", choice="agree") == "declared_conflict"
    assert world.refused("secretary.xa", code, "close_ballot") == "ballots_missing"
    world.do("member2.xa", code, "ballot", choice="agree")
    world.do("secretary.xa", code, "close_ballot")
    assert [(line.members, line.agree, line.passed) for line in lines(world, code)] == [(5, 2, False)]
    sound(world.session, code)
