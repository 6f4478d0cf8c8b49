"""Single files of the small province: stacks of returns, councils, signatures without a number, drafts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import Engine, select, update
from sqlalchemy.orm import Session

from nominations import models
from nominations.database import create_database_engine, create_session_factory
from nominations.services.errors import InvalidInput, NotFound
from nominations.services.log import Origin
from nominations.services.reorganising import (
    FileMove,
    NewSuccession,
    Report,
    choose,
    look,
    moving,
    reorganise,
    run,
    settle,
)
from nominations.transactions import write_transaction
from tests.databases import Backend, Databases
from tests.integration.reorganising.province import TURN, Turned, make_turned, staff
from tests.integration.services.soundness import entries, sound
from tests.world import World

ORIGIN = Origin(actor="operator", auth="cli")
FAULT = [{"code": "other", "note": "Ghi rõ số hộ.", "section": "report"}]


@pytest.fixture
def fresh(databases: Databases, backend: Backend) -> Iterator[Session]:
    """A database of this test alone: a reorganisation happens once."""
    engine: Engine = create_database_engine(databases.copy(backend, "migrated"))
    with create_session_factory(engine)() as session:
        yield session
    engine.dispose()


@pytest.fixture
def turned(fresh: Session) -> Turned:
    """The province in the spring of 2025."""
    made = make_turned(fresh)
    made.world.clock.instant = datetime(2025, 6, 2, 2, tzinfo=UTC)
    return made


def to_district(world: World, form: str = "BK-TINH", place: str = "xa") -> str:
    """A file a commune has sent up."""
    code = world.draft(by=f"nominator.{place}", form=form)
    world.do(f"nominator.{place}", code, "submit")
    world.through_stage(code, place)
    return code


def to_board(world: World) -> str:
    """A file the district has sent up too."""
    code = to_district(world)
    world.through_stage(code, "huyen")
    return code


def on_the_day(turned: Turned) -> Report:
    """What the dry run says on the first of July."""
    turned.world.clock.instant = datetime(2025, 7, 1, 2, tzinfo=UTC)
    report = look(turned.world.session, turned.world.clock, TURN)
    turned.world.session.rollback()
    return report


def carried_out(turned: Turned) -> Report:
    """The act on the first of July."""
    turned.world.clock.instant = datetime(2025, 7, 1, 2, tzinfo=UTC)
    return reorganise(turned.world.session, turned.world.clock, ORIGIN, TURN, dry_run=False)


def line(report: Report, code: str) -> FileMove:
    """The report's line of a file."""
    return next(one for one in report.files if one.code == code)


def row(world: World, code: str) -> models.Nomination:
    """The nomination as it is."""
    found = world.session.scalars(
        select(models.Nomination).where(models.Nomination.code == code).execution_options(populate_existing=True)
    ).one()
    world.session.rollback()
    return found


def open_task(world: World, code: str) -> tuple[Any, ...]:
    """Step, unit, duty and due day of the open step."""
    found = world.session.execute(
        select(models.Task.step, models.Task.unit_id, models.Task.duty, models.Task.due_on)
        .join(models.Nomination, models.Nomination.id == models.Task.nomination_id)
        .where(models.Nomination.code == code, models.Task.closed_at.is_(None))
    ).one()
    world.session.rollback()
    return tuple(found)


def test_a_stack_through_the_district_comes_to_lie_with_the_commune_once(turned: Turned) -> None:
    world = turned.world
    code = to_board(world)
    world.do("appraiser.snv", code, "return", sections=["report", "proposal"], faults=FAULT)
    world.do("appraiser.huyen", code, "pass_down", sections=["report"], reasons="Xã bổ sung.")
    world.do("appraiser.xa", code, "pass_down", sections=["report"])
    staff(turned, turned.new, "moi")
    carried_out(turned)
    sound(world.session, code)
    levels = world.session.execute(
        select(models.Return.depth, models.Return.holder_unit_id, models.Return.holder_duty, models.Return.from_state)
        .where(models.Return.closed_at.is_(None))
        .order_by(models.Return.depth)
    ).all()
    assert [tuple(level) for level in levels] == [
        (1, turned.new, "appraiser", "board.intake"),
        (2, turned.new, "nominator", "board.intake"),
    ]
    world.session.rollback()
    world.do("nominator.moi", code, "save", content={"report": {"achievements": "Giúp chín hộ thoát nghèo."}})
    world.do("nominator.moi", code, "resubmit")
    world.do("appraiser.moi", code, "resubmit")
    assert world.state(code) == "board.intake"
    sound(world.session, code)


def test_a_step_that_only_changes_hands_keeps_its_due_day(turned: Turned) -> None:
    world = turned.world
    code = world.draft(form="BK-TINH")
    world.do("nominator.xa", code, "submit")
    world.do("appraiser.xa", code, "accept", arrival_number="3")
    before = open_task(world, code)
    staff(turned, turned.new, "moi")
    carried_out(turned)
    assert open_task(world, code) == ("commune.appraisal", turned.new, "appraiser", before[3])
    with pytest.raises(NotFound):
        world.attempt("appraiser.xa", code, "recommend", advice="for", reasons="-")
    world.do("appraiser.moi", code, "recommend", advice="for", reasons="Đủ điều kiện.")
    sound(world.session, code)


def test_a_ballot_under_way_ends_and_the_new_council_votes_from_the_beginning(turned: Turned) -> None:
    world = turned.world
    code = world.draft(form="BK-TINH")
    world.do("nominator.xa", code, "submit")
    world.do("appraiser.xa", code, "accept", arrival_number="3")
    world.do("appraiser.xa", code, "recommend", advice="for", reasons="Đủ điều kiện.")
    world.vote(code, "xa", 2)
    assert line(on_the_day(turned), code).why == "no_council"
    staff(turned, turned.new, "moi")
    assert line(carried_out(turned), code).notes == ("votes_anew",)
    sound(world.session, code)
    world.vote(code, "moi", 5)
    world.do("secretary.moi", code, "close_ballot")
    world.do("head.moi", code, "send_up")
    world.number(code, "moi")
    assert world.state(code) == "board.intake"
    sound(world.session, code)


def test_what_was_signed_and_not_numbered_is_signed_anew_by_the_successor(turned: Turned) -> None:
    world = turned.world
    code = world.draft(form="GK-XA")
    world.do("nominator.xa", code, "submit")
    world.do("appraiser.xa", code, "accept", arrival_number="3")
    world.do("appraiser.xa", code, "recommend", advice="for", reasons="Đủ điều kiện.")
    world.vote(code, "xa", 5)
    world.do("secretary.xa", code, "close_ballot")
    world.do("head.xa", code, "award")
    staff(turned, turned.new, "moi")
    moved = line(carried_out(turned), code)
    assert (moved.to_state, moved.why) == ("commune.signature", "signs_anew")
    world.do("head.moi", code, "award")
    world.number(code, "moi")
    assert world.state(code) == "awarded"
    sound(world.session, code)


def test_drafts_go_with_their_unit_and_a_district_form_is_named(turned: Turned) -> None:
    world = turned.world
    kept, gone = world.draft(form="BK-TINH"), world.draft(form="GK-HUYEN")
    report = carried_out(turned)
    assert (line(report, kept).result, row(world, kept).proposing_unit_id) == ("moves", turned.new)
    assert (line(report, gone).result, line(report, gone).why) == ("stuck", "no_issuer")
    assert row(world, gone).proposing_unit_id == turned.new, "whoever files there now may give it up"
    staff(turned, turned.new, "moi")
    world.do("nominator.moi", kept, "submit")
    assert row(world, kept).path["commune"] == turned.new
    sound(world.session, kept)
    sound(world.session, gone)


def test_a_split_commune_is_never_guessed_and_a_choice_settles_its_file(fresh: Session) -> None:
    turned = make_turned(fresh, split=True)
    world = turned.world
    world.clock.instant = datetime(2025, 6, 2, 2, tzinfo=UTC)
    code = world.draft(by="nominator.xa2", form="BK-TINH")
    world.do("nominator.xa2", code, "submit")
    sent = to_district(world, place="xa2")
    staff(turned, turned.half, "nua")
    report = carried_out(turned)
    assert (line(report, code).result, line(report, code).why) == ("stuck", "several")
    assert open_task(world, code)[1] == world.units["21610"]
    assert (line(report, sent).to_state, line(report, sent).notes) == (
        "board.intake", ("no_proposer", "way_undecided"),
    )  # fmt: skip
    sound(world.session, sent)
    with pytest.raises(InvalidInput) as wrong:
        choose(fresh, world.clock, ORIGIN, code, world.units["542"], "", TURN)
    assert set(wrong.value.errors) == {"new_unit", "source"}
    with pytest.raises(NotFound):
        choose(fresh, world.clock, ORIGIN, "HS25-NOSUCH00", turned.half, "[practice]", TURN)
    choose(fresh, world.clock, ORIGIN, code, turned.half, "[practice]", TURN)
    choose(fresh, world.clock, ORIGIN, sent, turned.half, "[practice]", TURN)
    again = carried_out(turned)
    assert again.moving == 2
    assert open_task(world, code)[1] == turned.half
    assert row(world, sent).path["commune"] == row(world, sent).letter_unit_id == turned.half
    sound(world.session, code)
    sound(world.session, sent)


def test_a_successor_recorded_for_a_district_takes_up_what_it_proposed(turned: Turned) -> None:
    world = turned.world
    code = world.draft(by="nominator.huyen", form="BK-TINH", kind="individual")
    world.do("nominator.huyen", code, "submit")
    world.do("appraiser.huyen", code, "accept", arrival_number="9")
    assert line(on_the_day(turned), code).why == "unsigned"
    district = world.units["542"]
    new = NewSuccession(district, turned.new, "awards", "1", TURN, "[practice]", "Theo phân công của tỉnh")
    settle(world.session, world.clock, ORIGIN, new)
    staff(turned, turned.new, "moi")
    moved = line(carried_out(turned), code)
    assert (moved.to_state, moved.why, moved.result) == ("commune.intake", "enters_again", "moves")
    world.do("appraiser.moi", code, "accept", arrival_number="1")
    assert world.state(code) == "commune.appraisal"
    sound(world.session, code)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"source": "heard it"}, "source"), ({"share": "1.5"}, "share"), ({"function": "magic"}, "function"),
        ({"effective_on": date(2025, 6, 1)}, "effective_on"), ({"new_unit_id": 999_999}, "new_unit"),
    ],
)  # fmt: skip
def test_a_line_of_the_list_is_checked(turned: Turned, changed: dict[str, Any], field: str) -> None:
    asked: dict[str, Any] = {
        "old_unit_id": turned.world.units["542"], "new_unit_id": turned.new, "function": "all", "share": "1",
        "effective_on": TURN, "source": "[practice]",
    }  # fmt: skip
    before = entries(turned.world.session)
    with pytest.raises(InvalidInput) as wrong:
        settle(turned.world.session, turned.world.clock, ORIGIN, NewSuccession(**asked | changed))
    assert field in wrong.value.errors
    assert entries(turned.world.session) == before


def test_posts_end_with_their_unit_and_follow_only_where_the_list_says_so(turned: Turned) -> None:
    session, world = turned.world.session, turned.world
    follows = models.UnitSuccession.old_unit_id == world.units["21613"]
    with write_transaction(session):
        session.execute(update(models.UnitSuccession).where(follows).values(posts_follow=True))
    report = carried_out(turned)
    kinds = {(one.kind, one.unit, one.to_unit) for one in report.findings if one.result == "moves"}
    assert ("post_follows", "Đơn vị 21613", "Đơn vị NEW") in kinds
    assert ("post", "Đơn vị 542", "") in kinds
    assert {post.unit for post in world.actor("head.xa").posts} == {turned.new}
    assert world.actor("head.xa2").posts == ()
    assert world.actor("member1.huyen").seats == ()
    assert carried_out(turned).pending == 0


def test_it_is_not_carried_out_before_its_day_nor_for_another_number(turned: Turned) -> None:
    session, world = turned.world.session, turned.world
    to_district(world)
    world.clock.instant = datetime(2025, 6, 30, 2, tzinfo=UTC)
    before = entries(session)
    assert look(session, world.clock, TURN).moving == 1, "the dry run looks ahead"
    session.rollback()
    with pytest.raises(InvalidInput) as early:
        reorganise(session, world.clock, ORIGIN, TURN, dry_run=False)
    assert set(early.value.errors) == {"day"}
    world.clock.instant = datetime(2025, 7, 1, 2, tzinfo=UTC)
    with pytest.raises(InvalidInput) as other:
        reorganise(session, world.clock, ORIGIN, TURN, dry_run=False, counted=7)
    assert set(other.value.errors) == {"counted"}
    with pytest.raises(InvalidInput) as none:
        look(session, world.clock, date(2024, 2, 29))
    assert set(none.value.errors) == {"day"}
    assert entries(session) == before


def test_one_cut_short_is_gone_on_with(turned: Turned, monkeypatch: pytest.MonkeyPatch) -> None:
    session, world = turned.world.session, turned.world
    codes = [to_district(world) for _ in range(5)]
    world.clock.instant = datetime(2025, 7, 1, 2, tzinfo=UTC)
    whole = moving.move
    told: list[str] = []

    def breaks(*args: Any) -> None:
        told.append("x")
        if len(told) == 4:
            raise RuntimeError("the power went")
        whole(*args)

    monkeypatch.setattr(run, "move", breaks)
    with pytest.raises(RuntimeError):
        reorganise(session, world.clock, ORIGIN, TURN, dry_run=False, chunk=2)
    assert sorted(world.state(code) for code in codes).count("board.intake") == 2
    monkeypatch.undo()
    done = reorganise(session, world.clock, ORIGIN, TURN, dry_run=False, chunk=2)
    assert done.resumed
    assert [world.state(code) for code in codes] == ["board.intake"] * 5
    for code in codes:
        sound(session, code)
    runs = session.execute(select(models.Reorganisation.finished_at, models.Reorganisation.moved)).all()
    assert [one.moved["files"] for one in runs if one.finished_at is not None] == [5]
    begun = select(models.AuditEntry.cseq).where(
        models.AuditEntry.act == "reorganise", models.AuditEntry.nomination.is_(None)
    )
    assert len(session.scalars(begun).all()) == 1
    session.rollback()
