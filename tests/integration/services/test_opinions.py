"""Opinions of other bodies: asked, answered, late, recorded from paper, withdrawn, overtaken by a change; the clock."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from nominations import models
from nominations.queries.actors import viewer
from nominations.queries.asked import question, questions
from nominations.queries.detail import detail
from nominations.queries.kept import forget
from nominations.services.errors import InvalidInput, NotFound
from nominations.services.notices import announce
from nominations.services.reminders import remind
from nominations.transactions import write_transaction
from tests.integration.services.plays import Cast, forward
from tests.integration.services.soundness import sound
from tests.world import SHA, START, World

ADVICE = {"advice": "for", "reasons": "Chấp hành tốt."}
FAULT = {"code": "other", "note": "Cần sửa.", "section": "criteria"}
WEDNESDAY = START + timedelta(days=2)
PAPER = {"reply_number": "45/CAT", "replied_on": "2024-03-05", "reply_paper": SHA}


@pytest.fixture(scope="module")
def staffed(province: World) -> World:
    """The province with somebody who answers for two bodies, one of which holds the poverty function."""
    for username, code in (("dap.sgt", "SGT"), ("dap.cat", "CAT")):
        if code not in province.units:
            _body(province, code)
        province.staff(username, code, ("asked_body",))
    with write_transaction(province.session):
        sgt = models.Unit.id == province.units["SGT"]
        province.session.execute(update(models.Unit).where(sgt).values(poverty_function=True))
    forget(province.session)
    return province


@pytest.fixture
def world(staffed: World) -> World:
    """The province, nothing of an earlier test left open."""
    staffed.session.rollback()
    staffed.clock.instant = START  # deadlines are counted from the same Monday in every test
    return staffed


def _body(world: World, code: str) -> None:
    """A body of the province that files nothing."""
    with write_transaction(world.session):
        unit = models.Unit(
            code=code, valid_from=date(2020, 1, 1), name=f"Cơ quan {code}", name_folded=code.lower(),
            kind="central_agency", level="unit", parent_id=world.units["52"], path=f"/{code}/", source="[practice]",
        )  # fmt: skip
        world.session.add(unit)
        world.session.flush()
        world.units[code] = unit.id


def appraised(world: World, cast: Cast, **more: Any) -> str:
    """A file at the board's appraisal."""
    code = world.draft(**more)
    forward(world, cast, code, "board.appraisal")
    world.clock.instant = WEDNESDAY
    return code


def ask(world: World, code: str, *bodies: str, kind: str = "opinion", **more: Any) -> None:
    """The board asks some bodies."""
    said = {"kind": kind, "bodies": list(bodies), "question": "Việc chấp hành pháp luật?"} | more
    world.do("appraiser.snv", code, "ask_opinion", **said)


def requests(world: World, code: str) -> list[tuple[int, str | None]]:
    """Each request with its outcome."""
    rows = world.session.execute(
        select(models.OpinionRequest.number, models.OpinionRequest.outcome)
        .join(models.Nomination, models.Nomination.id == models.OpinionRequest.nomination_id)
        .where(models.Nomination.code == code)
        .order_by(models.OpinionRequest.number)
    ).all()
    world.session.rollback()
    return [(row.number, row.outcome) for row in rows]


def step(world: World, code: str) -> models.Task:
    """The open step."""
    found = world.session.scalars(
        select(models.Task)
        .join(models.Nomination, models.Nomination.id == models.Task.nomination_id)
        .where(models.Nomination.code == code, models.Task.kind == "step", models.Task.closed_at.is_(None))
    ).one()
    world.session.expunge(found)
    world.session.rollback()
    return found


def test_two_bodies_are_asked_at_once_and_the_file_waits_for_both(world: World, cast: Cast) -> None:
    code = appraised(world, cast)
    ask(world, code, "CAT", "SGT", papers=[SHA])
    assert requests(world, code) == [(1, None), (2, None)]
    assert world.refused("appraiser.snv", code, "recommend", **ADVICE) == "opinion_open"
    world.do("dap.cat", code, "reply_opinion", request=1, reply_paper=SHA, **ADVICE)
    assert world.refused("appraiser.snv", code, "recommend", **ADVICE) == "opinion_open"
    world.do("dap.sgt", code, "reply_opinion", request=2, advice="against", reasons="Đang xem xét.")
    assert requests(world, code) == [(1, "answered"), (2, "answered")]
    world.do("appraiser.snv", code, "recommend", **ADVICE)
    sound(world.session, code)


def test_one_stays_silent_and_the_file_goes_on_only_after_its_day(world: World, cast: Cast) -> None:
    """Seven working days for a body of the province (facts 2.6); on the last day it is still awaited."""
    code = appraised(world, cast)
    ask(world, code, "CAT")
    due = date(2024, 3, 15)
    with world.on(due):
        assert world.refused("appraiser.snv", code, "recommend", **ADVICE) == "opinion_open"
    with world.on(date(2024, 3, 18)):
        world.do("appraiser.snv", code, "recommend", **ADVICE)
        world.do("dap.cat", code, "reply_opinion", request=1, **ADVICE)  # late, and still heard
    assert requests(world, code) == [(1, "answered")]
    sound(world.session, code)


def test_the_poverty_function_confirms_figures_before_the_council(world: World) -> None:
    """Of a collective with figures it must; its silence never lets the file go on. Two opinions stand side by side."""
    code = world.draft(kind="collective", group="1.4", name="Thôn 2", content=_hamlet(world))
    _to_the_board(world, code)
    assert world.refused("appraiser.snv", code, "recommend", **ADVICE) == "opinion_not_asked"
    ask(world, code, "SGT", kind="poverty_figures")
    with world.on(date(2024, 5, 6)):
        assert world.refused("appraiser.snv", code, "recommend", **ADVICE) == "opinion_open"
    world.do("dap.sgt", code, "reply_opinion", request=2, advice="for", reasons="Khớp quyết định công nhận.")
    world.do("appraiser.snv", code, "recommend", **ADVICE)
    me = viewer(world.session, world.people["head.snv"], world.clock.today())
    assert me is not None
    file = detail(world.session, me, code, world.clock.today())
    assert file is not None
    here = [(one.kind, one.unit_name) for one in file.opinions if one.stage == "board"]
    assert here == [("consultation", "Đơn vị SGT"), ("appraisal", "Đơn vị SNV")]
    world.session.rollback()


def test_a_change_of_figures_takes_their_confirmation_and_leaves_the_police_reply(world: World) -> None:
    """Down to the values: the confirmation is about the figures alone, so other words leave it standing."""
    code = world.draft(kind="collective", group="1.4", name="Thôn 3", content=_hamlet(world))
    _to_the_board(world, code)
    ask(world, code, "SGT", kind="poverty_figures")
    ask(world, code, "CAT", sections=["nominee"])
    world.do("dap.sgt", code, "reply_opinion", request=2, **ADVICE)
    world.do("dap.cat", code, "reply_opinion", request=3, **ADVICE)
    figures = _hamlet(world)["criteria"]
    corrected(world, code, criteria=figures | {"statements": {"1.4.1": "Viết lại cho rõ."}})
    assert _standing(world, code, "board") == [True, True]
    figures["figures"][1]["poor"] = 29
    corrected(world, code, criteria=figures)
    assert _standing(world, code, "board") == [False, True]
    assert requests(world, code)[1:] == [(2, "answered"), (3, "answered")]
    assert world.refused("appraiser.snv", code, "recommend", **ADVICE) == "opinion_not_asked"
    ask(world, code, "SGT", kind="poverty_figures")
    world.do("dap.sgt", code, "reply_opinion", request=4, **ADVICE)
    world.do("appraiser.snv", code, "recommend", **ADVICE)
    sound(world.session, code)


def corrected(world: World, code: str, **content: Any) -> None:
    """Returned by the board to the nominator, put right, sent in again and confirmed by the levels below."""
    if world.state(code) == "board.appraisal":
        world.do("head.snv", code, "return", mode="direct", sections=["criteria"], faults=[FAULT])
    world.do("nominator.xa", code, "save", content=content)
    world.do("nominator.xa", code, "resubmit")
    world.do("head.xa", code, "reconfirm")
    world.do("head.huyen", code, "reconfirm")


def _standing(world: World, code: str, stage: str) -> list[bool]:
    """Of each reply at a stage, whether it stands."""
    rows = world.session.scalars(
        select(models.Opinion.voided_by)
        .join(models.Nomination, models.Nomination.id == models.Opinion.nomination_id)
        .where(models.Nomination.code == code, models.Opinion.stage == stage, models.Opinion.kind == "consultation")
        .order_by(models.Opinion.id)
    ).all()
    world.session.rollback()
    return [row is None for row in rows]


def _hamlet(world: World) -> dict[str, Any]:
    """A hamlet whose poor and near-poor households fell by more than half."""
    rows = ((2021, 96, 38, 14), (2022, 97, 30, 12), (2023, 97, 12, 6))
    figures = [
        {"year": year, "households": households, "poor": poor, "near_poor": near, "standard": "2022-2025"}
        for year, households, poor, near in rows
    ]
    content = world.content("1.4")
    explained = dict.fromkeys(content["criteria"]["statements"], "Có quyết định công nhận kèm theo.")
    content["criteria"] |= {"figures": figures, "explanations": explained}
    return content


def _to_the_board(world: World, code: str) -> None:
    """Past commune and district, whose own confirmation comes on paper."""
    world.do("nominator.xa", code, "submit")
    world.through_stage(code, "xa")
    world.do("appraiser.huyen", code, "accept", arrival_number="12")
    said = {"kind": "poverty_figures", "outside": "Phòng Lao động huyện", "question": "Số liệu đúng không?"}
    world.do("appraiser.huyen", code, "ask_opinion", **said)
    number = max(number for number, _outcome in requests(world, code))
    paper = PAPER | {"replied_on": world.clock.today().isoformat()}
    world.do("appraiser.huyen", code, "record_reply", request=number, **ADVICE, **paper)
    world.do("appraiser.huyen", code, "recommend", **ADVICE)
    world.vote(code, "huyen", 5)
    world.do("secretary.huyen", code, "close_ballot")
    world.do("head.huyen", code, "send_up")
    world.number(code, "huyen")
    world.do("appraiser.snv", code, "accept", arrival_number="13")


def test_a_reply_on_paper_is_recorded_with_number_day_and_scan(world: World, cast: Cast) -> None:
    code = appraised(world, cast)
    ask(world, code, outside="Bộ Y tế")
    with pytest.raises(InvalidInput):
        world.attempt("appraiser.snv", code, "record_reply", request=1, **ADVICE)
    late = PAPER | {"replied_on": "2030-01-01"}
    with pytest.raises(InvalidInput):
        world.attempt("appraiser.snv", code, "record_reply", request=1, **ADVICE, **late)
    paper = PAPER | {"replied_on": world.clock.today().isoformat()}
    world.do("clerk.snv", code, "record_reply", request=1, **ADVICE, **paper)
    assert requests(world, code) == [(1, "answered")]
    assert world.refused("clerk.snv", code, "record_reply", request=1, **ADVICE, **paper) == "no_open_request"
    sound(world.session, code)


def test_a_request_is_withdrawn_and_asked_again(world: World, cast: Cast) -> None:
    code = appraised(world, cast)
    ask(world, code, "CAT")
    with pytest.raises(InvalidInput):
        world.attempt("appraiser.snv", code, "ask_opinion", kind="opinion", bodies=["CAT"], question="Lần nữa?")
    world.do("appraiser.snv", code, "withdraw_request", request=1, reasons="Hỏi nhầm nội dung.")
    assert world.refused("dap.cat", code, "reply_opinion", request=1, **ADVICE) == "no_open_request"
    ask(world, code, "CAT")
    assert world.refused("dap.cat", code, "reply_opinion", request=1, **ADVICE) == "request_closed"
    world.do("appraiser.snv", code, "remind_opinion", request=2)
    world.do("dap.cat", code, "reply_opinion", request=2, **ADVICE)
    assert requests(world, code) == [(1, "withdrawn"), (2, "answered")]
    sound(world.session, code)


@pytest.mark.parametrize(
    ("payload", "field"),
    [
        ({"kind": "party"}, "kind"),
        ({"bodies": ["NOWHERE"]}, "bodies"),
        ({"bodies": ["SNV"]}, "bodies"),
        ({"bodies": []}, "bodies"),
        ({"bodies": "CAT"}, "bodies"),
        ({"question": ""}, "question"),
        ({"papers": ["0" * 64]}, "papers"),
        ({"papers": ["x"]}, "papers"),
        ({"sections": ["nothing"]}, "sections"),
    ],
)
def test_a_question_that_cannot_be_put(world: World, cast: Cast, payload: dict[str, Any], field: str) -> None:
    code = appraised(world, cast)
    said = {"kind": "opinion", "bodies": ["CAT"], "question": "Ý kiến?"} | payload
    with pytest.raises(InvalidInput) as wrong:
        world.attempt("appraiser.snv", code, "ask_opinion", **said)
    assert field in wrong.value.errors
    assert requests(world, code) == []


def test_the_clock_stands_while_an_opinion_is_out_and_goes_on_with_the_reply(world: World, cast: Cast) -> None:
    code = appraised(world, cast)
    first = step(world, code).due_on
    assert first is not None
    ask(world, code, "CAT")
    out = step(world, code)
    assert (out.base_due_on, out.due_on) == (first, date(2024, 3, 26))
    with world.on(date(2024, 3, 11)):
        world.do("dap.cat", code, "reply_opinion", request=1, **ADVICE)
    back = step(world, code)
    assert (first, back.base_due_on, back.due_on) == (date(2024, 3, 15), first, date(2024, 3, 20))


def test_a_return_takes_the_clock_as_it_stands(world: World, cast: Cast) -> None:
    """Out since the 6th, returned on the 7th, back on the 13th, reply due on the 15th: each day counts once."""
    code = appraised(world, cast)
    first = step(world, code).due_on
    assert first is not None
    ask(world, code, "CAT")
    with world.on(date(2024, 3, 7)):
        world.do("appraiser.snv", code, "return", sections=["report"], faults=[FAULT | {"section": "report"}])
    with world.on(date(2024, 3, 13)):
        world.do("appraiser.huyen", code, "resubmit")
    again = step(world, code)
    assert (first, again.base_due_on, again.due_on) == (date(2024, 3, 15), date(2024, 3, 22), date(2024, 3, 26))


def test_who_is_asked_reads_what_was_sent_and_nothing_else(world: World, cast: Cast) -> None:
    code = appraised(world, cast)
    ask(world, code, "CAT", sections=["nominee"], papers=[SHA])
    me = viewer(world.session, world.people["dap.cat"], world.clock.today())
    assert me is not None
    assert detail(world.session, me, code, world.clock.today()) is None
    found = question(world.session, me, code, 1)
    assert found is not None
    assert set(found.content) == {"nominee"}
    assert [paper.sha256 for paper in found.papers] == [SHA]
    assert [(one.code, one.number) for one in questions(world.session, me, waiting=True)][-1:] == [(code, 1)]
    other = viewer(world.session, world.people["dap.sgt"], world.clock.today())
    assert other is not None
    assert question(world.session, other, code, 1) is None
    world.session.rollback()
    with pytest.raises(NotFound):
        world.attempt("dap.sgt", code, "reply_opinion", request=1, **ADVICE)
    for action in ("recommend", "return", "withdraw"):
        with pytest.raises(NotFound):
            world.attempt("dap.cat", code, action, **ADVICE)


def test_the_nominee_answers_for_no_body(world: World, cast: Cast) -> None:
    code = appraised(world, cast)
    ask(world, code, "CAT")
    nominee = select(models.Nomination.nominee_id).where(models.Nomination.code == code).scalar_subquery()
    with write_transaction(world.session):
        world.session.add(
            models.NomineePerson(
                nominee_id=world.session.scalar(select(nominee)), person_id=world.people["dap.cat"], role="self"
            )
        )
    assert world.refused("dap.cat", code, "reply_opinion", request=1, **ADVICE) == "is_nominee"
    me = viewer(world.session, world.people["dap.cat"], world.clock.today())
    assert me is not None
    found = question(world.session, me, code, 1)
    assert found is not None
    assert (found.line.bare, found.line.nominee_name, found.content, found.question) == (True, "", {}, "")
    world.session.rollback()


def test_a_file_that_ends_leaves_no_question_open(world: World, cast: Cast) -> None:
    code = appraised(world, cast)
    ask(world, code, "CAT")
    world.do("head.huyen", code, "withdraw", reasons="Đơn vị rút đề nghị.")
    assert requests(world, code) == [(1, "ended")]
    open_ = world.session.scalars(
        select(models.Task.id)
        .join(models.Nomination, models.Nomination.id == models.Task.nomination_id)
        .where(models.Nomination.code == code, models.Task.closed_at.is_(None))
    ).all()
    world.session.rollback()
    assert open_ == []


def test_who_is_asked_and_who_asked_are_told(world: World, cast: Cast) -> None:
    """Asked, then late: the body and whoever asked hear of it, once each."""
    code = appraised(world, cast)
    ask(world, code, "CAT")
    assert ("asked_body", "asked") in told(world, code)
    with world.on(date(2024, 3, 18)):
        with write_transaction(world.session):
            while remind(world.session, world.clock, world.clock.now(), by_mail=False):
                pass
        assert remind(world.session, world.clock, world.clock.now(), by_mail=False) == 0
    known = notices(world, code)
    assert known.count(("asked_body", "reply_overdue")) == 1
    assert known.count(("appraiser", "reply_silent")) == 1


def told(world: World, code: str) -> list[tuple[str, str]]:
    """The notices of the file once its messages are worked off."""
    now = world.clock.now()
    messages = select(models.OutboxMessage.id, models.OutboxMessage.payload)
    rows = world.session.execute(
        messages.where(models.OutboxMessage.key == code, models.OutboxMessage.done_at.is_(None))
    )
    for row in rows.all():
        world.session.rollback()
        announce(world.session, world.clock, now, row.id, row.payload, by_mail=False)
    return notices(world, code)


def notices(world: World, code: str) -> list[tuple[str, str]]:
    """To whom what was said."""
    rows = world.session.execute(
        select(models.Notice.duty, models.Notice.kind)
        .join(models.Nomination, models.Nomination.id == models.Notice.nomination_id)
        .where(models.Nomination.code == code)
        .order_by(models.Notice.id)
    ).all()
    world.session.rollback()
    return [(row.duty or "", row.kind) for row in rows]
