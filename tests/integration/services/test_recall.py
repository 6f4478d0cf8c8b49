"""Recalled before anybody looked, withdrawn from anywhere: who may, from where, and nothing stays open behind it."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import ColumnElement, delete, func, insert, select, update

from nominations import models
from nominations.services.actions import Denied
from nominations.services.errors import InvalidInput
from nominations.transactions import write_transaction
from tests.integration.services.plays import Cast, forward
from tests.integration.services.soundness import reach, sound
from tests.world import START, World
from workflows import Refused

FAULT = {"code": "other", "note": "Sửa.", "section": "report"}
WHERE = (
    "draft", "commune.intake", "commune.appraisal", "commune.council", "commune.signature", "commune.number",
    "district.intake", "district.council", "board.council", "board.signature", "chairman.check", "chairman.number",
    "central.pending",
)  # fmt: skip


def row_of(world: World, code: str) -> models.Nomination:
    """The file's row."""
    row = world.session.scalars(
        select(models.Nomination).where(models.Nomination.code == code).execution_options(populate_existing=True)
    ).one()
    world.session.rollback()
    return row


def still_open(world: World, code: str) -> int:
    """How many tasks, returns, holds and meetings of the file are open."""
    nomination = row_of(world, code).id
    counts = [
        world.session.scalar(select(func.count()).where(kind.nomination_id == nomination, kind.closed_at.is_(None)))
        for kind in (models.Task, models.Return, models.Hold)
    ]
    meetings = select(func.count()).select_from(models.Meeting).join(models.MeetingLine)
    counts.append(
        world.session.scalar(
            meetings.where(models.MeetingLine.nomination_id == nomination, models.Meeting.status == "open")
        )
    )
    world.session.rollback()
    return sum(count or 0 for count in counts)


def test_a_recalled_file_is_a_draft_again_and_goes_the_whole_way_anew(world: World, cast: Cast) -> None:
    world.clock.instant = START
    code = world.draft()
    world.do("nominator.xa", code, "submit")
    reached = reach(world.session, code)
    world.do("nominator.xa", code, "recall")
    assert (world.state(code), still_open(world, code)) == ("draft", 0)
    sound(world.session, code)
    assert reach(world.session, code) >= reached
    world.do("nominator.xa", code, "save", content={"report": {"achievements": "Viết lại sau khi rút."}})
    world.do("nominator.xa", code, "submit")
    assert row_of(world, code).revision_no == 2
    world.do("nominator.xa", code, "recall")
    world.do("nominator.xa", code, "submit")
    assert row_of(world, code).revision_no == 2, "nothing was changed in between"
    forward(world, cast, code, "district.intake")
    sound(world.session, code)


def test_a_proposal_to_hold_ends_with_a_recall(world: World) -> None:
    code = world.draft()
    world.do("nominator.xa", code, "submit")
    world.do("appraiser.xa", code, "propose_hold", ground="complaint", reasons="Có đơn.")
    world.do("nominator.xa", code, "recall")
    assert still_open(world, code) == 0
    world.do("nominator.xa", code, "submit")
    assert world.refused("head.xa", code, "hold") == "hold_not_proposed"


def test_nobody_recalls_what_has_been_looked_at(world: World) -> None:
    code = world.draft()
    world.do("nominator.xa", code, "submit")
    assert world.refused("appraiser.xa", code, "recall") == "not_your_post"
    world.do("appraiser.xa", code, "return", sections=["report"], faults=[FAULT])
    assert world.refused("nominator.xa", code, "recall") == "not_in_this_state"
    world.do("nominator.xa", code, "resubmit")
    assert world.refused("nominator.xa", code, "recall") == "already_examined"
    world.do("appraiser.xa", code, "accept")
    assert world.refused("nominator.xa", code, "recall") == "not_in_this_state"


def test_a_file_is_withdrawn_from_every_place(world: World, cast: Cast) -> None:
    """By the head of the unit whose letter is current, a draft by whoever files; a reason is kept."""
    world.clock.instant = START
    for state in WHERE:
        code = world.draft(form="BK-TTG")
        forward(world, cast, code, state)
        letter = row_of(world, code).letter_unit_id
        place = {"21613": "xa", "542": "huyen", "SNV": "snv", "52": "tinh"}
        at = next((name for unit, name in place.items() if world.units[unit] == letter), "xa")
        who = "nominator.xa" if state == "draft" else f"head.{at}"
        with pytest.raises(InvalidInput):
            world.attempt(who, code, "withdraw")
        if state != "draft":
            assert world.refused("nominator.xa", code, "withdraw", reasons="Xin rút.") in {
                "not_your_post",
                "not_your_unit",
            }
        world.do(who, code, "withdraw", reasons="Gia đình xin rút.")
        assert (world.state(code), still_open(world, code)) == ("withdrawn", 0), state
        sound(world.session, code)


def test_a_returned_file_is_withdrawn_with_its_stack(world: World, cast: Cast) -> None:
    code = world.draft()
    forward(world, cast, code, "board.appraisal")
    world.do("appraiser.snv", code, "return", sections=["report"], faults=[FAULT])
    world.do("appraiser.huyen", code, "pass_down")
    world.do("appraiser.xa", code, "pass_down")
    world.do("head.huyen", code, "withdraw", reasons="Không đủ điều kiện.")
    assert still_open(world, code) == 0
    assert row_of(world, code).sections_open is None
    sound(world.session, code)


def test_after_an_end_the_same_nominee_may_be_proposed_again(world: World) -> None:
    code = world.draft(name="Hộ bà Trần Thị Lại")
    ref = world.session.scalar(select(models.Nominee.ref).join(models.Nomination).where(models.Nomination.code == code))
    world.session.rollback()
    with pytest.raises(InvalidInput):
        world.draft(nominee_ref=ref)
    world.do("nominator.xa", code, "withdraw", reasons="Làm lại.")
    again = world.draft(nominee_ref=ref)
    assert again != code


def test_an_end_is_an_end(world: World, cast: Cast) -> None:
    code = world.draft()
    world.do("nominator.xa", code, "withdraw", reasons="Thôi.")
    assert cast.presses(code) == []
    assert world.refused("nominator.xa", code, "save", content={}) == "not_in_this_state"
    assert world.refused("head.xa", code, "withdraw", reasons="Lần nữa.") == "not_in_this_state"


def test_a_closed_round_takes_nothing_more(world: World) -> None:
    """Not before it opens, after its last day, or once it was closed by hand; nor a form it does not have."""
    code = world.draft(round_code="hang-nam")
    round_ = select(models.Round).where(models.Round.code == "hang-nam")
    found = world.session.scalars(round_).one()
    closes, opens = found.closes_on, found.opens_on
    for changed in (
        {"closes_on": START.date().replace(day=1)},
        {"opens_on": START.date().replace(month=6)},
        {"closed_at": START},
    ):
        _round(world, **changed)
        assert world.refused("nominator.xa", code, "submit") == "round_closed"
        _round(world, opens_on=opens, closes_on=closes, closed_at=None)
    with write_transaction(world.session):
        world.session.execute(delete(models.RoundForm).where(*_form("BK-TINH")))
    assert world.refused("nominator.xa", code, "submit") == "form_not_in_round"
    with write_transaction(world.session):
        world.session.execute(insert(models.RoundForm).values(round_id=found.id, form="BK-TINH"))
    with world.on(closes):
        world.do("nominator.xa", code, "submit")


def _form(form: str) -> tuple[ColumnElement[bool], ...]:
    found = select(models.Round.id).where(models.Round.code == "hang-nam").scalar_subquery()
    return models.RoundForm.round_id == found, models.RoundForm.form == form


def test_a_form_that_has_ended_is_not_submitted_any_more(world: World) -> None:
    """A district's certificate drafted in June 2025 has nobody to issue it in July."""
    with world.on(date(2025, 6, 25)):
        code = world.draft(form="GK-HUYEN")
    with world.on(date(2025, 7, 2)):
        assert world.refused("nominator.xa", code, "submit") in {"no_flow", "stage_gone", "form_not_for_nominee"}
        world.do("nominator.xa", code, "withdraw", reasons="Không còn hình thức này.")


def _round(world: World, **values: object) -> None:
    with write_transaction(world.session):
        world.session.execute(update(models.Round).where(models.Round.code == "hang-nam").values(values))


def test_what_is_missing_is_named(world: World) -> None:
    """Sections by their names, criteria by their numbers, papers by their kinds."""
    code = world.draft(kind="individual", content={"report": {}, "proposal": {}, "criteria": {}})
    refused = world.attempt("nominator.xa", code, "submit")
    assert isinstance(refused, Denied)
    assert refused.refused == Refused("section_empty", {"sections": "report, proposal, criteria"})
    whole = world.content("1.6")
    (first, *others) = whole["criteria"]["statements"]
    world.do("nominator.xa", code, "save", content=whole | {"criteria": {"statements": {first: "Có."}}})
    refused = world.attempt("nominator.xa", code, "submit")
    assert isinstance(refused, Denied)
    assert refused.refused.guard == "criterion_unexplained"
    assert set(refused.refused.params["criteria"].split(", ")) == set(others)
    world.do("nominator.xa", code, "save", content=whole)
    with write_transaction(world.session):
        papers = select(models.Nomination.id).where(models.Nomination.code == code).scalar_subquery()
        gone = update(models.NominationFile).where(models.NominationFile.nomination_id == papers)
        world.session.execute(gone.where(models.NominationFile.kind == "report").values(removed_at=START))
    refused = world.attempt("nominator.xa", code, "submit")
    assert isinstance(refused, Denied)
    assert refused.refused == Refused("paper_missing", {"papers": "report"})
