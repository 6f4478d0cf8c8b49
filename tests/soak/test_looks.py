"""Pages that no play walks through: axe finds nothing on a phone, and nothing hangs out of them there or wide."""

from datetime import UTC, datetime

import pytest
from playwright.sync_api import FilePayload
from sqlalchemy import select

from nominations import models
from tests.browser.conftest import browser, live_server, looked_at, stage
from tests.browser.stage import Person, Stage, typed
from tests.browser.test_gallery import OUTSIDE
from tests.unit.test_sheets import book

__all__ = ["browser", "live_server", "looked_at", "stage"]

TEMPLATE = "demo"
INSTANT = datetime(2025, 6, 2, 2, 0, tzinfo=UTC)  # the day the demonstration opens on
JULY = datetime(2025, 7, 1, 2, 0, tzinfo=UTC)
WIDTHS = (1440, 390)
SECRETARY, CLERK, HEAD = "thuky.snv", "vanthu.antrung", "chutich.antrung"
COMMUNE = {"by": "lap.antrung", "place": "xã An Trung"}
REASONS = "Ghi nhầm họ khi đánh máy; đã có biên bản xác nhận của thôn."
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def seen(person: Person, address: str = "", moment: str = "") -> None:
    """Go to a page, or stay: it fits each width, and axe looks at it as a phone shows it."""
    if address:
        answer = person.page.goto(address)
        assert answer is not None
        assert answer.status == 200, f"{address} answered {answer.status}"
    for width in WIDTHS:
        person.page.set_viewport_size({"width": width, "height": 900})
        assert person.page.evaluate("document.documentElement.scrollWidth") <= width, person.page.url
        assert person.page.evaluate(OUTSIDE) == [], person.page.url
    person.look(f"{moment} on a phone")


def test_what_is_done_to_an_award_and_its_certificate(stage: Stage) -> None:
    code = stage.bring(name="Hộ ông Đinh Văn Sửa", form="GK-XA", **COMMUNE)
    clerk, head = stage.enter(CLERK), stage.enter(HEAD)
    for action in ("reissue", "propose_correction", "annul"):
        seen(clerk, f"/ho-so/{code}/thao-tac/{action}", f" {action}")
    stage.act(
        CLERK, code, "Đề nghị đính chính quyết định", typed(right_name="Hộ ông Đinh Văn Đúng", reasons=REASONS), ""
    )
    seen(head, f"/ho-so/{code}/thao-tac/approve_correction", " approve_correction")
    stage.act(HEAD, code, "Ký đính chính quyết định", part="")
    seen(clerk, f"/ho-so/{code}/thao-tac/number_act", " number_act")
    seen(head, f"/ho-so/{code}", " corrected")
    clerk.open("/in-bang")
    clerk.type(name="Máy phòng văn thư", right="1,5", down="-2")
    clerk.press("Lưu máy in")
    seen(clerk, "/in-bang")
    clerk.page.locator("#decisions a").first.click()
    clerk.pick("code", code)
    clerk.type(serial="000123", note="Phôi nhăn.")
    clerk.choose("status", "spoiled")
    clerk.press("Ghi phôi")
    clerk.says("000123", "Bị hỏng")
    seen(clerk)
    seen(clerk, f"/kiem-tra/{check_code(stage, code)}", " corrected")


def check_code(stage: Stage, code: str) -> str:
    with stage.server.app.extensions["sessionmaker"]() as session:
        award = select(models.Award.check_code).join(models.Nomination).where(models.Nomination.code == code)
        return str(session.scalars(award).one())


def test_another_form_and_what_changed_since(stage: Stage) -> None:
    returned = {"at": "commune.signature", "do": "return", "by_head": True, "fault": "nominee_data_wrong"}
    event = returned | {"sections": ["nominee"], "mend": False}
    code = stage.bring(name="Hộ ông Đinh Văn Lại", form="BK-TINH", events=[event], **COMMUNE)
    officer = stage.enter("lap.antrung")
    seen(officer, f"/ho-so/{code}/soan/nominee", " returned")
    officer.type(hamlet="Thôn 7")
    officer.press("Lưu và sang bước sau")
    officer.open(f"/ho-so/{code}/nop")
    officer.press("Nộp lại")
    member = stage.enter("uv1.antrung")
    seen(member, f"/ho-so/{code}", " since")
    assert member.page.locator("#since").count() == 1
    seen(stage.enter(HEAD), f"/ho-so/{code}/thao-tac/other_form", " other_form")


def test_a_posting_in_public(stage: Stage) -> None:
    admin = stage.enter("quantri")
    seen(admin, "/quan-tri/dot-xet/2025-tong-ket/niem-yet")
    admin.type(days="3", places="Trụ sở xã; nhà văn hóa thôn", source="[practice]")
    admin.press("Lưu")
    code = stage.bring(name="Hộ ông Đinh Văn Niêm", form="GK-XA", until="commune.appraisal", **COMMUNE)
    appraiser = stage.enter("tham.antrung")
    seen(appraiser, f"/ho-so/{code}/thao-tac/begin_posting", " begin_posting")
    stage.act("tham.antrung", code, "Bắt đầu niêm yết công khai", part="")
    seen(appraiser, f"/ho-so/{code}", " posted")
    assert appraiser.page.locator("#posting").count() == 1
    admin.open("/quan-tri/dot-xet/2025-tong-ket/niem-yet")
    admin.type(days="")
    admin.press("Lưu")


def test_letters_of_many_lines(stage: Stage) -> None:
    secretary = stage.enter("tham.snv")
    seen(secretary, "/to-trinh")
    secretary.page.locator("main a[href*='/to-trinh/moi']").first.click()
    seen(secretary)
    for box in secretary.page.locator("main tbody input[type=checkbox]").all():
        box.check()
    secretary.page.locator("main form button[type=submit]").last.click()
    seen(secretary, moment=" composed")


def test_a_meeting_its_written_poll_and_its_minutes(stage: Stage) -> None:
    for name in ("Hộ ông Đinh Văn Họp", "Hộ bà Đinh Thị Họp"):
        stage.bring(name=name, form="BK-TINH", until="board.council", **COMMUNE)
    secretary = stage.enter(SECRETARY)
    seen(secretary, "/phien-hop/moi")
    secretary.type(held_on="03/06/2025", begins="14:00", place="Hội trường Ủy ban nhân dân tỉnh")
    secretary.press("Lập phiên họp")
    seen(secretary)
    for box in secretary.page.locator("main input[name=code]").all():
        box.check()
    secretary.press("Đưa các trường hợp đã chọn vào chương trình")
    seen(secretary, moment=" filled")
    address = secretary.page.url.removesuffix("/chuong-trinh")
    secretary.open(f"{address}/diem-danh")
    came = secretary.page.locator("main fieldset.came").all()
    for number, group in enumerate(came):
        group.get_by_label("Có mặt" if number < len(came) - 2 else "Vắng, có lý do").check()
    secretary.press("Ghi điểm danh")
    seen(secretary, f"{address}/diem-danh")
    for page in ("", "/kiem-phieu", "/chot", "/bien-ban"):
        seen(secretary, address + page, " called")
    seen(secretary, "/phien-hop")
    member = stage.enter("uv1.tinh")
    seen(member, f"{address}/phieu")


def test_a_list_of_drafts_with_a_faulty_row(stage: Stage) -> None:
    officer = stage.enter("lap.antrung")
    seen(officer, "/ho-so/nhap-danh-sach")
    seen(officer, "/ho-so/chep-dot-truoc")
    seen(officer, "/do-trung")
    officer.type(pasted="Đinh Văn Krê\nĐinh Thị Nhơm\t1970\nĐinh Văn Chưa Có")
    officer.press("Dò trùng")
    seen(officer, moment=" answered")
    officer.open("/ho-so/nhap-danh-sach")
    officer.page.select_option("main [name=form]", "BK-TINH")
    officer.choose("kind", "household")
    officer.press("Tiếp tục")
    seen(officer)
    rows = (("Đinh Văn Krê", "1970"), ("Đinh Văn Sai", "năm 70"), ("Đinh Văn Mới", "1981"))
    sent: FilePayload = {"name": "thôn 2.xlsx", "mimeType": XLSX, "buffer": book(("Họ tên", "Năm sinh"), *rows)}
    officer.page.set_input_files("main [name=file]", [sent])
    officer.press("Xem thử")
    officer.says("Năm sinh phải từ 1900")
    seen(officer, moment=" looked through")


MOVEMENT = (
    "", "/bao-cao", "/chi-tieu", "/de-xuat", "/de-xuat/quyet-dinh", "/giam-sat", "/kiem-tra", "/kiem-tra/1",
    "/mo-hinh/1", "/moc/midterm", "/nguon-luc", "/nguon-luc/moi", "/tong-hop/yearly/2024", "/trach-nhiem", "/van-ban",
)  # fmt: skip


def test_the_pages_of_the_movement(stage: Stage) -> None:
    secretary = stage.enter(SECRETARY)
    for page in MOVEMENT:
        seen(secretary, f"/phong-trao{page}")


@pytest.mark.parametrize("day", [INSTANT, JULY], ids=["before", "come"])
def test_the_reorganisation_and_how_the_plan_is_read(stage: Stage, day: datetime) -> None:
    stage.server.clock.instant = day
    admin = stage.enter("quantri")
    seen(admin, "/quan-tri/sap-xep", f" {day:%d/%m}")
    if day == INSTANT:
        for page in ("cach-hieu", "cach-hieu/includes_day", "cach-hieu/due", "ke-thua/1"):
            seen(admin, f"/quan-tri/{page}")
        seen(admin, "/quan-tri/sap-xep", " open")
        admin.page.evaluate("document.querySelectorAll('main details').forEach((part) => { part.open = true; })")
        seen(admin, moment=" opened")
        admin.open("/quan-tri/sap-xep")
        admin.page.locator("#decide a").first.click()
        seen(admin)
