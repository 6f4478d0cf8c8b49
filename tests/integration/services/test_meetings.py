"""A meeting of many lines: called, put in order, voted on in one act each, closed at once, reopened, signed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from nominations import models
from nominations.queries.agenda import waiting
from nominations.services.conflicts import declare
from nominations.services.errors import InvalidInput, NotFound
from nominations.services.meeting_closing import close_lines
from nominations.services.meeting_counts import Count, confirm_counts, record_counts
from nominations.services.meeting_minutes import Minutes, sign_minutes
from nominations.services.meetings import NewMeeting, call_meeting, change_meeting, put_in_order, put_on, take_off
from nominations.transactions import write_transaction
from tests.integration.services.sitting import Sitting, before_council
from tests.integration.services.soundness import sound
from tests.world import FROM, SHA, World


@pytest.fixture
def codes(world: World) -> list[str]:
    """Three files before the commune's council."""
    return before_council(world, 3)


@pytest.fixture
def sitting(world: World, codes: list[str]) -> Sitting:
    """A meeting with the three on its agenda."""
    return Sitting(world).call(*codes)


def entries(world: World, stream: str) -> list[str]:
    """The acts on a chain."""
    found = world.session.scalars(
        select(models.AuditEntry.act).where(models.AuditEntry.stream == stream).order_by(models.AuditEntry.cseq)
    ).all()
    world.session.rollback()
    return list(found)


def conflicted(world: World, who: str, code: str) -> None:
    """Somebody declares kin."""
    actor = world.actor(who)
    world_origin = Sitting(world).origin(who)
    declare(world.session, actor, world.clock, world_origin, code, "kin", "Anh em ruột.")


def test_a_called_meeting_takes_the_lines_of_its_files_and_no_version_moves(
    world: World, codes: list[str], sitting: Sitting
) -> None:
    assert [line.code for line in sitting.lines()] == codes
    assert [line.position for line in sitting.lines()] == [1, 2, 3]
    before = {code: world.version(code) for code in codes}
    sitting.all_agree(codes, 1, 2, 3, 4)
    assert {code: world.version(code) for code in codes} == before
    assert entries(world, f"meeting:{sitting.ref}") == ["call_meeting", "put_on_agenda", *["ballots"] * 4]
    assert [line.cast for line in sitting.lines()] == [4, 4, 4]
    for code in codes:
        sound(world.session, code)


def test_exceptions_line_by_line_and_the_rest_in_one_act(world: World, codes: list[str], sitting: Sitting) -> None:
    sitting.cast("member1.xa", {codes[0]: "agree", codes[1]: "disagree", codes[2]: "abstain"})
    assert [(line.agree, line.disagree, line.abstain) for line in sitting.lines()] == [(1, 0, 0), (0, 1, 0), (0, 0, 1)]
    assert world.refused("member1.xa", codes[0], "ballot", choice="agree") == "already_voted"


def test_a_sheet_sent_twice_casts_once(codes: list[str], sitting: Sitting) -> None:
    votes = dict.fromkeys(codes, "agree")
    first = sitting.cast("member1.xa", votes, key="press-1")
    again = sitting.cast("member1.xa", votes, key="press-1")
    assert first.receipt == again.receipt
    assert [line.cast for line in sitting.lines()] == [1, 1, 1]
    with pytest.raises(InvalidInput):
        sitting.cast("member1.xa", dict.fromkeys(codes, "disagree"), key="press-1")


def test_what_a_rule_refuses_is_told_and_the_rest_is_cast(world: World, codes: list[str], sitting: Sitting) -> None:
    conflicted(world, "member2.xa", codes[1])
    world.do("secretary.xa", codes[2], "send_back", reasons="Ý kiến chưa rõ.")
    done = sitting.cast("member2.xa", dict.fromkeys(codes, "agree"))
    assert done.cast == 1
    assert {line.code: line.refused.guard for line in done.refused} == {
        codes[1]: "declared_conflict",
        codes[2]: "not_in_this_state",
    }
    line = sitting.lines("member2.xa")[1]
    assert line.bare
    assert (line.name, line.cast, line.unit) == ("", 0, "")


def test_a_page_that_is_stale_casts_nothing_on_that_line(codes: list[str], sitting: Sitting) -> None:
    done = sitting.cast("member1.xa", {codes[0]: "agree"}, seen=1)
    assert (done.cast, done.receipt) == (0, None)
    assert done.refused[0].refused.guard == "stale_version"


def test_who_does_not_sit_or_no_longer_sits_casts_nothing(world: World, codes: list[str], sitting: Sitting) -> None:
    with pytest.raises(NotFound):
        sitting.cast("member1.xa2", {codes[0]: "agree"})
    yesterday = world.clock.today() - timedelta(days=1)
    seat = models.CouncilSeat.person_id == world.people["member5.xa"]
    with write_transaction(world.session):
        world.session.execute(update(models.CouncilSeat).where(seat).values(valid_to=yesterday))
    try:
        with pytest.raises(NotFound):
            sitting.cast("member5.xa", {codes[0]: "agree"})
    finally:
        with write_transaction(world.session):
            world.session.execute(update(models.CouncilSeat).where(seat).values(valid_to=None))
    with pytest.raises(NotFound):
        sitting.cast("member1.xa", {before_council(world, 1)[0]: "agree"})


def test_all_lines_are_closed_at_once_each_judged_by_the_rules(
    world: World, codes: list[str], sitting: Sitting
) -> None:
    sitting.all_agree(codes[:2], 1, 2, 3, 4)
    sitting.cast("member1.xa", {codes[2]: "agree"})
    before = {code: world.version(code) for code in codes}
    done = sitting.close(codes)
    assert done.closed == 2
    assert [(one.code, one.refused.guard) for one in done.refused] == [(codes[2], "ballots_missing")]
    assert [world.version(code) - before[code] for code in codes] == [1, 1, 0]
    assert [world.state(code) for code in codes] == ["commune.signature"] * 2 + ["commune.council"]
    assert [line.passed for line in sitting.lines()] == [True, True, None]
    assert entries(world, codes[0])[-1] == "close_ballot"
    assert sitting.meet().open
    for code in codes:
        sound(world.session, code)


def test_closing_pressed_twice_closes_once(world: World, codes: list[str], sitting: Sitting) -> None:
    sitting.all_agree(codes, 1, 2, 3, 4)
    seen = {code: world.version(code) for code in codes}
    assert sitting.close(codes, key="close-1").closed == 3
    world.clock.move(seconds=5)
    keeper = "secretary.xa"
    again = close_lines(
        world.session, world.actor(keeper), world.clock, sitting.origin(keeper, "close-1"), sitting.ref, seen
    )
    assert (again.closed, again.refused) == (3, ())
    assert entries(world, codes[0]).count("close_ballot") == 1


def test_a_recused_member_is_counted_out_of_the_quorum_and_named(
    world: World, codes: list[str], sitting: Sitting
) -> None:
    conflicted(world, "member5.xa", codes[0])
    sitting.all_agree(codes, 1, 2, 3)
    done = sitting.close(codes)
    assert [(one.code, one.refused.guard) for one in done.refused] == [(code, "ballots_missing") for code in codes[1:]]
    line = sitting.lines()[0]
    assert (line.members, line.barred, line.agree, line.passed) == (5, 1, 3, True)
    recused = world.session.scalars(select(models.Recusal.person_id).where(models.Recusal.line_id == line.id)).all()
    world.session.rollback()
    assert recused == [world.people["member5.xa"]]


def test_a_closed_line_is_reopened_before_the_minutes_are_signed(
    world: World, codes: list[str], sitting: Sitting
) -> None:
    sitting.all_agree(codes, 1, 2, 3, 4)
    sitting.close(codes)
    assert world.refused("head.xa", codes[0], "reopen_ballot", reasons="x") == "not_your_post"
    with pytest.raises(InvalidInput):
        world.attempt("secretary.xa", codes[0], "reopen_ballot")
    world.do("secretary.xa", codes[0], "reopen_ballot", reasons="Thiếu phiếu của một thành viên.")
    assert world.state(codes[0]) == "commune.council"
    assert entries(world, codes[0])[-1] == "reopen_ballot"
    assert world.refused("member1.xa", codes[0], "ballot", choice="agree") == "already_voted"
    sitting.cast("member5.xa", {codes[0]: "disagree"})
    assert sitting.close([codes[0]]).closed == 1
    line = sitting.lines()[0]
    assert (line.agree, line.disagree, line.members) == (4, 1, 5)
    sound(world.session, codes[0])


def sign(sitting: Sitting) -> None:
    """The minutes are recorded as signed today."""
    world, keeper = sitting.world, f"secretary.{sitting.place}"
    signed = Minutes(sitting.ref, world.clock.today(), SHA)
    sign_minutes(world.session, sitting.viewer(keeper), world.clock, sitting.origin(keeper), signed)


def test_signed_minutes_end_the_meeting_and_nothing_is_reopened(
    world: World, codes: list[str], sitting: Sitting
) -> None:
    with pytest.raises(InvalidInput) as refused:
        sign(sitting)
    assert refused.value.errors["lines"].key == "lines_open"
    sitting.all_agree(codes, 1, 2, 3, 4)
    sitting.close(codes[:2])
    with pytest.raises(InvalidInput) as refused:
        sign(sitting)
    assert refused.value.errors["lines"].values == {"count": 1}
    sitting.close(codes[2:])
    sign(sitting)
    assert not sitting.meet().open
    assert world.refused("secretary.xa", codes[0], "reopen_ballot", reasons="Muộn.") == "minutes_signed"
    row = world.session.execute(
        select(models.Meeting.minutes_sha256, models.Meeting.minutes_file).where(
            models.Meeting.stream == f"meeting:{sitting.ref}"
        )
    ).one()
    world.session.rollback()
    assert row.minutes_file == SHA
    assert len(row.minutes_sha256) == 64
    with pytest.raises(InvalidInput) as over:
        sitting.mark(member1="present")
    assert over.value.errors["meeting"].key == "meeting_over"


def test_a_line_that_was_away_when_the_minutes_were_signed_is_voted_on_elsewhere(
    world: World, codes: list[str], sitting: Sitting
) -> None:
    sitting.all_agree(codes, 1, 2)
    world.do(
        "secretary.xa", codes[2], "return", sections=["nominee"],
        faults=[{"code": "other", "note": "Sửa tên.", "section": "nominee"}],
    )  # fmt: skip
    sitting.all_agree(codes[:2], 3, 4)
    sitting.close(codes[:2])
    sign(sitting)
    world.do("nominator.xa", codes[2], "resubmit")
    assert world.state(codes[2]) == "commune.council"
    world.vote(codes[2], "xa", 5)
    world.do("secretary.xa", codes[2], "close_ballot")
    assert world.state(codes[2]) == "commune.signature"
    sound(world.session, codes[2])


def test_absent_members_vote_in_writing_up_to_their_day(world: World, codes: list[str], sitting: Sitting) -> None:
    sitting.all_agree(codes, 1, 2, 3, 4)
    sitting.mark(member1="present", member5="excused")
    assert world.refused("member5.xa", codes[0], "ballot", choice="agree") == "absent_not_asked"
    until = sitting.ask(days=3)
    assert [one.refused.guard for one in sitting.close(codes).refused] == ["poll_open"] * 3
    sitting.cast("member5.xa", {codes[0]: "disagree"})
    assert sitting.close(codes).closed == 1
    with world.on(until + timedelta(days=1)):
        assert world.refused("member5.xa", codes[1], "ballot", choice="agree") == "poll_over"
        assert sitting.close(codes[1:]).closed == 2
    lines = sitting.lines()
    assert [(line.agree, line.disagree, line.members) for line in lines] == [(4, 1, 5), (4, 0, 5), (4, 0, 5)]


def test_attendance_and_poll_refuse_what_cannot_be(codes: list[str], sitting: Sitting) -> None:
    sitting.all_agree(codes, 1)
    with pytest.raises(InvalidInput) as voted:
        sitting.mark(member1="absent")
    assert voted.value.errors["presence"].key == "has_voted"
    with pytest.raises(InvalidInput) as nobody:
        sitting.ask()
    assert nobody.value.errors["until"].key == "nobody_absent"
    sitting.mark(member2="absent")
    with pytest.raises(InvalidInput) as gone:
        sitting.ask(days=-1)
    assert gone.value.errors["until"].key == "day_gone"
    sitting.ask()
    sitting.mark(member2="present")
    assert [member.polled for member in sitting.members()] == [False] * 5


def counted(sitting: Sitting, who: str, **exceptions: dict[str, int]) -> int:
    """Paper ballots recorded; how many lines."""
    world = sitting.world
    count = Count(sitting.ref, 5, 5, 5, SHA, exceptions, sitting.origin(who))
    return record_counts(world.session, world.actor(who), world.clock, count).lines


def test_paper_ballots_of_a_whole_meeting_are_counted_by_two_persons(
    world: World, codes: list[str], sitting: Sitting
) -> None:
    before = [world.version(code) for code in codes]
    own = {codes[1]: {"agree": 3, "disagree": 1, "abstain": 1}}
    assert counted(sitting, "secretary.xa", **{codes[1]: {"agree": 2, "disagree": 2, "abstain": 1}}) == 3
    assert counted(sitting, "secretary.xa", **own) == 3  # a slip of the pen, put right
    assert world.refused("member1.xa", codes[0], "ballot", choice="agree") == "counted_on_paper"
    assert [one.refused.guard for one in sitting.close(codes).refused] == ["counts_unconfirmed"] * 3
    same = confirm_counts(
        world.session, world.actor("secretary.xa"), world.clock, sitting.origin("secretary.xa"), sitting.ref
    )
    assert {one.refused.guard for one in same.refused} == {"counted_by_same_person"}
    done = confirm_counts(world.session, world.actor("clerk.xa"), world.clock, sitting.origin("clerk.xa"), sitting.ref)
    assert done.lines == 3
    assert [world.version(code) for code in codes] == before
    assert sitting.close(codes).closed == 3
    assert [(line.agree, line.disagree, line.abstain) for line in sitting.lines()] == [(5, 0, 0), (3, 1, 1), (5, 0, 0)]
    world.do("secretary.xa", codes[1], "reopen_ballot", reasons="Kiểm lại phiếu.")
    assert world.refused("secretary.xa", codes[1], "close_ballot") == "counts_unconfirmed"
    assert counted(sitting, "secretary.xa", **{codes[1]: {"agree": 4, "disagree": 1, "abstain": 0}}) == 1
    for code in codes:
        sound(world.session, code)


def test_counts_that_cannot_be_name_their_line(world: World, codes: list[str], sitting: Sitting) -> None:
    conflicted(world, "member5.xa", codes[2])
    with pytest.raises(InvalidInput) as refused:
        counted(sitting, "secretary.xa", **{codes[1]: {"agree": 5, "disagree": 1, "abstain": 0}})
    assert {field: message.key for field, message in refused.value.errors.items()} == {
        codes[1]: "more_than_members",
        codes[2]: "own_figures",
    }
    count = Count(sitting.ref, 6, 5, 6, "0" * 64, {}, sitting.origin("secretary.xa"))
    with pytest.raises(InvalidInput) as more:
        record_counts(world.session, world.actor("secretary.xa"), world.clock, count)
    assert {"issued", "valid", "minutes_sha"} <= set(more.value.errors)


def test_the_agenda_is_the_secretarys(world: World, codes: list[str], sitting: Sitting) -> None:
    more = before_council(world, 2)
    for who in ("member1.xa", "head.xa", "secretary.xa2"):
        with pytest.raises(NotFound):
            put_on(world.session, world.actor(who), world.clock, sitting.origin(who), sitting.ref, more)
    keeper, session = "secretary.xa", world.session
    _receipt, put = put_on(session, world.actor(keeper), world.clock, sitting.origin(keeper), sitting.ref, more * 2)
    assert put == 2
    assert put_on(session, world.actor(keeper), world.clock, sitting.origin(keeper), sitting.ref, more) == (None, 0)
    sitting.all_agree([codes[0]], 1)
    _receipt, off = take_off(
        session, world.actor(keeper), world.clock, sitting.origin(keeper), sitting.ref, [codes[0], more[0]]
    )
    assert off == 1
    world.vote(more[0], "xa", 5)
    world.do(keeper, more[0], "close_ballot")
    put_in_order(session, world.actor(keeper), world.clock, sitting.origin(keeper), sitting.ref, "name")
    names = [line.name for line in sitting.lines()]
    assert names == sorted(names)
    with pytest.raises(InvalidInput):
        put_in_order(session, world.actor(keeper), world.clock, sitting.origin(keeper), sitting.ref, "luck")


def test_a_file_somebody_has_voted_on_alone_is_not_moved(world: World, codes: list[str]) -> None:
    world.do("member1.xa", codes[0], "ballot", choice="agree")
    sitting = Sitting(world).call(*codes)
    assert [line.code for line in sitting.lines()] == codes[1:]
    viewer = sitting.viewer("secretary.xa")
    left = [one.code for one in waiting(world.session, viewer, world.units["21613"])]
    world.session.rollback()
    assert not set(left) & set(codes)


def test_a_meeting_is_called_by_who_keeps_the_councils_records(world: World) -> None:
    council = world.session.scalar(select(models.Council.id).where(models.Council.unit_id == world.units["52"])) or 0
    world.session.rollback()
    new = NewMeeting(council, world.clock.today(), "14:30", "Hội trường UBND tỉnh")
    origin = Sitting(world).origin
    for who in ("secretary.xa", "member1.tinh", "head.snv", "appraiser.snv"):
        with pytest.raises(InvalidInput):
            call_meeting(world.session, world.actor(who), world.clock, origin(who), new)
    made = call_meeting(world.session, world.actor("secretary.snv"), world.clock, origin("secretary.snv", "k1"), new)
    again = call_meeting(world.session, world.actor("secretary.snv"), world.clock, origin("secretary.snv", "k1"), new)
    assert made.ref == again.ref
    for wrong, field in (
        (replace(new, begins="25:00"), "begins"),
        (replace(new, place=" "), "place"),
        (replace(new, held_on=FROM), "held_on"),
    ):
        with pytest.raises(InvalidInput) as refused:
            call_meeting(world.session, world.actor("secretary.snv"), world.clock, origin("secretary.snv"), wrong)
        assert set(refused.value.errors) == {field}


def test_where_nobody_is_secretary_a_substitute_keeps_the_records(world: World, codes: list[str]) -> None:
    post = models.Post.person_id == world.people["secretary.xa"]
    yesterday = world.clock.today() - timedelta(days=1)
    with write_transaction(world.session):
        world.session.execute(update(models.Post).where(post).values(valid_to=yesterday))
    try:
        council = world.session.scalar(select(models.Council.id).where(models.Council.unit_id == world.units["21613"]))
        world.session.rollback()
        new = NewMeeting(council or 0, world.clock.today(), "08:00", "UBND xã")
        who = "appraiser.xa"
        made = call_meeting(world.session, world.actor(who), world.clock, Sitting(world).origin(who), new)
        _receipt, put = put_on(
            world.session, world.actor(who), world.clock, Sitting(world).origin(who), made.ref, codes
        )
        assert put == 3
    finally:
        with write_transaction(world.session):
            world.session.execute(update(models.Post).where(post).values(valid_to=None))


def test_a_secretary_in_conflict_leaves_the_line_to_the_substitute(
    world: World, codes: list[str], sitting: Sitting
) -> None:
    sitting.all_agree(codes, 1, 2, 3, 4)
    conflicted(world, "secretary.xa", codes[0])
    done = sitting.close(codes)
    assert done.closed == 2
    assert [(one.code, one.refused.guard) for one in done.refused] == [(codes[0], "declared_conflict")]
    assert sitting.lines()[0].bare
    holder = world.session.scalar(
        select(models.Task.duty)
        .join(models.Nomination, models.Nomination.id == models.Task.nomination_id)
        .where(models.Nomination.code == codes[0], models.Task.closed_at.is_(None))
    )
    world.session.rollback()
    assert sitting.close([codes[0]], who=f"{holder}.xa").closed == 1


def test_the_kind_of_ballot_is_settled_by_the_first_one(world: World, codes: list[str], sitting: Sitting) -> None:
    keeper, meet = "secretary.xa", sitting.meet()
    new = NewMeeting(meet.council_id, meet.held_on, "09:00", "Phòng họp số 2", secret=True)
    change_meeting(world.session, world.actor(keeper), world.clock, sitting.origin(keeper), sitting.ref, new)
    assert sitting.meet().secret
    sitting.all_agree(codes, 1)
    back = NewMeeting(meet.council_id, meet.held_on, "09:00", "Phòng họp số 2")
    with pytest.raises(InvalidInput) as refused:
        change_meeting(world.session, world.actor(keeper), world.clock, sitting.origin(keeper), sitting.ref, back)
    assert refused.value.errors["way"].key == "ballots_are_in"
