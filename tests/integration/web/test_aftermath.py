"""Acts on an award through the pages and the API: forms, what is told to whom, and what the public reads."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from nominations import models
from nominations.limits import Limiter
from tests.integration.web.approving import Browse, Desk, paper
from tests.pages import PageClient
from tests.world import World

FREE = Limiter(10**6, 10**6)
WORDS = {"ground": "forged_papers", "reasons": "Giấy xác nhận của thôn là giả."}


@pytest.fixture
def desk(world: World, browse: Browse) -> Desk:
    """The pages, and the province behind them."""
    return Desk(world, browse)


@pytest.fixture(autouse=True)
def unlimited(app: Flask) -> None:
    """As often as the tests like."""
    app.extensions |= {"public_checks": FREE, "public_looks": FREE}


def awarded(world: World) -> str:
    code = world.draft(form="GK-XA")
    world.do("nominator.xa", code, "submit")
    world.through_stage(code, "xa", sign="award")
    return code


def check_code(world: World, code: str) -> str:
    found = world.session.scalar(select(models.Award.check_code).join(models.Nomination).where(
        models.Nomination.code == code
    ))  # fmt: skip
    world.session.rollback()
    return found or ""


def test_a_head_annuls_and_the_public_reads_it(desk: Desk, world: World, client: PageClient) -> None:
    code = awarded(world)
    name = desk.read("head.xa", code).texts("h1")[0]
    page = desk.refused("head.xa", code, "annul", ground="forged_papers", reasons="Giấy xác nhận giả.")
    assert page.form("Hủy bỏ quyết định khen thưởng").values["reasons"] == ["Giấy xác nhận giả."]
    assert "signer" not in page.form("Hủy bỏ quyết định khen thưởng").values
    desk.do("head.xa", code, "annul", **WORDS, document_sha=paper())
    told = desk.read("nominator.xa", code)
    assert "Giấy xác nhận của thôn là giả." in told.text
    assert "Giả mạo giấy tờ" in told.text
    public = client.page(f"/kiem-tra/{check_code(world, code)}")
    assert "đã bị hủy bỏ" in public.text
    assert name not in public.text
    assert name not in client.page("/khen-thuong").text
    desk.do("clerk.xa", code, "number_act", number="91")
    assert "91/QĐ-UBND" in client.page(f"/kiem-tra/{check_code(world, code)}").text
    for output in ("pdf", "docx"):
        assert desk.browse("clerk.xa").get(f"/ho-so/{code}/van-ban/annulment.{output}").status_code == 200


def test_a_clerk_records_what_the_head_signed_on_paper(desk: Desk, world: World) -> None:
    code = awarded(world)
    page = desk.refused("clerk.xa", code, "annul", **WORDS, document_sha=paper())
    wrong = page.texts(".error-summary li")
    assert [line.partition(":")[0] for line in wrong] == ["Người ký", "Ngày ký", "Bản chụp văn bản đã ký"]
    signed = {"signer": "head.xa", "signed_on": f"{world.clock.today():%d/%m/%Y}", "signed_file": paper()}
    desk.do("clerk.xa", code, "annul", **WORDS, document_sha=paper(), **signed)
    assert world.state(code) == "annulled"


def test_a_correction_through_the_pages(desk: Desk, world: World, client: PageClient) -> None:
    code = awarded(world)
    page = desk.refused("clerk.xa", code, "propose_correction", reasons="Ghi sai.")
    assert "Hãy ghi ít nhất một nội dung đúng cần đính chính." in page.text
    desk.do("clerk.xa", code, "propose_correction", right_name="Hộ bà Ưng Thị Đúng", reasons="Ghi sai khi đánh máy.")
    assert "Chờ người có thẩm quyền ký" in desk.read("head.xa", code).text
    assert "Chờ người có thẩm quyền ký" not in desk.read("nominator.xa", code).text
    desk.do("head.xa", code, "approve_correction")
    public = client.page(f"/kiem-tra/{check_code(world, code)}")
    assert "đã được đính chính" in public.text
    assert "Hộ bà Ưng Thị Đúng" in public.text
    assert "Ghi sai khi đánh máy." not in public.text
    assert "Đã đính chính" in client.page("/khen-thuong?q=ung+thi+dung").text


def test_an_old_code_says_it_was_replaced_and_no_more(desk: Desk, world: World, client: PageClient) -> None:
    code = awarded(world)
    old, name = check_code(world, code), desk.read("head.xa", code).texts("h1")[0]
    desk.do("head.xa", code, "reissue", cause="lost", reasons="Mất trong lũ.", document_sha=paper())
    public = client.page(f"/kiem-tra/{old}")
    assert "đã được thay bằng bản cấp lại" in public.text
    assert name not in public.text
    assert name in client.page(f"/kiem-tra/{check_code(world, code)}").text


def test_the_auditor_and_the_history_read_every_act_in_words(desk: Desk, world: World) -> None:
    code = awarded(world)
    desk.do("clerk.xa", code, "propose_correction", right_address="Thôn 9", reasons="Thiếu địa chỉ.")
    desk.do("head.xa", code, "decline_correction", reasons="Địa chỉ đã đủ.")
    reviewer, nominator = desk.read("head.xa", code), desk.read("nominator.xa", code)
    assert "Đề nghị đính chính quyết định" in reviewer.text
    assert "Địa chỉ đã đủ." in reviewer.text
    assert "Địa chỉ đã đủ." not in nominator.text
    assert "Không được thực hiện" in reviewer.text
