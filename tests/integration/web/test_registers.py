"""The registers' pages: each entered by who may, read by who may, nothing typed lost, papers handed out."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date

import pytest
from sqlalchemy import select, update

from nominations import models
from nominations.queries.kept import forget
from nominations.services.seeding.movement import reporting
from nominations.transactions import write_transaction
from tests.integration.web.administration import faults
from tests.integration.web.approving import Browse
from tests.pages import PageClient
from tests.world import PAPER, World

P = "/phong-trao"
DAY = date(2024, 6, 3)


@pytest.fixture(autouse=True)
def that_day(world: World) -> Iterator[None]:
    """It is June 2024; the department of the tests has the poverty function."""
    with write_transaction(world.session) as session:
        session.execute(update(models.Unit).where(models.Unit.code == "SGT").values(poverty_function=True))
        session.execute(update(models.Movement).values(reporting=reporting()))
        forget(session)
    with world.on(DAY):
        yield


@pytest.fixture
def front(world: World, browse: Browse) -> PageClient:
    """A browser of the district's Front."""
    if "mattran.huyen" not in world.people:
        world.staff("mattran.huyen", "542", ("supervisor",))
        with write_transaction(world.session) as session:
            known = session.query(models.Person).filter_by(username="head.xa").one().password_hash
            session.execute(
                update(models.Person).where(models.Person.username == "mattran.huyen").values(password_hash=known)
            )
    return browse("mattran.huyen")


def paper() -> tuple[io.BytesIO, str]:
    return io.BytesIO(PAPER), "văn bản.pdf"


def newest(world: World, kind: type[models.Base]) -> int:
    found = world.session.scalars(select(kind).order_by(kind.id.desc())).first()  # type: ignore[attr-defined]
    number = int(found.id)  # type: ignore[union-attr]
    world.session.rollback()
    return number


def test_a_paper_is_registered_handed_out_and_withdrawn(world: World, browse: Browse) -> None:
    me, page = browse("clerk.huyen"), f"{P}/van-ban/moi"
    typed = {"kind": "plan", "number": "15/KH-UBND", "dated_on": "01/06/2024", "summary": "Kế hoạch năm 2024"}
    wrong = me.submit(page, "Đăng ký", **(typed | {"dated_on": "05/06/2024", "file_sha": paper()}))
    assert wrong.status_code == 422
    assert "chưa tới" in faults(wrong.text)[0]
    assert "Kế hoạch năm 2024" in wrong.text
    assert "Đã nhận một tệp" in wrong.text
    assert me.submit(page, "Đăng ký", **(typed | {"file_sha": paper()})).status_code == 303
    rows = browse("nominator.xa").page(f"{P}/van-ban").texts("#register tbody tr")
    assert any("15/KH-UBND" in row and "Đơn vị 542" in row for row in rows)
    number = newest(world, models.PlanPaper)
    with browse("nominator.xa").get(f"{P}/tep/van-ban/{number}") as answer:
        assert answer.data == PAPER
    browse("nominator.xa").page(f"{P}/van-ban/{number}/rut", 404)
    assert me.submit(f"{P}/van-ban/{number}/rut", "Rút khỏi sổ").status_code == 422
    assert me.submit(f"{P}/van-ban/{number}/rut", "Rút khỏi sổ", reasons="Nhập nhầm").status_code == 303
    assert "Nhập nhầm" in me.page(f"{P}/van-ban").text
    me.page(f"{P}/van-ban/{number}/rut", 404)


def test_a_proposal_is_answered_by_a_decision_with_new_criteria(world: World, browse: Browse) -> None:
    body, other, board = browse("nominator.huyen"), browse("appraiser.sgt"), browse("secretary.snv")
    assert body.submit(f"{P}/de-xuat/moi", "Gửi", kind="change", text="").status_code == 422
    said = "Tiêu chí 1.5.2 nên nêu số hộ được giúp"
    assert body.submit(f"{P}/de-xuat/moi", "Gửi", kind="change", text=said, paragraph="III.1.5.2").status_code == 303
    number = newest(world, models.PlanProposal)
    assert "Cho ý kiến" in other.page(f"{P}/de-xuat").text
    body.page(f"{P}/de-xuat/{number}/y-kien", 404)
    assert other.submit(f"{P}/de-xuat/{number}/y-kien", "Ghi ý kiến", opinion="Nhất trí").status_code == 303
    assert said not in browse("nominator.xa").page(f"{P}/de-xuat").text
    page = f"{P}/de-xuat/quyet-dinh"
    typed = {
        "proposals": str(number), "number": "900/QĐ-UBND", "dated_on": "03/06/2024", "summary": "Điều chỉnh",
        "answer": "Đã điều chỉnh", "criterion-1.5.2": "Giúp từ hai hộ nghèo trở lên.",
    }  # fmt: skip
    wrong = board.submit(page, "Ghi quyết định", **typed)
    assert wrong.status_code == 422
    assert "Giúp từ hai hộ nghèo trở lên." in wrong.text
    assert board.submit(page, "Ghi quyết định", **(typed | {"valid_from": "01/07/2024"})).status_code == 303
    assert "Tiêu chí bản" in body.page(f"{P}/de-xuat").text
    with world.on(date(2024, 7, 1)):
        assert "Giúp từ hai hộ nghèo trở lên." in browse("nominator.xa").page(f"{P}/tieu-chi").text
    browse("secretary.sgt").page(page, 404)


def test_an_inspection_is_planned_held_and_answered(world: World, browse: Browse) -> None:
    board, body = browse("secretary.snv"), browse("head.huyen")
    typed = {"kind": "council", "unit": str(world.units["542"]), "document": "QĐ 12", "planned_from": "10/06/2024"}
    assert board.submit(f"{P}/kiem-tra/moi", "Lập kế hoạch", **typed).status_code == 422
    assert board.submit(f"{P}/kiem-tra/moi", "Lập kế hoạch", **typed, planned_to="11/06/2024").status_code == 303
    page = f"{P}/kiem-tra/{newest(world, models.Inspection)}"
    browse("nominator.xa").page(page, 404)
    held = {"held_on": "03/06/2024", "conclusion": "Đã triển khai", "file_sha": paper()}
    assert board.submit(page, "Ghi kết luận", **(held | {"conclusion": ""})).status_code == 422
    assert board.submit(page, "Ghi kết luận", **(held | {"file_sha": paper()})).status_code == 303
    found = {"text": "Chưa lập sổ", "answer_by": "30/06/2024"}
    assert board.submit(page, "Ghi tồn tại, kiến nghị", **found).status_code == 303
    assert body.submit(page, "Trả lời kết luận kiểm tra").status_code == 422
    form = body.page(page).form("Trả lời kết luận kiểm tra")
    sent = body.post(form.action, data=form.values | {"answer": "Đã lập sổ"})
    assert sent.status_code == 303
    again = body.post(form.action, data=form.values | {"answer": "Đã lập sổ", "request_key": "another"})
    assert again.status_code == 409
    assert "Đã lập sổ" in board.page(page).text
    assert "1 / 1" in board.page(f"{P}/kiem-tra").text
    with body.get(f"{P}/tep/kiem-tra/{page.rpartition('/')[2]}") as answer:
        assert answer.data == PAPER
    browse("nominator.xa").page(f"{P}/tep/kiem-tra/{page.rpartition('/')[2]}", 404)
    body.page(f"{P}/kiem-tra/moi", 404)


def test_a_remark_is_made_and_answered(world: World, browse: Browse, front: PageClient) -> None:
    typed = {"unit": str(world.units["21613"]), "round": "tong-ket", "text": "Họp thôn vắng nhiều hộ"}
    assert front.submit(f"{P}/giam-sat/moi", "Gửi ý kiến", **(typed | {"text": ""})).status_code == 422
    assert front.submit(f"{P}/giam-sat/moi", "Gửi ý kiến", **typed).status_code == 303
    far = front.page(f"{P}/giam-sat/moi").form("Gửi ý kiến")
    assert front.post(far.action, data=far.values | typed | {"unit": str(world.units["SNV"])}).status_code == 404
    number = newest(world, models.SupervisionRemark)
    unit = browse("secretary.xa")
    assert "Họp thôn vắng nhiều hộ" in unit.page(f"{P}/giam-sat").text
    assert "Họp thôn vắng nhiều hộ" not in browse("secretary.xa2").page(f"{P}/giam-sat").text
    front.page(f"{P}/giam-sat/{number}/tra-loi", 404)
    page = f"{P}/giam-sat/{number}/tra-loi"
    assert unit.submit(page, "Gửi trả lời").status_code == 422
    form = unit.page(page).form("Gửi trả lời")
    assert unit.post(form.action, data=form.values | {"answer": "Đã họp lại"}).status_code == 303
    assert unit.post(form.action, data=form.values | {"answer": "Nữa", "request_key": "another"}).status_code == 409
    assert "Đã họp lại" in front.page(f"{P}/giam-sat").text


def test_a_model_is_handed_on_with_consent(world: World, browse: Browse) -> None:
    me, board = browse("nominator.huyen"), browse("appraiser.snv")
    assert me.submit(f"{P}/mo-hinh/moi", "Ghi mô hình", title="", text="").status_code == 422
    assert me.submit(f"{P}/mo-hinh/moi", "Ghi mô hình", title="Bò luân chuyển", text="Mô tả").status_code == 303
    page = f"{P}/mo-hinh/{newest(world, models.SpreadModel)}"
    assert "Chuyển đăng" not in board.page(page).texts("main button")
    typed = {"consent_by": "Đinh Văn Mẫu", "consent_on": "02/06/2024"}
    assert me.submit(page, "Ghi sự đồng ý", **typed).status_code == 422
    assert me.submit(page, "Ghi sự đồng ý", **typed, consent_file=paper()).status_code == 303
    handed = board.submit(page, "Chuyển đăng", handed_to="Báo Bình Định", handed_on="03/06/2024")
    assert handed.status_code == 303
    assert "Báo Bình Định" in browse("nominator.xa").page(page).text
    number = page.rpartition("/")[2]
    browse("nominator.xa").page(f"{P}/tep/mo-hinh/{number}", 404)  # a consent is a person's paper
    with me.get(f"{P}/tep/mo-hinh/{number}") as answer:
        assert answer.data == PAPER
    form = board.page(page).form("Chuyển đăng")
    assert me.submit(page, "Ghi rút lại sự đồng ý").status_code == 303
    late = board.post(form.action, data=form.values | {"handed_to": "Đài", "handed_on": "03/06/2024"})
    assert late.status_code == 409
    assert "Chưa có sự đồng ý" in faults(late.text)[0]


def test_houses_and_the_fund_are_entered(browse: Browse) -> None:
    me, page = browse("nominator.sgt"), f"{P}/nguon-luc/moi"
    typed = {"kind": "houses", "year": "2024", "cluster": "Khối 3", "note": "Xã An Trung"}
    assert me.submit(page, "Ghi số liệu", **typed).status_code == 422
    assert me.submit(page, "Ghi số liệu", **typed, houses="2").status_code == 303
    assert "Khối 3" in browse("nominator.xa").page(f"{P}/nguon-luc").text
    browse("member1.xa").page(page, 404)


def test_a_figure_is_recorded_and_the_targets_follow(world: World, browse: Browse, client: PageClient) -> None:
    me, page = browse("appraiser.sgt"), f"{P}/chi-tieu/so-lieu"
    typed = {
        "unit": str(world.units["52"]), "year": "2022", "series": "all", "standard": "2022-2025",
        "households": "10000", "poor": "600", "near_poor": "300", "status": "official", "decision_ref": "QĐ 1",
    }  # fmt: skip
    wrong = me.submit(page, "Ghi số liệu", **typed, rate="12")
    assert wrong.status_code == 422
    assert me.submit(page, "Ghi số liệu", **typed).status_code == 303
    more = typed | {"year": "2023", "poor": "450", "status": "preliminary", "decision_ref": ""}
    assert me.submit(page, "Ghi số liệu", **more).status_code == 303
    shown = me.page(f"{P}/chi-tieu")
    assert any("2023" in row and "1,50" in row and "Đạt chỉ tiêu" in row for row in shown.texts("tbody tr"))
    assert "Sơ bộ" in shown.text
    public = client.page(f"{P}/chi-tieu")  # what is preliminary is not told to everybody
    assert "9,00" in public.text
    assert "Sơ bộ" not in public.text
    browse("appraiser.snv").page(page, 404)
