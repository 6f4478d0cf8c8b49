"""Returned files: to whom, down the chain and straight back, what reopens, who confirms again, and a second return."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from nominations import models
from nominations.services.errors import InvalidInput
from tests.integration.services.plays import Cast, forward
from tests.integration.services.soundness import sound
from tests.world import SHA, START, World

FAULT = {"code": "figures_disagree", "note": "Số liệu không khớp.", "section": "criteria"}

WORDS = FAULT | {"section": "report"}


@pytest.fixture(scope="module")
def submitted(province: World) -> str:
    """One submitted file for all that is refused."""
    code = province.draft()
    province.do("nominator.xa", code, "submit")
    return code


def returned(world: World, code: str) -> list[models.Return]:
    """Its returns, the first one first."""
    found = world.session.scalars(
        select(models.Return)
        .join(models.Nomination, models.Nomination.id == models.Return.nomination_id)
        .where(models.Nomination.code == code)
        .order_by(models.Return.id)
        .execution_options(populate_existing=True)
    ).all()
    world.session.rollback()
    return list(found)


def row_of(world: World, code: str) -> models.Nomination:
    """The file's row."""
    row = world.session.scalars(
        select(models.Nomination).where(models.Nomination.code == code).execution_options(populate_existing=True)
    ).one()
    world.session.rollback()
    return row


def revisions(world: World, code: str) -> list[int]:
    """The numbers of its revisions."""
    found = world.session.scalars(
        select(models.Revision.number)
        .join(models.Nomination, models.Nomination.id == models.Revision.nomination_id)
        .where(models.Nomination.code == code)
        .order_by(models.Revision.number)
    ).all()
    world.session.rollback()
    return list(found)


def at_the_district(world: World) -> str:
    """A file accepted at the district."""
    world.clock.instant = START
    code = world.draft()
    world.do("nominator.xa", code, "submit")
    world.through_stage(code, "xa")
    world.do("appraiser.huyen", code, "accept", arrival_number="4")
    return code


def test_a_fault_reopens_its_section_and_the_stack_says_who_has_it(world: World) -> None:
    code = at_the_district(world)
    faults = [FAULT, {"code": "other", "note": "Ghi rõ hơn.", "section": "report"}]
    world.do("appraiser.huyen", code, "return", mode="chain", sections=["proposal"], faults=faults)
    (first,) = returned(world, code)
    assert (first.holder_unit_id, first.holder_duty, first.mode) == (world.units["21613"], "appraiser", "chain")
    assert (first.by_unit_id, first.by_person) == (world.units["542"], world.people["appraiser.huyen"])
    assert first.sections == ["criteria", "report", "proposal"]
    assert first.faults == faults
    assert row_of(world, code).return_counts["district"] == 1
    world.do("appraiser.xa", code, "pass_down", sections=["report", "nominee"], reasons="Xem mục báo cáo.")
    second = returned(world, code)[1]
    assert (second.holder_duty, second.mode, second.depth) == ("nominator", "passed_down", 2)
    assert second.sections == ["report"]
    assert second.faults == [{"code": "other", "note": "Xem mục báo cáo.", "section": "report"}]
    assert world.refused("nominator.xa", code, "pass_down") == "nobody_below"
    with pytest.raises(InvalidInput):
        world.attempt("nominator.xa", code, "save", content={"proposal": {"achievement": "Đổi"}})
    sound(world.session, code)


def test_each_level_sends_it_in_again_and_nothing_changed_is_no_new_revision(world: World) -> None:
    code = at_the_district(world)
    world.do("appraiser.huyen", code, "return", sections=["report", "papers"], faults=[WORDS])
    world.do("appraiser.xa", code, "pass_down")
    world.do("nominator.xa", code, "save", content={"report": {"achievements": "Rõ hơn."}})
    world.do("nominator.xa", code, "resubmit")
    assert (world.state(code), revisions(world, code)) == ("district.appraisal.returned", [1, 2])
    assert world.refused("nominator.xa", code, "save", content={}) == "not_your_post"
    world.do("appraiser.xa", code, "resubmit")
    assert (world.state(code), revisions(world, code)) == ("district.appraisal", [1, 2])
    assert all(level.closed_at is not None for level in returned(world, code))
    assert row_of(world, code).sections_open is None
    sound(world.session, code)


def test_who_edits_a_returned_file_has_drafted_it(world: World) -> None:
    """The level below may mend it, but then no longer appraises it; who has appraised it may not mend it."""
    code = at_the_district(world)
    world.do("appraiser.huyen", code, "return", sections=["report"], faults=[WORDS])
    assert world.refused("appraiser.xa", code, "save", content={}) == "incompatible_drafter_appraiser"
    world.staff("colleague.xa", "21613", ("appraiser",))
    world.do("colleague.xa", code, "save", content={"report": {"achievements": "Đồng nghiệp sửa."}})
    world.do("colleague.xa", code, "resubmit")
    sides = world.session.scalars(
        select(models.Participation.side)
        .join(models.Nomination, models.Nomination.id == models.Participation.nomination_id)
        .where(models.Nomination.code == code, models.Participation.person_id == world.people["colleague.xa"])
    ).all()
    world.session.rollback()
    assert "drafts" in sides


def test_a_direct_return_passes_the_level_by_which_then_confirms(world: World) -> None:
    code = at_the_district(world)
    world.do("appraiser.huyen", code, "return", mode="direct", sections=["criteria"], faults=[FAULT])
    assert returned(world, code)[0].holder_duty == "nominator"
    statements = {"statements": {"1.5.1": "Đã sửa.", "1.5.2": "Đã sửa."}}
    world.do("nominator.xa", code, "save", content={"criteria": statements})
    world.do("nominator.xa", code, "resubmit")
    assert row_of(world, code).reconfirm == ["commune"]
    opinion = {"advice": "for", "reasons": "Đủ."}
    assert world.refused("appraiser.huyen", code, "recommend", **opinion) == "reconfirmation_missing"
    assert world.refused("appraiser.huyen", code, "reconfirm") in {"not_your_post", "not_your_unit"}
    world.do("appraiser.xa", code, "reconfirm", note="Đã đối chiếu.")
    assert row_of(world, code).reconfirm == []
    world.do("appraiser.huyen", code, "recommend", **opinion)
    sound(world.session, code)


def test_what_no_level_attested_needs_no_confirmation(world: World) -> None:
    code = at_the_district(world)
    world.do("appraiser.huyen", code, "return", mode="direct", sections=["report"], faults=[WORDS])
    world.do("nominator.xa", code, "save", content={"report": {"achievements": "Sửa câu chữ."}})
    world.do("nominator.xa", code, "resubmit")
    assert row_of(world, code).reconfirm == []


def test_a_second_return_needs_the_heads_approval_once_each_time(world: World) -> None:
    code = at_the_district(world)
    again: dict[str, Any] = {"sections": ["report"], "faults": [WORDS]}
    assert world.refused("head.huyen", code, "approve_return", reasons="Sớm quá.") == "first_return_is_free"
    for turn in range(3):
        if turn:
            assert world.refused("appraiser.huyen", code, "return", **again) == "second_return_needs_head"
            world.do("head.huyen", code, "approve_return", reasons="Duyệt.")
            assert world.refused("deputy.huyen", code, "approve_return", reasons="Nữa.") == "return_already_approved"
        world.do("appraiser.huyen", code, "return", **again)
        world.do("appraiser.xa", code, "resubmit")
    world.do("head.huyen", code, "return", **again)  # the head needs nobody's approval
    assert row_of(world, code).return_counts["district"] == 4
    sound(world.session, code)


def test_a_return_goes_past_a_level_that_has_ended(world: World) -> None:
    """After 30/06/2025 there is no district to hand it to: it goes to the commune that sent it on."""
    world.clock.instant = START
    with world.on(date(2025, 6, 20)):
        code = world.draft()
        world.do("nominator.xa", code, "submit")
        world.through_stage(code, "xa")
        world.through_stage(code, "huyen")
    with world.on(date(2025, 7, 3)):
        world.do("appraiser.snv", code, "accept", arrival_number="9")
        world.do("appraiser.snv", code, "return", sections=["report"], faults=[WORDS])
        (only,) = returned(world, code)
        assert (only.holder_unit_id, only.holder_duty) == (world.units["21613"], "appraiser")
        world.do("appraiser.xa", code, "pass_down")
        world.do("nominator.xa", code, "resubmit")
        world.do("appraiser.xa", code, "resubmit")
        assert world.state(code) == "board.appraisal"


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"sections": ["criteria"]}, "faults"),
        ({"sections": ["criteria"], "faults": []}, "faults"),
        ({"sections": ["criteria", "x"], "faults": [FAULT]}, "sections"),
        ({"sections": ["criteria"], "faults": [FAULT | {"code": "because"}]}, "faults"),
        ({"sections": ["criteria"], "faults": [FAULT | {"note": " "}]}, "faults"),
        ({"sections": ["criteria"], "faults": [FAULT | {"section": "x"}]}, "faults"),
        ({"sections": ["criteria"], "faults": [FAULT], "mode": "passed_down"}, "mode"),
        ({"sections": ["criteria"], "faults": [FAULT], "holder": "me"}, "holder"),
    ],
)
def test_a_return_that_says_too_little(world: World, submitted: str, sent: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        world.attempt("appraiser.xa", submitted, "return", **sent)
    assert set(refused.value.errors) == {field}


def test_a_return_names_a_section(world: World, submitted: str) -> None:
    assert world.refused("appraiser.xa", submitted, "return", sections=[], faults=[FAULT]) == "return_names_no_section"


def test_the_centre_sends_a_file_back(world: World, cast: Cast) -> None:
    """With its faults and its paper, to the office that checked the letter; the letter stands; then it waits again."""
    code = world.draft(form="BK-TTG")
    forward(world, cast, code, "central.pending")
    faults = [{"code": "other", "note": "Thiếu xác nhận của thuế.", "section": "report"}]
    sent: dict[str, Any] = {"sections": ["report"], "faults": faults}
    papers: list[tuple[dict[str, Any], str]] = [
        ({}, "needs_central_paper"),
        ({"document_sha": "0" * 64}, "unknown_file"),
    ]
    for paper, key in papers:
        with pytest.raises(InvalidInput) as refused:
            world.attempt("clerk.snv", code, "return", **sent | paper)
        assert {name: said.key for name, said in refused.value.errors.items()} == {"document_sha": key}
    sent |= {"document_sha": SHA}
    assert world.refused("appraiser.snv", code, "return", **sent) == "not_your_post"
    for _ in range(2):
        world.do("clerk.snv", code, "return", **sent)
        assert world.state(code) == "central.pending.returned"
        sound(world.session, code)
        world.do("office.tinh", code, "pass_down", reasons="Đề nghị bổ sung.")
        world.do("appraiser.snv", code, "resubmit")
        world.do("office.tinh", code, "resubmit")
        assert world.state(code) == "central.pending"
        sound(world.session, code)
    kinds = world.session.execute(
        select(models.Decision.kind, models.Decision.stage, models.Decision.voided_by)
        .join(models.Nomination, models.Nomination.id == models.Decision.nomination_id)
        .where(models.Nomination.code == code, models.Decision.stage == "chairman")
    ).all()
    kept = world.session.scalars(select(models.Return.document_sha).where(models.Return.document_sha.is_not(None)))
    assert set(kept) == {SHA}
    world.session.rollback()
    assert [tuple(row) for row in kinds] == [("letter", "chairman", None)]
    today = world.clock.today()
    world.do("clerk.snv", code, "record_central_result", outcome="awarded", number="77/QĐ-TTg", decided_on=today)
    assert world.state(code) == "awarded"
