"""The movement's pages: the plan for everybody, reports for whose they are, what is compiled of them for the board."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select, update

from nominations import models
from nominations.reference import load_milestones, load_movement, plan_text
from nominations.services.seeding.movement import _movement
from nominations.transactions import write_transaction
from tests.integration.web.administration import A, faults, send
from tests.integration.web.approving import Browse
from tests.pages import PageClient
from tests.world import PAPER, World

P = "/phong-trao"
DAY = date(2024, 11, 4)
TYPED: dict[str, Any] = {
    "words-organising": "Đã phát động.",
    "words-results": "Đã giúp 12 hộ.",
    "figures-raised_vnd": "1.250.000",
    "number": "45/BC-SGT",
    "dated_on": "04/11/2024",
    "signer": "Nguyễn Văn Ký",
    "contact": "Lê Thị Mẫu, 0256 000 000",
}


@pytest.fixture(autouse=True)
def that_day(world: World) -> Iterator[None]:
    """It is the beginning of November 2024."""
    with world.on(DAY):
        yield


@pytest.fixture(autouse=True)
def the_plan(world: World) -> Iterator[None]:
    """The small province has the plan's own text and calendar; no report is left of an earlier test."""
    with write_transaction(world.session) as session:
        movement = session.scalars(select(models.Movement)).one()
        movement.content = _movement(load_movement())["content"]
        if session.scalar(select(models.Milestone.id).limit(1)) is None:
            for one in load_milestones():
                session.add(
                    models.Milestone(
                        movement_id=movement.id, code=one.code, title=one.title, due_on=one.due_on,
                        due_rule=one.due_rule, who=one.who, source=f"{one.paragraph} {one.source}",
                    )
                )  # fmt: skip
    yield
    world.session.rollback()
    with write_transaction(world.session) as session:
        for row in session.scalars(select(models.MovementReport)):
            session.delete(row)


def address(world: World, code: str = "SGT") -> str:
    return f"{P}/bao-cao/yearly/2024/{world.units[code]}"


def paper(name: str = "báo cáo.pdf") -> tuple[io.BytesIO, str]:
    return io.BytesIO(PAPER), name


def test_everybody_reads_the_plan_in_its_own_words(client: PageClient, world: World) -> None:
    assert world.units
    page = client.page(P)
    assert "Tỷ lệ nghèo đa chiều duy trì mức giảm 1,5-2%/năm" in page.text
    assert "Hội đồng Thi đua - Khen thưởng tỉnh" in page.text
    rows = page.texts("#milestones tbody tr")
    assert len(rows) == len(load_milestones())
    assert any("14/11/2024" in row and "Sắp tới" in row for row in rows)
    criteria = client.page(f"{P}/tieu-chi")
    assert all(one.text in criteria.text for one in load_movement().criteria if '"' not in one.text)
    duties = client.page(f"{P}/trach-nhiem").text
    assert all(one.who in duties for one in load_movement().part("duty") if one.who)
    whole = " ".join(client.page(f"{P}/toan-van").document.to_text().split())
    assert " ".join(plan_text().split())[:400] in whole


def test_a_body_writes_keeps_and_sends_its_report(world: World, browse: Browse) -> None:
    me = browse("nominator.sgt")
    mine = me.page(f"{P}/bao-cao")
    assert "Đơn vị SGT" in mine.text
    assert "Đơn vị 542" not in mine.text
    kept = me.submit(address(world), "Lưu, chưa gửi", **{"words-organising": "Mới viết."})
    assert kept.status_code == 303, kept.text
    wrong = me.submit(address(world), "Gửi báo cáo", **(TYPED | {"signed_file": paper(), "dated_on": "99/99/2024"}))
    assert wrong.status_code == 422
    assert "ngày/tháng/năm" in faults(wrong.text)[0]
    assert "Đã giúp 12 hộ." in wrong.text  # nothing typed is lost, and the paper need not be sent again
    assert "Đã nhận một tệp" in wrong.text
    gone = me.submit(address(world), "Gửi báo cáo", **(TYPED | {"signed_file": paper()}))
    assert gone.status_code == 303, gone.text
    page = me.page(address(world))
    assert "Đã gửi, chờ tiếp nhận" in page.text
    assert "1.250.000" in page.text
    with me.get(f"{address(world)}/ban-ky") as signed:
        assert signed.data == PAPER


def test_a_report_that_moved_on_is_answered_409_with_what_was_typed(world: World, browse: Browse) -> None:
    me = browse("nominator.sgt")
    form = me.page(address(world)).form("Lưu, chưa gửi")
    first = me.post(form.action, data=form.values | TYPED)
    assert first.status_code == 303
    again = me.post(form.action, data=form.values | TYPED | {"words-results": "Viết ở trang cũ."})
    assert again.status_code == 409
    assert "Viết ở trang cũ." in again.text
    assert "đã được người khác sửa" in faults(again.text)[0]


def test_the_board_sees_who_has_not_reported_returns_and_accepts(world: World, browse: Browse) -> None:
    me, board = browse("nominator.sgt"), browse("appraiser.snv")
    assert me.submit(address(world), "Gửi báo cáo", **(TYPED | {"signed_file": paper()})).status_code == 303
    overview = board.page(f"{P}/bao-cao?ky=yearly-2024")
    rows = overview.texts("#bodies-table tbody tr")
    assert any("Đơn vị SGT" in row and "Lê Thị Mẫu, 0256 000 000" in row for row in rows)
    assert any("Đơn vị 542" in row and "nominator.huyen" in row for row in rows)
    assert "hết ngày 14/11/2024" in overview.text
    assert "hết ngày 15/11/2024" in overview.text
    missing = board.page(f"{P}/bao-cao?ky=yearly-2024&xem=chua-gui").texts("#bodies-table tbody tr")
    assert not any("Đơn vị SGT" in row for row in missing)
    empty = board.submit(address(world), "Trả lại để hoàn thiện")
    assert empty.status_code == 422
    back = board.submit(address(world), "Trả lại để hoàn thiện", reasons="Chưa nêu số mô hình.")
    assert back.status_code == 303
    assert "Chưa nêu số mô hình." in me.page(address(world)).text
    assert me.submit(address(world), "Gửi báo cáo").status_code == 303
    assert board.submit(address(world), "Tiếp nhận báo cáo").status_code == 303
    assert "Đã tiếp nhận" in me.page(address(world)).text
    told = board.submit(f"{P}/bao-cao?ky=yearly-2024", "Nhắc các đơn vị chưa gửi")
    assert told.status_code == 303
    assert "Đã nhắc 2 đơn vị" in board.page(f"{P}/bao-cao?ky=yearly-2024").text


def test_others_find_no_report(world: World, browse: Browse) -> None:
    for name in ("nominator.huyen", "nominator.xa", "member1.xa"):
        other = browse(name)
        other.page(address(world), 404)
        other.page(f"{address(world)}/ban-ky", 404)
        other.page(f"{P}/tong-hop/yearly/2024", 404)
        other.page(f"{P}/tong-hop/yearly/2024/ban-thao.pdf", 404)
    browse("nominator.sgt").page(f"{P}/bao-cao/yearly/2019/{world.units['SGT']}", 404)
    assert "không phải gửi báo cáo nào" in browse("member1.xa").page(f"{P}/bao-cao").text


def test_the_compiled_report_is_looked_at_issued_and_stays(world: World, browse: Browse) -> None:
    board, page = browse("clerk.snv"), f"{P}/tong-hop/yearly/2024"
    assert "Chưa ban hành lần nào" in board.page(page).text
    for output, begins in (("pdf", b"%PDF-"), ("docx", b"PK"), ("xlsx", b"PK")):
        answer = board.get(f"{page}/ban-thao.{output}")
        assert answer.status_code == 200
        assert answer.data.startswith(begins)
    board.page(f"{page}/ban-thao.txt", 404)
    wrong = board.submit(page, "Ban hành báo cáo tổng hợp", number="", dated_on="05/11/2024", signer="A")
    assert wrong.status_code == 422
    done = board.submit(page, "Ban hành báo cáo tổng hợp", number="45", dated_on="04/11/2024", signer="Trần Văn Đốc")
    assert done.status_code == 303, done.text
    first = board.get(f"{page}/1.pdf").data
    assert first.startswith(b"%PDF-")
    assert board.get(f"{page}/1.pdf").data == first
    board.page(f"{page}/2.pdf", 404)
    with write_transaction(world.session) as session:
        for row in session.scalars(select(models.ReportCompilation)):
            session.delete(row)


def test_a_milestone_is_recorded_by_the_board_once(browse: Browse) -> None:
    board, page = browse("secretary.snv"), f"{P}/moc/annual_inspection"
    year = {"year": "2023", "done_on": "25/08/2023", "note": "Kiểm tra tại 3 huyện"}
    done = board.submit(page, "Ghi nhận", **year)
    assert done.status_code == 303, done.text
    assert "Kiểm tra tại 3 huyện" in board.page(page).text
    assert board.submit(page, "Ghi nhận", **(year | {"note": ""})).status_code == 422
    assert board.submit(page, "Ghi nhận", **year).status_code == 409
    browse("secretary.sgt").page(page, 404)
    assert "25/08/2023" in board.page(P).text


def test_an_administrator_reads_the_plan_another_way(admin: PageClient, world: World) -> None:
    assert "Không gồm" in admin.page(f"{A}/cach-hieu").text
    assert "15/11" in admin.page(f"{A}/cach-hieu").texts("#readings-table .num")
    changed = send(admin, f"{A}/cach-hieu/includes_day", value="true", source="[practice]")
    assert changed.status_code == 303
    assert "Có gồm" in admin.page(f"{A}/cach-hieu").text
    wrong = send(admin, f"{A}/cach-hieu/due", value="31-12", source="[plan]")
    assert wrong.status_code == 422
    assert "tháng-ngày" in faults(wrong.text)[0]
    admin.page(f"{A}/cach-hieu/khong-co", 404)
    with write_transaction(world.session) as session:
        session.execute(update(models.Movement).values(reporting=None))
